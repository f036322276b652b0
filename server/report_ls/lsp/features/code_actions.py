"""Code actions: the fixes of what stands at a place, all of one kind, all that are safe, and ignoring a check."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from report_ls.analysis.analyze import Analysis
from report_ls.analysis.fixing import edits_of_all
from report_ls.base.diagnostic import Diagnostic, Fix
from report_ls.base.spans import Span
from report_ls.checks import enforced
from report_ls.lsp.features._edits import edit_of_configuration, workspace_edit
from report_ls.lsp.features._wording import SWITCHED_OFF
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.published_diagnostics import SOURCE, current
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.json_text import JSON
from report_ls.lsp.wire.protocol import Connection

_FIX_ALL = "source.fixAll.report-ls"

_Key = tuple[str | int, ...]


@frozen
class _Offer:
    """One code action before its edits are worked out."""

    key: _Key
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
    choices: tuple[Mapping[str, str], ...] = ()
    """For a client that asks: what may be switched off, and in what words."""
    typed: str | None = None
    """For a client that types: what is to be run in a terminal."""

    @property
    def is_the_clients(self) -> bool:
        """Whether a command of the client does it, and no edit."""
        return bool(self.choices or self.typed)


def register(server: Connection, session: Session) -> None:
    """Answer with code actions, and with their edits later where the client asks for them later."""
    takes, where = session.client.takes, "text_document.code_action."
    if not takes(f"{where}code_action_literal_support"):
        return
    is_lazy = takes(f"{where}data_support") and "edit" in session.client.lists(f"{where}resolve_support.properties")
    options = types.CodeActionOptions([types.CodeActionKind.QuickFix, _FIX_ALL], resolve_provider=is_lazy)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    def answer(params: types.CodeActionParams) -> list[types.CodeAction]:
        report = session.report_at(params.text_document.uri)
        if report is None:
            return []
        document, analysis = report
        actions: list[types.CodeAction] = []
        for offer in _wanted_offers(session, document, analysis, params):
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
        """Return the edit that makes the project's configuration ignore a check, for a client that asked where."""
        document = session.documents.get(uri)
        return edit_of_configuration(session, document, key) if document else None

    @server.command("reportLs.fixAll")
    def fix_all(uri: str = "") -> dict[str, Any] | None:
        """Return the edit that makes all safe fixes, and how many problems it mends, for a client that says so."""
        document, analysis = session.report_at(uri) or (None, None)
        if document is None or analysis is None:
            return None
        n_mended = sum(any(fix.safe for fix in diagnostic.fixes) for diagnostic in analysis.diagnostics)
        edit = _edit(session, document, analysis, _Offer(("all",), "", _FIX_ALL)) if n_mended else None
        return {"edit": edit, "mended": n_mended}


def _wanted_offers(
    session: Session, document: Document, analysis: Analysis, params: types.CodeActionParams
) -> Iterator[_Offer]:
    wanted = _wanted_places(session, document, analysis, params)
    ignoring = _ways_to_ignore(session, document, analysis, wanted)
    for offer in (*_once(_offers(analysis, wanted)), *_typed(session, analysis, wanted), *ignoring):
        if _is_wanted(offer.kind, params.context.only):
            yield offer


def _wanted_places(
    session: Session, document: Document, analysis: Analysis, params: types.CodeActionParams
) -> tuple[Span, ...]:
    """Return the place that is asked about; without a fix there, also what the client shows of ours in its lines."""
    source = document.source
    asked = session.convert.span(source, params.range)
    if any(offer.fix for offer in _offers(analysis, (asked,))):
        return (asked,)
    first, last = (source.line_span(source.line_at(offset)) for offset in asked)
    shown = (session.convert.span(source, one.range) for one in params.context.diagnostics if one.source == SOURCE)
    return (asked, *(place for place in shown if _touches(place, [Span(first.start, last.end)])))


