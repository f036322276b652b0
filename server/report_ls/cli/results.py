"""The results of one run as plain values, which contain all that any format writes."""

import posixpath
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

from report_ls.base.cached import cached_property
from report_ls.base.diagnostic import Severity, Stage
from report_ls.base.named_tuple import NamedTuple
from report_ls.cli.findings import Finding, Place, Tally, tally
from report_ls.packs.gaps import Lengths
from report_ls.packs.limits import Limit

_T = TypeVar("_T")


class Later(Sequence[_T]):
    """A sequence that few formats need: read at its first use."""

    def __init__(self, read: Callable[[], Sequence[_T]]) -> None:
        self._make = read

    @cached_property
    def _read(self) -> Sequence[_T]:
        return self._make()

    def __len__(self) -> int:
        return len(self._read)

    @overload
    def __getitem__(self, index: int) -> _T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[_T]: ...

    def __getitem__(self, index: int | slice) -> _T | Sequence[_T]:
        return self._read[index]


class LaterFindings(Later[Finding]):
    """Findings that are counted, and read if a format shows them."""

    def __init__(self, read: Callable[[], Sequence[Finding]], counted: Tally) -> None:
        super().__init__(read)
        self.tally = counted


class JudgedQuestion(NamedTuple):
    """A question of a report: what it asks, and what its answer has."""

    number: int
    topic: str
    prompt: str
    """The fingerprint of its prompt."""
    n_words: int
    n_images: int
    words: Limit | None
    """How many words are asked; None for any number."""
    images: Limit | None
    words_from: str | None
    """The source of this limit; None if there is no limit."""
    images_from: str | None
    is_answered: bool
    place: Place


class ScriptAnswer(NamedTuple):
    """The counts that the course's script makes of one answer."""

    number: int
    n_words: int
    n_images: int
    passes: bool


class Script(NamedTuple):
    """The result of the course's script for a report."""

    refuses: bool
    n_answers: int
    answers: Sequence[ScriptAnswer]
    """Empty if it refuses the report."""


class Failed(NamedTuple):
    """A check that failed: a defect of report-ls."""

    code: str
    error: str


class Edition(NamedTuple):
    """The edition by which a report is judged."""

    id: str
    nearest: str | None
    """The most similar edition, if no pack knows the report's form."""
    name_of_nearest: str
    is_known: bool
    """A pack lists the questions of this edition."""
    note: str
    """A note to the user if no pack knows the form; else empty."""


class Judged(NamedTuple):
    """A report with its findings: all that formats write, and no text of the report except in messages.

    So it is small enough to be passed between processes and cached for the next run.
    """

    path: str
    """The path relative to the current folder, with slashes."""
    edition: Edition
    stage: Stage
    findings: Sequence[Finding]
    """In the order of the text."""
    failures: tuple[Failed, ...]
    questions: Sequence[JudgedQuestion]
    n_answered: int
    """How many of the course's questions are answered."""
    n_asked: int
    lengths: Lengths
    script: Script | None
    is_misread: bool
    """Its bytes are no UTF-8, so it is not fixed."""
    text: str | None = None
    """The text of the report; None if it is the text of the file."""
    group: str | None = None
    """The name to show in place of the path, because folders may be names of students."""

    @property
    def name(self) -> str:
        """What people see: the group, else the path."""
        return self.group or self.path

    @property
    def tally(self) -> Tally:
        """How many findings there are."""
        findings = self.findings
        return findings.tally if isinstance(findings, LaterFindings) else tally(findings, self.lengths)

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity there are."""
        return self.tally.by_severity[severity - 1]

    @property
    def n_repaired(self) -> int:
        """How many findings `--fix` removes."""
        return 0 if self.is_misread else self.tally.n_repaired

    @property
    def n_waiting(self) -> int:
        """How many findings will be more than hints when the report is finished, without unanswered questions."""
        return self.tally.n_waiting

    @property
    def states(self) -> Iterator[str]:
        """The state of each question: `ok`, `unanswered`, or `wrong` if it has an error or a warning."""
        starts = [question.place.start for question in self.questions]
        wrong = {
            bisect_right(starts, apart.place.start) - 1
            for finding in self.findings
            for apart in finding.apart
            if apart.severity <= Severity.WARNING
        }
        for index, question in enumerate(self.questions):
            yield ("wrong" if index in wrong else "ok") if question.is_answered else "unanswered"


class Unreadable(NamedTuple):
    """A path at which no report could be read."""

    path: str
    error: str
    group: str | None = None
    """As in `Judged`."""

    @property
    def name(self) -> str:
        """What people see: the group, else the path."""
        return self.group or self.path


class Note(NamedTuple):
    """A message that is shown once."""

    path: str
    """The file that the message is about."""
    text: str
    """The message; it names the file."""


class Results(NamedTuple):
    """The results of one run."""

    stage: Stage | None
    """The stage that the options name; None if the configuration or each report's own state decided."""
    reports: tuple[Judged, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    notes: tuple[Note, ...] = ()
    is_news: bool = False
    """It has only findings that an earlier run did not have."""
    at_a_glance: bool = False
    """They are of a class, and each report is shown in one line."""
    place: str = ""
    """The current folder relative to the top of its repository, with slashes."""

    @property
    def troubles(self) -> Iterator[str]:
        """The messages to show beside the findings, each once."""
        yield from dict.fromkeys(note.text for note in self.notes)
        for unreadable in self.unreadable:
            yield f"{unreadable.name}: {unreadable.error}"
        for report in self.reports:
            for code, error in report.failures:
                yield f"{report.name}: the check {code} failed because of a bug in report-ls: {error}"

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity there are in all reports."""
        return sum(report.count(severity) for report in self.reports)

    def in_repository(self, path: str) -> str:
        """Return a path relative to the top of the repository."""
        return posixpath.normpath(posixpath.join(self.place, path))
