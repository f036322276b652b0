"""The diagnostics of a document as JSON for the client."""

from collections.abc import Iterable, Iterator
from functools import cache

from lsprotocol import types

from report_ls.base.diagnostic import Diagnostic, OffsetDiagnostic
from report_ls.base.spans import Position
from report_ls.base.text import SourceText
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.json_text import JSON, JsonText, written

SOURCE = "report-ls"
"""The source of each diagnostic, which clients show."""


def diagnostics_of(session: Session, document: Document) -> list[JsonText]:
    """Return the current diagnostics of a document as JSON; give them a new result id if they have changed."""
    analysis = session.judge(document)
    if analysis is not document.published_analysis:
        document.published_analysis = analysis
        document.written = dict(_write(session, document, analysis.placed if analysis else ()))
        items = [text for _, text in document.written.values()]
        if items != document.diagnostics:
            document.diagnostics = items
            document.result_id = str(next(session.result_ids))
    return document.diagnostics


def _write(
    session: Session, document: Document, all_placed: Iterable[OffsetDiagnostic]
) -> Iterator[tuple[tuple[int, Position], tuple[Diagnostic, JsonText]]]:
    """Yield each diagnostic as JSON, the old text where it has not changed: while the user types, most have not."""
    source = document.source
    position_of = source.line_starts.position
    for by, diagnostic in all_placed:
        position = position_of(by + diagnostic.span.start)
        # `written` keeps the diagnostic alive, so no other object can have its identity.
        place = id(diagnostic), position
        known = document.written.get(place)
        yield place, known or (diagnostic, written(as_sent(session, document.uri, source, diagnostic.shift(by))))


def as_sent(session: Session, uri: str, source: SourceText, diagnostic: Diagnostic) -> JSON:
    """Return a diagnostic as LSP writes it, with the properties that the client supports.

    This is a dict and no class of lsprotocol: each keystroke makes dozens, and the class takes ten times as long.
    """
    shape = session.client.diagnostic_shape
    said: JSON = {
        "range": session.convert.range_as_sent(source, diagnostic.span),
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "source": SOURCE,
        "message": diagnostic.full_message,
    }
    if shape.href:
        said["codeDescription"] = _description(shape.href, diagnostic.code)
    if diagnostic.unnecessary and shape.tags:
        said["tags"] = [types.DiagnosticTag.Unnecessary.value]
    if diagnostic.related and not shape.related and (others := diagnostic.other_lines(source)):
        said["message"] += f"; {others}"
    if diagnostic.related and shape.related:
        said["relatedInformation"] = [
            {
                "location": {"uri": uri, "range": session.convert.range_as_sent(source, related.span)},
                "message": related.full_message,
            }
            for related in diagnostic.related
        ]
    if shape.data:
        said["data"] = {"question": diagnostic.question}
    return said


@cache
def _description(href: str, code: str) -> JSON:
    return {"href": href.replace("{code}", code)}
