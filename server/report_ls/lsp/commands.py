"""Commands: the next problem, a summary, and the stage."""

from typing import TYPE_CHECKING, Any

from attrs import evolve
from lsprotocol import types

from report_ls.configuration import STAGES
from report_ls.diagnostic import Severity
from report_ls.lsp._words import STATES, counted, title
from report_ls.lsp.hover import escape

if TYPE_CHECKING:
    from report_ls.lsp.server import Server


def register(server: "Server") -> None:
    """Take the commands; arguments that make no sense are refused by pygls."""

    @server.command("reportLs.nextProblem")
    def next_problem(uri: str = "", *rest: Any) -> dict[str, Any] | None:  # noqa: ANN401 - whatever the client sends
        """Return the next problem behind a position, and show it where the client can."""
        document = server.documents.get(uri)
        analysis = server.judge(document) if document else None
        if document is None or analysis is None:
            return None
        position = _position(rest[0]) if rest else None
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

    @server.command("reportLs.setStage")
    def set_stage(stage: str = "") -> bool:
        """Judge as a draft, as final or as is configured, until the settings say otherwise."""
        if stage not in STAGES:
            return False
        server.change_settings(evolve(server.settings, stage=STAGES[stage]))
        return True


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
