"""The numbers of a report's questions, held against those of the form.

Four checks each say one thing of this comparison; it is made once here.
"""

from bisect import bisect_left
from functools import lru_cache

from attrs import frozen

from report_ls.check import Context
from report_ls.checks._words import consequence
from report_ls.diagnostic import Fix
from report_ls.pack import Pack
from report_ls.report import Question, Report
from report_ls.text import Edit, Span


@frozen
class Numbers:
    """What is wrong with the numbers of a report's questions."""

    unexpected: tuple[Question, ...] = ()
    duplicate: tuple[Question, ...] = ()
    misplaced: tuple[tuple[Question, Question], ...] = ()
    """A question, and one with a greater number that stands before it."""
    missing: tuple[tuple[int, Question], ...] = ()
    """A number that no question has, and the question before which it should stand (else the last)."""
    meant: tuple[tuple[Question, int], ...] = ()
    """Questions with a wrong number, and the one number they can only mean."""


def numbers(context: Context) -> Numbers:
    """Compare; nothing is wrong where the form lists no questions."""
    return _compare(context.report, context.pack) if context.report.questions else Numbers()


@lru_cache(maxsize=1)
def _compare(report: Report, pack: Pack) -> Numbers:
    expected = [ask.number for ask in pack.asks]
    found = [question.number for question in report.questions]
    first: dict[int, Question] = {}
    unexpected, duplicate = [], []
    for question in report.questions:
        if expected and question.number not in expected:
            unexpected.append(question)
        elif question.number in first:
            duplicate.append(question)
        else:
            first[question.number] = question
    meant = []
    for before, question, after in zip([0, *found], report.questions, [*found[1:], None], strict=False):
        gap = before + 1
        fits = gap in expected and gap not in found and after in (gap + 1, None)
        if fits and (question in unexpected or question in duplicate):
            meant.append((question, gap))
    taken = {number for _, number in meant}
    missing = []
    for number in expected:
        if number not in first and number not in taken:
            following = (question for question in report.questions if question.number > number)
            missing.append((number, next(following, report.questions[-1])))
    misplaced = tuple(_misplaced(list(first.values()))) if expected else ()
    return Numbers(tuple(unexpected), tuple(duplicate), misplaced, tuple(missing), tuple(meant))


def _misplaced(questions: list[Question]) -> list[tuple[Question, Question]]:
    """Return the fewest questions that would have to move for the numbers to ascend."""
    tails: list[int] = []
    lengths = []
    for question in questions:
        place = bisect_left(tails, question.number)
        tails[place : place + 1] = [question.number]
        lengths.append(place + 1)
    wanted = len(tails)
    in_order = set()
    for question, length in zip(reversed(questions), reversed(lengths), strict=True):
        if length == wanted:
            in_order.add(question.number)
            wanted -= 1
    greatest = questions[0]
    found = []
    for question in questions:
        greatest = max(greatest, question, key=lambda other: other.number)
        if question.number not in in_order:
            other = greatest if greatest.number > question.number else questions[questions.index(question) + 1]
            found.append((question, other))
    return found


def renumber(context: Context, question: Question) -> tuple[Fix, ...]:
    """Return the fix that gives a question the number it can only mean, if there is one."""
    for other, number in numbers(context).meant:
        if other == question:
            text = context.report.source.text
            start = text.index(str(question.number), question.heading.start)
            edit = Edit(Span(start, start + len(str(question.number))), str(number))
            return (Fix(f"renumber it to {number}", (edit,), preferred=True),)
    return ()


def spoilt(context: Context) -> str:
    """Return what wrong numbers lead to."""
    return consequence(context) if len(context.report.questions) != len(context.pack.asks) else ""
