"""Output formats: one module per format, each with a function `write` that returns the results as text."""

import unicodedata
from importlib import import_module

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.readable import encodable, readable_json
from report_ls.cli.findings import Finding
from report_ls.cli.results import Judged, Results

_JSON = "json", "gitlab", "sarif"
FORMATS = "text", "lines", "json", "github", "gitlab", "sarif", "junit", "markdown", "csv", "html"


class Screen(NamedTuple):
    """The terminal that shows results."""

    width: int
    """Its columns."""
    has_colours: bool = False
    """Whether to use colours."""


def printable(text: str) -> str:
    """Return a line without control characters, line ends and characters that change the direction of text."""
    if text.isprintable():
        return text
    return "".join("?" if _is_control(character) else character for character in encodable(text))


def _is_control(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in ("Cc", "Zl", "Zp")


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of the text after them."""


def as_line(text: str) -> str:
    """Return a printable line that is no workflow command in a log of GitHub Actions: most lines begin with a path."""
    line = printable(text).replace("##[", "# #[")
    return f"./{line}" if line.lstrip().startswith("::") else line


def place_of(report: Judged, finding: Finding) -> str:
    """Return the place of a finding as `name:line:column`."""
    start = finding.place.start
    return as_line(f"{report.name}:{start.line + 1}:{start.character + 1}")


def write(name: str, results: Results, screen: Screen | None = None) -> str:
    """Return the results in a format of `FORMATS`; the text format fits the screen, if there is one."""
    # Import only this format.
    module = import_module(f"{__name__}.{name}")
    written: str = module.write(results, screen) if name == "text" else module.write(results)
    if name in _JSON:
        return readable_json(written.encode("ascii")).decode("ascii")
    return encodable(written)


def say_error(error: Exception) -> str:
    """Return an exception in one line."""
    return f"{type(error).__name__}: {error}".replace("\n", " ")
