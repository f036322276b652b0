"""Edits that several checks share."""

import re
from collections.abc import Iterable

from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText, line_end
from report_ls.checks._context import Context
from report_ls.report.report import Question


def delete(source: SourceText, span: Span, within: Span) -> Edit:
    """Return the edit that takes a piece out and leaves no trace of it in lines, quote signs or spaces.

    Nothing outside `within` is touched.
    """
    text = source.text
    first, last = source.line_at(span.start), source.line_at(span.end)
    start, end = source.line_span(first).start, source.line_span(last).end
    before = text[start : span.start].strip()
    is_alone = start >= within.start and not before.strip("> \t") and not text[span.end : end].strip()
    # In a quote a sign alone parts two pieces of text.
    if is_alone and not (before and _is_text(source, first - 1) and _is_text(source, last + 1)):
        return Edit(_whole_lines(source, first, last, within), "")
    start, end = span.start, span.end
    while end < within.end and text[end] in " \t":
        end += 1
    if end == within.end or text[end] in "\r\n":
        while start > within.start and text[start - 1] in " \t":
            start -= 1
    return Edit(Span(start, end), "")


def _whole_lines(source: SourceText, first: int, last: int, within: Span) -> Span:
    """Return the lines and one blank line beside them, but never what parts two pieces of text."""
    start, end = source.line_span(first).start, source.line_span(last).end
    if _is_text(source, first - 1) and _is_text(source, last + 1):
        return Span(start, end)
    if not _is_text(source, first - 1) and not _is_text(source, last + 1):
        above = source.line_starts[first - 1] if first > 0 else -1
        is_below_sign = above >= within.start and bool(_line(source, first - 1).strip())
        if last + 2 < len(source.line_starts) and not (is_below_sign and not _line(source, last + 1).strip()):
            last += 1
        elif above >= within.start:
            start = above  # Nothing follows in the text, or in the quote.
    after = source.line_starts[last + 1] if last + 1 < len(source.line_starts) else len(source.text)
    return Span(start, min(max(after, end), within.end))


def _is_text(source: SourceText, line: int) -> bool:
    """Say whether a line exists and holds more than quote signs."""
    return 0 <= line < len(source.line_starts) and bool(_line(source, line).strip("> \t"))


def _line(source: SourceText, line: int) -> str:
    span = source.line_span(line)
    return source.text[span.start : span.end]


def keeps_verdict(context: Context, question: Question, n_more: int) -> bool:
    """Say whether an answer that then has so many words more stays within its limit, if it is now."""
    return all(_keeps(context, question, n_words, n_more) for _, n_words in _counted(context, question))


def may_lose(context: Context, question: Question, edits: Iterable[Edit]) -> bool:
    """Say the same of an answer out of which edits take something, be it the template's: the script counts that too."""
    spans = [edit.span.shift(-question.answer.span.start) for edit in edits]
    return all(
        _keeps(context, question, n_words, -sum(_n_words_lost(text, *span) for span in spans))
        for text, n_words in _counted(context, question)
    )


def _counted(context: Context, question: Question) -> tuple[tuple[str, int], ...]:
    """Return the texts whose words count, with their number: the student's own, and what the script may read."""
    answer = question.answer
    return ((answer.student_text, answer.n_words), *(answer.counted if context.has_script else ()))


def _keeps(context: Context, question: Question, n_words: int, n_more: int) -> bool:
    limit = context.ask(question).words
    return limit is None or limit.allows(n_words + n_more) or not limit.allows(n_words)


def _n_words_lost(text: str, start: int, end: int) -> int:
    first, last = min(start, len(text)), end
    while first > 0 and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and not text[last].isspace():
        last += 1
    return len(text[first:last].split()) - len((text[first:start] + text[end:last]).split())


_EMPHASIS = "*_"


def with_emphasis(source: SourceText, span: Span, within: Span) -> Span:
    """Return a piece with the emphasis round it, if that holds nothing else."""
    text, (start, end) = source.text, span
    while start > within.start and text[start - 1] in _EMPHASIS:
        start -= 1
    while end < within.end and text[end] in _EMPHASIS:
        end += 1
    return Span(start, end) if text[start : span.start] == text[span.end : end][::-1] else span


def is_clean(source: SourceText, piece: Span, edit: Edit) -> bool:
    """Say whether an edit that takes a piece out leaves the text around it as it is.

    That is so unless emphasis is open then, or signs are alone on their line, or text is code or another block.
    """
    text = source.plain
    end = line_end(text, piece.end)
    before, after = (
        text[source.line_starts[source.line_at(edit.span.start)] : edit.span.start],
        text[edit.span.end : end],
    )
    is_open = before.endswith(tuple(_EMPHASIS)) or after.startswith(tuple(_EMPHASIS))
    is_open |= before.endswith("`") and after.startswith("`")  # Together they would be others.
    signs = (before + after).strip("> \t")
    if is_open or (signs and not any(map(str.isalnum, signs))) or _ITEM.fullmatch(signs):
        return False
    if before.strip("> \t"):
        return True
    if after.strip():
        # Behind a comment at the start of a line all is HTML.
        return text[piece.start] != "<" and not opens_a_block(source, edit.span.end)
    return not _CODE_BELOW.match(text, end)


_ITEM = regex(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]*(?:\[[ xX]\])?")
_CODE_BELOW = regex(r"\n(?: {4}| {0,3}\t)")
_BLOCK = regex(r"[ \t]*(?:```|~~~|<|#+[ \t]*question|\n[=-]+[ \t]*$)|[ \t]{4}", re.IGNORECASE | re.MULTILINE)


def opens_a_block(source: SourceText, offset: int) -> bool:
    """Say whether the text from an offset on would be a block at the start of a line, or make a heading of it."""
    return _BLOCK.match(source.plain, offset) is not None
