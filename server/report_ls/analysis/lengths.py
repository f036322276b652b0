"""The lengths of a whole form as numbers: each answer is held against what is asked."""

from collections.abc import Iterable

from report_ls.base.diagnostic import Severity
from report_ls.packs.gaps import Gap, Lengths
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Pack
from report_ls.report.report import Question


def read_lengths(answered: Iterable[tuple[Question, Ask]], pack: Pack) -> Lengths:
    """Hold answers against what is asked; where a pack switches a check of lengths off, it asks nothing."""
    gaps = []
    for question, ask in answered:
        answer, number = question.answer, question.number
        words = _gap(answer.n_words, ask.words, ("answer-too-short", "answer-too-long"), number, pack)
        images = _gap(answer.n_images, ask.images, ("too-few-images", "too-many-images"), number, pack)
        if words or images:
            gaps.append(Gap(number, ask.topic or question.title, words, images))
    return Lengths(tuple(sorted(gaps, key=lambda gap: gap.size)))


def _gap(n_found: int, limit: Limit | None, codes: tuple[str, str], number: int, pack: Pack) -> int:
    if limit is None or limit.allows(n_found):
        return 0
    end, code = (limit.low, codes[0]) if n_found < limit.low else (limit.high or 0, codes[1])
    return n_found - end if pack.severity(code, number, Severity.HINT) else 0
