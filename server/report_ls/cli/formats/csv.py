"""A table for spreadsheets: a row for each question of a report, or for each report of a class.

Findings outside questions, and reports that cannot be read, have a row without a question.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from report_ls.base.diagnostic import Severity
from report_ls.cli.findings import Finding
from report_ls.cli.formats._glance import Glance, glances
from report_ls.cli.formats._questions import findings_by_question
from report_ls.cli.results import Judged, Results
from report_ls.packs.limits import Limit

_HEAD = (
    "report",
    "edition",
    "stage",
    "question",
    "topic",
    "line",
    "state",
    "words",
    "least words",
    "most words",
    "images",
    "least images",
    "most images",
    "errors",
    "warnings",
    "findings",
    "nearest edition",
    "words from",
    "images from",
)
_HEAD_AT_A_GLANCE = (
    "report",
    "edition",
    "stage",
    "state",
    "answered",
    "asked",
    "errors",
    "warnings",
    "findings",
    "lengths",
    "nearest edition",
)


def write(results: Results) -> str:
    """Return the table with its header."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    for row in _at_a_glance(results) if results.at_a_glance else _by_question(results):
        table.writerow(map(_cell, row))
    return text.getvalue()


_Cell = str | int | None


def _at_a_glance(results: Results) -> Iterator[tuple[_Cell, ...]]:
    """Yield a row for each report, the worst first; reports that cannot be read come before all others."""
    yield _HEAD_AT_A_GLANCE
    for unread in results.unreadable:
        yield (unread.name, *[None] * 2, "unreadable", *[None] * 4, unread.error, *[None] * 2)
    yield from map(_glance, glances(results))


def _glance(glance: Glance) -> tuple[_Cell, ...]:
    report = glance.report
    return (
        report.name,
        report.edition.id,
        report.stage.value,
        "failed" if report.failures else None,
        report.n_answered,
        report.n_asked,
        report.count(Severity.ERROR),
        report.count(Severity.WARNING),
        glance.said,
        report.lengths.text,
        report.edition.nearest,
    )


def _by_question(results: Results) -> Iterator[tuple[_Cell, ...]]:
    yield _HEAD
    for report in results.reports:
        yield from _rows(report)
    for unread in results.unreadable:
        yield (unread.name, *[None] * 5, "unreadable", *[None] * 8, unread.error, *[None] * 3)


def _rows(report: Judged) -> Iterator[tuple[_Cell, ...]]:
    of_report = report.name, report.edition.id, report.stage.value
    whole, questions = findings_by_question(report)
    failures = [f"the check {code} failed: {error}" for code, error in report.failures]
    nearest = report.edition.nearest
    if whole or failures:
        state = "failed" if failures else ""
        found = _found(whole, failures)
        yield (*of_report, *[None] * 3, state, *[None] * 6, *found, nearest, *[None] * 2)
    for (question, findings), state in zip(questions, report.states, strict=True):
        yield (
            *of_report,
            question.number,
            question.topic,
            question.place.line,
            state,
            question.n_words,
            *_limits(question.words),
            question.n_images,
            *_limits(question.images),
            *_found(findings),
            nearest,
            question.words_from,
            question.images_from,
        )


def _limits(limit: Limit | None) -> tuple[_Cell, _Cell]:
    return (limit.low, limit.high) if limit else (None, None)


def _found(findings: list[Finding], failures: Sequence[str] = ()) -> tuple[_Cell, ...]:
    lines = [f"line {finding.line}: {finding.message} [{finding.code}]" for finding in findings]
    n_errors, n_warnings = (
        sum(finding.severity is severity for finding in findings) for severity in (Severity.ERROR, Severity.WARNING)
    )
    return n_errors, n_warnings, "; ".join([*failures, *lines])


def _cell(value: _Cell) -> _Cell:
    """Return a value that is no formula in a spreadsheet and no workflow command in a log of GitHub Actions."""
    return f"'{value}" if isinstance(value, str) and re.match(r"[=+\-@\t\r]|\s*::", value) else value
