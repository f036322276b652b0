"""Folding: questions, their prompts, and the checklist above them."""

from collections.abc import Iterator

from lsprotocol import types

from report_ls.base.spans import Span
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection
from report_ls.report.outline import checklist
from report_ls.report.report import Report


def register(server: Connection, session: Session) -> None:
    """Answer with ranges of whole lines."""

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def answer(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        report = session.report_at(params.text_document.uri)
        if report is None:
            return []
        document, analysis = report
        source, ranges = document.source, []
        for span in _spans(analysis.report):
            text = source.plain[span.start : span.end]
            first = source.line_at(span.start + len(text) - len(text.lstrip()))
            last = source.line_at(span.start + len(text.rstrip()))
            if last > first:
                ranges.append(types.FoldingRange(first, last))
        return ranges


def _spans(report: Report) -> Iterator[Span]:
    ticked = checklist(report.source)
    if ticked:
        yield ticked
    for question in report.questions:
        yield Span(question.heading.start, question.answer.span.end)
        if question.prompt_text.strip():
            yield question.prompt
