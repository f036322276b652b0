"""Which headings of a text are in code fences."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum

from report_ls.base.memo import memoized
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.base.text import line_end

_FENCE = regex(r"^ {0,3}(?:```|~~~)", re.MULTILINE)

QUESTION_HEADING = regex(r"^ {0,3}#{1,6}[ \t]*[*_]{0,3}[Qq]uestion[ \t]+\d", re.MULTILINE)


def are_shown(text: str, starts: Sequence[int]) -> bool:
    """Say whether all questions are in fences, because the text is about reports and is no report itself.

    Not where a fence is left open, or closed by what should open the next one: it swallows questions that were not
    meant. Nor where the text begins with a fence: that is a report which was pasted with a fence round it.
    """
    lines = tuple(_fence_lines(text))
    places = {mark: [at for at, other in lines if other is mark] for mark in _Mark}
    opens, closes = places[_Mark.OPENS], places[_Mark.CLOSES]
    if places[_Mark.DOUBTFUL] or len(opens) > len(closes) or not text[: opens[0]].strip():
        return False
    return all(bisect_left(opens, start) > bisect_left(closes, start) for start in starts)


def is_fence_open(text: str) -> bool:
    """Say whether a fence is open at the end of a text."""
    *_, last = (_Mark.CLOSES, *(mark for _, mark in _fence_lines(text)))
    return last is not _Mark.CLOSES


class _Mark(Enum):
    """What a line of backticks or tildes does."""

    OPENS = "opens a fence"
    CLOSES = "closes it"
    DOUBTFUL = "would open another one, and is in one that looks the same"


_FENCE_LINE = regex(r"^ {0,3}(`{3,}(?=[^`\n]*$)|~{3,})[ \t]*(.*)", re.MULTILINE)


def _fence_lines(text: str) -> Iterator[tuple[int, _Mark]]:
    """Yield where each line starts that makes a fence, and what it does."""
    fence = ""
    for line in _FENCE_LINE.finditer(text):
        if not fence:
            fence = line[1]
            yield line.start(), _Mark.OPENS
        elif line[1].startswith(fence):
            if not line[2]:
                fence = ""
            yield line.start(), _Mark.DOUBTFUL if fence else _Mark.CLOSES


def closed_fences(text: str) -> Iterator[Span]:
    """Yield the span of each fence that is closed again."""
    opened = None
    for start, mark in _fence_lines(text):
        if mark is _Mark.OPENS:
            opened = start
        elif mark is _Mark.CLOSES and opened is not None:
            yield Span(opened, line_end(text, start))


def in_fence(text: str, start: int, at: int) -> bool:
    """Say whether `at` is in a fence that was opened after `start` and is closed again."""
    following = QUESTION_HEADING.search(text, line_end(text, at))
    places = start, at, following.start() if following else len(text)
    first, middle, last = (bisect_left(fences(text), place) for place in places)
    return (middle - first) % 2 == 1 and last > middle


@memoized(1)
def fences(text: str) -> tuple[int, ...]:
    """Return where the lines start that open or close a fence."""
    return tuple(match.start() for match in _FENCE.finditer(text))
