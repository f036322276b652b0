"""`--baseline`: what is new since an earlier run."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from report_ls.cli.arguments import WrongUseError
from report_ls.cli.formats.json import Known, read_findings
from report_ls.cli.results import Finding, Judged, Results
from report_ls.files.text_files import decode, read_bytes, reason

_MAX_BASELINE_BYTES = 1_000_000_000
"""Bytes: what is said of a class is longer than any report."""

Baseline = Mapping[str, Counter[Known]]
"""What an earlier run found in each report."""


def read_baseline(name: str) -> Baseline:
    """Return the baseline of a file. Raises `WrongUseError`."""
    try:
        return read_findings(decode(read_bytes(Path(name), _MAX_BASELINE_BYTES)).text)
    except OSError as error:
        raise WrongUseError(f"--baseline {name}: {reason(error)}") from None
    except ValueError as error:
        raise WrongUseError(f"--baseline {name}: {error}") from None


def only_new(results: Results, before: Baseline) -> Results:
    """Return the results without what was already found before, wherever it stood then."""
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
