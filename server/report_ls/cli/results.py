"""What one run has to say, as plain values: all that any format writes down, whoever judged it and when."""

import posixpath
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from report_ls.base.diagnostic import Severity, Stage, in_other_lines, with_question
from report_ls.base.spans import Position
from report_ls.packs.gaps import Lengths
from report_ls.packs.limits import Limit


class Place(NamedTuple):
    """From where to where something is in a report."""

    start: Position
    end: Position

    @property
    def line(self) -> int:
        """The line on which it starts, as people count them."""
        return self.start.line + 1


class Change(NamedTuple):
    """A fix: places, and what is to be there instead."""

    title: str
    safe: bool
    preferred: bool
    edits: tuple[tuple[Place, str], ...]


class Related(NamedTuple):
    """Another place that belongs to a finding."""

    place: Place
    message: str
    severity: Severity | None
    """How bad it is, where it is a mistake itself."""
    question_name: str


class Finding(NamedTuple):
    """A diagnostic as it is written down."""

    code: str
    severity: Severity
    message: str
    place: Place
    question: int | None
    related: tuple[Related, ...]
    fixes: tuple[Change, ...]
    """Empty where no format tells them."""
    is_repaired: bool
    """`--fix` takes it away."""
    waits: bool
    """It is a hint only as long as somebody is still writing."""
    question_name: str
    """What people call the question, such as `Q14`; empty where it is about none, or about several."""

    @property
    def full_message(self) -> str:
        """The message for a reader who does not see the question."""
        return with_question(self.question_name, self.message)

    @property
    def line(self) -> int:
        """Where it is, as people count lines."""
        return self.place.line

    @property
    def apart(self) -> "Iterator[Finding]":
        """The same at each place where something is wrong."""
        yield self
        for place, message, severity, name in self.related:
            if severity:
                yield self._replace(place=place, message=message, severity=severity, related=(), question_name=name)

    @property
    def other_lines(self) -> str:
        """In which other lines the places are that belong to it, in words; empty where in none."""
        return in_other_lines(self.line, (related.place.line for related in self.related))


class JudgedQuestion(NamedTuple):
    """A question of a report: what it asks, and what is there."""

    number: int
    topic: str
    prompt: str
    """The fingerprint of what it asks."""
    n_words: int
    n_images: int
    words: Limit | None
    """How many are asked."""
    images: Limit | None
    words_from: str | None
    """Where that is said; None where it is not asked."""
    images_from: str | None
    is_answered: bool
    place: Place


class ScriptAnswer(NamedTuple):
    """What the course's script makes of one answer."""

    number: int
    n_words: int
    n_images: int
    passes: bool


class Script(NamedTuple):
    """What the course's script makes of a report."""

    refuses: bool
    n_answers: int
    answers: Sequence[ScriptAnswer]
    """Empty where it refuses the report."""


class Failed(NamedTuple):
    """A check that failed, a defect of ours."""

    code: str
    error: str


class Edition(NamedTuple):
    """The edition by which a report is judged."""

    id: str
    nearest: str | None
    """That which a form that no pack knows is most like."""
    name_of_nearest: str
    is_known: bool
    """A pack lists what it asks."""
    note: str
    """What is to be known of a form that no pack knows; else empty."""


class Judged(NamedTuple):
    """A report, and what is said of it: what formats write down, and none of its words but those in messages.

    So little is passed on between processes, and kept for the next run.
    """

    path: str
    """Seen from the current folder, with slashes."""
    edition: Edition
    stage: Stage
    findings: tuple[Finding, ...]
    """In the order of the text."""
    failures: tuple[Failed, ...]
    questions: Sequence[JudgedQuestion]
    n_answered: int
    """Of the course's questions."""
    n_asked: int
    lengths: Lengths
    script: Script | None
    is_misread: bool
    """Its bytes are no UTF-8, so it is not fixed."""
    text: str | None = None
    """What it says, where no file does."""
    group: str | None = None
    """What people see instead of the path, where its folders name students."""

    @property
    def name(self) -> str:
        """What people see: the group, else the path."""
        return self.group or self.path

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity there are."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def n_repaired(self) -> int:
        """How many findings `--fix` takes away."""
        return 0 if self.is_misread else sum(finding.is_repaired for finding in self.findings)

    @property
    def n_waiting(self) -> int:
        """How many findings will be more than hints when the report is finished, beside what is not answered."""
        return sum(finding.waits and finding.code != "unanswered" for finding in self.findings)

    @property
    def states(self) -> Iterator[str]:
        """How far each question is: `ok`, `unanswered`, or `wrong` where an error or a warning is in it."""
        starts = [question.place.start for question in self.questions]
        wrong = {
            bisect_right(starts, one.place.start) - 1
            for finding in self.findings
            for one in finding.apart
            if one.severity <= Severity.WARNING
        }
        for index, question in enumerate(self.questions):
            yield ("wrong" if index in wrong else "ok") if question.is_answered else "unanswered"


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
            for code, error in report.failures:
                yield f"{report.name}: the check {code} failed, a fault of report-ls and not of yours: {error}"

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity there are in all reports."""
        return sum(report.count(severity) for report in self.reports)

    def in_repository(self, path: str) -> str:
        """Return a path as seen from the top of the repository."""
        return posixpath.normpath(posixpath.join(self.place, path))
