"""The template's dashes, kept round an answer."""

import re

from report_ls.base.regex import regex
from report_ls.base.spans import Span, Spans
from report_ls.base.text import line_end

# A line of nothing but quote signs parts them as a blank one does.
_PARAGRAPH = regex(r"^(?:[^\S\n]|>)*[^\s>][^\n]*(?:\n(?:[^\S\n]|>)*[^\s>][^\n]*)*", re.MULTILINE)
_LINE = regex(r"[^\n]*\S[^\n]*")


# Neither longer, nor in a table, nor the first line of a difference.
_OPENING = regex(r"[ \t>]*(---)(?!-|[ \t]*\||.*\n[ \t>]*\+\+\+)")
_TABLE_RULE = regex(r"[-:\s>]*\|[-|:\s>]*")


def find_dashes(text: str, code: Spans) -> tuple[Span, ...]:
    """Return the template's dashes that a student kept round the answer, or round pieces of it.

    Exactly three, as the template has them: before the first word, behind the last one, or both
    round a paragraph or a line. A rule between paragraphs, a table and what a terminal printed
    look different, or are in code.
    """
    paragraphs = [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]
    if not paragraphs:
        return ()
    whole = Span(paragraphs[0].start, paragraphs[-1].end)
    opening, closing = _opening(text, whole), _closing(text, whole)
    if opening and opening == closing:
        return ()  # There is nothing but a rule.
    found = {opening} if opening else set()
    # Alone behind a blank line it is the student's own rule, unless something was opened.
    if closing and (opening or closing.start > paragraphs[-1].start + len("> ")):
        found.add(closing)
    for paragraph in paragraphs:
        lines = [Span(*match.span()) for match in _LINE.finditer(text, paragraph.start, paragraph.end)]
        for piece in (paragraph, *lines):
            pair = [dashes for dashes in (_opening(text, piece), _closing(text, piece)) if dashes]
            # Where some are the template's, those beside other lines are too; elsewhere only a pair is.
            if (found or len(pair) > 1) and all(_has_text_beside(text, dashes) for dashes in pair):
                found.update(pair)
    return tuple(sorted(span for span in found if not code.overlap(span)))


def _opening(text: str, piece: Span) -> Span | None:
    match = _OPENING.match(text, piece.start, piece.end)
    if not match or _TABLE_RULE.fullmatch(text, piece.start, line_end(text, piece.start)):
        return None
    return Span(*match.span(1))


def _closing(text: str, piece: Span) -> Span | None:
    end = piece.start + len(text[piece.start : piece.end].rstrip(" \t\n>"))
    if not text.endswith("---", piece.start, end) or text.endswith("----", piece.start, end):
        return None
    in_table = text[piece.start : end - 3].rstrip(" \t").endswith("|")
    return None if in_table else Span(end - 3, end)


def _has_text_beside(text: str, dashes: Span) -> bool:
    line = text[text.rfind("\n", 0, dashes.start) + 1 : line_end(text, dashes.start)]
    return bool(line.strip("-> \t"))
