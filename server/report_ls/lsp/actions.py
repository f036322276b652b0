"""Code actions: the fixes of what stands at a place, all of one kind, all that are safe, and switching a check off."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import frozen
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from report_ls.analysis import Analysis
from report_ls.diagnostic import Fix
from report_ls.fixing import edits_of_all
from report_ls.lsp import diagnostics
from report_ls.lsp.documents import JSON, Document
from report_ls.text import Edit, Span

if TYPE_CHECKING:
    from report_ls.lsp.server import Server

_FIX_ALL = "source.fixAll.report-ls"
SWITCHED_OFF = "reportLs.switchedOff"
"""The command with which a client says that it has made the edit that switches a check off."""


@frozen
class _Offer:
    """One code action before its edits are worked out."""

    key: tuple[str | int, ...]
    """What tells it from the others of the same text."""
    title: str
    kind: str
    index: int | None = None
    """Which diagnostic it mends."""
    is_preferred: bool = False
    fix: Fix | None = None
    code: str | None = None
    """For all of a kind: which."""
    off: str | None = None
    """What is to be switched off in the configuration: a code, or a code and a question."""


def register(server: "Server") -> None:
    """Answer with code actions, and with their edits later where the client asks for them later."""
    takes, where = server.client.takes, "text_document.code_action."
    if not takes(f"{where}code_action_literal_support"):
        return
    is_lazy = takes(f"{where}data_support") and "edit" in server.client.lists(f"{where}resolve_support.properties")
    options = types.CodeActionOptions([types.CodeActionKind.QuickFix, _FIX_ALL], resolve_provider=is_lazy)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    def answer(params: types.CodeActionParams) -> list[types.CodeAction]:
        document = server.documents.get(params.text_document.uri)
        analysis = server.judge(document) if document else None
        if document is None or analysis is None:
            return []
        wanted = server.convert.span(document.source, params.range)
        offers = [*_once(_offers(analysis, wanted)), *_switches(server, document, analysis, wanted)]
        actions: list[types.CodeAction] = []
        for offer in offers:
            if not _is_wanted(offer.kind, params.context.only):
                continue
            action = _action(server, document, offer)
            if is_lazy:
                action.data = {"uri": document.uri, "moment": _moment(document), "key": list(offer.key)}
            else:
                action.edit = _edit(server, document, analysis, offer)
            if is_lazy or action.edit:
                actions.append(action)
        return actions

    if is_lazy:
        server.feature(types.CODE_ACTION_RESOLVE)(lambda action: _resolve(server, action))


def _resolve(server: "Server", action: types.CodeAction) -> types.CodeAction:
    """Return an action with its edits. Raises `JsonRpcException` where there are none any more."""
    why = "the text has changed since"
    data = action.data if isinstance(action.data, dict) else {}
    document = server.documents.get(str(data.get("uri")))
    analysis = server.judge(document) if document else None
    if document and analysis and diagnostics.current(server, document) and _moment(document) == data.get("moment"):
        everywhere = Span(0, len(document.source.text))
        for offer in (*_offers(analysis, everywhere), *_switches(server, document, analysis, everywhere)):
            if list(offer.key) == data.get("key") and offer.title == action.title:
                action.edit = _edit(server, document, analysis, offer)
                if action.edit:
                    return action
                why = "the configuration says so already and is to be saved, or it cannot be read"
    raise JsonRpcException(why, code=types.LSPErrorCodes.ContentModified.value)


def _moment(document: Document) -> list[int | str | None]:
    """Return what tells a text and what is said of it from all others: files may change while the version stays."""
    return [document.version, document.result_id]


def _is_wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Say whether a client that wants only some kinds, with all below them, wants this one."""
    return only is None or any(
        kind == wanted or kind.startswith(f"{wanted}.") or wanted == ""
        for wanted in (str(getattr(one, "value", one)) for one in only)
    )


def _offers(analysis: Analysis, wanted: Span) -> Iterator[_Offer]:
    quick = types.CodeActionKind.QuickFix.value
    of_a_kind: dict[str, int] = {}
    for diagnostic in analysis.diagnostics:
        if any(fix.safe for fix in diagnostic.fixes):
            of_a_kind[diagnostic.code] = of_a_kind.get(diagnostic.code, 0) + 1
    seen: set[str] = set()
    for index, diagnostic in enumerate(analysis.diagnostics):
        if not any(_touches(place, wanted) for place in diagnostic.places):
            continue
        for number, related in enumerate(diagnostic.related):
            for fix in related.fixes[:1] if _touches(related.span, wanted) else ():
                yield _Offer(("place", index, number), fix.title, quick, index, fix.preferred, fix)
        for number, fix in enumerate(diagnostic.fixes):
            yield _Offer(("fix", index, number), fix.title, quick, index, fix.preferred, fix)
        code = diagnostic.code
        if of_a_kind.get(code, 0) > 1 and code not in seen:
            seen.add(code)
            title = f"fix all {of_a_kind[code]} of this kind ({code})"
            yield _Offer(("kind", code), title, quick, index, code=code)
    if of_a_kind:
        yield _Offer(("all",), "fix everything that is safe to fix", _FIX_ALL)


