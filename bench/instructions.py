"""Counts the instructions of a start, of report-ls and of a bare pygls server: other load does not change them.

For `--check` it also counts the shares of Python, the imported libraries, the modules of report-ls, and the judging.
`make bench-instructions` runs only this and rewrites its part of `bench/RESULTS.md`. It needs valgrind.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which

import documents
import results
import session

_PATIENCE = 300.0
"""Seconds; under valgrind everything takes fifty times as long."""
_TITLE = "## Instructions"
_SERVER = "server, to the first diagnostics"
_COUNTED = re.compile(rb"I +refs: +([0-9,]+)")
_OURS = sys.executable, "-m", "report_ls"
_BARE = sys.executable, str(Path(__file__).parent / "bare_server.py")
_OPTIONS = {"settings": {"pack": "dtu-mlops-2026-01", "stage": "final"}}


def page(folder: Path) -> Iterator[str]:
    """Count, and yield the lines of the page."""
    yield f"\n{_TITLE}\n"
    if which("valgrind") is None:
        yield "Not counted here: there is no valgrind (apt install valgrind)."
        return
    # Not through a hash seed of chance, and with bytecode, as users run it.
    os.environ["PYTHONHASHSEED"] = "0"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    path = documents.write(folder)
    checked = _checked(path)
    rows = {
        "report-ls --check": checked,
        **_shares(path, checked),
        f"report-ls: {_SERVER}": _served(_OURS, path),
        f"bare pygls: {_SERVER}": _served(_BARE, path),
    }
    yield "The report of 40 kB; in every run the same, however busy the machine is.\n"
    yield "| what | millions of instructions |"
    yield "|---|---|"
    yield from (f"| {what} | {n_instructions / 1e6:.0f} |" for what, n_instructions in rows.items())


def _checked(path: Path) -> int:
    command = [*_OURS, "--check", "--fail-on", "never", str(path)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own; it writes the bytecode
    log = path.with_name("counted")
    subprocess.run([*_counting(log), *command], stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - likewise
    return _read(log)


_LISTING = """
import contextlib, io, sys
from report_ls.__main__ import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(*sys.modules, file=sys.__stdout__)
"""
"""Runs the command, then names the modules that it imported, in their order."""


def _shares(path: Path, checked: int) -> dict[str, int]:
    """Return how many of the instructions of `--check` are spent on what."""
    command = [sys.executable, "-c", _LISTING, "--check", "--fail-on", "never", str(path)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    modules = [name for name in listed.stdout.split() if name not in ("__main__", "report_ls.__main__")]
    libraries = [name for name in modules if name.partition(".")[0] != "report_ls"]
    alone, with_libraries, with_all = (_imported(path, names) for names in ([], libraries, modules))
    return {
        "of these: Python alone": alone,
        "of these: importing libraries": with_libraries - alone,
        f"of these: importing {len(modules) - len(libraries)} modules of report-ls": with_all - with_libraries,
        "of these: judging": checked - with_all,
    }


def _imported(path: Path, modules: Sequence[str]) -> int:
    """Return how many instructions it takes to start Python and import some modules."""
    log = path.with_name("counted")
    command = [sys.executable, "-c", "\n".join(f"import {name}" for name in modules)]
    subprocess.run([*_counting(log), *command], check=True)  # noqa: S603 - our own
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
    results.rewrite(page)
