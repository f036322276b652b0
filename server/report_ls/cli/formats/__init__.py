"""How results are written down: one module per format, each a function `write` from results to text."""

import unicodedata
from importlib import import_module
from typing import NamedTuple

from report_ls.base.readable import encodable, readable_json
from report_ls.cli.results import Finding, Judged, Results

_JSON = "json", "gitlab", "sarif"
FORMATS = "text", "lines", "json", "github", "gitlab", "sarif", "junit", "markdown", "csv", "html"


class Screen(NamedTuple):
    """The terminal that shows results."""

    width: int
    """Its columns."""
    has_colours: bool = False
    """Whether it shows colours, and may."""


def printable(text: str) -> str:
    """Return a line without what makes a terminal do something, ends the line or turns what follows around."""
    if text.isprintable():
        return text
    return "".join("?" if _is_control(character) else character for character in encodable(text))


def _is_control(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in ("Cc", "Zl", "Zp")


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What makes the letters behind it run in the other direction."""


def as_line(text: str) -> str:
    """Return a line that is printable, and no command to GitHub in the log of a job: most begin with a path."""
    line = printable(text).replace("##[", "# #[")
    return f"./{line}" if line.lstrip().startswith("::") else line


def place_of(report: Judged, finding: Finding) -> str:
    """Return where a finding is, as people and tools read it in a line."""
    start = finding.place.start
    return as_line(f"{report.name}:{start.line + 1}:{start.character + 1}")


def write(name: str, results: Results, screen: Screen | None = None) -> str:
    """Return the results in a format of `FORMATS`; the text is made for the screen that shows it, if one does."""
    # Only the format that is asked for is imported.
    module = import_module(f"{__name__}.{name}")
    written: str = module.write(results, screen) if name == "text" else module.write(results)
    if name in _JSON:
        return readable_json(written.encode("ascii")).decode("ascii")
    return encodable(written)


def say_error(error: Exception) -> str:
    """Return an exception in one line."""
    return f"{type(error).__name__}: {error}".replace("\n", " ")
