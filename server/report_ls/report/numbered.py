"""Questions that are numbered without the word: `### Q1`, or `### 1. Title` where all of a text can be nothing else.

A text has one way. Headings with numbers are in many texts that are no report, so what is below them decides.
"""

import re
from collections.abc import Iterator, Sequence

from report_ls.base.regex import regex
from report_ls.report.headings import Heading, headings
from report_ls.report.question_outline import QuestionOutline, outline_question

_Q = regex(r"[*_]{0,3}Q[ ]?([0-9]{1,3})(?![\w/%]|\.\d)")
_N = regex(r"[*_]{0,3}([0-9]{1,3})[.)][*_]{0,3}(?:[ \t]|$)")
_MIN_QUESTIONS = 3
"""So many headings with a bare number are questions, if each has the form of one."""


def numbered_questions(text: str) -> list[tuple[int, QuestionOutline]]:
    """Return where each question of a text starts whose headings have a number and not the word, and the question."""
    found = [*headings(text)]
    places = [(heading, int(match[1])) for heading in found if (match := _Q.match(heading.title))]
    asked = {start for start, question in _questions(text, places) if _is_asked(question)}
    if asked:
        return [*_questions(text, [place for place in places if place[0].start in asked])]
    places = [(heading, int(match[1])) for heading in found if (match := _N.match(heading.title))]
    for level in sorted({heading.level for heading, _ in places}):
        alike = [place for place in places if place[0].level == level]
        if len(alike) >= _MIN_QUESTIONS and [number for _, number in alike] == [*range(1, len(alike) + 1)]:
            questions = [*_questions(text, alike)]
            if all(_is_asked(question) for _, question in questions):
                return questions
    return []


def _questions(text: str, places: Sequence[tuple[Heading, int]]) -> Iterator[tuple[int, QuestionOutline]]:
    ends = [*[heading.line_start for heading, _ in places[1:]], len(text)]
    for (heading, number), end in zip(places, ends, strict=False):
        yield heading.start, outline_question(text[heading.start : end], number)


_LIMIT = regex(r"\d.*\b(?:words?|images?|pictures?|screenshots?|figures?|photos?|diagrams?|plots?)\b", re.IGNORECASE)


def _is_asked(question: QuestionOutline) -> bool:
    """Say whether a label is below a heading, or a quote that may name a limit."""
    return question.label is not None or _LIMIT.search(question.prompt_text) is not None
