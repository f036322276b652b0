"""A class at a glance: each report in a few words, the worst first."""

from collections.abc import Iterator, Sequence

from report_ls.base.named_tuple import NamedTuple
from report_ls.cli.formats import as_line
from report_ls.cli.results import Judged, Results


class Glance(NamedTuple):
    """A report, and a few words about its errors and warnings."""

    report: Judged
    said: str
    """Empty if it has none, and will have none when it is finished."""


_WORDS = (
    ("refused by the script", ""),
    ("1 check failed", "{} checks failed"),
    ("1 unanswered", "{} unanswered"),
    ("1 picture missing", "{} pictures missing"),
    ("1 error", "{} errors"),
    ("1 warning", "{} warnings"),
    ("1 more when it is finished", "{} more when it is finished"),
    ("lengths only", "lengths only"),
)
"""The kinds of problems of a report, the worst first: wording for one problem, and for several."""


def glances(results: Results) -> list[Glance]:
    """Return each report at a glance, the worst first."""
    counted = [(report, _counts(report, is_news=results.is_news)) for report in results.reports]
    worst_first = sorted(counted, key=lambda pair: [-number for number in pair[1]])
    return [Glance(report, _said(counts)) for report, counts in worst_first]


def _counts(report: Judged, *, is_news: bool) -> tuple[int, ...]:
    """Count the problems of each kind, in the order of `_WORDS`."""
    _, _, _, *of_findings = report.tally
    is_refused = bool(report.script and report.script.refuses and not is_news)
    return int(is_refused), len(report.failures), *of_findings


def _said(counts: Sequence[int]) -> str:
    said = [words[number > 1].format(number) if number else "" for words, number in zip(_WORDS, counts, strict=True)]
    *others, of_lengths = said
    return ", ".join(filter(None, others)) or of_lengths


def in_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield as_line("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
