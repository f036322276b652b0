"""Code actions: the offers of `_offers` with their edits, and the commands that fix all and ignore a check."""

import json
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from report_ls.analysis.analyze import Analysis
from report_ls.analysis.fixing import edits_of_all
from report_ls.lsp.features._edits import edit_of_configuration, workspace_edit
from report_ls.lsp.features._offers import FIX_ALL, Offer, all_offers, wanted_offers
from report_ls.lsp.features._wording import SWITCHED_OFF
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.published_diagnostics import diagnostics_of
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.json_text import JSON
from report_ls.lsp.wire.protocol import Connection


def register(server: Connection, session: Session) -> None:
    """Answer with code actions; send their edits only on request, if the client can request them."""
    takes, where = session.client.takes, "text_document.code_action."
    if not takes(f"{where}code_action_literal_support"):
        return
    is_lazy = takes(f"{where}data_support") and "edit" in session.client.lists(f"{where}resolve_support.properties")
    options = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=is_lazy)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    def answer(params: types.CodeActionParams) -> list[types.CodeAction]:
        report = session.report_at(params.text_document.uri)
        if report is None:
            return []
        document, analysis = report
        actions: list[types.CodeAction] = []
        for offer in wanted_offers(session, document, analysis, params):
            action = _action(server, session, document, offer)
            if is_lazy:
                action.data = {"uri": document.uri, "moment": _moment(document), "key": list(offer.key)}
            elif not offer.is_the_clients:
                action.edit = _edit(session, document, analysis, offer)
            if is_lazy or offer.is_the_clients or action.edit:
                actions.append(action)
        return actions

    _register_commands(server, session)
    if is_lazy:
        server.feature(types.CODE_ACTION_RESOLVE)(lambda action: _resolve(session, action))


def _register_commands(server: Connection, session: Session) -> None:
    @server.command("reportLs.ignore")
    def ignore(uri: str = "", key: str = "") -> types.WorkspaceEdit | None:
        """Return the edit of the configuration that ignores a check, for a client that asked the user where."""
        document = session.documents.get(uri)
        return edit_of_configuration(session, document, key) if document else None

    @server.command("reportLs.fixAll")
    def fix_all(uri: str = "") -> dict[str, Any] | None:
        """Return the edit that applies all safe fixes, and how many problems it fixes, for a client that shows it."""
        document, analysis = session.report_at(uri) or (None, None)
        if document is None or analysis is None:
            return None
        n_fixed = sum(any(fix.safe for fix in diagnostic.fixes) for diagnostic in analysis.diagnostics)
        edit = _edit(session, document, analysis, Offer(("all",), "", FIX_ALL)) if n_fixed else None
        return {"edit": edit, "mended": n_fixed}


def _resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    """Return an action with its edits. Raises `JsonRpcException` if the action is no longer possible."""
    why = "the text has changed since"
    data = action.data if isinstance(action.data, dict) else {}
    report = session.report_at(str(data.get("uri")))
    document, analysis = report or (None, None)
    if document and analysis and diagnostics_of(session, document) and _moment(document) == data.get("moment"):
        for offer in all_offers(session, document, analysis):
            if list(offer.key) == data.get("key") and offer.title == action.title:
                if offer.is_the_clients:
                    return action  # Its command makes the edit.
                action.edit = _edit(session, document, analysis, offer)
                if action.edit:
                    return action
                why = "already off in the configuration (save it), or the file cannot be read"
    raise JsonRpcException(why, code=types.LSPErrorCodes.ContentModified.value)


def _moment(document: Document) -> list[int | str | None]:
    """Return the version of a text and of its diagnostics: files may change while the text stays the same."""
    return [document.version, document.result_id]


def _action(server: Connection, session: Session, document: Document, offer: Offer) -> types.CodeAction:
    found = diagnostics_of(session, document)
    takes_preferred = session.client.takes("text_document.code_action.is_preferred_support")
    return types.CodeAction(
        offer.title,
        kind=offer.kind,
        diagnostics=None if offer.index is None else [_fixed(server, json.loads(found[offer.index]), offer)],
        is_preferred=True if offer.is_preferred and takes_preferred else None,
        command=_command(session, document, offer),
    )


def _command(session: Session, document: Document, offer: Offer) -> types.Command | None:
    """Return the command that the client runs in place of an edit, or after it."""
    if offer.typed and session.client.typing:
        return types.Command(offer.title, session.client.typing, arguments=[document.uri, offer.typed])
    if offer.choices and session.client.ignoring:
        return types.Command(offer.title, session.client.ignoring, arguments=[document.uri, list(offer.choices)])
    if offer.off:
        # Until the client saves the file, the next edit must fit the client's text and not the one on disk.
        return types.Command(offer.title, SWITCHED_OFF, arguments=[document.uri, offer.off])
    return None


def _fixed(server: Connection, found: JSON, offer: Offer) -> types.Diagnostic:
    """Return the diagnostic that an action fixes.

    An action for one place leaves out the related places: else each of these actions would list all places.
    """
    if offer.key[0] in ("alone", "place"):
        found = {key: value for key, value in found.items() if key != "relatedInformation"}
    return server.protocol.read(found, types.Diagnostic)


def _edit(session: Session, document: Document, analysis: Analysis, offer: Offer) -> types.WorkspaceEdit | None:
    if offer.off:
        return edit_of_configuration(session, document, offer.off)
    if offer.fix:
        return workspace_edit(session, document, offer.fix.edits)
    edits = edits_of_all(
        document.source,
        analysis.pack,
        document.files,
        analysis.stage,
        lambda code: offer.code in (None, code),
    )
    return workspace_edit(session, document, edits)
