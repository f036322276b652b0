"""Which questions of one form are those of another, whatever numbers they have there."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from report_ls.packs.pack import Ask
from report_ls.report.fingerprints import NO_WORDS, prompt_fingerprint
from report_ls.report.question_outline import QuestionOutline

Marks = tuple[AbstractSet[object], ...]
"""What a question is known by, the surest first: two questions that share a mark may be the same."""


def marks_of_ask(ask: Ask) -> Marks:
    """Return them for a question of a pack: its prompt under its number, its prompt, its topic, its number."""
    return {(ask.number, one) for one in ask.prompts}, {*ask.prompts}, {ask.topic} - {""}, {ask.number}


def marks_of_question(question: QuestionOutline) -> Marks:
    """Return them for a question of a report, likewise."""
    prompts = {prompt_fingerprint(question.prompt_text)} - {NO_WORDS}
    return {(question.number, one) for one in prompts}, prompts, set(), {question.number}


def pairs(old: Sequence[Marks], new: Sequence[Marks]) -> list[tuple[int | None, int | None]]:
    """Return the indexes of those that are the same, each once; None where the other form has none."""
    partners: dict[int, int] = {}
    free = dict.fromkeys(range(len(old)))
    for rank in range(len(old[0]) if old else 0):
        for index, marks in enumerate(new):
            found = None if index in partners else next((one for one in free if old[one][rank] & marks[rank]), None)
            if found is not None:
                partners[index] = found
                del free[found]
    return [*((partners.get(index), index) for index in range(len(new))), *((index, None) for index in free)]


def moves(numbers: Iterable[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Yield which questions have another number in the other form; those that moved together are one row."""
    row: list[tuple[int, int]] = []
    for number, other in sorted(one for one in numbers if one[0] != one[1]):
        if row and (number - 1, other - 1) != row[-1]:
            yield _in_words(row)
            row = []
        row.append((number, other))
    if row:
        yield _in_words(row)


def _in_words(row: Sequence[tuple[int, int]]) -> tuple[str, str]:
    (first, other_first), (last, other_last) = row[0], row[-1]
    if len(row) == 1:
        return f"question {first}", f"{other_first}"
    return f"questions {first} to {last}", f"{other_first} to {other_last}"
