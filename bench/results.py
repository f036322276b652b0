"""`bench/RESULTS.md`: one part for each thing that can be measured alone."""

import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

FILE = Path(__file__).parent / "RESULTS.md"
Measure = Callable[[Path], Iterable[str]]
"""Measures in an empty folder, and yields the lines of a part; the first is a blank line and the part's title."""


def rewrite(measure: Measure) -> None:
    """Measure, print, and put the part at the end of the file; an older one of the same title goes."""
    with tempfile.TemporaryDirectory() as folder:
        text = "\n".join(measure(Path(folder))) + "\n"
    sys.stdout.write(text)
    title = text.lstrip("\n").partition("\n")[0]
    before = re.sub(rf"(?ms)^\n{re.escape(title)}$.*?(?=^\n## |\Z)", "", FILE.read_text("utf-8"))
    FILE.write_text(before + text, "utf-8")
