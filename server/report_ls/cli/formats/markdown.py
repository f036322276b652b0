"""A summary in Markdown, for the page that CI shows of a job: a table first, then each finding."""

import re
from collections.abc import Iterable, Iterator

from report_ls.base.diagnostic import Severity
from report_ls.cli.formats import Judged, Results, say_error
from report_ls.cli.formats._questions import answered_of_asked, edition, new_forms

_MOST = 3000
"""GitHub shows a summary of up to a megabyte, and nothing of a longer one."""


def write(results: Results) -> str:
    """Return a table with a row for each report, and then the findings of each."""
    lines = [
        "| report | edition | answered | errors | warnings | for information | hints | lengths |",
        "|---|---|--:|--:|--:|--:|--:|---|",
        *(_row(_summary(report)) for report in results.reports),
        *(_row([unreadable.name, unreadable.error, *[""] * 6]) for unreadable in results.unreadable),
    ]
    lines += [line for note in new_forms(results) for line in ("", _escape(note))]
    n_shown = 0
    for report in results.reports:
        if report.analysis.diagnostics or report.analysis.failures:
            rows = list(_findings(report))
            shown = rows[: max(0, _MOST - n_shown)]
            n_shown += len(rows)
            if shown:
                lines += [
                    "",
                    f"### {_escape(report.name)}",
                    "",
                    "| line | severity | finding | code |",
                    "|--:|---|---|---|",
                    *shown,
                ]
    if n_shown > _MOST:
        lines += ["", f"and {n_shown - _MOST} more"]
    return "".join(f"{line}\n" for line in lines)


def _summary(report: Judged) -> list[str]:
    answered, asked = answered_of_asked(report.analysis)
    counts = (str(report.count(severity)) for severity in Severity)
    return [report.name, edition(report.analysis), f"{answered} of {asked}", *counts, report.analysis.lengths.text]


def _findings(report: Judged) -> Iterator[str]:
    analysis = report.analysis
    for failure in analysis.failures:
        yield _row(["", "error", f"this check failed: {say_error(failure.error)}", failure.code])
    for diagnostic in analysis.diagnostics:
        line = analysis.source.line_at(diagnostic.span.start) + 1
        yield _row([str(line), diagnostic.severity.word, diagnostic.message, diagnostic.code])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_escape, cells))} |"


def _escape(text: str) -> str:
    """Return the text as Markdown that shows it letter by letter, on one line."""
    return re.sub(r"([\\`*_\[\]<>|~&#!@$])", r"\\\1", " ".join(text.split()))
