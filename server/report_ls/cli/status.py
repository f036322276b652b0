"""The exit status.

0: no finding at or above the severity of `--fail-on`. 1: at least one. 2: report-ls could not check all
reports.
"""

from report_ls.base.diagnostic import Severity
from report_ls.cli.results import Results

FOUND_NOTHING, FOUND_SOMETHING, CANNOT_SAY = 0, 1, 2


def status_of(results: Results, *, found: bool) -> int:
    """Return the exit status of a run; `found` is whether a finding reached the severity of `--fail-on`."""
    if results.unreadable or any(report.failures for report in results.reports):
        return CANNOT_SAY
    return FOUND_SOMETHING if found else FOUND_NOTHING


def reaches(results: Results, fail_on: str) -> bool:
    """Return whether any finding reaches the severity of `--fail-on`."""
    if fail_on == "never":
        return False
    return any(results.count(severity) for severity in Severity if severity <= Severity[fail_on.upper()])
