"""A summary in Markdown, for the page of a CI job: a table of reports, then the findings."""

import re
from collections.abc import Iterable, Iterator

from report_ls.base.diagnostic import Severity
from report_ls.cli.formats._questions import edition, new_forms
from report_ls.cli.results import Judged, Results

_SIGNS = r"(?i)[\\`*_\[\]<>|~&#!@$]|(?<=www)\.|:(?=//)|(?<=mailto):|(?<=xmpp):"
"""Characters to escape; the last four because GitHub makes links of addresses."""
_MAX_ROWS = 3000
"""GitHub shows a summary of up to a megabyte, and nothing if it is longer."""


def write(results: Results) -> str:
    """Return a table with a row for each report, and a table of findings for each report."""
    lines = [
        "| report | edition | answered | errors | warnings | for information | hints | lengths |",
        "|---|---|--:|--:|--:|--:|--:|---|",
        *(_row(_summary(report)) for report in results.reports),
        *(_row([unreadable.name, unreadable.error, *[""] * 6]) for unreadable in results.unreadable),
    ]
    lines += [line for note in new_forms(results) for line in ("", _escape(note))]
    n_shown = 0
    for report in results.reports:
        if report.findings or report.failures:
            rows = list(_findings(report))
            shown = rows[: max(0, _MAX_ROWS - n_shown)]
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
    if n_shown > _MAX_ROWS:
        lines += ["", f"and {n_shown - _MAX_ROWS} more"]
    return "".join(f"{line}\n" for line in lines)


def _summary(report: Judged) -> list[str]:
    answered = f"{report.n_answered} of {report.n_asked}"
    counts = (str(report.count(severity)) for severity in Severity)
    return [report.name, edition(report), answered, *counts, report.lengths.text]


def _findings(report: Judged) -> Iterator[str]:
    for code, error in report.failures:
        yield _row(["", "error", f"this check failed: {error}", code])
    for finding in report.findings:
        yield _row([str(finding.line), finding.severity.word, finding.full_message, finding.code])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_escape, cells))} |"


def _escape(text: str) -> str:
    """Return text escaped for Markdown, on one line."""
    return re.sub(_SIGNS, r"\\\g<0>", " ".join(text.split()))
