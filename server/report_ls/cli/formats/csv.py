"""A table for spreadsheets: a row for each question of each report, or for each report of a class.

What belongs to no question, and what cannot be read, has a row without a question.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from report_ls.analysis.analyze import Analysis
from report_ls.base.diagnostic import Diagnostic, Severity
from report_ls.cli.formats import Judged, Results, say_error
from report_ls.cli.formats._glance import Glance, glances
from report_ls.cli.formats._questions import findings_by_question
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
    """Return the table, with a head."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    for row in _at_a_glance(results) if results.at_a_glance else _by_question(results):
        table.writerow(map(_cell, row))
    return text.getvalue()


_Cell = str | int | None


def _at_a_glance(results: Results) -> Iterator[tuple[_Cell, ...]]:
    """Yield the worst first: what cannot be read."""
    yield _HEAD_AT_A_GLANCE
    for one in results.unreadable:
        yield (one.name, *[None] * 2, "unreadable", *[None] * 4, one.error, *[None] * 2)
    yield from map(_glance, glances(results))


def _glance(one: Glance) -> tuple[_Cell, ...]:
    report, analysis = one.report, one.report.analysis
    return (
        report.name,
        analysis.pack.id,
        analysis.stage.value,
        "failed" if analysis.failures else None,
        *analysis.answered_of_asked,
        report.count(Severity.ERROR),
        report.count(Severity.WARNING),
        one.said,
        analysis.lengths.text,
        _nearest(analysis),
    )


def _nearest(analysis: Analysis) -> str | None:
    return analysis.pack.unknown.nearest.id if analysis.pack.unknown else None


def _by_question(results: Results) -> Iterator[tuple[_Cell, ...]]:
    yield _HEAD
    for report in results.reports:
        yield from _rows(report)
    for one in results.unreadable:
        yield (one.name, *[None] * 5, "unreadable", *[None] * 8, one.error, *[None] * 3)


def _rows(report: Judged) -> Iterator[tuple[_Cell, ...]]:
    analysis = report.analysis
    of_report = report.name, analysis.pack.id, analysis.stage.value
    whole, questions = findings_by_question(analysis)
    failures = [f"the check {failure.code} failed: {say_error(failure.error)}" for failure in analysis.failures]
    nearest = _nearest(analysis)
    if whole or failures:
        state = "failed" if failures else ""
        found = _found(analysis, whole, failures)
        yield (*of_report, *[None] * 3, state, *[None] * 6, *found, nearest, *[None] * 2)
    for result, diagnostics in questions:
        question, ask = result.question, result.ask
        yield (
            *of_report,
            question.number,
            ask.topic,
            analysis.source.line_at(question.start) + 1,
            result.state.value,
            question.answer.n_words,
            *_limits(ask.words),
            question.answer.n_images,
            *_limits(ask.images),
            *_found(analysis, diagnostics),
            nearest,
            ask.words_from.value if ask.words else None,
            ask.images_from.value if ask.images else None,
        )


def _limits(limit: Limit | None) -> tuple[_Cell, _Cell]:
    return (limit.low, limit.high) if limit else (None, None)


def _found(analysis: Analysis, diagnostics: list[Diagnostic], failures: list[str] | None = None) -> tuple[_Cell, ...]:
    said = [f"line {analysis.source.line_at(one.span.start) + 1}: {one.message} [{one.code}]" for one in diagnostics]
    n_errors, n_warnings = (
        sum(one.severity is severity for one in diagnostics) for severity in (Severity.ERROR, Severity.WARNING)
    )
    return n_errors, n_warnings, "; ".join([*(failures or ()), *said])


def _cell(value: _Cell) -> _Cell:
    """Return a value that no spreadsheet takes for a formula, and no job of GitHub for a command."""
    return f"'{value}" if isinstance(value, str) and re.match(r"[=+\-@\t\r]|\s*::", value) else value
