"""One piece of Markdown, read as CommonMark: its images, links, code, HTML and blocks, with their places.

A paragraph that cannot hold a token that matters is not read inside at all: that is most of a report's prose.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from html import unescape

from report_ls.base.regex import matches_at, regex
from report_ls.base.spans import Span, Spans
from report_ls.report.commonmark import MarkdownIt, Token, commonmark, unescapeAll
from report_ls.report.html_tags import attributes, find_images
from report_ls.report.pieces import Block, BlockKind, Link, Literal, LiteralSpan, Markdown, Style, Unclosed
from report_ls.report.simple_blocks import INLINE_SIGNS, code_spans, holds_at_most_code, may_hold_inline, simple_tokens


def read_markdown(text: str) -> Markdown:
    r"""Read a text whose only line end is ``\n``. Never fails."""
    if not any(map(text.__contains__, _SIGNS)):
        return Markdown()
    environment: dict[str, object] = {}
    tokens = simple_tokens(text)
    if tokens is None:
        text = _readable(text)
        tokens = _parse(commonmark(), text, environment)
    return _gather(text, tokens, environment)


def _gather(text: str, tokens: Iterable[Token], environment: dict[str, object]) -> Markdown:
    """Return what a text holds whose blocks are known."""
    parser, reading = commonmark(), _Reading(text)
    for token in tokens:
        if token.type == "inline" and may_hold_inline(token.content):
            if holds_at_most_code(token.content):
                reading.add_code(token, code_spans(token.content))
                continue
            inline: list[Token] = []
            parser.inline.parse(token.content, parser, environment, inline)
            reading.add_inline(token, inline)
        elif token.type in ("fence", "code_block", "html_block"):
            reading.add_block(token)
    return reading.finish()


def _parse(parser: MarkdownIt, text: str, environment: dict[str, object]) -> list[Token]:
    tokens: list[Token] = []
    parser.block.parse(text, parser, environment, tokens)
    return tokens


_MAX_NESTED_QUOTES = 10
_NESTED_QUOTE = regex(r"^([ \t*+\-0-9.)]*>)([ \t>*+\-0-9.)]*>)", re.MULTILINE)


def _readable(text: str) -> str:
    """Return an equally long text that markdown-it reads in a time in proportion to its length.

    Quotes in quotes, followed by lines without a sign, take it the square of their number, so where
    there are more than anybody means only the outermost count.
    """
    text = text.replace("\0", "�")  # What `MarkdownIt.parse` does first.
    if len(_NESTED_QUOTE.findall(text)) > _MAX_NESTED_QUOTES:
        text = _NESTED_QUOTE.sub(lambda match: match[1] + "\xa0" * len(match[2]), text)
    return text


_BLOCKS = {
    "bullet_list_open": BlockKind.LIST,
    "ordered_list_open": BlockKind.LIST,
    "list_item_open": BlockKind.ITEM,
    "blockquote_open": BlockKind.QUOTE,
    "fence": BlockKind.FENCE,
    "table_open": BlockKind.TABLE,
    "heading_open": BlockKind.TITLE,
    "paragraph_open": BlockKind.TEXT,
    "code_block": BlockKind.OTHER,
    "html_block": BlockKind.OTHER,
    "hr": BlockKind.OTHER,
}


def read_blocks(text: str) -> tuple[Block, ...]:
    r"""Return the blocks of a text whose only line end is ``\n``, each before those inside it.

    Tables are those of GitHub.
    """
    tokens = _parse(_block_parser(), _readable(text), {})
    n_lists = n_quotes = 0
    blocks = []
    for token in tokens:
        if token.type in ("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"):
            n_lists += token.nesting
        elif token.type in ("blockquote_open", "blockquote_close"):
            n_quotes += token.nesting
        if token.type in _BLOCKS and token.map:
            first, after = token.map
            kind, sign = _BLOCKS[token.type], token.markup
            blocks.append(Block(kind, first, after, sign, token.info.strip(), token.content, n_lists, n_quotes))
    return tuple(blocks)


@cache
def _block_parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def render(text: str) -> str:
    """Return a text as HTML, as GitHub makes it before it takes out what might do harm."""
    rendered: str = _block_parser().render(_readable(text))
    return rendered


_SIGNS = *INLINE_SIGNS, "~", "\t", "    "
"""Plain prose, most answers, has none: no backtick, tag, bracket or tilde, and no indentation that makes code."""
_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HTML_TO_THE_END = regex(r" {0,3}(<(?:!--|(pre|script|style|textarea)(?=[\s>]|$)))", re.IGNORECASE)
_IMAGE_SIGN = regex(r"!\[")
_SPACED = regex(r"(?<!\\)!\[([^\[\]\n]*)\]\(([^()<>\n]*(?:\([^()<>\n]*\)[^()<>\n]*)*)\)")


class _Reading:
    """The result while it is gathered: knows where each line of the text starts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.n_filled = text.rstrip().count("\n") + 1
        """How many lines there are up to the last that is not blank."""
        self.images: list[Link] = []
        self.links: list[Link] = []
        self.literals: list[LiteralSpan] = []
        self.unclosed: Unclosed | None = None

    def add_block(self, token: Token) -> None:
        """Add a fence, an indented code block or a block of HTML."""
        first, after = token.map or (0, 0)
        span = Span(self.starts[first], self.starts[after] - 1)
        opening = self.lines[first]
        if token.type == "fence":
            self.literals.append(LiteralSpan(span, Literal.FENCE))
            # A closing line is the last one and no line of the content, whatever that line looks like.
            n_lines = token.content.count("\n") + (token.content[-1:] not in ("", "\n"))
            has_more = n_lines < after - first - 1
            if not (has_more and self.lines[after - 1].rstrip(" \t").endswith(token.markup)):
                at = self.starts[first] + opening.find(token.markup)
                self._note_unclosed(after, Unclosed(Span(at, at + len(token.markup)), token.markup))
        elif token.type == "code_block":
            self.literals.append(LiteralSpan(span, Literal.INDENTED))
        else:
            self._add_html(span)
            match = _HTML_TO_THE_END.match(token.content)
            if match:
                closer = f"</{match[2].lower()}>" if match[2] else "-->"
                if closer not in token.content.lower():
                    at = self.starts[first] + opening.find(match[1])
                    self._note_unclosed(after, Unclosed(Span(at, at + len(match[1])), closer))

    def _note_unclosed(self, after: int, unclosed: Unclosed) -> None:
        # A list or a quote closes what it holds: only what runs to the end swallows what follows.
        if after >= self.n_filled:
            self.unclosed = unclosed

    def _add_html(self, span: Span) -> None:
        """Add a piece of HTML: comments hide what they hold, `<img>` is an image."""
        content = self.text[span.start : span.end]
        comments = [Span(*match.span()).shift(span.start) for match in _COMMENT.finditer(content)]
        if comments != [span]:
            self.literals.append(LiteralSpan(span, Literal.HTML))
        self.literals += (LiteralSpan(comment, Literal.COMMENT) for comment in comments)
        hidden = Spans(tuple(comments))
        for tag in find_images(content):
            at = tag.shift(span.start)
            if hidden.overlap(at):
                continue
            source = attributes(content[tag.start : tag.end]).get("src")
            if source:
                target = source.shift(at.start)
                self.images.append(Link(at, at, target, unescape(self.text[target.start : target.end]), Style.HTML))

    def add_inline(self, block: Token, inline: Sequence[Token]) -> None:
        """Add the links and code inside a paragraph or a heading."""
        offset = self._offsets(block)
        for token in inline:
            if "at" not in token.meta:
                continue
            start, end = token.meta["at"]
            span = Span(offset(start), offset(end))
            if token.type == "code_inline":
                self.literals.append(LiteralSpan(span, Literal.BACKTICKS))
            elif token.type == "html_inline":
                self._add_html(span)
            else:
                text_start, text_end, target = token.meta["link"]
                text = Span(offset(text_start), offset(text_end))
                if target is None:
                    url = str(token.attrs.get("src", token.attrs.get("href", "")))
                    found = Link(span, text, span, url, Style.REFERENCE)
                else:
                    url = unescapeAll(block.content[target[0] : target[1]])
                    found = Link(span, text, Span(offset(target[0]), offset(target[1])), url, Style.INLINE)
                (self.images if token.type == "image" else self.links).append(found)

    def add_code(self, block: Token, spans: Iterable[Span]) -> None:
        """Add the code inside a paragraph or a heading, by its places in the content."""
        offset = self._offsets(block)
        self.literals += [LiteralSpan(Span(offset(start), offset(end)), Literal.BACKTICKS) for start, end in spans]

    def _offsets(self, block: Token) -> Callable[[int], int]:
        """Return the function from a place in a block's content to the offset in the text.

        A block's content is its lines without the signs and the indentation of what holds it, so
        each line of content is the end of its line of text.
        """
        first, after = block.map or (0, 0)
        contents = block.content.split("\n")
        # markdown-it strips a paragraph as Python does: a first line of, say, no-break spaces is gone.
        while first < after - 1 and contents[0].strip() not in self.lines[first]:
            first += 1
        starts: list[int] = []
        places: list[int] = []
        start = 0
        for number, content in enumerate(contents, first):
            line = self.lines[number]
            bare = content.strip()
            if block.type == "inline" and len(starts) == 0 and "#" in line and not line.rstrip().endswith(bare):
                column = line.find(bare)  # A heading may also end in number signs.
            else:
                column = len(line.rstrip()) - len(bare)
            starts.append(start)
            places.append(self.starts[number] + column - (len(content) - len(content.lstrip())))
            start += len(content) + 1

        def offset(place: int) -> int:
            number = bisect_right(starts, place) - 1
            return places[number] + place - starts[number]

        return offset

    def finish(self) -> Markdown:
        """Return the result, with the images that only the hand-in page shows."""
        spans = [*(image.span for image in self.images), *(literal.span for literal in self.literals)]
        taken = Spans(tuple(sorted(spans)))
        self.images += (spaced for spaced in self._spaced() if not taken.overlap(spaced.span))
        return Markdown(
            tuple(sorted(self.images, key=lambda image: image.span)),
            tuple(sorted(self.links, key=lambda link: link.span)),
            tuple(sorted(self.literals, key=lambda literal: literal.span)),
            self.unclosed,
        )

    def _spaced(self) -> Iterator[Link]:
        for match in matches_at(_IMAGE_SIGN, _SPACED, self.text):
            target = match[2].strip()
            if target.endswith(('"', "'")):
                target = target.partition(f" {target[-1]}")[0].rstrip()  # The text in quotes is a title.
            if " " in target:
                start = match.start(2) + match[2].index(target)
                at = Span(start, start + len(target))
                yield Link(Span(*match.span()), Span(*match.span(1)), at, unescapeAll(target), Style.SPACED)
