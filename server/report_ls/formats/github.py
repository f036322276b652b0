"""Annotations as GitHub Actions shows them: one workflow command a line.

Their grammar is that of GitHub's documentation, "Workflow commands for GitHub Actions". Columns are
left out where a range ends on another line: GitHub takes none there.
"""

from collections.abc import Iterator

from report_ls.diagnostic import Diagnostic, Severity
from report_ls.formats import Judged, Results, say_error
from report_ls.text import SourceText

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "notice",
    Severity.HINT: "notice",
}


def write(results: Results) -> str:
    """Return one annotation for each finding, each check that failed and each unreadable path."""
    lines = [line for report in results.reports for line in _annotations(report)]
    lines += [
        _command("error", {"file": unreadable.path, "title": "cannot be read"}, unreadable.error)
        for unreadable in results.unreadable
    ]
    return "".join(f"{line}\n" for line in lines)


def _annotations(report: Judged) -> Iterator[str]:
    for diagnostic in report.analysis.diagnostics:
        properties = {"file": report.path, **_place(report.analysis.source, diagnostic), "title": diagnostic.code}
        yield _command(_COMMANDS[diagnostic.severity], properties, diagnostic.message)
    for failure in report.analysis.failures:
        properties = {"file": report.path, "title": failure.code}
        yield _command("error", properties, f"this check failed: {say_error(failure.error)}")


def _place(source: SourceText, diagnostic: Diagnostic) -> dict[str, str]:
    start, end = source.position(diagnostic.span.start), source.position(diagnostic.span.end)
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
