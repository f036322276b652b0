"""`--baseline`: only the findings that an earlier run did not have."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from report_ls.cli.arguments import WrongUseError
from report_ls.cli.findings import Finding
from report_ls.cli.formats.json import Known, read_findings
from report_ls.cli.results import Judged, Results
from report_ls.files.text_files import decode, read_bytes, reason

_MAX_BASELINE_BYTES = 1_000_000_000
"""Bytes of the largest baseline that is read: that of a class is larger than any report."""

Baseline = Mapping[str, Counter[Known]]
"""How often an earlier run had each finding, by report."""


def read_baseline(name: str) -> Baseline:
    """Return the baseline of a file. Raises `WrongUseError`."""
    try:
        return read_findings(decode(read_bytes(Path(name), _MAX_BASELINE_BYTES)).text)
    except OSError as error:
        raise WrongUseError(f"--baseline {name}: {reason(error)}") from None
    except ValueError as error:
        raise WrongUseError(f"--baseline {name}: {error}") from None


def only_new(results: Results, before: Baseline) -> Results:
    """Return the results without the findings that were there before, on whichever line."""
    reports = tuple(_only_new(report, before.get(report.path)) for report in results.reports)
    return results._replace(reports=reports, is_news=True)


def _only_new(report: Judged, before: Counter[Known] | None) -> Judged:
    if not before:
        return report
    left = before.copy()
    new: list[Finding] = []
    for finding in report.findings:
        known = finding.code, finding.question
        if left[known]:
            left[known] -= 1
        else:
            new.append(finding)
    return report._replace(findings=tuple(new))
