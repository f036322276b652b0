"""A minimal pygls server: after each change it publishes the same diagnostic."""

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("bare", "1")
_RANGE = types.Range(types.Position(0, 0), types.Position(0, 1))


def _publish(uri: str, version: int | None) -> None:
    diagnostic = types.Diagnostic(_RANGE, "always the same")
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, [diagnostic], version))


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def opened(params: types.DidOpenTextDocumentParams) -> None:
    """Publish."""
    _publish(params.text_document.uri, params.text_document.version)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def changed(params: types.DidChangeTextDocumentParams) -> None:
    """Publish."""
    _publish(params.text_document.uri, params.text_document.version)


server.start_io()
