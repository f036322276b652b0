"""Each place where something is wrong in a line of its own, for what reads lines: a task, an editor, a filter."""

from collections.abc import Iterator

from report_ls.cli.formats import as_line, place_of
from report_ls.cli.results import Judged, Results


def write(results: Results) -> str:
    """Return a line for each place, as `text` has one for a finding, and no others."""
    return "".join(f"{line}\n" for report in results.reports for line in _lines(report))


def _lines(report: Judged) -> Iterator[str]:
    apart = [one for finding in report.findings for one in finding.apart]
    for one in sorted(apart, key=lambda one: one.place):
        yield as_line(f"{place_of(report, one)}: {one.severity.word}: {one.full_message} [{one.code}]")
