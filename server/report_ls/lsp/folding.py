"""Folding: questions, their prompts, and the checklist above them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from report_ls.outline import checklist
from report_ls.report import Report
from report_ls.text import Span

if TYPE_CHECKING:
    from report_ls.lsp.server import Server


def register(server: "Server") -> None:
    """Answer with ranges of whole lines."""

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def answer(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        document = server.documents.get(params.text_document.uri)
        analysis = server.judge(document) if document else None
        if document is None or analysis is None:
            return []
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
