"""Which tags of a text the page takes for HTML, where that is known without making it: between words, and in code."""

import re
from collections.abc import Set as AbstractSet

from report_ls.base.regex import regex
from report_ls.base.spans import Span

_TAG = r"</?[a-zA-Z][\w ./-]*>"
_TAGS = regex(_TAG)
# HTML that begins with a line, and what HTML is read out of in more than one way.
_ODD = regex(rf"^[^\S\n]*<[a-zA-Z]|<(?!{_TAG[1:]}|[\s0-9=-])|&#|[\x00-\x09\x0b-\x1f\x7f]", re.MULTILINE)
_BLOCK = regex(r"(?:^ *[^ \n][^\n]*(?:\n|\Z))+", re.MULTILINE)
_CODE = regex(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_PARAGRAPH = regex(r"(?: *(?:[^\W\d_]|[`\"'(])[^\n]*(?:\n|\Z))+")
# Escapes, code by indentation, and links with more than words and an address.
_MAY_HIDE = regex(r"\\|(?:^|[>*+.)-])    |\[(?![^\[\]<>\n]*\]\([^()<>\s\0]+\))", re.MULTILINE)


def simple_tags(text: str) -> AbstractSet[Span] | None:
    """Return the tags that the page takes for HTML; None of a text of which only the page can tell."""
    if _ODD.search(text):
        return None
    found = set[Span]()
    for block in _BLOCK.finditer(text):
        if _TAGS.search(block[0]):
            bare = _without_code(block[0])
            if bare is None or _MAY_HIDE.search(bare):
                return None
            found.update(Span(*tag.span()).shift(block.start()) for tag in _TAGS.finditer(bare))
    return found


def _without_code(block: str) -> str | None:
    r"""Return the text between blank lines with ``\0`` for the text between backticks, if that is certain."""
    if any("\n" in code[0] for code in _CODE.finditer(block)) and not _PARAGRAPH.fullmatch(block):
        return None  # It may be several paragraphs, such as items of a list.
    bare = _CODE.sub(lambda code: "\0" * len(code[0]), block)
    _, _, behind = bare.partition("`")
    return None if {"`", "\0"} & {*behind.lstrip("`")} else bare
