"""Diagnostics: sent as answers to clients that pull them, pushed to all others, never both."""

import json
from pathlib import Path

from lsprotocol import types

from report_ls.base.text import SourceText
from report_ls.data.error import DataError
from report_ls.lsp.session.documents import NOTHING, Document
from report_ls.lsp.session.published_diagnostics import SOURCE, diagnostics_of
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.json_text import JsonText, written
from report_ls.lsp.wire.protocol import Connection


def register(server: Connection, session: Session) -> None:
    """Answer pulls from a client that pulls."""
    if not session.client.pulls:
        return
    options = types.DiagnosticOptions(
        inter_file_dependencies=False, workspace_diagnostics=True, identifier=SOURCE, work_done_progress=True
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    def answer(params: types.DocumentDiagnosticParams) -> JsonText:
        document = session.documents.get(params.text_document.uri)
        items = diagnostics_of(session, document) if document else []
        result_id = document.result_id if document else NOTHING
        if params.previous_result_id == result_id:
            return written({"kind": "unchanged", "resultId": result_id})
        return JsonText(f'{{"kind": "full", "resultId": "{result_id}", "items": [{", ".join(items)}]}}')


def push(server: Connection, session: Session, document: Document) -> None:
    """Publish the diagnostics of a document that is a report, or was one when they were last published."""
    items = diagnostics_of(session, document)
    if document.analysis or document.shows_pushed:
        publish(server, session, document, items)


def publish(server: Connection, session: Session, document: Document, items: list[JsonText]) -> None:
    """Publish diagnostics."""
    document.shows_pushed = bool(items)
    version = document.version if session.client.diagnostic_shape.version else None
    field = "" if version is None else f', "version": {version}'
    params = JsonText(f'{{"uri": {json.dumps(document.uri)}, "diagnostics": [{", ".join(items)}]{field}}}')
    server.protocol.send_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


def publish_mistake(server: Connection, session: Session, path: Path, error: DataError | None) -> None:
    """Push the mistake in the file of a pack or a configuration, or clear it; clients do not pull for these files."""
    items = []
    if error:
        before = SourceText(error.before)
        column = session.convert.position(before, len(before.text)).character if before.text else error.column - 1
        start = types.Position(error.line - 1, column)
        end = types.Position(error.line, 0)
        items = [
            types.Diagnostic(types.Range(start, end), error.message, types.DiagnosticSeverity.Error, source=SOURCE)
        ]
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(path.as_uri(), items))
