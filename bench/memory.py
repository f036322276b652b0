"""Measures the server's memory while one report is edited a hundred thousand times.

Every edit is judged before the next one is sent. The next one undoes it, so the length of the text stays the same.
"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import documents
from session import CAPABILITIES, Client, resident

_MOMENTS = (1_000, 10_000, 50_000, 100_000)
_PIECES = [
    *(
        "x",
        " ",
        "\n",
        "word ",
        "\U0001f4f7",
        "ø",
        "`",
        "```\n",
        "![a](figures/a.png)",
        "![",
        "](",
        "<!--",
        "---",
        "\n\n",
    ),
    *("### Question 3\n", "> Answer:", "Answer:", "## A part\n", "--- question 3 fill here ---", "[a](b.png)", "    "),
]


def page(folder: Path) -> Iterator[str]:
    """Measure in a folder, and yield the lines of the page."""
    figures = list(_measure(folder / "edited.md"))
    yield "\n## Memory while a report is edited\n"
    yield "| edits | megabytes |"
    yield "|---|---|"
    for n_edits, megabytes in figures:
        yield f"| {n_edits} | {megabytes:.1f} |"


def _measure(path: Path) -> Iterator[tuple[int, float]]:
    command = [sys.executable, "-m", "report_ls"]
    with subprocess.Popen(  # noqa: S603 - our own server
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=path.parent
    ) as process:
        client = Client(process)
        options = {"settings": {"pack": "dtu-mlops-2026-01"}}
        params = {"processId": None, "rootUri": path.parent.as_uri(), "capabilities": CAPABILITIES}
        client.request("initialize", {**params, "initializationOptions": options})
        client.notify("initialized", {})
        text, uri = documents.report(), path.as_uri()
        item = {"uri": uri, "languageId": "markdown", "version": 0, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": item})
        client.await_diagnostics(0)
        for version, change in enumerate(_changes(text), 1):
            document = {"uri": uri, "version": version}
            client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
            client.await_diagnostics(version)
            if version in _MOMENTS:
                yield version, resident(process.pid)
            if version == _MOMENTS[-1]:
                break
        client.request("shutdown", None)
        client.notify("exit", None)


def _changes(text: str) -> Iterator[dict[str, object]]:
    """Yield edits at random places, each followed by the edit that undoes it."""
    chance = random.Random(7)  # noqa: S311 - no secret, only the same edits every time
    lines = text.split("\n")
    while True:
        line = chance.randrange(len(lines))
        first, last = sorted(chance.randrange(len(lines[line]) + 1) for _ in range(2))
        last = min(last, first + chance.choice((0, 0, 1, 30)))
        piece = chance.choice(_PIECES)
        start = {"line": line, "character": first}
        yield {"range": {"start": start, "end": {"line": line, "character": last}}, "text": piece}
        n_lines, n_units = piece.count("\n"), len(piece.rpartition("\n")[2].encode("utf-16-le")) // 2
        end = {"line": line + n_lines, "character": n_units if n_lines else first + n_units}
        yield {"range": {"start": start, "end": end}, "text": lines[line][first:last]}
