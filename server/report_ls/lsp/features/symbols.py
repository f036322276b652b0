"""Document symbols: the sections and questions of a report, with their counts."""

from lsprotocol import types

from report_ls.analysis.analyze import QuestionResult
from report_ls.analysis.counts import STATES, counts
from report_ls.base.spans import Span
from report_ls.lsp.features._wording import title
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection


def register(server: Connection, session: Session) -> None:
    """Answer with a tree, or with a list if the client does not support trees."""
    is_tree = session.client.takes("text_document.document_symbol.hierarchical_document_symbol_support")

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def answer(
        params: types.DocumentSymbolParams,
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        report = session.report_at(params.text_document.uri)
        if report is None:
            return []
        document, analysis = report
        if not is_tree:
            return [_flat(session, document, result) for result in analysis.questions]
        symbols: list[types.DocumentSymbol] = []
        sections = list(analysis.report.sections)
        inside = symbols
        for result in analysis.questions:
            while sections and sections[0].span.start < result.question.heading.start:
                section = sections.pop(0)
                end = sections[0].span.start if sections else len(document.source.text)
                symbol = types.DocumentSymbol(
                    section.title or "section",
                    types.SymbolKind.Namespace,
                    session.convert.range(document.source, Span(section.span.start, end)),
                    session.convert.range(document.source, section.span),
                    children=[],
                )
                symbols.append(symbol)
                inside = symbol.children = []
            inside.append(_nested(session, document, result))
        return symbols


def _nested(session: Session, document: Document, result: QuestionResult) -> types.DocumentSymbol:
    question = result.question
    return types.DocumentSymbol(
        title(result),
        types.SymbolKind.Field,
        session.convert.range(document.source, Span(question.heading.start, question.answer.span.end)),
        session.convert.range(document.source, question.heading),
        detail=f"{STATES[result.state]}, {counts(result)}",
    )


def _flat(session: Session, document: Document, result: QuestionResult) -> types.SymbolInformation:
    range_ = session.convert.range(document.source, result.question.heading)
    return types.SymbolInformation(
        types.Location(document.uri, range_), f"{title(result)} ({counts(result)})", types.SymbolKind.Field
    )
