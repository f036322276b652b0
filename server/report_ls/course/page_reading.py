"""An answer as CommonMark reads it and as it comes out on the page, line by line.

Long because it is one comparison with one state.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from report_ls.base.cached import cached_property
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText
from report_ls.course.losses import Loss, LossKind
from report_ls.course.pasted_code import pasted_code
from report_ls.course.python_markdown import LinePlacement, is_markable, place_lines, shows_code, unrendered_places
from report_ls.report.markdown import read_blocks, read_markdown
from report_ls.report.pieces import Block, BlockKind

_AROUND = BlockKind.QUOTE, BlockKind.LIST, BlockKind.ITEM
"""What holds other blocks."""

_QUOTE_SIGN = regex(r" {0,3}> ?")
_SIGNS_BEFORE = regex(r"[>\s]*")
_EMPHASIS_BEFORE = regex(r"> ?([*_]+)[^*_]*$")
_NUMBER = regex(r"[ \t]*[0-9]+(\))")
_UNDERLINE = regex(r"((?: {0,3}> ?)*)(?:=+|-+)[ \t]*")
_SPACE = regex(r"[ \t]*")
_PARTED = "\n\n"
"""What parts an answer from the label on its line."""

_TAB_SPACES = 4
"""So many spaces are one level, for Python-Markdown."""

_IN_HTML = {
    BlockKind.LIST: LossKind.LIST_IN_HTML,
    BlockKind.FENCE: LossKind.CODE_IN_HTML,
    BlockKind.TABLE: LossKind.TABLE_IN_HTML,
}
"""What becomes of blocks in an HTML element."""


class _LineReadingFields(NamedTuple):
    """The fields of a reading of lines: a named tuple itself has no room for cached properties."""

    text: str
    start: int
    """Where the answer starts, behind its label if it has one."""


class LineReading(_LineReadingFields):
    """A text read twice: as CommonMark, and as the page shows it."""

    @cached_property
    def lines(self) -> list[str]:
        """The answer's lines."""
        return self.text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts; the last is where one more would."""
        return list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    @cached_property
    def behind_label(self) -> int:
        """Where the answer starts, behind the emphasis of its label too."""
        emphasis = _EMPHASIS_BEFORE.search(self.text, 0, self.start)
        signs = emphasis[1] if emphasis else ""
        return self.start + (len(signs) if self.text.startswith(signs, self.start) else 0)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What CommonMark makes of them."""
        return read_blocks(self.text)

    @property
    def n_inline(self) -> tuple[int, int, int, int]:
        """How many images, links and pieces of code there are, and how many of these swallow what follows."""
        markdown = read_markdown(f"{self.text}\n\n# Next\n")
        return len(markdown.images), len(markdown.links), len(markdown.literals), int(markdown.unclosed is not None)

    @cached_property
    def shown(self) -> Mapping[int, LinePlacement]:
        """By line. A line of which this is not known is not in it."""
        return place_lines(self.lines)

    def lost(self) -> Iterator[Loss]:
        """Yield what gets lost, with the edits that may put it right."""
        quoted = self._quoted()
        if quoted:
            yield self.lost_quote(quoted)
        in_html = self._in_html()
        for block in self.blocks:
            if block.first in in_html:
                if block.kind in _IN_HTML and block.n_lists == (block.kind is BlockKind.LIST):
                    yield Loss(_IN_HTML[block.kind], self._piece(block.first))
            elif block.kind is BlockKind.LIST and block.n_lists == 1:
                yield from self._lost_list(block, quoted)
            elif block.kind is BlockKind.FENCE and block.content.strip():
                lines = range(block.first, block.after)
                headings = [line for line in lines if line in self.shown and self.shown[line].is_heading]
                yield from self._lost_fence(block, headings)
            elif block.kind is BlockKind.TABLE:
                yield Loss(LossKind.TABLE, self._piece(block.first))
        yield from self._lost_headings()

    def lost_code(self) -> Iterator[Loss]:
        """Yield the fences, where no line in them can be a heading."""
        for block in self.blocks:
            if block.kind is BlockKind.FENCE:
                yield from self._lost_fence(block, ())

    def lost_quote(self, quoted: range) -> Loss:
        """Return the first of some lines in the label's quote, with the edits that take all of them out of it."""
        first = next(line for line in quoted if self.lines[line].strip("> \t"))
        edits = []
        if first == 0:
            edits.append(Edit(Span(self.behind_label, _end(_SPACE, self.text, self.behind_label)), _PARTED))
        elif self.lines[1].strip("> \t"):
            edits.append(Edit(Span(self.starts[1], self.starts[1]), "\n"))
        # What begins without a sign was not written as a quote, and one further down is the student's own.
        is_written_so = first == 0 or _QUOTE_SIGN.match(self.lines[first])
        signed = quoted if is_written_so else range(quoted.start, first)
        signs = {line: _QUOTE_SIGN.match(self.lines[line]) for line in signed if line > 0}
        edits += (Edit(Span(*sign.span()).shift(self.starts[line]), "") for line, sign in signs.items() if sign)
        loss = LossKind.QUOTE_GLUED
        if any(signs.values()):
            loss = LossKind.QUOTE if is_written_so else LossKind.QUOTE_ABOVE
        if first == 0 and any(map(self._is_blank, quoted)):
            loss = LossKind.QUOTE_BELOW
        return Loss(loss, self._piece(first), tuple(edits))

    def with_edits(self, repaired: Iterable[Loss]) -> "LineReading":
        """Return the reading of the text after the edits."""
        edits = [edit for lost in repaired for edit in lost.edits]
        return LineReading(SourceText(self.text).apply(edits).text, self.start)

    def is_repaired(self, repaired: Sequence[Loss], family: Collection[LossKind], n_before: int) -> bool:
        """Say whether edits put right what they should, and leave the rest as it is."""
        after = self.with_edits(repaired)
        n_after = sum(lost.kind in family for lost in after.lost())
        if n_after != n_before - len(repaired):
            return False
        if LossKind.LIST in family:
            return after.shape(()) == self.shape(())
        if LossKind.CODE in family:
            code = BlockKind.FENCE, BlockKind.OTHER
            return after.n_in_code() == self._n_in_code_with(repaired) and after.shape(code) == self.shape(code)
        if LossKind.CODE_PASTED in family:
            return self._is_indented_in(after, repaired)
        n_parted = sum(edit.text == _PARTED for lost in repaired for edit in lost.edits)
        if LossKind.QUOTE in family and after.kinds[n_parted:] != self.kinds:
            return False
        return after.n_inline == self.n_inline and len(after.shown) == len(self.shown) + n_parted

    def _is_indented_in(self, after: "LineReading", repaired: Iterable[Loss]) -> bool:
        """Say whether another reading shows as code what edits indent, and all other lines as before."""
        code = {self._line_at(edit.span.start) for lost in repaired for edit in lost.edits if edit.text.strip("\n")}
        others = [shown.tags for line, shown in self.shown.items() if line not in code and "pre" not in shown.tags]
        n_in_code = self.n_in_code() + sum(is_markable(self.lines[line]) for line in code)
        return after.n_in_code() == n_in_code and others == [
            shown.tags for shown in after.shown.values() if "pre" not in shown.tags
        ]

    def shape(self, without: Collection[BlockKind]) -> list[tuple[BlockKind, int, int]]:
        """Return what the blocks are, wherever they are."""
        return [(block.kind, block.n_lists, block.n_quotes) for block in self.blocks if block.kind not in without]

    @cached_property
    def kinds(self) -> list[BlockKind | None]:
        """What each line below the label's is that holds more than quote signs."""
        leaves = [block for block in self.blocks if block.kind not in _AROUND]
        kinds = {line: block.kind for block in leaves for line in range(block.first, block.after)}
        return [kinds.get(line) for line in range(1, len(self.lines)) if self.lines[line].strip("> \t")]

    def n_in_code(self, without: Collection[int] = ()) -> int:
        """Return how many lines the page shows as a block of code."""
        return sum("pre" in shown.tags for line, shown in self.shown.items() if line not in without)

    def _n_in_code_with(self, repaired: Iterable[Loss]) -> int:
        """Return how many should be, where fences become indented code."""
        edits = [edit for lost in repaired for edit in lost.edits]
        replaced = {
            line for edit in edits for line in range(self._line_at(edit.span.start), self._line_at(edit.span.end))
        }
        added = (line for edit in edits for line in edit.text.split("\n"))
        return self.n_in_code(replaced) + sum(map(is_markable, added))

    def _line_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def _quoted(self) -> range:
        """Return the lines that are part of the label's quote; all of them if the whole answer is quoted."""
        if self.start == 0 or not self.text.startswith(">"):
            return range(0)
        first = 0 if self.text[self.behind_label : self.starts[1] - 1].strip() else 1
        quoted = [line for line in self.shown if line >= first and self._is_quoted(line)]
        if not quoted:
            return range(0)
        filled = [line for line in range(1, len(self.lines)) if not self._is_blank(line)]
        after = next((line for line in range(1, len(self.lines)) if self._is_blank(line)), len(self.lines))
        # Below a text without a sign quotes are the student's own.
        begins_so = bool(filled) and (first == 0 or _QUOTE_SIGN.match(self.lines[filled[0]]))
        if begins_so and self._are_quoted(filled):
            after = filled[-1] + 1
        return range(first, after) if min(quoted) < after else range(0)

    def _in_html(self) -> Collection[int]:
        """Return the lines with which a block begins that the page shows as it is written."""
        starts = {self.starts[block.first]: block.first for block in self.blocks if block.kind in _IN_HTML}
        return [starts[place] for place in unrendered_places(self.text, tuple(starts))]

    def _is_quoted(self, line: int) -> bool:
        return "blockquote" in self.shown[line].tags

    def _are_quoted(self, lines: Iterable[int]) -> bool:
        """Say whether the page shows lines in quotes.

        A line that has no mark is where its sign or the line above it is; one of signs alone, such as a rule, anywhere.
        """
        is_quoted = True
        for line in lines:
            if line in self.shown:
                is_quoted = self._is_quoted(line)
            elif any(map(str.isalnum, self.lines[line])):
                is_above = is_quoted and not self._is_blank(line - 1)
                is_quoted = is_above or bool(_QUOTE_SIGN.match(self.lines[line]))
            if not is_quoted:
                return False
        return True

    def _lost_list(self, block: Block, quoted: range) -> Iterator[Loss]:
        items = [item for item in self._inside(block) if item.kind is BlockKind.ITEM]
        losses = {item: loss for item in items if item.first not in quoted and (loss := self._loss_of_item(item))}
        if losses:
            first, loss = next(iter(losses.items()))
            if loss is LossKind.LIST_SIGN:
                first = next(item for item in items if item.sign == ")")
            edits = () if block.n_quotes else tuple(self._list_edits(block, losses))
            yield Loss(loss, self._piece(first.first), edits)

    def _loss_of_item(self, item: Block) -> LossKind | None:
        shown = self.shown.get(item.first)
        if shown is None or shown.is_heading:
            return None
        n_lists = shown.tags.count("li")
        if n_lists >= item.n_lists and shown.begins_item:
            return None
        if n_lists == 0 and item.sign == ")":
            # In a paragraph of its own it looks as it should.
            return None if shown.begins_element else LossKind.LIST_SIGN
        if 0 < n_lists < item.n_lists:
            return LossKind.LIST_NESTED
        return LossKind.LIST if self._is_blank(item.first - 1) else LossKind.LIST_GLUED

    def _list_edits(self, block: Block, losses: Mapping[Block, LossKind]) -> Iterator[Edit]:
        """Yield blank lines before glued lists, four spaces for each level, and full stops behind numbers."""
        items = [item for item in self._inside(block) if item.kind is BlockKind.ITEM]
        for before, item in zip((None, *items), items, strict=False):
            is_glued = item.first == block.first or losses.get(item) is LossKind.LIST_GLUED
            if item in losses and before not in losses and is_glued and not self._is_blank(item.first - 1):
                yield Edit(Span(self.starts[item.first], self.starts[item.first]), "\n")
        if any(item.n_lists > 1 for item in losses):
            for line, n_spaces in self._indentation(block).items():
                if n_spaces > 0 and not self._is_blank(line):
                    yield Edit(Span(self.starts[line], self.starts[line]), " " * n_spaces)
        if LossKind.LIST_SIGN in losses.values():
            for line in dict.fromkeys(item.first for item in items):
                number = _NUMBER.match(self.lines[line])
                if number:
                    yield Edit(Span(*number.span(1)).shift(self.starts[line]), ".")

    def _indentation(self, block: Block) -> dict[int, int]:
        """Return how many spaces each line of a list lacks."""
        around: list[tuple[int, int]] = []
        lacking: dict[int, int] = {}
        for inner in self._inside(block):
            if inner.kind is BlockKind.LIST:
                del around[inner.n_lists - 1 :]
                column = self._column(inner.first)
                lacks = 0
                if around:
                    outer_column, outer_lacks = around[-1]
                    lacks = outer_lacks + max(_TAB_SPACES - (column - outer_column), 0)
                around.append((column, lacks))
                lacking.update(dict.fromkeys(range(inner.first, inner.after), lacks))
        return lacking

    def _column(self, line: int) -> int:
        text = self.lines[line].expandtabs(_TAB_SPACES)
        return len(text) - len(text.lstrip())

    def _lost_fence(self, block: Block, headings: Sequence[int]) -> Iterator[Loss]:
        if headings:
            yield Loss(LossKind.CODE_AS_HEADING, self._piece(headings[0]), tuple(self._fence_edits(block)))
        elif block.info or not shows_code(block.sign, block.content.strip()):
            yield Loss(LossKind.CODE, self._piece(block.first), tuple(self._fence_edits(block)))

    def _fence_edits(self, block: Block) -> Iterator[Edit]:
        """Yield what makes a fence a block of indented code."""
        is_closed = block.after - block.first - 1 > block.content.count("\n")
        is_alone = self.lines[block.first].lstrip().startswith(block.sign)
        # One word behind the fence is a language; more of them may be code, which may not be thrown away.
        is_language = len(block.info.split()) <= 1
        if block.n_quotes or not (is_closed and is_alone and is_language):
            return
        indentation = " " * _TAB_SPACES * (block.n_lists + 1)
        code = [(indentation + line).rstrip() for line in block.content.rstrip("\n").split("\n")]
        if not self._is_blank(block.first - 1):
            code.insert(0, "")
        if not self._is_blank(block.after):
            code.append("")
        yield Edit(Span(self.starts[block.first], self.starts[block.after] - 1), "\n".join(code))

    def _lost_headings(self) -> Iterator[Loss]:
        code = range(0)
        for line, shown in self.shown.items():
            if not shown.is_heading or line in code:
                continue
            code = self._pasted(line)
            if code:
                yield Loss(LossKind.CODE_PASTED, self._piece(line), tuple(self._indentation_edits(code)))
            elif not self._is_meant(line):
                below = line + 1
                underline = _UNDERLINE.fullmatch(self.lines[below]) if below < len(self.lines) else None
                if underline:
                    edit = Edit(Span(self.starts[below], self.starts[below]), underline[1].rstrip() + "\n")
                    yield Loss(LossKind.HEADING, self._piece(line if line > 0 else below), (edit,))
                else:
                    span = self._piece(line)
                    yield Loss(LossKind.HEADING, span, (Edit(Span(span.start, span.start), "\\"),))

    def _pasted(self, line: int) -> range:
        """Return the lines of code round one; empty in a list, a quote or code."""
        blocks = [block for block in self.blocks if block.first <= line < block.after]
        if line == 0 or any(block.kind not in (BlockKind.TEXT, BlockKind.TITLE) for block in blocks):
            return range(0)
        return self._code.get(line, range(0))

    @cached_property
    def _code(self) -> Mapping[int, range]:
        """The lines that look like code, each with the run of lines that it is in."""
        return {line: code for code in pasted_code(self.lines) for line in code}

    def _indentation_edits(self, code: range) -> Iterator[Edit]:
        """Yield what makes lines a block of indented code."""
        for line in code:
            parted = "\n" if line == code.start and not self._is_blank(line - 1) else ""
            if not self._is_blank(line):
                yield Edit(Span(self.starts[line], self.starts[line]), parted + " " * _TAB_SPACES)
        if not self._is_blank(code.stop):
            yield Edit(Span(self.starts[code.stop], self.starts[code.stop]), "\n")

    def _is_meant(self, line: int) -> bool:
        """Say whether a line that is a heading on the page is one for its author too, or is said elsewhere."""
        block = next((block for block in reversed(self.blocks) if block.first <= line < block.after), None)
        if block is None or block.kind in (BlockKind.FENCE, BlockKind.TABLE, BlockKind.OTHER):
            return True
        is_marked = block.kind is BlockKind.TITLE and block.sign != "-"
        may_be = block.kind is BlockKind.TITLE or self.lines[line].lstrip().startswith("#")
        return is_marked or (may_be and _reads_as_title(self.lines[line]))

    def _inside(self, block: Block) -> Sequence[Block]:
        """Return a list and all blocks inside it."""
        first = bisect_left(self.blocks, block.first, key=lambda other: other.first)
        after = bisect_left(self.blocks, block.after, key=lambda other: other.first)
        return self.blocks[first:after]

    def _is_blank(self, line: int) -> bool:
        return not (0 <= line < len(self.lines) and self.lines[line].strip())

    def _piece(self, line: int) -> Span:
        """Return a line without quote signs and space round it; of the label's line, the text behind the label."""
        start = max(self.starts[line], self.behind_label)
        text = self.text[start : self.starts[line + 1] - 1]
        first = _end(_SIGNS_BEFORE, text, 0)
        return Span(start + first, start + max(len(text.rstrip()), first))


_MAX_TITLE_WORDS = 8


def _reads_as_title(line: str) -> bool:
    """Say whether a line above dashes, or behind a number sign, may be meant as a heading: short, and no sentence."""
    text = line.strip("# \t")
    return len(text.split()) <= _MAX_TITLE_WORDS and text[-1:] not in (".", "!", "?", ":", ";", ",", ")")


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
