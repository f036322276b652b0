"""Helpers of several formats: editions, notes, and findings by question."""

from collections.abc import Iterable

from report_ls.cli.findings import Finding
from report_ls.cli.results import Judged, JudgedQuestion, Results


def edition(report: Judged) -> str:
    """Return the edition of a report as shown in a table."""
    by = report.edition
    return f"{by.id}, most like {by.name_of_nearest}" if by.nearest else by.id


def new_forms(results: Results) -> Iterable[str]:
    """Return the notes about forms that no pack knows, each once."""
    return dict.fromkeys(report.edition.note for report in results.reports if report.edition.note)


def findings_by_question(report: Judged) -> tuple[list[Finding], list[tuple[JudgedQuestion, list[Finding]]]]:
    """Return the findings outside questions, and each question with its findings."""
    whole: list[Finding] = []
    questions: list[tuple[JudgedQuestion, list[Finding]]] = [(question, []) for question in report.questions]
    for finding in report.findings:
        same = [(question, found) for question, found in questions if question.number == finding.question]
        # Of two questions with the same number, take the one that contains the finding.
        above = [found for question, found in same if question.place.start <= finding.place.start]
        found = above[-1] if above else same[0][1] if same else whole
        found.append(finding)
    return whole, questions
