"""Measures whether one version of report-ls is slower than another.

    python bench/compare.py OLD NEW

OLD and NEW are revisions of this repository, or folders of checkouts. The numbers are the processor times of whole
processes: `--check` of one report, a server from its start to the first diagnostics, and a server that judges some
hundred keystrokes. OLD is measured twice in each round, so the table shows the influence of chance. The smallest time
of all rounds counts, because other programs can only make it larger.

NEW counts as slower if it takes more than a tenth longer than OLD, apart from chance. Then the exit status is 1.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import documents
import session

sys.path.insert(0, str(Path(__file__).parent.parent))

from tools.versions import server_of

_ROUNDS = 12
_SLOWER = 1.10
_OPTIONS = {"settings": {"pack": "dtu-mlops-2026-01", "stage": "final"}}


def main() -> int:
    """Measure, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--rounds", metavar="N", type=int, default=_ROUNDS, help=f"default: {_ROUNDS}")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        server_of(options.old) as old,
        server_of(options.new) as new,
    ):
        path = documents.write(Path(name))
        python = {"OLD": _python(old), "OLD again": _python(old), "NEW": _python(new)}
        least = {task: _least(partial(run, path=path), python, options.rounds) for task, run in _TASKS.items()}
    sys.stdout.write(f"Processor time in ms, the least of {options.rounds} rounds.\n\n")
    sys.stdout.write("| what | OLD | OLD again | NEW | NEW / OLD | chance | |\n|---|---|---|---|---|---|---|\n")
    is_slower = False
    for task, times in least.items():
        base, again, now = (times[version] * 1e3 for version in python)
        chance = abs(again - base) / min(again, base)
        ratio = now / min(again, base)
        verdict = "not slower" if ratio <= _SLOWER + chance else "SLOWER"
        is_slower |= verdict == "SLOWER"
        sys.stdout.write(
            f"| {task} | {base:.0f} | {again:.0f} | {now:.0f} | {ratio:.2f} | {chance:.2f} | {verdict} |\n"
        )
    return 1 if is_slower else 0


def _python(server: Path) -> tuple[str, ...]:
    return "env", f"PYTHONPATH={server}", "PYTHONDONTWRITEBYTECODE=", sys.executable, "-m", "report_ls"


def _least(
    run: Callable[[tuple[str, ...]], None], commands: Mapping[str, tuple[str, ...]], rounds: int
) -> dict[str, float]:
    """Run the commands in turn and return the smallest processor time of each in seconds."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            before = _used()
            run(command)
            # The first round writes bytecode.
            if number:
                times[name].append(_used() - before)
    return {name: min(seconds) for name, seconds in times.items()}


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _check(command: tuple[str, ...], path: Path) -> None:
    subprocess.run([*command, "--check", "--fail-on", "never", path], stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own


def _open(command: tuple[str, ...], path: Path) -> None:
    with session.opened(command, path, _OPTIONS) as (client, _):
        client.await_diagnostics(1)


def _type(command: tuple[str, ...], path: Path) -> None:
    session.measure(command, path, _OPTIONS)


_TASKS: Mapping[str, Callable[..., None]] = {
    "--check": _check,
    "server, to the first diagnostics": _open,
    "server, 280 keystrokes": _type,
}


if __name__ == "__main__":
    sys.exit(main())
