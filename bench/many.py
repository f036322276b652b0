"""A class of two hundred reports, judged at once, beside rumdl on the same files.

Each report is another one, so that nothing can be remembered from one to the next. Three interleaved
rounds, medians. Both use all cores.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which
from statistics import median

import documents

_N_REPORTS = 200
_ROUNDS = 3
_COMMANDS = {
    "report-ls": (sys.executable, "-m", "report_ls", "--check", "--fail-on", "never"),
    "rumdl": (which("rumdl", path=str(Path(sys.executable).parent)) or "rumdl", "check", "--no-cache"),
}
_MILLION = 1_000_000


def page(folder: Path) -> Iterator[str]:
    """Measure in a folder, and yield the lines of the page."""
    place = folder / "class"
    for number in range(_N_REPORTS):
        documents.write(place / f"group-{number}", seed=number)
    times: dict[str, list[float]] = {name: [] for name in _COMMANDS}
    for _ in range(_ROUNDS):
        for name, command in _COMMANDS.items():
            times[name].append(_seconds((*command, str(place))))
    ours, theirs = median(times["report-ls"]), median(times["rumdl"])
    yield f"\n## A class of {_N_REPORTS} reports\n"
    yield f"On {os.cpu_count()} cores, from start to exit.\n"
    yield "| what | goal | measured | |"
    yield "|---|---|---|---|"
    yield f"| report-ls --check, s | | {ours:.2f} | |"
    yield f"| rumdl check --no-cache, s | | {theirs:.2f} | |"
    yield f"| against rumdl | at most 5 | {ours / theirs:.2f} | {'reached' if ours <= 5 * theirs else 'not reached'} |"
    yield f"| a million reports, hours, extrapolated | | {ours / _N_REPORTS * _MILLION / 3600:.1f} | |"


def _seconds(command: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - our own
    return time.perf_counter() - started
