"""Annotations for GitHub Actions: one workflow command per line.

The grammar is documented in GitHub's "Workflow commands for GitHub Actions". Columns are
left out if a range ends on another line: GitHub does not accept them there.
"""

from collections.abc import Iterator
from operator import itemgetter

from report_ls.base.diagnostic import Severity
from report_ls.cli.findings import Place
from report_ls.cli.results import Judged, Results

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "notice",
    Severity.HINT: "notice",
}
_MAX_ANNOTATIONS = 10
"""GitHub shows only so many annotations of a step, the first ones."""


def write(results: Results) -> str:
    """Return the ten worst failures, unreadable files and findings, and how many more there are."""
    annotations = [
        annotation
        for report in results.reports
        for annotation in _annotations(report, results.in_repository(report.path))
    ]
    annotations += [
        (0, _command("error", {"file": results.in_repository(unread.path), "title": "cannot be read"}, unread.error))
        for unread in results.unreadable
    ]
    annotations.sort(key=itemgetter(0))
    lines = [line for _, line in annotations[:_MAX_ANNOTATIONS]]
    if len(annotations) > _MAX_ANNOTATIONS:
        lines.append(f"and {len(annotations) - _MAX_ANNOTATIONS} more")
    return "".join(f"{line}\n" for line in lines)


def _annotations(report: Judged, path: str) -> Iterator[tuple[int, str]]:
    """Yield each annotation after its rank; the worst has the smallest rank."""
    for finding in report.findings:
        properties = {"file": path, **_place(finding.place), "title": finding.code}
        yield finding.severity, _command(_COMMANDS[finding.severity], properties, finding.full_message)
    for code, error in report.failures:
        properties = {"file": path, "title": code}
        yield 0, _command("error", properties, f"this check failed: {error}")


def _place(place: Place) -> dict[str, str]:
    start, end = place
    if start.line != end.line:
        return {"line": str(start.line + 1), "endLine": str(end.line + 1)}
    return {
        "line": str(start.line + 1),
        "col": str(start.character + 1),
        "endLine": str(end.line + 1),
        "endColumn": str(end.character + 1),
    }


def _command(name: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
