"""Where the lines of a text start, kept in blocks, of which an edit makes one anew."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import attrgetter

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Position

LINE_END = regex(r"\r\n|\n|\r")
_LINES_OF_A_BLOCK = 32
"""Lines of a block when it is made: few enough to be counted again at each keystroke."""


class _Block(NamedTuple):
    """Some lines that follow each other."""

    place: int
    """Where the first of them starts."""
    number: int
    """Its number."""
    starts: Sequence[int]
    """Where each of them starts, counted from there."""


def _blocks(starts: Sequence[int], number: int) -> Iterator[_Block]:
    """Yield the lines that start at some offsets as blocks; the first of them has a number."""
    size = _LINES_OF_A_BLOCK if len(starts) > 2 * _LINES_OF_A_BLOCK else len(starts)
    for first in range(0, len(starts), size):
        place = starts[first]
        yield _Block(place, number + first, [start - place for start in starts[first : first + size]])


_place, _number = attrgetter("place"), attrgetter("number")


class LineStarts:
    """The offset at which each line of a text starts; a text has at least one line.

    In blocks, so that an edit makes one of them anew and only moves the others.
    """

    def __init__(self, blocks: tuple[_Block, ...]) -> None:
        self._blocks = blocks

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LineStarts) and self._blocks == other._blocks

    def __hash__(self) -> int:
        return hash(self._blocks)

    @classmethod
    def of(cls, text: str) -> "LineStarts":
        r"""Find the lines of a text whose only line end is ``\n``."""
        starts = list(accumulate([len(line) + 1 for line in text.split("\n")], initial=0))[:-1]
        return cls(tuple(_blocks(starts, 0)))

    def __len__(self) -> int:
        last = self._blocks[-1]
        return last.number + len(last.starts)

    def __getitem__(self, line: int) -> int:
        block = self._blocks[bisect_right(self._blocks, line, key=_number) - 1]
        return block.place + block.starts[line - block.number]

    def line_at(self, offset: int) -> int:
        """Return the line that holds an offset."""
        return self.position(offset).line

    def position(self, offset: int) -> "Position":
        """Return the line and character of an offset."""
        block = self._blocks[self._block_at(offset)]
        inside = offset - block.place
        line = bisect_right(block.starts, inside) - 1
        return Position(block.number + line, inside - block.starts[line])

    def _block_at(self, offset: int) -> int:
        return bisect_right(self._blocks, offset, key=_place) - 1

    def edited(self, edit: "Edit") -> "LineStarts":
        """Return those of the text after an edit."""
        (start, end), text = edit.span, edit.text
        i, j = self._block_at(start), self._block_at(end)
        first, last = self._blocks[i], self._blocks[j]
        n_more_characters = len(text) - (end - start)
        starts = [first.place + at for at in first.starts if first.place + at <= start]
        starts += [start + match.end() for match in LINE_END.finditer(text)] if "\n" in text else []
        moved = last.place + n_more_characters
        starts += [moved + at for at in last.starts if last.place + at > end]
        n_more_lines = first.number + len(starts) - (last.number + len(last.starts))
        behind = (
            _Block(place + n_more_characters, number + n_more_lines, inside)
            for place, number, inside in self._blocks[j + 1 :]
        )
        return LineStarts((*self._blocks[:i], *_blocks(starts, first.number), *behind))
