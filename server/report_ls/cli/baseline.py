"""`--baseline`: what is new since an earlier run."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from attrs import evolve

from report_ls.base.diagnostic import Placed
from report_ls.cli.arguments import WrongUseError
from report_ls.cli.formats import Judged, Results
from report_ls.cli.formats.json import Finding, read_findings
from report_ls.files.text_files import decode, read_bytes, reason

_LARGEST = 1_000_000_000
"""Bytes: what is said of a class is longer than any report."""

Baseline = Mapping[str, Counter[Finding]]
"""What an earlier run found in each report."""


def read_baseline(name: str) -> Baseline:
    """Return the baseline of a file. Raises `WrongUseError`."""
    try:
        return read_findings(decode(read_bytes(Path(name), _LARGEST)).text)
    except OSError as error:
        raise WrongUseError(f"--baseline {name}: {reason(error)}") from None
    except ValueError as error:
        raise WrongUseError(f"--baseline {name}: {error}") from None


def only_new(results: Results, before: Baseline) -> Results:
    """Return the results without what was already found before, wherever it stood then."""
    reports = tuple(_only_new(report, before.get(report.path)) for report in results.reports)
    return results._replace(reports=reports, is_news=True)


def _only_new(report: Judged, before: Counter[Finding] | None) -> Judged:
    if not before:
        return report
    left = before.copy()
    new: list[Placed] = []
    for placed in report.analysis.placed:
        diagnostic = placed.diagnostic
        finding = diagnostic.code, diagnostic.question
        if left[finding]:
            left[finding] -= 1
        else:
            new.append(placed)
    return report._replace(analysis=evolve(report.analysis, placed=tuple(new)))
