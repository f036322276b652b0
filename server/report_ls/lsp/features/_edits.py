"""Workspace edits in the form that the client supports: of a report, and of the project's configuration."""

from lsprotocol import types

from report_ls.base.spans import Edit
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.session import Session


def workspace_edit(session: Session, document: Document, edits: tuple[Edit, ...]) -> types.WorkspaceEdit:
    """Return edits of a document in the form that the client supports."""
    converted = [session.convert.edit(document.source, edit) for edit in edits]
    if not session.client.takes("workspace.workspace_edit.document_changes"):
        return types.WorkspaceEdit(changes={document.uri: converted})
    identifier = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, converted)])


def edit_of_configuration(session: Session, document: Document, key: str) -> types.WorkspaceEdit | None:
    """Return the edit that switches a check off in the project's configuration; None if none is needed or possible."""
    path = session.configurations.file(document.files.root)
    opened = session.documents.get(path.as_uri()) if path else None
    change = session.configurations.switch_off(path, key, opened.source if opened else None) if path else None
    if change is None or change.after == change.source.text:
        return None
    uri = change.path.as_uri()
    edit = session.convert.edit(change.source, change.edit)
    if not session.client.takes("workspace.workspace_edit.document_changes"):
        return types.WorkspaceEdit(changes={uri: [edit]})
    created = [types.CreateFile(uri)] if change.on_disk is None and not opened else []
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri, opened.version if opened else None)
    return types.WorkspaceEdit(document_changes=[*created, types.TextDocumentEdit(identifier, [edit])])
