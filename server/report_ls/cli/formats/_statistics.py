"""Statistics of many reports, by check and by question."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from statistics import median

from report_ls.base.diagnostic import Severity
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.plural import count
from report_ls.cli.formats._lines import text_of
from report_ls.cli.results import Edition, Judged, JudgedQuestion, Results
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Pack
from report_ls.packs.recognise import fit
from report_ls.report.fingerprints import NO_WORDS, prompt_fingerprint
from report_ls.report.outline import Outline, outline


class CheckRow(NamedTuple):
    """How often one check found something."""

    code: str
    severity: Severity
    """The worst severity of its findings."""
    n_findings: int
    n_reports: int


class QuestionRow(NamedTuple):
    """How the reports of one form answer one question."""

    form: str
    """The edition's id; for a form that no pack knows, a name that tells it from other such forms."""
    number: int
    topic: str
    words: Limit | None
    """How many words are asked; None for any number, or if the reports differ."""
    images: Limit | None
    n_reports: int
    """How many reports have the question."""
    n_answered: int
    words_median: int
    """The median of the answered ones; 0 if none is answered."""
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
        findings.update(finding.code for finding in report.findings)
        reports.update({finding.code for finding in report.findings})
        for code, severity, *_ in report.findings:
            worst[code] = min(severity, worst.get(code, severity))
    rows = [CheckRow(code, worst[code], n_findings, reports[code]) for code, n_findings in findings.items()]
    return sorted(rows, key=lambda row: (row.severity, -row.n_findings, row.code))


def by_question(results: Results) -> list[QuestionRow]:
    """Return a row for each question of each form, in the order of the form."""
    forms: defaultdict[str, list[_Form]] = defaultdict(list)
    asked: defaultdict[tuple[str, int, int], list[JudgedQuestion]] = defaultdict(list)
    # Reports with the most prompts come first: they show a form that no pack knows as a whole.
    for report in sorted(
        results.reports, key=lambda report: -_n_worded(question.prompt for question in report.questions)
    ):
        edition = report.edition.id
        place = _place(report, forms[edition])
        for number, question in _first_of_each(report).items():
            asked[edition, place, number].append(question)
    return [
        _question_row(_name(forms[edition], place), number, questions)
        for (edition, place, number), questions in sorted(asked.items(), key=itemgetter(0))
    ]


class _Form(NamedTuple):
    """A form that some reports have."""

    edition: Edition
    as_pack: Pack
    """A pack with its questions, to which other reports are compared."""


def _place(report: Judged, forms: list[_Form]) -> int:
    """Return the index of a report's form in `forms`; add the form if it is new."""
    if report.edition.is_known and forms:
        return 0
    found = outline(text_of(report).plain) if forms else None
    place = next((i for i, form in enumerate(forms) if found and _is_of(found, form.as_pack)), len(forms))
    if place == len(forms):
        forms.append(_Form(report.edition, _as_pack(report)))
    return place


def _as_pack(report: Judged) -> Pack:
    asks = (
        Ask(number, question.topic, question.words, question.images, (question.prompt,))
        for number, question in sorted(_first_of_each(report).items())
    )
    return Pack(report.edition.id, "", asks=tuple(asks))


def _is_of(found: Outline, form: Pack) -> bool:
    """Return whether a report has a form, even if the student has changed some of it."""
    fitted = fit(found, form)
    n_worded = _n_worded(prompt_fingerprint(prompt.text) for prompt in found.prompts)
    return not fitted.is_other and not fitted.has_other_count and 2 * len(fitted.same) >= n_worded


def _n_worded(fingerprints: Iterable[str]) -> int:
    return sum(fingerprint != NO_WORDS for fingerprint in fingerprints)


def _name(forms: Sequence[_Form], place: int) -> str:
    """Return the name of a form: its edition's id, with a number if there are several forms that no pack knows."""
    by, n_asks = forms[place].edition, len(forms[place].as_pack.asks)
    which = f"{by.id} {place + 1}" if len(forms) > 1 else by.id
    n_questions = count(n_asks, "question")
    if by.nearest:
        return f"{which} ({n_questions}, most like {by.name_of_nearest})"
    return f"{which} ({n_questions})" if len(forms) > 1 else which


def _first_of_each(report: Judged) -> dict[int, JudgedQuestion]:
    """Return the questions of a report by number; of two with the same number, the first."""
    return {question.number: question for question in reversed(report.questions)}


def _question_row(form: str, number: int, questions: Sequence[JudgedQuestion]) -> QuestionRow:
    answered = [question for question in questions if question.is_answered]
    words = [(question.words, question.n_words) for question in answered]
    images = [(question.images, question.n_images) for question in answered]
    # Students may change the limits of a form that no pack knows, or delete them: count a limit if no two differ.
    words_asked = {question.words for question in questions} - {None}
    images_asked = {question.images for question in questions} - {None}
    return QuestionRow(
        form,
        number,
        questions[0].topic,
        words_asked.pop() if len(words_asked) == 1 else None,
        images_asked.pop() if len(images_asked) == 1 else None,
        len(questions),
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
