r"""The text of a report and edits of it: `SourceText`.

An *offset* counts code points from the start of the text. A *line* ends at ``\n``, ``\r\n`` or
``\r`` and nowhere else: Python's `str.splitlines` also breaks at form feeds and U+2028, which
neither CommonMark nor LSP calls a line end.
"""

from collections.abc import Iterable

from report_ls.base.cached import cached_property
from report_ls.base.lines import LINE_END, LineStarts
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.spans import Edit, Position, Span


def line_end(text: str, offset: int) -> int:
    r"""Return where the line of an offset ends, in a text whose only line end is ``\n``."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


class DecodedAs(NamedTuple):
    """That a text was read from bytes that are not UTF-8."""

    offset: int
    """The place of the first such byte."""
    encoding: str
    """What the bytes were taken for, as users know it."""


class SourceText:
    """A text and the index of its lines; equal to another one with the same text."""

    text: str
    misread: DecodedAs | None
    """None after an edit: the new text is UTF-8."""

    def __init__(
        self,
        text: str,
        misread: DecodedAs | None = None,
        line_starts: LineStarts | None = None,
        plain: str | None = None,
    ) -> None:
        self.text = text
        self.misread = misread
        # What is known of both already.
        if line_starts is not None:
            self.line_starts = line_starts
        if plain is not None:
            self.plain = plain

    def __repr__(self) -> str:
        return f"SourceText({self.text!r}, {self.misread!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SourceText) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[object, ...]:
        # Without what can be made of the text.
        return SourceText, (self.text, self.misread)

    @cached_property
    def plain(self) -> str:
        r"""The text, equally long, with ``\n`` as its only line end and no byte order mark: what all others read."""
        text = f" {self.text[1:]}" if self.text.startswith("\ufeff") else self.text
        return _with_line_feeds(text)

    @cached_property
    def line_starts(self) -> LineStarts:
        """Where each line starts."""
        return LineStarts.of(self.plain)

    @cached_property
    def newline(self) -> str:
        """The line end this text uses (its first), for text that is put in."""
        match = LINE_END.search(self.text)
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

    def to_source_edit(self, edit: Edit) -> Edit:
        r"""Return an edit of `plain` as one of the text: with its line ends, and without a half of any ``\r\n``."""
        start, end = (offset - (self.text[offset - 1 : offset + 1] == "\r\n") for offset in edit.span)
        return Edit(Span(start, end), edit.text.replace("\n", self.newline))

    def replace(self, edit: Edit) -> "SourceText":
        """Return the text after one edit, with the index of its lines, which need not be made anew."""
        (start, end), text = edit.span, edit.text
        changed = self.text[:start] + text + self.text[end:]
        if self.plain is self.text and "\r" not in text:
            return SourceText(changed, line_starts=self.line_starts.edited(edit))
        if start == 0 and "\ufeff" in (self.text[:1], changed[:1]):
            return SourceText(changed)
        # A line end at either side may join or part with its new neighbour.
        first = start - (self.text[start - 1 : start] == "\r")
        last = end + (self.text[end : end + 1] == "\n")
        put = Edit(Span(first, last), _with_line_feeds(self.text[first:start] + text + self.text[end:last]))
        plain = self.plain[:first] + put.text + self.plain[last:]
        return SourceText(changed, line_starts=self.line_starts.edited(put), plain=plain)

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
