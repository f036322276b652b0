r"""Text and places in it: the only module that splits lines and applies edits.

An *offset* counts code points from the start of the text. A *line* ends at ``\n``, ``\r\n`` or
``\r`` and nowhere else: Python's `str.splitlines` also breaks at form feeds and U+2028, which
neither CommonMark nor LSP calls a line end.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from attrs import frozen

_LINE_END = re.compile(r"\r\n|\n|\r")


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
class Edit:
    """One replacement: the text of `span` becomes `text`."""

    span: Span
    text: str


@frozen
class SourceText:
    """A text and the index of its lines."""

    text: str

    @cached_property
    def plain(self) -> str:
        r"""The text, equally long, with ``\n`` as its only line end: what everything else reads."""
        if "\r" not in self.text:
            return self.text
        return self.text.replace("\r\n", " \n").replace("\r", "\n")

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line starts; a text has at least one line."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

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
        return bisect_right(self.line_starts, offset) - 1

    def position(self, offset: int) -> Position:
        """Return the line and character of an offset."""
        line = self.line_at(offset)
        return Position(line, offset - self.line_starts[line])

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
