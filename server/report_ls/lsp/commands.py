"""Commands: the next problem, a summary, whether it can be handed in, the stage, and switching a check off."""

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from attrs import evolve
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from report_ls.analysis import analyze
from report_ls.configuration import STAGES, read
from report_ls.diagnostic import Severity, Stage
from report_ls.lsp._words import STATES, counted, title
from report_ls.lsp.actions import SWITCH_OFF
from report_ls.lsp.configurations import Change
from report_ls.lsp.documents import Document, path_of
from report_ls.lsp.hover import escape
from report_ls.ready import Readiness, readiness

if TYPE_CHECKING:
    from report_ls.lsp.server import Server


def register(server: "Server") -> None:
    """Take the commands; arguments that make no sense are refused by pygls."""

    @server.command("reportLs.nextProblem")
    def next_problem(uri: str = "", *rest: Any) -> dict[str, Any] | None:  # noqa: ANN401 - whatever the client sends
        """Return the next problem behind a position, and show it where the client can."""
        return _next_problem(server, uri, _position(rest[0]) if rest else None)

    @server.command("reportLs.summary")
    def summary(uri: str = "") -> str | None:
        """Return a Markdown table of all questions."""
        document = server.documents.get(uri)
        analysis = server.judge(document) if document else None
        if analysis is None:
            return None
        lines = ["| Question | Words | Images | State |", "|---|---|---|---|"]
        for result in analysis.questions:
            answer, ask = result.question.answer, result.ask
            words = counted(answer.n_words, ask.words, "words")
            images = counted(len(answer.images), ask.images, "images") if ask.images or answer.images else ""
            lines.append(f"| {escape(title(result))} | {words} | {images} | {STATES[result.state]} |")
        return "\n".join(lines) + "\n"

    @server.command("reportLs.handin")
    def handin(uri: str = "") -> "Future[str] | None":
        """Return in Markdown whether a report is ready to hand in, when the disk and git have answered."""
        return _judge_readiness(server, uri)

    @server.command(SWITCH_OFF)
    def switch_off(uri: str = "", key: str = "") -> bool:
        """Switch a check, or that of one question, off in the configuration of a report: the client edits the file."""
        return _switch_off(server, uri, key)

    @server.command("reportLs.setStage")
    def set_stage(stage: str = "") -> bool:
        """Judge as a draft, as final or as is configured, until the settings say otherwise."""
        if stage not in STAGES:
            return False
        server.change_settings(evolve(server.settings, stage=STAGES[stage]))
        return True


def _next_problem(server: "Server", uri: str, position: types.Position | None) -> dict[str, Any] | None:
    document = server.documents.get(uri)
    analysis = server.judge(document) if document else None
    if document is None or analysis is None:
        return None
    offset = server.convert.offset(document.source, position) if position else -1
    problems = [found for found in analysis.diagnostics if found.severity < Severity.HINT]
    behind = [found for found in problems if found.span.start > offset]
    if not problems:
        return None
    found = (behind or problems)[0]
    range_ = server.convert.range(document.source, found.span)
    if server.client.takes("window.show_document.support"):
        server.window_show_document(types.ShowDocumentParams(document.uri, take_focus=True, selection=range_))
    return {"uri": document.uri, "range": range_, "message": found.message}


def _judge_readiness(server: "Server", uri: str) -> "Future[str] | None":
    document, path = server.documents.get(uri), path_of(uri)
    if document is None or path is None or server.judge(document) is None or document.pack is None:
        return None
    pack = server.adapted(document.pack, server.configurations.of(document.files.root))
    analysis = analyze(document.source, pack, document.files, Stage.FINAL)
    return server.background.submit(lambda: _page(readiness(analysis, path)))


def _switch_off(server: "Server", uri: str, key: str) -> bool:
    """Have the client edit the configuration. Raises `JsonRpcException` with a reason that the client shows.

    This is no edit of an action: whether that is applied nobody hears, and until the file is saved the next edit has
    to fit a text that no disk holds.
    """
    document, configurations = server.documents.get(uri), server.configurations
    path = configurations.file(document.files.root) if document else None
    _, faults = read({"severity": {key: "off"}})
    if path is None or faults:
        return False
    opened = server.documents.get(path.as_uri())
    change = configurations.switch_off(path, key, opened.source if opened else None)
    if change is None:
        raise _refusal(f"{path.name} cannot be changed: see whether it can be read")
    if change.after == change.source.text:
        raise _refusal(f"{path.name} switches {key} off already: save it")
    edit = _edit_of(server, change, opened)
    creates = edit.document_changes is not None and len(edit.document_changes) > 1
    on_disk = "" if creates else change.on_disk
    configurations.remember(path, on_disk, change.after)

    def take(answer: "Future[types.ApplyWorkspaceEditResult]") -> None:
        result = None if answer.cancelled() or answer.exception() else answer.result()
        if result is None or not result.applied:
            configurations.remember(path, on_disk, change.source.text)

    params = types.ApplyWorkspaceEditParams(edit)
    server.protocol.send_request(types.WORKSPACE_APPLY_EDIT, params).add_done_callback(take)
    return True


def _edit_of(server: "Server", change: Change, opened: Document | None) -> types.WorkspaceEdit:
    uri = change.path.as_uri()
    edit = server.convert.edit(change.source, change.edit)
    if not server.client.takes("workspace.workspace_edit.document_changes"):
        return types.WorkspaceEdit(changes={uri: [edit]})
    created = [types.CreateFile(uri)] if change.on_disk is None and not opened else []
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri, opened.version if opened else None)
    return types.WorkspaceEdit(document_changes=[*created, types.TextDocumentEdit(identifier, [edit])])


def _refusal(message: str) -> JsonRpcException:
    return JsonRpcException(message, code=types.LSPErrorCodes.RequestFailed.value)


_MARKS = {True: "yes", False: "no", None: "?"}


def _page(ready: Readiness) -> str:
    lines = [f"# {escape(ready.title.capitalize())}", ""]
    for point in ready.points:
        lines.append(f"- **{_MARKS[point.is_met]}**: {escape(point.text)}")
        lines += (f"  - {escape(detail)}" for detail in point.details)
    return "\n".join(lines) + "\n"


def _position(data: object) -> types.Position | None:
    """Return the position that an argument holds, if it holds one."""
    table = data if isinstance(data, dict) else {}
    line, character = table.get("line"), table.get("character")
    if not isinstance(line, int) or not isinstance(character, int):
        return None
    try:
        return types.Position(line, character)
    except ValueError:
        return None
