"""Edits that several checks share."""

from report_ls.check import Context
from report_ls.report import Question
from report_ls.text import Edit, SourceText, Span


def delete(source: SourceText, span: Span, within: Span) -> Edit:
    """Return the edit that takes a piece out and leaves no trace of it in lines or spaces.

    Nothing outside `within` is touched.
    """
    text = source.text
    first, last = source.line_at(span.start), source.line_at(span.end)
    start, end = source.line_span(first).start, source.line_span(last).end
    if start >= within.start and not text[start : span.start].strip() and not text[span.end : end].strip():
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

    def is_text(line: int) -> bool:
        return 0 <= line < len(source.line_starts) and bool(_line(source, line).strip())

    start, end = source.line_span(first).start, source.line_span(last).end
    if is_text(first - 1) and is_text(last + 1):
        return Span(start, end)
    if not is_text(first - 1) and not is_text(last + 1):
        if last + 2 < len(source.line_starts):
            last += 1
        elif first > 0 and source.line_starts[first - 1] >= within.start:
            start = source.line_starts[first - 1]  # Nothing follows in the text.
    after = source.line_starts[last + 1] if last + 1 < len(source.line_starts) else len(source.text)
    return Span(start, min(max(after, end), within.end))


def _line(source: SourceText, line: int) -> str:
    span = source.line_span(line)
    return source.text[span.start : span.end]


def keeps_verdict(context: Context, question: Question, n_words: int) -> bool:
    """Say whether an answer that has `n_words` after a fix is still within its limit, if it is now."""
    limit = context.ask(question).words
    return limit is None or limit.allows(n_words) or not limit.allows(question.answer.n_words)
