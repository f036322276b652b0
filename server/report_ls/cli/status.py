"""The exit status.

That is 0 when nothing at or above `--fail-on` was found, 1 when something was, and 2 when it could not
be found out.
"""

from report_ls.base.diagnostic import Severity
from report_ls.cli.results import Results

FOUND_NOTHING, FOUND_SOMETHING, CANNOT_SAY = 0, 1, 2


def status_of(results: Results, *, found: bool) -> int:
    """Return the status of a run that came to some results, and in which something was found or not."""
    if results.unreadable or any(report.failures for report in results.reports):
        return CANNOT_SAY
    return FOUND_SOMETHING if found else FOUND_NOTHING


def reaches(results: Results, fail_on: str) -> bool:
    """Say whether anything is as bad as asked."""
    if fail_on == "never":
        return False
    return any(results.count(severity) for severity in Severity if severity <= Severity[fail_on.upper()])
