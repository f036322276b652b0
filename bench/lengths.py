"""Measures a keystroke in longer and longer reports: its time should grow linearly, also with longer answers."""

from collections.abc import Iterator
from pathlib import Path

import documents
import session

_COPIES = 1, 10, 30, 100
_LONGER = 10, 100
_ROUNDS = 3
_OPTIONS = {"settings": {"stage": "final"}}
_MOST = 1.5
"""The accepted factor above linear growth: long texts no longer fit into the processor's cache."""


def page(command: list[str], folder: Path) -> Iterator[str]:
    """Measure a server in a folder, and yield the lines of the page."""
    yield "\n## A keystroke in long reports\n"
    yield f"Against that of the first row, taken as many times as its text; the least of {_ROUNDS} rounds.\n"
    yield "| questions | answers | kB | keystroke, ms | against linear | goal | |"
    yield "|---|---|---|---|---|---|---|"
    sizes = [*((copies, 1) for copies in _COPIES), *((1, times) for times in _LONGER)]
    paths = {
        (copies, times): documents.write(folder / f"long-{copies}-{times}", copies, times=times * documents.SHORTEST)
        for copies, times in sizes
    }
    took = {
        size: min(session.measure(command, path, _OPTIONS).keystroke for _ in range(_ROUNDS))
        for size, path in paths.items()
    }
    first = took[1, 1] / paths[1, 1].stat().st_size
    for (copies, times), path in paths.items():
        n_bytes = path.stat().st_size
        ratio = took[copies, times] / (first * n_bytes)
        verdict = "reached" if ratio <= _MOST else "not reached"
        row = f"| {31 * copies} | x{times} | {n_bytes // 1000} | {took[copies, times]:.3g} | {ratio:.2f} |"
        yield f"{row} at most {_MOST} | {verdict} |"
