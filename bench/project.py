"""Measures the cost of a repository around a report: 5,000 tracked files, 60 of them Python (300 kB), 20 YAML."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import documents
import session
from report_ls.repository.apart import count_apart

_N_FILES, _N_PYTHON, _N_YAML = 5000, 60, 20
_OPTIONS = {"settings": {"pack": "dtu-mlops-2026-01", "stage": "final"}}
_N_TESTS = 50
"""The number of tests in each Python file."""
_TESTS = "".join(
    f"def test_{i}():\n    hive = [bee for bee in range({i}) if bee % 2]\n    assert len(hive) < {i + 1}\n\n"
    for i in range(_N_TESTS)
)
_ROUNDS = 3
_CLAIM = "In total we have implemented 9 tests. See [the image](dockerfiles/train.dockerfile).\n"


def page(folder: Path) -> Iterator[str]:
    """Yield the table, line by line."""
    command = [sys.executable, "-m", "report_ls"]
    alone, project = folder / "alone", folder / "project"
    for place in (alone, project / "reports"):
        place.mkdir(parents=True)
        place.joinpath("README.md").write_text(_report(), "utf-8")
    _fill(project)
    rounds = [
        [session.measure(command, place / "README.md", _OPTIONS) for place in (alone, project / "reports")]
        for _ in range(_ROUNDS)
    ]
    without, within = ([measured[index] for measured in rounds] for index in range(2))
    times = []
    for _ in range(_ROUNDS):
        start = perf_counter()
        tests = count_apart(project / "reports")
        times.append(perf_counter() - start)
        if tests is None or tests.low != _N_PYTHON * _N_TESTS:
            raise RuntimeError(f"the tests were counted otherwise: {tests}")
    yield "\n## A repository of 5,000 files\n"
    yield "60 of them are Python with 3,000 tests, and the report names another number of them.\n"
    yield "| what | goal | measured | |"
    yield "|---|---|---|---|"
    seconds = median(times)
    yield f"| counting the tests in a process of its own, s | at most 1 | {seconds:.2f} | {_reached(seconds <= 1)} |"
    for figure in ("keystroke", "p99"):
        before, after = (median(getattr(figures, figure) for figures in runs) for runs in (without, within))
        yield f"| {figure} there, against no repository | | {after / before:.2f} | |"


def _reached(is_reached: bool) -> str:  # noqa: FBT001 - its only argument
    return "reached" if is_reached else "not reached"


def _report() -> str:
    before, heading, after = documents.report().partition("### Question 7\n")
    prompt, label, answer = after.partition("> Answer:\n")
    return f"{before}{heading}{prompt}{label}\n{_CLAIM}{answer}"


def _fill(project: Path) -> None:
    for i in range(_N_FILES):
        kind, text = ("txt", "bees\n")
        if i < _N_PYTHON:
            kind, text = "py", _TESTS
        elif i < _N_PYTHON + _N_YAML:
            kind, text = "yaml", "bees: 1\n"
        path = project / f"part{i % 70}" / f"test_{i}.{kind}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    for arguments in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *arguments], cwd=project, check=True)  # noqa: S603, S607 - the user's git
