"""Counts the findings of a report: enough for its line in a class, without the findings themselves."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from report_ls.base.diagnostic import Severity
from report_ls.packs.gaps import Lengths

if TYPE_CHECKING:
    from report_ls.cli.results import Finding


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


def tally(findings: Iterable["Finding"], lengths: Lengths) -> Tally:
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


def _counts(found: "Finding") -> bool:
    """Return whether a finding is an error or a warning, or will be."""
    return found.severity <= Severity.WARNING or found.waits
