"""The numbers of a report's questions, held against those of the form.

Four checks each say one thing of this comparison; it is made once here.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from report_ls.base.diagnostic import Fix
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.spans import Edit, Span
from report_ls.checks._context import Context
from report_ls.checks._form import UNLESS_HANDED_OUT
from report_ls.checks._words import consequence
from report_ls.packs.recognise import fit
from report_ls.report.outline import outline
from report_ls.report.report import Question


class Numbers(NamedTuple):
    """What is wrong with the numbers of a report's questions."""

    unexpected: tuple[Question, ...] = ()
    duplicate: tuple[Question, ...] = ()
    misplaced: tuple[tuple[Question, Question], ...] = ()
    """A question, and one with a greater number before it or a smaller one behind it."""
    missing: tuple[tuple[int, Question], ...] = ()
    """A number that no question has, and the question before which it belongs (else the last)."""
    meant: Mapping[Span, int] = {}
    """The one number that a question with a wrong one can only mean, by its heading."""


def numbers(context: Context) -> Numbers:
    """Compare; a form that lists no questions may number them as it likes."""
    questions = context.report.questions
    found, expected = context.report.numbers, context.pack.numbers
    if not expected or found == expected or not questions:
        return Numbers()
    return _compare(questions, found, expected)


def _compare(questions: tuple[Question, ...], found: tuple[int, ...], expected: tuple[int, ...]) -> Numbers:
    first: dict[int, Question] = {}
    unexpected, duplicate = [], []
    for question in questions:
        if question.number not in expected:
            unexpected.append(question)
        elif question.number in first:
            duplicate.append(question)
        else:
            first[question.number] = question
    free = set(expected).difference(found)
    wrong = {question.heading for question in (*unexpected, *duplicate)}
    meant = {
        question.heading: before + 1
        for before, question, after in zip((0, *found), questions, (*found[1:], None), strict=False)
        if before + 1 in free and after in (before + 2, None) and question.heading in wrong
    }
    taken = set(meant.values())
    missing = []
    for number in expected:
        if number not in first and number not in taken:
            following = (question for question in questions if question.number > number)
            missing.append((number, next(following, questions[-1])))
    misplaced = tuple(_misplaced(list(first.values())))
    return Numbers(tuple(unexpected), tuple(duplicate), misplaced, tuple(missing), meant)


def _misplaced(questions: list[Question]) -> Iterator[tuple[Question, Question]]:
    """Yield the fewest questions that would have to move for the numbers to ascend."""
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
    for index, question in enumerate(questions):
        if question.number not in in_order:
            greater = [other for other in questions[:index] if other.number > question.number]
            smaller = [other for other in questions[index:] if other.number < question.number]
            yield question, (greater[-1] if greater else smaller[0])


def renumber(context: Context, found: Numbers, question: Question) -> tuple[Fix, ...]:
    """Return the fix that gives a question the number it can only mean, if there is one."""
    number = found.meant.get(question.heading)
    if number is None:
        return ()
    start = context.report.source.text.index(str(question.number), question.heading.start)
    edit = Edit(Span(start, start + len(str(question.number))), str(number))
    return (Fix(f"make it question {number}", (edit,), preferred=True),)


def consequence_of_wrong_numbers(context: Context) -> str:
    """Return what wrong numbers lead to."""
    return consequence(context) if len(context.report.questions) != len(context.pack.asks) else ""


def unless_handed_out(context: Context) -> str:
    """Return when another number of questions is right: it alone makes the form another, and nothing here tells."""
    fitted = fit(outline(context.report.source.plain), context.pack)
    is_only_sign = fitted.has_other_count and bool(fitted.same) and not fitted.is_other
    if not is_only_sign:
        return ""
    from report_ls.packs.derived import n_handed_out  # noqa: PLC0415 - few reports have another number of questions

    return "" if n_handed_out(context.files) is not None else f", {UNLESS_HANDED_OUT}"
