"""One line for each wrong place, for tools that read lines: tasks of editors, filters."""

from collections.abc import Iterator

from report_ls.cli.formats import as_line, place_of
from report_ls.cli.results import Judged, Results


def write(results: Results) -> str:
    """Return a line for each place, like those of the text format for findings, and no other lines."""
    return "".join(f"{line}\n" for report in results.reports for line in _lines(report))


def _lines(report: Judged) -> Iterator[str]:
    apart = [found for finding in report.findings for found in finding.apart]
    for found in sorted(apart, key=lambda found: found.place):
        yield as_line(f"{place_of(report, found)}: {found.severity.word}: {found.full_message} [{found.code}]")
