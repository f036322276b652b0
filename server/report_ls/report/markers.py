"""The template's markers in an answer, whole or partly deleted."""

import re
from collections.abc import Iterator

from report_ls.base.memo import memoized
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.base.text import line_end


@memoized(2)
def marker_pattern(marker: str) -> re.Pattern[str]:
    """Return a pattern for the marker of any question, loosely spaced."""
    # Only a whole number will do, so that however often a pack repeats it there is one way to read some digits.
    words = [re.escape(word).replace(re.escape("{number}"), r"\d{1,4}(?!\d)") for word in marker.split()]
    return re.compile(r"[ \t]*".join(words), re.IGNORECASE) if words else re.compile(r"(?!)")


_GAP = r"[ \t]*(?:\n[ \t>]*)?"
_MARKER = regex(r"(?P<opening>[^\w\s{]+)\s*(?P<words>[\w{].*[\w}])\s*(?P<closing>[^\w\s}]+)")


class _Remains(NamedTuple):
    """How to find a marker of which a piece was deleted."""

    word: str
    """Part of each of them, in small letters: most texts do not have it."""
    pattern: str
    """It is compiled when a text holds the word."""
    opening: str
    """The first signs at the start of a whole marker."""
    closing: str


@memoized(2)
def _remains_of(marker: str) -> _Remains | None:
    """Return how to find the pieces of a marker; None of one without signs at both ends, or words behind its number."""
    parts = _MARKER.fullmatch(marker.strip())
    head, _, tail = parts["words"].partition("{number}") if parts else ("", "", "")
    words = tail.split()
    if not parts or len(words) <= 1 or "{number}" in tail:
        return None
    opening, closing = (_sign_class(parts[end]) for end in ("opening", "closing"))
    before = _GAP.join([*map(re.escape, head.split()), r"(?:\d+" + _GAP + ")?"])
    behind = _GAP.join(map(re.escape, words))
    # The signs at a line's start are different from those that follow: there must be one way to read a row of them.
    margin = "[ \t]*" if ">" in parts["closing"] else "[ \t>]*"
    pattern = (
        rf"(?im)(?:(?<!{opening})(?P<opening>{opening}+){_GAP})?(?<![^\W_])(?P<head>{before})?{behind}(?![^\W_])"
        rf"(?:(?:[ \t]*|[ \t]*\n{margin}(?={closing}+[ \t]*$))(?P<closing>{closing}+))?"
    )
    return _Remains(words[0].lower(), pattern, parts["opening"][:2], parts["closing"][:2])


def _is_paragraph(text: str, start: int, end: int) -> bool:
    """Say whether the lines right above and below some whole lines are without text."""
    above, below = text[: max(start - 1, 0)].rpartition("\n")[2], text[end + 1 : line_end(text, end + 1)]
    return not above.strip("> \t") and not below.strip("> \t")


def _sign_class(signs: str) -> str:
    """Return a pattern for one of a marker's signs; what writes letters makes other dashes of some."""
    dashes = "\u2010-\u2015\u2212" if "-" in signs else ""
    return f"[{re.escape(''.join(dict.fromkeys(signs)))}{dashes}]"


_ROUND_MARKER = " \t>*_`"
_STOPS = ".,:;!?"


def remains(text: str, marker: str) -> Iterator[Span]:
    """Yield the markers of a text, whole or not, with all their signs, where nothing else can be meant."""
    remains = _remains_of(marker)
    if not remains or remains.word not in text.lower():
        return
    for match in re.finditer(remains.pattern, text):
        start, end = match.span()
        line_start, after = text.rfind("\n", 0, start) + 1, line_end(text, end)
        is_first = not text[line_start:start].strip(_ROUND_MARKER + "-+")  # It may be an item.
        is_last = not text[end:after].strip(_ROUND_MARKER + _STOPS)
        is_alone = is_first and is_last
        is_opened = remains.opening in (match["opening"] or "")
        is_closed = remains.closing in (match["closing"] or "")
        if not match["head"]:
            is_certain = is_alone and bool(match["opening"] and match["closing"])
            if is_alone and (is_opened or is_closed):
                is_certain |= _is_paragraph(text, line_start, after)
        elif is_alone:
            # A single dash may be an item's.
            has_signs = match["closing"] or match["opening"] not in (None, "-")
            is_certain = bool(has_signs) or _is_paragraph(text, line_start, after)
        else:
            is_certain = (is_opened and (is_closed or is_first)) or (is_closed and is_last)
        if is_certain:
            stops = len(text[end:after]) - len(text[end:after].lstrip(_STOPS)) if is_alone else 0
            yield Span(start, end + stops)
