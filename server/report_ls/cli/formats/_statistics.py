"""What many reports have in common, as numbers: by check and by question."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from statistics import median

from attrs import evolve, frozen

from report_ls.analysis.analyze import Analysis, QuestionResult, State
from report_ls.base.diagnostic import Severity
from report_ls.cli.formats import Results
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Pack
from report_ls.packs.recognise import fit
from report_ls.report.fingerprints import NO_WORDS, prompt_fingerprint
from report_ls.report.outline import Outline, outline
from report_ls.report.question_outline import Prompt


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
    """What the reports of one form answer to one question."""

    form: str
    """The edition's id; of a form that no pack knows, its name among such forms."""
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
    """Return a row for each question of each form, in the order of the form."""
    forms: defaultdict[str, list[Pack]] = defaultdict(list)
    asked: defaultdict[tuple[str, int, int], list[QuestionResult]] = defaultdict(list)
    # Where no prompt was deleted, a form that no pack knows is seen whole.
    for report in sorted(results.reports, key=lambda report: -_n_worded(report.analysis.report.prompts)):
        analysis, edition = report.analysis, report.analysis.pack.id
        place = _place(analysis, forms[edition])
        for number, result in _first_of_each(analysis).items():
            asked[edition, place, number].append(result)
    return [
        _question_row(_name(forms[edition], place), number, several)
        for (edition, place, number), several in sorted(asked.items(), key=itemgetter(0))
    ]


def _place(analysis: Analysis, forms: list[Pack]) -> int:
    """Return which of some forms that of a report is; a further one is added."""
    pack = analysis.pack
    is_known = bool(pack.asks) and pack.unknown is None
    found = outline(analysis.source.plain)
    place = next((i for i, form in enumerate(forms) if is_known or _is_of(found, form)), len(forms))
    if place == len(forms):
        forms.append(pack if is_known else _as_edition(analysis))
    return place


def _as_edition(analysis: Analysis) -> Pack:
    """Return what a report of a form that no pack knows is asked, as an edition that other reports may be of."""
    asks = tuple(
        evolve(result.ask, number=number, prompts=(prompt_fingerprint(result.question.asked.text),))
        for number, result in sorted(_first_of_each(analysis).items())
    )
    return evolve(analysis.pack, asks=asks)


def _is_of(found: Outline, form: Pack) -> bool:
    """Say whether a report is of a form: what a student may have changed in it makes no other."""
    fitted = fit(found, form)
    return not fitted.is_other and not fitted.has_other_count and 2 * len(fitted.same) >= _n_worded(found.prompts)


def _n_worded(prompts: Iterable[Prompt]) -> int:
    return sum(prompt_fingerprint(prompt.text) != NO_WORDS for prompt in prompts)


def _name(forms: Sequence[Pack], place: int) -> str:
    """Return what people call a form: its edition's id, and of several that no pack knows which of them it is."""
    form = forms[place]
    which = f"{form.id} {place + 1}" if len(forms) > 1 else form.id
    n_questions = f"{len(form.asks)} question{'' if len(form.asks) == 1 else 's'}"
    if form.unknown:
        return f"{which} ({n_questions}, most like {form.unknown.nearest.name})"
    return f"{which} ({n_questions})" if len(forms) > 1 else which


def _first_of_each(analysis: Analysis) -> dict[int, QuestionResult]:
    """Return the questions of a report by their number; of two with the same, the first."""
    return {result.question.number: result for result in reversed(analysis.questions)}


def _question_row(form: str, number: int, results: Sequence[QuestionResult]) -> QuestionRow:
    answered = [result for result in results if result.state is not State.UNANSWERED]
    words = [(result.ask.words, result.question.answer.n_words) for result in answered]
    images = [(result.ask.images, result.question.answer.n_images) for result in answered]
    # In a form that no pack knows students delete what is asked, and change it; it is only said where no two differ.
    words_asked = {result.ask.words for result in results} - {None}
    images_asked = {result.ask.images for result in results} - {None}
    return QuestionRow(
        form,
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