def _resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    """Return an action with its edits. Raises `JsonRpcException` where there are none any more."""
    why = "the text has changed since"
    data = action.data if isinstance(action.data, dict) else {}
    report = session.report_at(str(data.get("uri")))
    document, analysis = report or (None, None)
    if document and analysis and current(session, document) and _moment(document) == data.get("moment"):
        everywhere = (Span(0, len(document.source.text)),)
        ignoring = _ways_to_ignore(session, document, analysis, everywhere)
        for offer in (*_offers(analysis, everywhere), *_typed(session, analysis, everywhere), *ignoring):
            if list(offer.key) == data.get("key") and offer.title == action.title:
                if offer.is_the_clients:
                    return action  # What is changed its command finds out.
                action.edit = _edit(session, document, analysis, offer)
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


def _offers(analysis: Analysis, wanted: Sequence[Span]) -> Iterator[_Offer]:
    quick = types.CodeActionKind.QuickFix.value
    of_a_kind: dict[str, int] = {}
    for diagnostic in analysis.diagnostics:
        if any(fix.safe for fix in diagnostic.fixes):
            of_a_kind[diagnostic.code] = of_a_kind.get(diagnostic.code, 0) + 1
    seen: set[str] = set()
    for index, diagnostic in enumerate(analysis.diagnostics):
        code, is_safe = diagnostic.code, False
        for key, fix, is_preferred in _fixes_at(analysis, diagnostic, wanted):
            is_safe = is_safe or fix.safe
            yield _Offer((key[0], index, *key[1:]), fix.title, quick, index, is_preferred, fix)
        # What is called all holds what one is looking at.
        if is_safe and of_a_kind[code] > 1 and code not in seen:
            seen.add(code)
            title = f"fix all {of_a_kind[code]} of this kind ({code})"
            yield _Offer(("kind", code), title, quick, index, code=code)
    if of_a_kind:
        yield _Offer(("all",), "fix everything that is safe to fix", _FIX_ALL)


def _fixes_at(analysis: Analysis, diagnostic: Diagnostic, wanted: Sequence[Span]) -> Iterator[tuple[_Key, Fix, bool]]:
    """Yield the fixes of a diagnostic at some places, each with a key of its own and whether it is preferred.

    First that of the place alone, then those of several places that hold it. Nothing else changes another question.
    """
    parts: list[tuple[_Key, Span, Sequence[Fix]]] = [(("alone",), diagnostic.span, diagnostic.alone)]
    parts += [(("place", number), one.span, one.fixes) for number, one in enumerate(diagnostic.related)]
    touched = [(key, fixes) for key, span, fixes in parts if _touches(span, wanted)]
    own = [(key, fix) for key, fixes in touched for fix in fixes[:1]]
    for key, fix in own:
        yield key, fix, fix.preferred
    are_together = any(fixes for _, _, fixes in parts)
    for number, fix in enumerate(diagnostic.fixes if touched else ()):
        if are_together:
            if any({*one.edits} <= {*fix.edits} for _, one in own):
                yield ("fix", number), fix, False
        elif _stays_here(analysis, fix, wanted):
            yield ("fix", number), fix, fix.preferred


def _stays_here(analysis: Analysis, fix: Fix, wanted: Sequence[Span]) -> bool:
    """Say whether a fix changes only the questions, or what is above the first, in which the places are."""
    questions = analysis.report.questions
    parts = [Span(0, questions[0].start if questions else len(analysis.source.text))]
    parts += [Span(question.start, question.end) for question in questions]
    here = [part for part in parts if _touches(part, wanted)]
    return all(any(part.start <= edit.span.start and edit.span.end <= part.end for part in here) for edit in fix.edits)


def _once(offers: Iterable[_Offer]) -> Iterator[_Offer]:
    """Yield each fix once: one that takes a thousand pictures out of their code is the fix of each of them."""
    seen: set[Fix] = set()
    for offer in offers:
        if offer.fix not in seen:
            yield offer
        if offer.fix:
            seen.add(offer.fix)


