"""Converts between offsets and LSP positions: only this module counts UTF-8, UTF-16 and UTF-32 columns."""

from attrs import frozen
from lsprotocol import types

from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText

_WIDTHS = {
    types.PositionEncodingKind.Utf8: "utf-8",
    types.PositionEncodingKind.Utf16: "utf-16-le",
    types.PositionEncodingKind.Utf32: "utf-32-le",
}
_UNIT = {"utf-8": 1, "utf-16-le": 2, "utf-32-le": 4}
_RUNS = regex(r"[\x00-\x7f]+|[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+")
"""Runs of characters with the same width in each encoding."""


@frozen
class Converter:
    """Converts for one negotiated position encoding."""

    encoding: types.PositionEncodingKind = types.PositionEncodingKind.Utf16

    def position(self, source: SourceText, offset: int) -> types.Position:
        """Return the position of an offset."""
        line, character = source.position(offset)
        if not source.text.isascii():
            character = self._n_units(source.text[offset - character : offset])
        return types.Position(line, character)

    def range(self, source: SourceText, span: Span) -> types.Range:
        """Return the range of a span."""
        return types.Range(self.position(source, span.start), self.position(source, span.end))

    def range_as_sent(self, source: SourceText, span: Span) -> dict[str, dict[str, int]]:
        """Return the range of a span as JSON; fast, because each keystroke needs dozens."""
        line = source.line_at(span.start)
        start = source.line_starts[line]
        text = source.text[start : span.end]
        if text.isascii() and "\n" not in text and "\r" not in text:  # Nearly always.
            columns = span.start - start, span.end - start
            return {"start": {"line": line, "character": columns[0]}, "end": {"line": line, "character": columns[1]}}
        first, last = self.position(source, span.start), self.position(source, span.end)
        return {
            "start": {"line": first.line, "character": first.character},
            "end": {"line": last.line, "character": last.character},
        }

    def edit(self, source: SourceText, edit: Edit) -> types.TextEdit:
        """Return an edit as LSP writes it."""
        return types.TextEdit(self.range(source, edit.span), edit.text)

    def offset(self, source: SourceText, position: types.Position) -> int:
        """Return the offset of a position.

        As the specification asks, a column behind the line's end means the line's end, and a line behind the last
        one means the text's end. A column inside a character means the character's start.
        """
        if position.line >= len(source.line_starts):
            return len(source.text)
        span = source.line_span(position.line)
        line = source.text[span.start : min(span.end, span.start + position.character)]
        if line.isascii() or self.encoding == types.PositionEncodingKind.Utf32:
            return span.start + len(line)
        n_left = position.character
        for run in _RUNS.finditer(line):
            width = self._n_units(run[0][0])
            n_characters = len(run[0])
            if n_left <= n_characters * width:
                return span.start + run.start() + n_left // width
            n_left -= n_characters * width
        return span.start + len(line)

    def span(self, source: SourceText, range_: types.Range) -> Span:
        """Return the span of a range; start and end may be reversed."""
        start, end = self.offset(source, range_.start), self.offset(source, range_.end)
        return Span(min(start, end), max(start, end))

    def _n_units(self, text: str) -> int:
        if text.isascii():
            return len(text)
        codec = _WIDTHS[self.encoding]
        return len(text.encode(codec, "surrogatepass")) // _UNIT[codec]
