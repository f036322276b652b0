"""SARIF 2.1.0, the OASIS standard for results of analysis tools; read by GitHub, Azure and editors.

Columns are counted in code points, and the log says so. The fingerprint of a finding does not change
when lines move.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from report_ls import __version__
from report_ls.base.diagnostic import Severity
from report_ls.checks import Check, all_checks
from report_ls.cli.findings import Place
from report_ls.cli.results import Judged, Results

_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "note",
    Severity.HINT: "note",
}


def write(results: Results) -> str:
    """Return a log of one run."""
    checks = all_checks()
    places = {check.code: index for index, check in enumerate(checks)}
    notes = list(_notifications(results))
    run = {
        "tool": {
            "driver": {"name": "report-ls", "version": __version__, "rules": [_rule(check) for check in checks]},
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not notes, "toolExecutionNotifications": notes}],
        "results": [
            result for report in results.reports for result in _results(report, _uri(results, report.path), places)
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(check: Check) -> dict[str, Any]:
    page = check.page.strip("\n")
    return {
        "id": check.code,
        "shortDescription": {"text": _escape(check.title)},
        "fullDescription": {"text": _escape(_why(page))},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[check.severity[0]]},
    }


def _why(page: str) -> str:
    """Return the first paragraph of "Why is this bad?"."""
    return " ".join(page.partition("## Why is this bad?")[2].strip().partition("\n\n")[0].split())


def _escape(text: str) -> str:
    """Return the text escaped so that nothing in it is a link or a placeholder (section 3.11)."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text).replace("{", "{{").replace("}", "}}")


def _results(report: Judged, uri: str, places: dict[str, int]) -> Iterator[dict[str, Any]]:
    n_before: Counter[str] = Counter()
    for finding in report.findings:
        kind = f"{finding.code}@{finding.question or 'form'}"
        result = {
            "ruleId": finding.code,
            **({"ruleIndex": places[finding.code]} if finding.code in places else {}),
            "level": _LEVELS[finding.severity],
            "message": {"text": _escape(finding.message)},
            "locations": [_location(uri, finding.place)],
            "partialFingerprints": {"place/v1": f"{kind}:{n_before[kind]}"},
        }
        if finding.related:
            result["relatedLocations"] = [
                {"id": index, "message": {"text": _escape(related.message)}, **_location(uri, related.place)}
                for index, related in enumerate(finding.related)
            ]
        yield result
        n_before[kind] += 1


def _notifications(results: Results) -> Iterator[dict[str, Any]]:
    """Yield the checks that failed and the files that could not be read."""
    for report in results.reports:
        for code, error in report.failures:
            message = f"the check {code} failed: {error}"
            yield _notification(_uri(results, report.path), message)
    for unreadable in results.unreadable:
        yield _notification(_uri(results, unreadable.path), unreadable.error)


def _notification(uri: str, message: str) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
    return {"level": "error", "message": {"text": _escape(message)}, "locations": [location]}


def _location(uri: str, place: Place) -> dict[str, Any]:
    start, end = place
    region = {
        "startLine": start.line + 1,
        "startColumn": start.character + 1,
        "endLine": end.line + 1,
        "endColumn": end.character + 1,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}


def _uri(results: Results, path: str) -> str:
    return quote(results.in_repository(path).encode("utf-8", "surrogateescape"))
