"""What most questions have otherwise than the course's script looks for: it is the form's own, and no student's slip."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from report_ls.base.spans import Span
from report_ls.checks._context import Context
from report_ls.report.question_outline import Label
from report_ls.report.report import Question

_T = TypeVar("_T")

LENGTHS = "answer-too-long", "answer-too-short", "too-few-images", "too-many-images"
COUNTS = "unanswered", *LENGTHS
"""The codes about the length of an answer: if its question is broken, the length is not known."""
UNLESS_HANDED_OUT = "unless your course handed the form out so"


def spelling_of(text: str, label: Span) -> Span:
    """Return where an altered label is, with the emphasis before it if that ends within the label."""
    start = label.start
    while text[start - 1] in "*_" and text[start - 1] in text[label.start : label.end]:
        start -= 1
    return Span(start, label.end)


def with_own_label(context: Context) -> tuple[Question, ...]:
    """Return the questions with the label of the form, if the script does not find that one."""
    text, questions = context.report.source.plain, context.report.questions
    return _alike(questions, [_altered(text, question.label) for question in questions])


def with_own_level(context: Context) -> tuple[Question, ...]:
    """Return the questions with the level of the form, if the script does not see such headings."""
    questions = context.report.questions
    return _alike(questions, [question.level if question.level < len("###") else None for question in questions])


def _altered(text: str, label: Label | None) -> str | None:
    """Return how a label is written that the script does not find."""
    if label is None or label.exact:
        return None
    start, end = spelling_of(text, label.span)
    return text[start:end]


def _alike(questions: Sequence[Question], values: Sequence[_T | None]) -> tuple[Question, ...]:
    """Return the questions of one value, where more than half have it, and at least two; None is no value."""
    [(usual, n_times)] = Counter(values).most_common(1) or [(None, 0)]
    if usual is None or n_times < 2 or 2 * n_times <= len(questions):  # noqa: PLR2004 - one is like no other
        return ()
    return tuple(question for question, value in zip(questions, values, strict=True) if value == usual)
