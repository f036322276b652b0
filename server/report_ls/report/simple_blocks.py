"""The blocks of prose, flat lists and fences, without a parser: most answers hold nothing else."""

import re
from typing import NamedTuple

from report_ls.base.regex import regex
from report_ls.report.pieces import BlockKind

# Lines that begin with a letter, emphasis, a link, a picture or code are text, and those behind the template's dashes.
_LINE = (
    r"(?:--- |(?![0-9]+[.)](?:[ \t\n]|\Z)))"
    r"(?:[*_]{0,3}[^\W_]|!\[|\[[^\[\]\n]*\]\(|[\"'(]|`(?!`))[^\n]*"
)
ITEM = r"(?:[-*+]|[0-9]{1,9}\.) {1,3}"
_SIMPLE = (
    (BlockKind.TEXT, regex(rf"(?:{_LINE}(?:\n|\Z))+")),
    (BlockKind.LIST, regex(rf"(?={ITEM})(?:(?:{ITEM}| {{0,3}}){_LINE}(?:\n|\Z))+")),
    # In a fence, whatever the hand-in page may take for a heading is not simple.
    (BlockKind.FENCE, regex(r"```[\w+.#-]*\n(?:(?![ \t]*[#`~]|[=-]+ *\n)[^\n]+\n)+```")),
)
_PIECE = regex(r"(?:^ *[^ \n][^\n]*(?:\n|\Z))+", re.MULTILINE)
_ODD = regex("[<\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]")


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
    if _ODD.search(text):
        return None
    blocks = []
    first = done = 0
    for piece in _PIECE.finditer(text):
        block = piece[0].rstrip(" \n")
        kind = next((kind for kind, pattern in _SIMPLE if pattern.fullmatch(block)), None)
        if kind is None:
            return None
        first += text.count("\n", done, piece.start())
        done = piece.start()
        blocks.append(SimpleBlock(kind, first, block))
    return blocks
