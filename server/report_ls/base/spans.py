"""Places in a text, in code points, and edits of it."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from itertools import accumulate

from report_ls.base.cached import cached_property
from report_ls.base.named_tuple import NamedTuple


class Span(NamedTuple):
    """A half-open range of offsets.

    A tuple, unlike all other values: each keystroke makes and compares hundreds of them.
    """

    start: int
    end: int

    def shift(self, offset: int) -> "Span":
        """Return the span `offset` code points further on."""
        return Span(self.start + offset, self.end + offset)

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Position(NamedTuple):
    """A zero-based line, and a character of that line in code points."""

    line: int
    character: int


class Spans:
    """Spans in the order in which they start, and which of them overlap another one: found without a look at each."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self.spans = spans

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(span.start for span in self.spans)

    @cached_property
    def _reach(self) -> tuple[int, ...]:
        """For each span, where it or one before it ends last."""
        return tuple(accumulate((span.end for span in self.spans), max))

    def overlap(self, span: Span) -> bool:
        """Say whether any of them overlaps another one."""
        n_before = bisect_left(self._starts, span.end)
        return n_before > 0 and self._reach[n_before - 1] > span.start

    def overlapping(self, span: Span) -> Iterator[int]:
        """Yield the indexes of those that overlap another one, the last first."""
        index = bisect_left(self._starts, span.end)
        while index > 0 and self._reach[index - 1] > span.start:
            index -= 1
            if self.spans[index].end > span.start:
                yield index


class Edit(NamedTuple):
    """One replacement: the text of `span` becomes `text`."""

    span: Span
    text: str

    def shift(self, offset: int) -> "Edit":
        """Return the same, `offset` code points further on."""
        return Edit(self.span.shift(offset), self.text)


class Taken:
    """Spans that do not overlap each other."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def take(self, spans: Iterable[Span]) -> bool:
        """Add spans, unless one of them is or overlaps one that is taken; say whether they were added."""
        wanted = [*spans]
        if any(map(self._is_taken, wanted)):
            return False
        for span in wanted:
            insort(self._spans, span)
        return True

    def _is_taken(self, span: Span) -> bool:
        place = bisect_left(self._spans, span)
        near = self._spans[max(place - 2, 0) : place + 3]
        return any(span == other or span.overlaps(other) for other in near)