def _once(offers: Iterable[_Offer]) -> Iterator[_Offer]:
    """Yield each fix once: one that takes a thousand pictures out of their code is the fix of each of them."""
    seen: set[Fix] = set()
    for offer in offers:
        if offer.fix not in seen:
            yield offer
        if offer.fix:
            seen.add(offer.fix)


def _switches(server: "Server", document: Document, analysis: Analysis, wanted: Span) -> Iterator[_Offer]:
    """Yield what switches off the checks that speak at a place: for the question, and for the whole report."""
    path = server.configurations.file(document.files.root)
    configured = server.configurations.of(document.files.root)
    creates = "create" in server.client.lists("workspace.workspace_edit.resource_operations")
    if path is None or not (configured.path or creates):
        return
    seen: set[str] = set()
    for index, diagnostic in enumerate(analysis.diagnostics):
        code, of_question = diagnostic.code, f"{diagnostic.code}@{diagnostic.question}"
        is_here = any(_touches(place, wanted) for place in diagnostic.places)
        if not is_here or {code, of_question} & server.settings.severities.keys():
            continue  # What the editor's own settings say stands above the configuration.
        places = {of_question: f"in question {diagnostic.question}"} if diagnostic.question is not None else {}
        if of_question not in configured.configuration.severities:
            places[code] = "in the whole report"
        for key, where in places.items():
            if key not in seen:
                seen.add(key)
                title = f"switch {code} off {where} ({path.name})"
                yield _Offer(("off", key), title, types.CodeActionKind.QuickFix.value, index, off=key)


def _touches(place: Span, wanted: Span) -> bool:
    return place.start <= wanted.end and wanted.start <= place.end


def _action(server: "Server", document: Document, offer: _Offer) -> types.CodeAction:
    mended = diagnostics.current(server, document)
    takes_preferred = server.client.takes("text_document.code_action.is_preferred_support")
    return types.CodeAction(
        offer.title,
        kind=offer.kind,
        diagnostics=None if offer.index is None else [_mended(server, json.loads(mended[offer.index]), offer)],
        is_preferred=True if offer.is_preferred and takes_preferred else None,
        # It comes after the edit: until the file is saved, the next edit has to fit a text that no disk holds.
        command=types.Command(offer.title, SWITCHED_OFF, arguments=[document.uri, offer.off]) if offer.off else None,
    )


def _mended(server: "Server", said: JSON, offer: _Offer) -> types.Diagnostic:
    """Return what an action mends; one for a related place leaves the others out, or each would carry all of them."""
    if offer.key[0] == "place":
        said = {key: value for key, value in said.items() if key != "relatedInformation"}
    return server.protocol.read(said, types.Diagnostic)


def _edit(server: "Server", document: Document, analysis: Analysis, offer: _Offer) -> types.WorkspaceEdit | None:
    if offer.off:
        return _edit_of_configuration(server, document, offer.off)
    if offer.fix:
        return _workspace_edit(server, document, offer.fix.edits, restores=offer.fix.restores)
    edits = edits_of_all(
        document.source,
        analysis.pack,
        document.files,
        analysis.stage,
        lambda code: offer.code in (None, code),
    )
    return _workspace_edit(server, document, edits, restores=False)


def _workspace_edit(
    server: "Server", document: Document, edits: tuple[Edit, ...], *, restores: bool
) -> types.WorkspaceEdit:
    converted = [server.convert.edit(document.source, edit) for edit in edits]
    takes, where = server.client.takes, "workspace.workspace_edit."
    if not takes(f"{where}document_changes"):
        return types.WorkspaceEdit(changes={document.uri: converted})
    identifier = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    honours = takes("text_document.code_action.honors_change_annotations")
    if restores and honours and takes(f"{where}change_annotation_support"):
        annotation = types.ChangeAnnotation("Put the template's lines back", needs_confirmation=True)
        annotated = [types.AnnotatedTextEdit("restore", edit.range, edit.new_text) for edit in converted]
        return types.WorkspaceEdit(
            document_changes=[types.TextDocumentEdit(identifier, annotated)],
            change_annotations={"restore": annotation},
        )
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, converted)])


def _edit_of_configuration(server: "Server", document: Document, key: str) -> types.WorkspaceEdit | None:
    path = server.configurations.file(document.files.root)
    opened = server.documents.get(path.as_uri()) if path else None
    change = server.configurations.switch_off(path, key, opened.source if opened else None) if path else None
    if change is None or change.after == change.source.text:
        return None
    uri = change.path.as_uri()
    edit = server.convert.edit(change.source, change.edit)
    if not server.client.takes("workspace.workspace_edit.document_changes"):
        return types.WorkspaceEdit(changes={uri: [edit]})
    created = [types.CreateFile(uri)] if change.on_disk is None and not opened else []
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri, opened.version if opened else None)
    return types.WorkspaceEdit(document_changes=[*created, types.TextDocumentEdit(identifier, [edit])])
