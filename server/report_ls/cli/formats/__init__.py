"""How results are written down: one module per format, each a function `write` from results to text."""

import posixpath
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from report_ls.analysis.analyze import Analysis
from report_ls.base.diagnostic import Diagnostic, Severity, Stage
from report_ls.base.readable import encodable, readable_json

_JSON = "json", "gitlab", "sarif"
FORMATS = "text", "lines", "json", "github", "gitlab", "sarif", "junit", "markdown", "csv", "html"


class Judged(NamedTuple):
    """A report, and what is said of it."""

    path: str
    """Seen from the current folder, with slashes."""
    analysis: Analysis
    group: str | None = None
    """What people see instead of the path, where its folders name students."""

    @property
    def name(self) -> str:
        """What people see: the group, else the path."""
        return self.group or self.path

    def count(self, severity: Severity) -> int:
        """Return how many diagnostics of a severity there are."""
        return sum(diagnostic.severity is severity for diagnostic in self.analysis.diagnostics)

    @property
    def n_repaired(self) -> int:
        """How many diagnostics `--fix` takes away."""
        is_fixed = not self.analysis.source.misread
        return sum(diagnostic.is_repaired for diagnostic in self.analysis.diagnostics) if is_fixed else 0


class Unreadable(NamedTuple):
    """A path in which no report could be read."""

    path: str
    error: str
    group: str | None = None
    """As of a report."""

    @property
    def name(self) -> str:
        """What people see: the group, else the path."""
        return self.group or self.path


class Note(NamedTuple):
    """Something that is worth a message, once."""

    path: str
    """The file that it is about."""
    text: str
    """The message, which names that file."""


class Results(NamedTuple):
    """What one run has to say."""

    stage: Stage | None
    """The stage that was asked for; None where the configuration or each report's own state decided."""
    reports: tuple[Judged, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    notes: tuple[Note, ...] = ()
    is_news: bool = False
    """Only what an earlier run did not find is here."""
    at_a_glance: bool = False
    """They are a class's, and nobody asks for more than a line for each."""
    place: str = ""
    """The current folder as seen from the top of its repository, with slashes."""

    @property
    def troubles(self) -> Iterator[str]:
        """What is worth a message beside the results, each once."""
        yield from dict.fromkeys(note.text for note in self.notes)
        for unreadable in self.unreadable:
            yield f"{unreadable.name}: {unreadable.error}"
        for report in self.reports:
            for failure in report.analysis.failures:
                error = say_error(failure.error)
                yield f"{report.name}: the check {failure.code} failed, a fault of report-ls and not of yours: {error}"

    def count(self, severity: Severity) -> int:
        """Return how many diagnostics of a severity there are in all reports."""
        return sum(report.count(severity) for report in self.reports)

    def in_repository(self, path: str) -> str:
        """Return a path as seen from the top of the repository."""
        return posixpath.normpath(posixpath.join(self.place, path))


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


def place_of(report: Judged, diagnostic: Diagnostic) -> str:
    """Return where a finding is, as people and tools read it in a line."""
    start = report.analysis.source.position(diagnostic.span.start)
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
