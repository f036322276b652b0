r"""Text and places in it: the only module that splits lines and applies edits.

An *offset* counts code points from the start of the text. A *line* ends at ``\n``, ``\r\n`` or
``\r`` and nowhere else: Python's `str.splitlines` also breaks at form feeds and U+2028, which
neither CommonMark nor LSP calls a line end.
"""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple, ParamSpec, TypeVar, cast

from attrs import field, frozen

_LINE_END = re.compile(r"\r\n|\n|\r")


_P = ParamSpec("_P")
_T = TypeVar("_T")
_REMEMBERED: list[Callable[[], None]] = []


def remembered(n_texts: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Return a decorator for functions of a text: so many results are remembered until `forget` is called."""

    def decorate(function: Callable[_P, _T]) -> Callable[_P, _T]:
        remembering = lru_cache(maxsize=n_texts)(function)
        _REMEMBERED.append(remembering.cache_clear)
        # What `lru_cache` returns takes any arguments, as far as its type says.
        return cast("Callable[_P, _T]", remembering)

    return decorate


def line_end(text: str, offset: int) -> int:
    r"""Return where the line of an offset ends, in a text whose only line end is ``\n``."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


LONGEST = 50_000
"""Longer than anything in a report has ever been: each version of such a piece would be remembered."""


def forget() -> None:
    """Forget all that was remembered, where it would fill the memory."""
    for clear in _REMEMBERED:
        clear()


class Span(NamedTuple):
    """A half-open range of offsets.

    A tuple, unlike all other values: each keystroke makes and compares hundreds of them.
    """

    start: int
    end: int

    def shift(self, by: int) -> "Span":
        """Return the span `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Position(NamedTuple):
    """A zero-based line, and a character of that line in code points."""

    line: int
    character: int


@frozen
class Spans:
    """Spans in order, and which of them overlap another one: found without a look at each."""

    spans: tuple[Span, ...]
    """Ordered by where they start."""

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


@frozen
class Edit:
    """One replacement: the text of `span` becomes `text`."""

    span: Span
    text: str

    def shift(self, by: int) -> "Edit":
        """Return the same, `by` code points further on."""
        return Edit(self.span.shift(by), self.text)


@frozen
class Misread:
    """That a text was read from bytes that are not UTF-8."""

    offset: int
    """Where the first such byte stands."""
    encoding: str
    """What the bytes were taken for, as users know it."""


_BLOCK = 32
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
    size = _BLOCK if len(starts) > 2 * _BLOCK else len(starts)
    for first in range(0, len(starts), size):
        place = starts[first]
        yield _Block(place, number + first, [start - place for start in starts[first : first + size]])


_place, _number = attrgetter("place"), attrgetter("number")


@frozen
class LineStarts:
    """The offset at which each line of a text starts; a text has at least one line.

    In blocks, so that an edit makes one of them anew and only moves the others.
    """

    _blocks: tuple[_Block, ...]

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
        starts += [start + match.end() for match in _LINE_END.finditer(text)] if "\n" in text else []
        moved = last.place + n_more_characters
        starts += [moved + at for at in last.starts if last.place + at > end]
        n_more_lines = first.number + len(starts) - (last.number + len(last.starts))
        behind = (
            _Block(place + n_more_characters, number + n_more_lines, inside)
            for place, number, inside in self._blocks[j + 1 :]
        )
        return LineStarts((*self._blocks[:i], *_blocks(starts, first.number), *behind))


@frozen
class SourceText:
    """A text and the index of its lines."""

    text: str
    misread: Misread | None = field(default=None, eq=False)
    """Gone after an edit: what is written is UTF-8."""
    _line_starts: LineStarts | None = field(default=None, eq=False, repr=False)
    """What is known of them already."""

    @cached_property
    def plain(self) -> str:
        r"""The text, equally long, with ``\n`` as its only line end and no byte order mark: what all others read."""
        text = f" {self.text[1:]}" if self.text.startswith("\ufeff") else self.text
        return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text

    @cached_property
    def line_starts(self) -> LineStarts:
        """Where each line starts."""
        return LineStarts.of(self.plain) if self._line_starts is None else self._line_starts

    @cached_property
    def newline(self) -> str:
        """The line end this text uses (its first), for text that is put in."""
        match = _LINE_END.search(self.text)
        return match[0] if match else "\n"

    def line_span(self, line: int) -> Span:
        """Return the span of a line without its line end."""
        start = self.line_starts[line]
        if line + 1 == len(self.line_starts):
            return Span(start, len(self.text))
        end = self.line_starts[line + 1] - 1
        return Span(start, end - (self.text[end - 1 : end + 1] == "\r\n"))

    def line_at(self, offset: int) -> int:
        """Return the line that holds an offset."""
        return self.line_starts.line_at(offset)

    def position(self, offset: int) -> Position:
        """Return the line and character of an offset."""
        return self.line_starts.position(offset)

    def as_written(self, edit: Edit) -> Edit:
        r"""Return an edit of `plain` as one of the text: with its line ends, and without a half of any ``\r\n``."""
        start, end = (offset - (self.text[offset - 1 : offset + 1] == "\r\n") for offset in edit.span)
        return Edit(Span(start, end), edit.text.replace("\n", self.newline))

    def replace(self, edit: Edit) -> "SourceText":
        """Return the text after one edit, with the index of its lines, which need not be made anew."""
        (start, end), text = edit.span, edit.text
        changed = self.text[:start] + text + self.text[end:]
        if self.plain is not self.text or "\r" in text:
            return SourceText(changed)
        return SourceText(changed, line_starts=self.line_starts.edited(edit))

    def apply(self, edits: Iterable[Edit]) -> "SourceText":
        """Return the text after all edits at once; edits must not overlap.

        Two insertions at one place keep their order.
        """
        pieces: list[str] = []
        done = 0
        for edit in sorted(edits, key=lambda edit: edit.span):
            if edit.span.start < done:
                raise ValueError(f"overlapping edits at offset {edit.span.start}")
            pieces += self.text[done : edit.span.start], edit.text
            done = edit.span.end
        return SourceText("".join(pieces) + self.text[done:])


def compose(source: SourceText, rounds: Iterable[Iterable[Edit]]) -> tuple[Edit, ...]:
    """Return the edits of a text that do at once what rounds of edits do, each to the result of the one before."""
    pieces: list[Span | str] = [Span(0, len(source.text))]
    for edits in rounds:
        pieces = list(_edited(pieces, edits))
    return tuple(_differences(source, pieces))


def _edited(pieces: Iterable[Span | str], edits: Iterable[Edit]) -> Iterator[Span | str]:
    """Yield the pieces of a text after a round of edits: spans of the source that are kept, and text between them."""
    left = deque(pieces)

    def take(n_characters: int) -> Iterator[Span | str]:
        while n_characters > 0:
            piece = left.popleft()
            first, rest = _cut(piece, n_characters)
            if rest:
                left.appendleft(rest)
            n_characters -= _length(first)
            yield first

    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        yield from take(edit.span.start - done)
        for _ in take(edit.span.end - edit.span.start):
            pass
        yield edit.text
        done = edit.span.end
    yield from left


def _cut(piece: Span | str, at: int) -> tuple[Span | str, Span | str | None]:
    if _length(piece) <= at:
        return piece, None
    if isinstance(piece, str):
        return piece[:at], piece[at:]
    return Span(piece.start, piece.start + at), Span(piece.start + at, piece.end)


def _length(piece: Span | str) -> int:
    return len(piece) if isinstance(piece, str) else piece.end - piece.start


def _differences(source: SourceText, pieces: Iterable[Span | str]) -> Iterator[Edit]:
    done, texts = 0, list[str]()
    end = len(source.text)
    for piece in (*pieces, Span(end, end)):
        if isinstance(piece, str):
            texts.append(piece)
            continue
        text = "".join(texts)
        if text != source.text[done : piece.start]:
            yield Edit(Span(done, piece.start), text)
        done, texts = piece.end, []
