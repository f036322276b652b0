"""`make bench`: compares report-ls with a bare pygls server and rumdl, in one run and on the same documents.

Absolute times differ between machines and from minute to minute; ratios are stable. Each number is the median of
three interleaved rounds. Prints each table as soon as it is measured, and at the end writes all to `bench/RESULTS.md`.
First run `tests/vscode/setup.sh`, which gets the VS Code that is measured too.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from shutil import which
from statistics import median

import browser
import documents
import idle
import instructions
import lengths
import many
import memory
import project
import results
import session
import vscode_start
from pythons import pythons

_FOLDER = Path(__file__).parent
_ROUNDS = 3
_PYTHON, *_OTHERS = pythons()
_SERVERS = {
    "report-ls": [*_PYTHON.command, "-m", "report_ls"],
    "bare pygls": [*_PYTHON.command, str(_FOLDER / "bare_server.py")],
    **{f"report-ls, {other.name}": [*other.command, "-m", "report_ls"] for other in _OTHERS},
    **{f"bare pygls, {other.name}": [*other.command, str(_FOLDER / "bare_server.py")] for other in _OTHERS},
    "rumdl": [which("rumdl", path=str(Path(sys.executable).parent)) or "rumdl", "server"],
}
_FORM = {"settings": {"pack": "dtu-mlops-2026-01", "stage": "final"}}
_SIZES = {"40 kB": (1, _FORM), "x10": (10, {"settings": {"stage": "final"}})}


def main() -> None:
    """Measure, print and write."""
    if not vscode_start.INSTALLED.exists():
        sys.exit("There is no VS Code to be measured: run tests/vscode/setup.sh")
    # With bytecode, as users run it.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        measured = _measure(Path(folder))
        long = partial(lengths.page, _SERVERS["report-ls"])
        pages = (
            *(long, many.page, project.page, idle.page, memory.page),
            *(browser.page, vscode_start.page, instructions.page),
        )
        text = ""
        for part in (_page(measured), *(page(Path(folder)) for page in pages)):
            lines = "".join(f"{line}\n" for line in part)
            sys.stdout.write(lines)
            sys.stdout.flush()
            text += lines
    results.FILE.write_text(text, "utf-8")


def _measure(folder: Path) -> dict[tuple[str, str], list[session.Figures]]:
    measured: dict[tuple[str, str], list[session.Figures]] = {}
    for size, (copies, options) in _SIZES.items():
        path = documents.write(folder / size.replace(" ", ""), copies)
        for _ in range(_ROUNDS):
            for name, command in _SERVERS.items():
                measured.setdefault((size, name), []).append(session.measure(command, path, options))
    return measured


def _page(measured: dict[tuple[str, str], list[session.Figures]]) -> Iterator[str]:
    def of(size: str, name: str, figure: str) -> float:
        return float(median(getattr(figures, figure) for figures in measured[size, name]))

    yield "# What it costs\n"
    yield "Made by `make bench`: a filled report of about 40 kB, and one ten times as long; medians of three"
    yield f"interleaved rounds on one machine, with {_PYTHON.name} where no other is named."
    yield "Times in milliseconds, memory in megabytes. Other programs may have run beside it: only ratios hold, and"
    yield "each is the median of those of the rounds.\n"
    yield "| document | server | start to first diagnostics | keystroke | p99 | 100 edits at once | memory |"
    yield "|---|---|---|---|---|---|---|"
    for size in _SIZES:
        for name in _SERVERS:
            figures = [of(size, name, figure) for figure in ("first", "keystroke", "p99", "burst", "memory")]
            yield f"| {size} | {name} | " + " | ".join(f"{figure:.3g}" for figure in figures) + " |"
    yield "\n| what | goal | measured | |"
    yield "|---|---|---|---|"

    def ratio(size: str, one: str, other: str, figure: str) -> float:
        pairs = zip(measured[size, one], measured[size, other], strict=True)
        return float(median(getattr(figures, figure) / getattr(others, figure) for figures, others in pairs))

    ours, bare, rumdl = "report-ls", "bare pygls", "rumdl"
    goals: list[tuple[str, float, float]] = [
        ("keystroke, 40 kB, against rumdl", 0.5, ratio("40 kB", ours, rumdl, "keystroke")),
        ("keystroke, 40 kB, against bare pygls", 3, ratio("40 kB", ours, bare, "keystroke")),
        ("keystroke, x10, against rumdl", 0.2, ratio("x10", ours, rumdl, "keystroke")),
        ("p99 / median, 40 kB", 3, of("40 kB", ours, "p99") / of("40 kB", ours, "keystroke")),
        ("100 edits at once, 40 kB, ms", 60, of("40 kB", ours, "burst")),
    ]
    for named in ("", *(f", {other.name}" for other in _OTHERS)):
        pair = f"{ours}{named}", f"{bare}{named}"
        goals += [
            (f"start to first diagnostics, against bare pygls{named}", 0.8, ratio("40 kB", *pair, "first")),
            (f"memory, against bare pygls{named}", 1.1, ratio("40 kB", *pair, "memory")),
        ]
    for what, goal, value in goals:
        yield f"| {what} | at most {goal} | {value:.2f} | {'reached' if value <= goal else 'not reached'} |"


main()
