"""Measures a class of 200 reports, judged twice, compared with rumdl on the same files; and a class of 3,200.

All reports differ, so nothing can be cached from one to the next. All programs use all cores. The load of the
computer changes from minute to minute, so each round has its own ratio, and the median of the ratios counts.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which
from statistics import median
from typing import NamedTuple

import documents
from pythons import pythons

_N_REPORTS, _N_MANY = 200, 3_200
_ROUNDS = 5
_RUMDL = which("rumdl", path=str(Path(sys.executable).parent)) or "rumdl", "check"
_OURS = "-m", "report_ls", "--check", "--fail-on", "never"
_FIRST, _AGAIN = "first", "again"
_GOALS = {_FIRST: 5, _AGAIN: 1}
_MILLION = 1_000_000


class Taken(NamedTuple):
    """The cost of one run."""

    seconds: float
    processor: float
    """Seconds of processor time, of all processes together."""
    megabytes: float
    """The peak memory of its largest process."""


def page(folder: Path) -> Iterator[str]:
    """Measure in a folder, and yield the lines of the page."""
    place = _a_class(folder / "class", _N_REPORTS)
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    rumdl = {_FIRST: (*_RUMDL, "--no-cache"), _AGAIN: (*_RUMDL, "--cache-dir", str(folder / "rumdl"))}
    ours = {
        (python.name, when): (*python.command, *_OURS, *more)
        for python in pythons()
        for when, more in ((_FIRST, ("--no-cache",)), (_AGAIN, ()))
    }
    commands = {("rumdl", when): command for when, command in rumdl.items()} | ours
    # The first round writes bytecode and caches.
    rounds = [{what: _take((*command, str(place))) for what, command in commands.items()} for _ in range(_ROUNDS + 1)][
        1:
    ]
    yield f"\n## A class of {_N_REPORTS} reports\n"
    yield f"On {os.cpu_count()} cores, from start to exit: seconds, and of the processor; medians of {_ROUNDS} rounds."
    yield "Of the ratios too: each is of one round.\n"
    yield "| what | | seconds | processor | against rumdl | processor | goal | |"
    yield "|---|---|---|---|---|---|---|---|"
    for what in commands:
        name, when = what
        times = [[getattr(taken[what], figure) for taken in rounds] for figure in ("seconds", "processor")]
        row = f"| {name} | {when} | {median(times[0]):.2f} | {median(times[1]):.2f} |"
        if name == "rumdl":
            yield f"{row} | | | |"
            continue
        ratios = [
            median(getattr(taken[what], figure) / getattr(taken["rumdl", when], figure) for taken in rounds)
            for figure in ("seconds", "processor")
        ]
        is_reached = "reached" if ratios[0] <= _GOALS[when] else "not reached"
        yield f"{row} {ratios[0]:.2f} | {ratios[1]:.2f} | at most {_GOALS[when]} | {is_reached} |"
    first = median(taken[next(iter(ours))].seconds for taken in rounds)
    yield f"\nA million reports, extrapolated: {first / _N_REPORTS * _MILLION / 3600:.1f} hours.\n"
    command = (*next(iter(pythons())).command, *_OURS, str(_a_class(folder / "many", _N_MANY)))
    megabytes = [_take(command).megabytes for _ in range(2)]
    yield f"| {_N_MANY:,} reports, megabytes of the largest process | goal | measured | |"
    yield "|---|---|---|---|"
    for when, peak in zip((_FIRST, _AGAIN), megabytes, strict=True):
        yield f"| {when} | at most 150 | {peak:.0f} | {'reached' if peak <= 150 else 'not reached'} |"  # noqa: PLR2004 - as it says


def _a_class(place: Path, n_reports: int) -> Path:
    for number in range(n_reports):
        documents.write(place / f"group-{number}", seed=number)
    return place


def _take(command: Sequence[str]) -> Taken:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    _, _, own = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(seconds, processor, own.ru_maxrss / 1024)
