"""The project that the tests open: the report of `examples/`, and a course of our own."""

import shutil
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "examples"
REPORT = (PROJECT / "report.md").read_text("utf-8")
PACK = "course.report-pack.yaml"

_COURSE = """\
id: data-for-beekeepers-2026
title: Data for beekeepers, 2026
images: {folder: figures, extensions: [png, jpg]}
script: {parts: 6}
handin: python-markdown
questions:
  - {number: 1, topic: the project, words: 20-60}
  - {number: 2, topic: the data, words: 40-80}
  - {number: 3, topic: the sensors, words: 20-60, images: 1-2}
  - {number: 4, topic: an ordinary day, images: 1-2, prompts: [b3d3a5a457ce]}
  - {number: 5, topic: the model, words: 30-80, prompts: [a24a6bd46b8d]}
  - {number: 6, topic: looking back, words: 30-80, prompts: [f2bb63a9727d]}
"""


def write_project(folder: Path) -> None:
    """Write the project into a folder."""
    shutil.copytree(PROJECT, folder, dirs_exist_ok=True)
    (folder / PACK).write_text(_COURSE, "utf-8")


def place_of(text: str, inside: str = REPORT) -> tuple[int, int]:
    """Return the line and the character of a text, from 0."""
    before = inside[: inside.index(text)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1
