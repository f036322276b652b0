"""What many reports have in common, as numbers: by check and by question."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from attrs import frozen

from report_ls.analysis.analyze import Analysis, QuestionResult, State
from report_ls.base.diagnostic import Severity
from report_ls.cli.formats import Results
from report_ls.packs.limits import Limit


@frozen
class CheckRow:
    """How often one check found something."""

    code: str
    severity: Severity
    """The worst it was."""
    n_findings: int
    n_reports: int


@frozen
class QuestionRow:
    """What the reports of one edition answer to one question."""

    pack: str
    number: int
    topic: str
    words: Limit | None
    """What is asked."""
    images: Limit | None
    n_reports: int
    """In how many reports the question stands."""
    n_answered: int
    words_median: int
    """Of those that are answered; zero if none is."""
    n_too_short: int
    n_too_long: int
    images_median: int
    n_too_few: int
    n_too_many: int


def by_check(results: Results) -> list[CheckRow]:
    """Return a row for each check that found something, the worst and the most frequent first."""
    findings: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    worst: dict[str, Severity] = {}
    for report in results.reports:
        diagnostics = report.analysis.diagnostics
        findings.update(diagnostic.code for diagnostic in diagnostics)
        reports.update({diagnostic.code for diagnostic in diagnostics})
        for diagnostic in diagnostics:
            worst[diagnostic.code] = min(diagnostic.severity, worst.get(diagnostic.code, diagnostic.severity))
    rows = [CheckRow(code, worst[code], n_findings, reports[code]) for code, n_findings in findings.items()]
    return sorted(rows, key=lambda row: (row.severity, -row.n_findings, row.code))


def by_question(results: Results) -> list[QuestionRow]:
    """Return a row for each question of each edition, in the order of the form."""
    asked: defaultdict[tuple[str, int], list[QuestionResult]] = defaultdict(list)
    for report in results.reports:
        for number, result in _first_of_each(report.analysis).items():
            asked[report.analysis.pack.id, number].append(result)
    return [_question_row(pack, number, several) for (pack, number), several in sorted(asked.items())]


def _first_of_each(analysis: Analysis) -> dict[int, QuestionResult]:
    """Return the questions of a report by their number; of two with the same, the first."""
    return {result.question.number: result for result in reversed(analysis.questions)}


def _question_row(pack: str, number: int, results: Sequence[QuestionResult]) -> QuestionRow:
    answered = [result for result in results if result.state is not State.UNANSWERED]
    words = [(result.ask.words, result.question.answer.n_words) for result in answered]
    images = [(result.ask.images, result.question.answer.n_images) for result in answered]
    # A form we do not know may ask something else in each report; what is asked is only said where all agree.
    words_asked, images_asked = {result.ask.words for result in results}, {result.ask.images for result in results}
    return QuestionRow(
        pack,
        number,
        results[0].ask.topic,
        words_asked.pop() if len(words_asked) == 1 else None,
        images_asked.pop() if len(images_asked) == 1 else None,
        len(results),
        len(answered),
        _median(n_words for _, n_words in words),
        sum(bool(limit and n_words < limit.low) for limit, n_words in words),
        sum(bool(limit and limit.high is not None and n_words > limit.high) for limit, n_words in words),
        _median(n_images for _, n_images in images),
        sum(bool(limit and n_images < limit.low) for limit, n_images in images),
        sum(bool(limit and limit.high is not None and n_images > limit.high) for limit, n_images in images),
    )


def _median(numbers: Iterable[int]) -> int:
    listed = list(numbers)
    return round(median(listed)) if listed else 0
