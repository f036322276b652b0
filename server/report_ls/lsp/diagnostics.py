"""Diagnostics: pushed to clients that do not ask, answered to those that do, never both."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen
from lsprotocol import types

from report_ls.analysis import Placed
from report_ls.data.error import DataError
from report_ls.diagnostic import Diagnostic
from report_ls.lsp.client import Client
from report_ls.lsp.documents import NOTHING, Document
from report_ls.lsp.written import JSON, Written, written
from report_ls.text import Position, SourceText
from report_ls.workspace import rules_folder

if TYPE_CHECKING:
    from report_ls.lsp.server import Server

_SOURCE = "report-ls"


@frozen
class Shape:
    """What of a diagnostic the client takes; asked once, because there are many diagnostics."""

    version: bool = False
    related: bool = False
    tags: bool = False
    data: bool = False
    href: str | None = None
    """Where the page of a check is, with `{code}` where its code belongs."""

    @classmethod
    def of(cls, client: Client) -> "Shape":
        """Read it from the client's capabilities."""
        where = "text_document.publish_diagnostics."
        return cls(
            version=client.takes(f"{where}version_support"),
            related=client.takes(f"{where}related_information"),
            tags="1" in client.lists(f"{where}tag_support.value_set"),
            data=client.takes(f"{where}data_support"),
            href=client.explaining or f"{rules_folder().joinpath('README.md').as_uri()}#{{code}}"
            if client.takes(f"{where}code_description_support")
            else None,
        )


def register(server: "Server") -> None:
    """Answer pulls from a client that pulls."""
    server.shape = Shape.of(server.client)
    if not server.client.pulls:
        return
    options = types.DiagnosticOptions(
        inter_file_dependencies=False, workspace_diagnostics=True, identifier=_SOURCE, work_done_progress=True
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    def answer(params: types.DocumentDiagnosticParams) -> Written:
        document = server.documents.get(params.text_document.uri)
        items = current(server, document) if document else []
        result_id = document.result_id if document else NOTHING
        if params.previous_result_id == result_id:
            return written({"kind": "unchanged", "resultId": result_id})
        return Written(f'{{"kind": "full", "resultId": "{result_id}", "items": [{", ".join(items)}]}}')


def current(server: "Server", document: Document) -> list[Written]:
    """Return the diagnostics of a document as it is now, as they are sent, and note under which id."""
    analysis = server.judge(document)
    if analysis is not document.diagnosed:
        document.diagnosed = analysis
        document.written = dict(_write(server, document, analysis.placed if analysis else ()))
        items = [text for _, text in document.written.values()]
        if items != document.diagnostics:
            document.diagnostics = items
            document.result_id = str(next(server.result_ids))
    return document.diagnostics


def _write(
    server: "Server", document: Document, all_placed: Iterable[Placed]
) -> Iterator[tuple[tuple[int, Position], tuple[Diagnostic, Written]]]:
    """Yield each diagnostic as it is sent; while somebody types, nearly all are as they were."""
    source = document.source
    position_of = source.line_starts.position
    for by, diagnostic in all_placed:
        position = position_of(by + diagnostic.span.start)
        # No other one can have its identity as long as `written` holds it.
        place = id(diagnostic), position
        known = document.written.get(place)
        yield place, known or (diagnostic, written(as_sent(server, document.uri, source, diagnostic.shift(by))))


def push(server: "Server", document: Document) -> None:
    """Publish the diagnostics of a document that is a report, or was one a moment ago."""
    items = current(server, document)
    if document.analysis or document.is_marked:
        publish(server, document, items)


def publish(server: "Server", document: Document, items: list[Written]) -> None:
    """Publish diagnostics."""
    document.is_marked = bool(items)
    version = document.version if server.shape.version else None
    about = "" if version is None else f', "version": {version}'
    params = Written(f'{{"uri": {json.dumps(document.uri)}, "diagnostics": [{", ".join(items)}]{about}}}')
    server.protocol.send_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


def publish_mistake(server: "Server", path: Path, error: DataError | None) -> None:
    """Show what is wrong in the file of a pack or a configuration, or that it is right again; nobody pulls there."""
    items = []
    if error:
        start = types.Position(error.line - 1, error.column - 1)
        end = types.Position(error.line, 0)
        items = [
            types.Diagnostic(types.Range(start, end), error.message, types.DiagnosticSeverity.Error, source=_SOURCE)
        ]
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(path.as_uri(), items))


def as_sent(server: "Server", uri: str, source: SourceText, diagnostic: Diagnostic) -> JSON:
    """Return a diagnostic as LSP writes it, with what the client takes.

    Not as a class of lsprotocol: each keystroke makes dozens, and those cost ten times as much.
    """
    shape = server.shape
    said: JSON = {
        "range": server.convert.range_as_sent(source, diagnostic.span),
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "source": _SOURCE,
        "message": diagnostic.message,
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
                "location": {"uri": uri, "range": server.convert.range_as_sent(source, related.span)},
                "message": related.message,
            }
            for related in diagnostic.related
        ]
    if shape.data:
        said["data"] = {"question": diagnostic.question}
    return said


@cache
def _description(href: str, code: str) -> JSON:
    return {"href": href.replace("{code}", code)}