def _ways_to_ignore(
    session: Session, document: Document, analysis: Analysis, wanted: Sequence[Span]
) -> Iterator[_Offer]:
    """Yield what ignores the checks that speak at some places: one entry where the client asks what is meant.

    Another client cannot be asked, so it gets the smaller one of each check, for the question alone. Never what the
    course's script says all the same, and never as a quick-fix: those are for what puts something right.
    """
    path = session.configurations.file(document.files.root)
    configured = session.configurations.of(document.files.root)
    creates = "create" in session.client.lists("workspace.workspace_edit.resource_operations")
    if path is None or not (configured.path or creates):
        return
    kind = types.CodeActionKind.Empty.value
    ways: dict[str, tuple[int, str]] = {}
    for index, diagnostic in enumerate(analysis.diagnostics):
        code, of_question = diagnostic.code, f"{diagnostic.code}@{diagnostic.question}"
        is_here = any(_touches(place, wanted) for place in diagnostic.places)
        if not is_here or (analysis.script and code in enforced()):
            continue
        if {code, of_question} & session.settings.severities.keys():
            continue  # What the editor's own settings say stands above the configuration.
        keys = {of_question: f"in question {diagnostic.question}"} if diagnostic.question is not None else {}
        if of_question not in configured.configuration.severities:
            keys[code] = "in the whole report"
        for key, where in [*keys.items()][: None if session.client.ignoring else 1]:
            ways.setdefault(key, (index, f"{code} {where}"))
    if not session.client.ignoring:
        for key, (index, what) in ways.items():
            yield _Offer(("off", key), f"ignore {what} ({path.name})", kind, index, off=key)
    elif ways:
        choices = tuple({"key": key, "what": what} for key, (_, what) in ways.items())
        yield _Offer(("ignore",), "ignore this check…", kind, choices=choices)


def _typed(session: Session, analysis: Analysis, wanted: Sequence[Span]) -> Iterator[_Offer]:
    """Yield the commands for a terminal that put right what is said at some places, for a client that types them."""
    quick = types.CodeActionKind.QuickFix.value
    for index, diagnostic in enumerate(analysis.diagnostics):
        if session.client.typing and diagnostic.command and _touches(diagnostic.span, wanted):
            title = f"type {diagnostic.command} into a terminal…"
            yield _Offer(("typed", index), title, quick, index, typed=diagnostic.command)


def _touches(place: Span, wanted: Iterable[Span]) -> bool:
    return any(place.start <= one.end and one.start <= place.end for one in wanted)


def _action(server: Connection, session: Session, document: Document, offer: _Offer) -> types.CodeAction:
    mended = current(session, document)
    takes_preferred = session.client.takes("text_document.code_action.is_preferred_support")
    return types.CodeAction(
        offer.title,
        kind=offer.kind,
        diagnostics=None if offer.index is None else [_mended(server, json.loads(mended[offer.index]), offer)],
        is_preferred=True if offer.is_preferred and takes_preferred else None,
        command=_command(session, document, offer),
    )


def _command(session: Session, document: Document, offer: _Offer) -> types.Command | None:
    """Return what the client runs: instead of an edit, or after it."""
    if offer.typed and session.client.typing:
        return types.Command(offer.title, session.client.typing, arguments=[document.uri, offer.typed])
    if offer.choices and session.client.ignoring:
        return types.Command(offer.title, session.client.ignoring, arguments=[document.uri, list(offer.choices)])
    if offer.off:
        # Until the file is saved, the next edit has to fit a text that no disk holds.
        return types.Command(offer.title, SWITCHED_OFF, arguments=[document.uri, offer.off])
    return None


def _mended(server: Connection, said: JSON, offer: _Offer) -> types.Diagnostic:
    """Return what an action mends; one for a related place leaves the others out, or each would carry all of them."""
    if offer.key[0] in ("alone", "place"):
        said = {key: value for key, value in said.items() if key != "relatedInformation"}
    return server.protocol.read(said, types.Diagnostic)


def _edit(session: Session, document: Document, analysis: Analysis, offer: _Offer) -> types.WorkspaceEdit | None:
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
