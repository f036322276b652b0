"""A class at a glance: each report in a few words, the worst first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from report_ls.base.diagnostic import Severity
from report_ls.cli.formats import as_line
from report_ls.cli.results import Finding, Judged, Results


class _Kind(Enum):
    """The kinds of problems of a report, the worst first: wording for one problem, and for several."""

    REFUSED = "refused by the script", ""
    FAILED = "1 check failed", "{} checks failed"
    UNANSWERED = "1 unanswered", "{} unanswered"
    PICTURES = "1 picture missing", "{} pictures missing"
    ERRORS = "1 error", "{} errors"
    WARNINGS = "1 warning", "{} warnings"
    WAITING = "1 more when it is finished", "{} more when it is finished"
    LENGTHS = "lengths only", "lengths only"


_TOO_FEW = "too-few-images"
_OF_CODE = {
    "unanswered": _Kind.UNANSWERED,
    "image-not-found": _Kind.PICTURES,
    "image-as-link": _Kind.PICTURES,
    _TOO_FEW: _Kind.PICTURES,
    "answer-too-short": _Kind.LENGTHS,
    "answer-too-long": _Kind.LENGTHS,
    "too-many-images": _Kind.LENGTHS,
}
_OF_SEVERITY = {Severity.ERROR: _Kind.ERRORS, Severity.WARNING: _Kind.WARNINGS}


class Glance(NamedTuple):
    """A report, and a few words about its errors and warnings."""

    report: Judged
    said: str
    """Empty if it has none, and will have none when it is finished."""


def glances(results: Results) -> list[Glance]:
    """Return each report at a glance, the worst first."""
    counted = [(report, _counts(report, is_news=results.is_news)) for report in results.reports]
    worst_first = sorted(counted, key=lambda pair: [-pair[1][kind] for kind in _Kind])
    return [Glance(report, _said(counts)) for report, counts in worst_first]


def _counts(report: Judged, *, is_news: bool) -> Counter[_Kind]:
    """Count the problems that are errors or warnings, or will be when the report is finished."""
    counts = Counter({_Kind.FAILED: len(report.failures)})
    counts[_Kind.REFUSED] = int(bool(report.script and report.script.refuses and not is_news))
    missing = {gap.number: -gap.n_images for gap in report.lengths.gaps if gap.n_images < 0}
    for found in report.findings:
        kind = _kind(found)
        if found.code == _TOO_FEW and kind:
            counts[kind] += missing.get(found.question or 0, 1)
        elif kind in (_Kind.UNANSWERED, _Kind.PICTURES):
            counts[kind] += sum(_kind(apart) is kind for apart in found.apart)
        elif kind:
            counts[kind] += 1
    return counts


def _kind(found: Finding) -> _Kind | None:
    if found.severity > Severity.WARNING and not found.waits:
        return None
    return _OF_CODE.get(found.code) or _OF_SEVERITY.get(found.severity, _Kind.WAITING)


def _said(counts: Counter[_Kind]) -> str:
    kinds = [kind for kind in _Kind if counts[kind]]
    if kinds != [_Kind.LENGTHS]:
        kinds = [kind for kind in kinds if kind is not _Kind.LENGTHS]
    return ", ".join(kind.value[counts[kind] > 1].format(counts[kind]) for kind in kinds)


def in_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield as_line("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
