"""What CommonMark makes of a text: images, links, code, HTML and blocks, with their places."""

from collections import deque
from collections.abc import Iterable
from enum import Enum

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.spans import Span


class Style(Enum):
    """How an image or a link is written."""

    INLINE = "inline"
    REFERENCE = "reference"
    HTML = "HTML"
    SPACED = "spaced"
    """Inline with a raw space in its target: no image for CommonMark, but one on the hand-in page."""


class Literal(Enum):
    """What keeps the Markdown inside it from being read."""

    BACKTICKS = "backticks"
    FENCE = "a code block"
    INDENTED = "indented code"
    COMMENT = "a comment"
    HTML = "an HTML block"


class Link(NamedTuple):
    """An image or a link."""

    span: Span
    text: Span
    target: Span
    """The target as written, without angle brackets and title; for a reference, the whole syntax."""
    url: str
    """The target with backslash escapes and entities resolved; percent signs stay."""
    style: Style

    def shift(self, offset: int) -> "Link":
        """Return the same, `offset` code points further on."""
        return Link(self.span.shift(offset), self.text.shift(offset), self.target.shift(offset), self.url, self.style)


class LiteralSpan(NamedTuple):
    """A piece of text whose Markdown is not read."""

    span: Span
    kind: Literal

    def shift(self, offset: int) -> "LiteralSpan":
        """Return the same, `offset` code points further on."""
        return LiteralSpan(self.span.shift(offset), self.kind)


class Unclosed(NamedTuple):
    """The opening of a fence, a comment or an HTML element that runs to the end of the text."""

    span: Span
    closer: str
    """What has to follow to close it."""

    def shift(self, offset: int) -> "Unclosed":
        """Return the same, `offset` code points further on."""
        return Unclosed(self.span.shift(offset), self.closer)


class Markdown(NamedTuple):
    """What one text holds, each in the order of the text."""

    images: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    literals: tuple[LiteralSpan, ...] = ()
    unclosed: Unclosed | None = None


class BlockKind(Enum):
    """What the lines of a block are."""

    LIST = "a list"
    ITEM = "a list item"
    QUOTE = "a quote"
    FENCE = "a code fence"
    TABLE = "a table"
    TITLE = "a heading"
    TEXT = "a paragraph"
    OTHER = "indented code, HTML or a rule"


class Block(NamedTuple):
    """One block; those inside it follow it."""

    kind: BlockKind
    first: int
    """Its first line, from zero."""
    after: int
    """The line behind its last."""
    sign: str
    """What marks it: the fence, the sign of the list, the signs before or below a heading."""
    info: str
    """The text behind an opening fence."""
    content: str
    """The text in a fence."""
    n_lists: int
    """How many lists hold it; a list counts itself."""
    n_quotes: int
    """How many quotes hold it; a quote counts itself."""


def innermost(literals: Iterable[LiteralSpan], spans: Iterable[Span]) -> list[LiteralSpan | None]:
    """Return for each of some spans, in the order of the text, the innermost literal that holds it."""
    waiting = deque(sorted(literals, key=lambda literal: (literal.span.start, -literal.span.end)))
    found: list[LiteralSpan | None] = []
    around: list[LiteralSpan] = []
    for span in spans:
        while waiting and waiting[0].span.start <= span.start:
            around.append(waiting.popleft())
        while around and around[-1].span.end < span.end:
            around.pop()
        found.append(around[-1] if around else None)
    return found
