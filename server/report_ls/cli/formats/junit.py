"""JUnit XML, which every CI shows as tests: a suite for each report, a test for each question.

A question with an error or a warning fails; findings below that are its output. The form as a whole is a
test too, for findings outside questions.
"""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from report_ls.base.diagnostic import Severity
from report_ls.base.regex import regex
from report_ls.cli.findings import Finding
from report_ls.cli.formats._questions import findings_by_question
from report_ls.cli.results import Judged, Results


def write(results: Results) -> str:
    """Return the document."""
    root = ET.Element("testsuites", name="report-ls")
    for report in results.reports:
        root.append(_suite(report.path, list(_cases(report))))
    for unreadable in results.unreadable:
        case = _case(unreadable.path, "the report")
        _say(case, "error", "cannot be read", unreadable.error)
        root.append(_suite(unreadable.path, [case]))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(name: str, cases: Sequence[ET.Element]) -> ET.Element:
    n_failures, n_errors = (sum(case.find(tag) is not None for case in cases) for tag in ("failure", "error"))
    counts = {"tests": len(cases), "failures": n_failures, "errors": n_errors}
    suite = ET.Element("testsuite", {"name": _clean(name), **{key: str(n_cases) for key, n_cases in counts.items()}})
    suite.extend(cases)
    return suite


def _cases(report: Judged) -> Iterator[ET.Element]:
    whole, questions = findings_by_question(report)
    case = _case(report.path, "the form")
    _judge(case, whole, report.path)
    for code, error in report.failures:
        _say(case, "error", f"the check {code} failed", error)
    yield case
    for question, found in questions:
        topic = f": {question.topic}" if question.topic else ""
        case = _case(report.path, f"question {question.number}{topic}")
        _judge(case, found, report.path)
        yield case


def _case(path: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=_clean(path), name=_clean(name))


def _judge(case: ET.Element, findings: Sequence[Finding], path: str) -> None:
    """Add findings to a test. All errors and warnings are one failure: some readers take only a test's first."""
    lines = [f"{path}:{found.line}: {found.severity.word}: {found.full_message} [{found.code}]" for found in findings]
    failures = [line for line, found in zip(lines, findings, strict=True) if found.severity <= Severity.WARNING]
    output = [line for line, found in zip(lines, findings, strict=True) if found.severity > Severity.WARNING]
    if failures:
        first = next(found for found in findings if found.severity <= Severity.WARNING)
        _say(case, "failure", first.full_message, "\n".join(failures))
    if output:
        ET.SubElement(case, "system-out").text = _clean("\n".join(output))


def _say(case: ET.Element, tag: str, message: str, text: str) -> None:
    ET.SubElement(case, tag, message=_clean(message)).text = _clean(text)


_NO_XML = regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _clean(text: str) -> str:
    """Return the text with `?` for characters that XML does not allow, even escaped."""
    return _NO_XML.sub("?", text)
