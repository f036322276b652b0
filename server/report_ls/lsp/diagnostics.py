"""Diagnostics: pushed to clients that do not ask, answered to those that do, never both."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen
from lsprotocol import types

from report_ls.configuration import ConfigurationError
from report_ls.diagnostic import Diagnostic, Severity
from report_ls.lsp.client import Client
from report_ls.lsp.documents import NOTHING, Document
from report_ls.pack import PackError
from report_ls.text import SourceText
from report_ls.workspace import rules_folder

if TYPE_CHECKING:
    from report_ls.lsp.server import Server

_SOURCE = "report-ls"
_SEVERITIES = {severity: types.DiagnosticSeverity(severity) for severity in Severity}


@frozen
class Shape:
    """What of a diagnostic the client takes; asked once, because there are many diagnostics."""

    version: bool = False
    related: bool = False
    tags: bool = False
    data: bool = False
    href: str | None = None
    """Where the reference of the checks lies."""

    @classmethod
    def of(cls, client: Client) -> "Shape":
        """Read it from the client's capabilities."""
        where = "text_document.publish_diagnostics."
        return cls(
            version=client.takes(f"{where}version_support"),
            related=client.takes(f"{where}related_information"),
            tags="1" in client.lists(f"{where}tag_support.value_set"),
            data=client.takes(f"{where}data_support"),
            href=rules_folder().joinpath("README.md").as_uri()
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
    def answer(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        document = server.documents.get(params.text_document.uri)
        items = current(server, document) if document else []
        result_id = document.result_id if document else NOTHING
        if params.previous_result_id == result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(result_id)
        return types.RelatedFullDocumentDiagnosticReport(items, result_id=result_id)


def current(server: "Server", document: Document) -> list[types.Diagnostic]:
    """Return the diagnostics of a document as it is now, and note under which id."""
    analysis = server.judge(document)
    if analysis is not document.diagnosed:
        document.diagnosed = analysis
        uri, source = document.uri, document.source
        items = [as_lsp(server, uri, source, diagnostic) for diagnostic in analysis.diagnostics] if analysis else []
        if items != document.diagnostics:
            document.diagnostics = items
            document.result_id = str(next(server.result_ids))
    return document.diagnostics


def push(server: "Server", document: Document) -> None:
    """Publish the diagnostics of a document that is a report, or was one a moment ago."""
    items = current(server, document)
    if document.analysis or document.is_marked:
        publish(server, document, items)


def publish(server: "Server", document: Document, items: list[types.Diagnostic]) -> None:
    """Publish diagnostics."""
    document.is_marked = bool(items)
    version = document.version if server.shape.version else None
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, items, version))


def publish_mistake(server: "Server", path: Path, error: ConfigurationError | PackError | None) -> None:
    """Show what is wrong in the file of a pack or a configuration, or that it is right again; nobody pulls there."""
    items = []
    if error:
        start = types.Position(error.line - 1, error.column - 1)
        end = types.Position(error.line, 0)
        items = [
            types.Diagnostic(types.Range(start, end), error.message, types.DiagnosticSeverity.Error, source=_SOURCE)
        ]
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(path.as_uri(), items))


def as_lsp(server: "Server", uri: str, source: SourceText, diagnostic: Diagnostic) -> types.Diagnostic:
    """Return a diagnostic as LSP has it, with what the client takes."""
    shape = server.shape
    return types.Diagnostic(
        range=server.convert.range(source, diagnostic.span),
        message=diagnostic.message,
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.code,
        code_description=_description(shape.href, diagnostic.code) if shape.href else None,
        source=_SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if diagnostic.unnecessary and shape.tags else None,
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(uri, server.convert.range(source, related.span)), related.message
            )
            for related in diagnostic.related
        ]
        if diagnostic.related and shape.related
        else None,
        data={"question": diagnostic.question} if shape.data else None,
    )


@cache
def _description(href: str, code: str) -> types.CodeDescription:
    return types.CodeDescription(f"{href}#{code}")
