"""`make bench-instructions`: counts the instructions of a start, a number that no other load on the machine changes.

It needs valgrind. Prints a table: millions of instructions, of report-ls and of a bare pygls server.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import which

import documents
import session

_PATIENCE = 300.0
"""Seconds; under valgrind everything takes fifty times as long."""
_SERVER = "server, to the first diagnostics"
_COUNTED = re.compile(rb"I +refs: +([0-9,]+)")
_OURS = sys.executable, "-m", "report_ls"
_BARE = sys.executable, str(Path(__file__).parent / "bare_server.py")
_OPTIONS = {"settings": {"pack": "dtu-mlops-2026-01", "stage": "final"}}


def main() -> int:
    """Count, print, and return the exit status."""
    if which("valgrind") is None:
        sys.stderr.write("bench: there is no valgrind to count with: apt install valgrind\n")
        return 2
    # Not through a hash seed of chance, and with bytecode, as users run it.
    os.environ["PYTHONHASHSEED"] = "0"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        path = documents.write(Path(name))
        rows = {
            "report-ls --check": _checked(path),
            f"report-ls: {_SERVER}": _served(_OURS, path),
            f"bare pygls: {_SERVER}": _served(_BARE, path),
        }
    sys.stdout.write("| what | millions of instructions |\n|---|---|\n")
    sys.stdout.writelines(f"| {what} | {n_instructions / 1e6:.0f} |\n" for what, n_instructions in rows.items())
    return 0


def _checked(path: Path) -> int:
    command = [*_OURS, "--check", "--fail-on", "never", str(path)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own; it writes the bytecode
    log = path.with_name("counted")
    subprocess.run([*_counting(log), *command], stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - likewise
    return _read(log)


def _served(command: Sequence[str], path: Path) -> int:
    log = path.with_name("counted")
    for counted in ([], _counting(log)):
        with session.opened([*counted, *command], path, _OPTIONS, patience=_PATIENCE) as (client, _):
            client.await_diagnostics(1)
    return _read(log)


def _counting(log: Path) -> list[str]:
    quiet = ["--cachegrind-out-file=/dev/null", f"--log-file={log}"]
    return ["valgrind", "--tool=cachegrind", "--cache-sim=no", *quiet]


def _read(log: Path) -> int:
    match = _COUNTED.search(log.read_bytes())
    if match is None:
        raise ValueError(f"valgrind counted nothing: {log.read_text('utf-8', 'replace')}")
    return int(match[1].replace(b",", b""))


if __name__ == "__main__":
    sys.exit(main())
