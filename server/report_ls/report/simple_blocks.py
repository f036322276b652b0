"""The blocks of prose, flat lists and fences, without a parser: most answers hold nothing else."""

import re

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.report.commonmark import Token
from report_ls.report.pieces import BlockKind

# Lines that begin with a letter, emphasis, a link, a picture or code are text, and those behind the template's dashes.
_LINE = (
    r"(?:--- |(?![0-9]+[.)](?:[ \t\n]|\Z)))"
    r"(?:[*_]{0,3}[^\W_]|!\[|\[[^\[\]\n]*\]\(|[\"'(]|`(?!`))[^\n]*"
)
_ITEM = r"(?:[-*+]|[0-9]{1,9}\.) {1,3}"
_SIMPLE = (
    (BlockKind.TEXT, regex(rf"(?:{_LINE}(?:\n|\Z))+")),
    (BlockKind.LIST, regex(rf"(?={_ITEM})(?:(?:{_ITEM}| {{0,3}}){_LINE}(?:\n|\Z))+")),
    # In a fence, whatever the hand-in page may take for a heading is not simple.
    (BlockKind.FENCE, regex(r"```[\w+.#-]*\n(?:(?![ \t]*[#`~]|[=-]+ *\n)[^\n]+\n)+```")),
)
_PIECE = regex(r"(?:^ *[^ \n][^\n]*(?:\n|\Z))+", re.MULTILINE)
_QUOTE_SIGN = regex(r"> ?(?=[^\W_]|[*_]{1,3}[^\W_])")
_NEXT_ITEM = regex(rf"^{_ITEM}", re.MULTILINE)
_BACKTICKS = regex("`+")
INLINE_SIGNS = "`", "<", "["
"""Without one of these there is nothing in a paragraph but its text."""
_SIGNS_BESIDE_CODE = "<", "[", "\\"
"""Where none of these is, backticks mean nothing but code."""


class SimpleBlock(NamedTuple):
    """A block that needs no parser."""

    kind: BlockKind
    """A paragraph, a list whose items are one paragraph each, or a fence."""
    first: int
    """Its first line, from zero."""
    text: str


def simple_blocks(text: str) -> list[SimpleBlock] | None:
    """Return the blocks of a text if blank lines part them and each is simple, else None.

    Half of all answers are written so, and a parser takes many times as long.
    """
    if "<" in text or not text.replace("\n", "").isprintable():
        return None
    blocks = []
    first = done = 0
    for piece in _PIECE.finditer(text):
        block = piece[0].rstrip(" \n")
        kind = _kind(block)
        if kind is None:
            return None
        first += text.count("\n", done, piece.start())
        done = piece.start()
        blocks.append(SimpleBlock(kind, first, block))
    return blocks


def _kind(block: str) -> BlockKind | None:
    for kind, pattern in _SIMPLE:
        if pattern.fullmatch(block):
            return kind
    return None


def simple_tokens(text: str) -> list[Token] | None:
    """Return the tokens of a parser that hold or are more than text; None where not all of a text is simple.

    The text may begin with the line of a label, to which the text right below it belongs.
    """
    sign = _QUOTE_SIGN.match(text)
    blocks = simple_blocks(text[sign.end() :] if sign else text)
    if blocks is None or (sign and blocks[0].kind is not BlockKind.TEXT):
        return None
    tokens = []
    for kind, first, block in blocks:
        if kind is BlockKind.FENCE:
            content = block.partition("\n")[2].removesuffix("```")
            lines = [first, first + block.count("\n") + 1]
            tokens.append(Token("fence", "code", 0, {}, lines, content=content, markup="```"))
            continue
        if not may_hold_inline(block):
            continue
        line = first
        for item in _NEXT_ITEM.split(block)[1:] if kind is BlockKind.LIST else [block]:
            contents = [piece.lstrip(" ") for piece in item.removesuffix("\n").split("\n")]
            after = line + len(contents)
            tokens.append(Token("inline", "", 0, {}, [line, after], content="\n".join(contents).rstrip(" ")))
            line = after
    return tokens


def may_hold_inline(content: str) -> bool:
    """Say whether a paragraph may hold more than text."""
    return any(map(content.__contains__, INLINE_SIGNS))


def holds_at_most_code(content: str) -> bool:
    """Say whether a paragraph holds nothing but text and code, for sure."""
    return not any(map(content.__contains__, _SIGNS_BESIDE_CODE))


def code_spans(content: str) -> list[Span]:
    """Return where the code is in a paragraph that holds nothing else but text.

    As in CommonMark, code ends at the next backticks that are as many as those before it; where there are none, those
    before it are text.
    """
    runs = [run.span() for run in _BACKTICKS.finditer(content)]
    closing: list[int | None] = []
    """For each of them, which of them closes it."""
    latest: dict[int, int] = {}
    for index in reversed(range(len(runs))):
        start, end = runs[index]
        closing.append(latest.get(end - start))
        latest[end - start] = index
    closing.reverse()
    spans = []
    index = 0
    while index < len(runs):
        last = closing[index]
        if last is not None:
            spans.append(Span(runs[index][0], runs[last][1]))
        index = (index if last is None else last) + 1
    return spans
