"""Findings as plain values, and how many a report has of what: enough for its line in a class."""

from collections.abc import Iterable, Iterator

from report_ls.base.diagnostic import Severity, in_other_lines, with_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.spans import Position
from report_ls.packs.gaps import Lengths


class Place(NamedTuple):
    """Start and end of a part of a report."""

    start: Position
    end: Position

    @property
    def line(self) -> int:
        """The line on which it starts, counted from 1."""
        return self.start.line + 1


class Change(NamedTuple):
    """A fix: places, and the text to put there."""

    title: str
    safe: bool
    preferred: bool
    edits: tuple[tuple[Place, str], ...]


class Related(NamedTuple):
    """A further place of a finding."""

    place: Place
    message: str
    severity: Severity | None
    """The severity, if this place is wrong too; None if it only explains."""
    question_name: str


class Finding(NamedTuple):
    """A diagnostic, as formats write it."""

    code: str
    severity: Severity
    message: str
    place: Place
    question: int | None
    related: tuple[Related, ...]
    fixes: tuple[Change, ...]
    """Empty if no format writes fixes."""
    is_repaired: bool
    """`--fix` removes it."""
    waits: bool
    """It is a hint now, and will be worse when the report is finished."""
    question_name: str
    """The name of the question, such as `Q14`; empty if the finding is about no question or several."""

    @property
    def full_message(self) -> str:
        """The message for a reader who does not see the question."""
        return with_question(self.question_name, self.message)

    @property
    def line(self) -> int:
        """Its line, counted from 1."""
        return self.place.line

    @property
    def apart(self) -> "Iterator[Finding]":
        """The finding, once for each place that is wrong."""
        yield self
        for place, message, severity, name in self.related:
            if severity:
                yield self._replace(place=place, message=message, severity=severity, related=(), question_name=name)

    @property
    def other_lines(self) -> str:
        """The lines of its further places, in words; empty if there are none on other lines."""
        return in_other_lines(self.line, (related.place.line for related in self.related))


class Tally(NamedTuple):
    """How many findings a report has, by severity and by what they are about."""

    by_severity: tuple[int, int, int, int]
    """The most severe first."""
    n_repaired: int
    """`--fix` removes them."""
    n_waiting: int
    """They will be more than hints when the report is finished; without unanswered questions."""
    n_unanswered: int
    """These and the following are errors or warnings, or will be; each counts once."""
    n_pictures: int
    """Pictures that are missing."""
    n_errors: int
    n_warnings: int
    n_later: int
    """They are hints now."""
    n_lengths: int


_UNANSWERED, _TOO_FEW = "unanswered", "too-few-images"
_PICTURES = "image-not-found", "image-as-link"
_LENGTHS = "answer-too-short", "answer-too-long", "too-many-images"


def tally(findings: Iterable[Finding], lengths: Lengths) -> Tally:
    """Count the findings of a report; `lengths` says how many pictures an answer lacks."""
    by_severity = [0, 0, 0, 0]
    n_repaired = n_waiting = n_unanswered = n_pictures = n_errors = n_warnings = n_later = n_lengths = 0
    missing = {gap.number: -gap.n_images for gap in lengths.gaps if gap.n_images < 0}
    for found in findings:
        code, severity = found.code, found.severity
        by_severity[severity - 1] += 1
        n_repaired += found.is_repaired
        n_waiting += found.waits and code != _UNANSWERED
        if not _counts(found):
            continue
        if code == _UNANSWERED:
            n_unanswered += sum(map(_counts, found.apart))
        elif code == _TOO_FEW:
            n_pictures += missing.get(found.question or 0, 1)
        elif code in _PICTURES:
            n_pictures += sum(map(_counts, found.apart))
        elif code in _LENGTHS:
            n_lengths += 1
        elif severity is Severity.ERROR:
            n_errors += 1
        elif severity is Severity.WARNING:
            n_warnings += 1
        else:
            n_later += 1
    return Tally(
        (by_severity[0], by_severity[1], by_severity[2], by_severity[3]),
        *(n_repaired, n_waiting, n_unanswered, n_pictures, n_errors, n_warnings, n_later, n_lengths),
    )


def _counts(found: Finding) -> bool:
    """Return whether a finding is an error or a warning, or will be."""
    return found.severity <= Severity.WARNING or found.waits
