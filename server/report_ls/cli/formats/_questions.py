"""What several formats say of a report's questions."""

from collections.abc import Iterable

from report_ls.analysis.analyze import Analysis, QuestionResult
from report_ls.base.diagnostic import Diagnostic
from report_ls.cli.formats import Results


def edition(analysis: Analysis) -> str:
    """Return the edition of a report as people see it in a table."""
    unknown = analysis.pack.unknown
    return f"{analysis.pack.id}, most like {unknown.nearest.name}" if unknown else analysis.pack.id


def new_forms(results: Results) -> Iterable[str]:
    """Return what is to be known of the forms that no pack knows, each once."""
    return dict.fromkeys(report.analysis.note for report in results.reports if report.analysis.note)


def findings_by_question(
    analysis: Analysis,
) -> tuple[list[Diagnostic], list[tuple[QuestionResult, list[Diagnostic]]]]:
    """Return what was found in the form as a whole, and each question with what was found in it."""
    whole: list[Diagnostic] = []
    questions: list[tuple[QuestionResult, list[Diagnostic]]] = [(result, []) for result in analysis.questions]
    for diagnostic in analysis.diagnostics:
        same = [(result, found) for result, found in questions if result.question.number == diagnostic.question]
        # Of two with the same number it is the one that it stands in.
        above = [found for result, found in same if result.question.start <= diagnostic.span.start]
        found = above[-1] if above else same[0][1] if same else whole
        found.append(diagnostic)
    return whole, questions
