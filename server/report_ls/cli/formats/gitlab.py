"""A code quality report for GitLab: one JSON list.

The keys are documented in GitLab's "Code Quality report format". GitLab recognises a finding in a later run
by its fingerprint, so the fingerprint contains neither line nor counts: they change with each edit.
"""

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from report_ls.base.diagnostic import Severity
from report_ls.cli.results import Judged, Results

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.INFORMATION: "minor",
    Severity.HINT: "info",
}


def write(results: Results) -> str:
    """Return the list."""
    issues = [issue for report in results.reports for issue in _issues(report, results.in_repository(report.path))]
    issues += [
        _issue("unreadable", unreadable.error, "blocker", _place(results.in_repository(unreadable.path)))
        for unreadable in results.unreadable
    ]
    return json.dumps(issues, indent=2) + "\n"


def _issues(report: Judged, path: str) -> Iterator[dict[str, Any]]:
    n_before: Counter[tuple[str, int | None]] = Counter()
    for finding in report.findings:
        kind = finding.code, finding.question
        place = _place(path, finding.line, finding.place.end.line + 1)
        which = f"{finding.question} {n_before[kind]}"
        yield _issue(finding.code, finding.full_message, _SEVERITIES[finding.severity], place, which)
        n_before[kind] += 1
    for code, error in report.failures:
        yield _issue(code, f"this check failed: {error}", "blocker", _place(path), "failed")


def _issue(code: str, message: str, severity: str, place: dict[str, Any], which: str = "") -> dict[str, Any]:
    return {
        "description": message,
        "check_name": code,
        "fingerprint": sha256(f"{place['path']}\n{code}\n{which}".encode("utf-8", "replace")).hexdigest()[:40],
        "severity": severity,
        "location": place,
    }


def _place(path: str, begin: int = 1, end: int = 1) -> dict[str, Any]:
    return {"path": path, "lines": {"begin": begin, "end": end}}
