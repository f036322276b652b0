"""Commands: go to the next problem, summary, readiness to hand in, stage, and notice that a check is switched off."""

from collections.abc import Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from attrs import evolve
from lsprotocol import types

from report_ls.analysis.analyze import analyze
from report_ls.analysis.counts import STATES, counted
from report_ls.base.diagnostic import STAGES, Diagnostic, Severity, Stage
from report_ls.files import git
from report_ls.lsp.features._wording import SWITCHED_OFF, escape, title
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection
from report_ls.lsp.wire.uris import path_of

if TYPE_CHECKING:
    from report_ls.project.readiness import Readiness


def register(server: Connection, session: Session) -> None:
    """Register the commands; pygls refuses arguments of wrong number or type."""

    @server.command("reportLs.nextProblem")
    def next_problem(uri: str = "", *rest: Any) -> dict[str, Any] | None:  # noqa: ANN401 - any JSON of the client
        """Return the next problem after a position, the worst first, and show it if the client can."""
        return _next_problem(server, session, uri, _position(rest[0]) if rest else None)

    @server.command("reportLs.summary")
    def summary(uri: str = "") -> str | None:
        """Return a Markdown table of all questions."""
        report = session.report_at(uri)
        if report is None:
            return None
        _, analysis = report
        lines = ["| Question | Words | Images | State |", "|---|---|---|---|"]
        for result in analysis.questions:
            answer, ask = result.question.answer, result.ask
            words = counted(answer.n_words, ask.words, "words")
            images = counted(len(answer.images), ask.images, "images") if ask.images or answer.images else ""
            lines.append(f"| {escape(title(result))} | {words} | {images} | {STATES[result.state]} |")
        return "\n".join(lines) + "\n"

    @server.command(SWITCHED_OFF)
    def switched_off(uri: str = "", key: str = "") -> None:
        """Remember that the client has made the edit that switches a check off."""
        document = session.documents.get(uri)
        path = session.configurations.file(document.files.root) if document else None
        # If the client has opened the file here, its text is known already.
        if path and not session.documents.get(path.as_uri()):
            session.configurations.applied(path, key)

    @server.command("reportLs.setStage")
    def set_stage(stage: str = "") -> bool:
        """Judge as a draft, as final or as configured, until the settings change."""
        if stage not in STAGES:
            return False
        session.change_settings(evolve(session.settings, stage=STAGES[stage]))
        return True

    _register_handing_in(server, session)


def _register_handing_in(server: Connection, session: Session) -> None:
    @server.command("reportLs.handin")
    def handin(uri: str = "") -> "Future[str] | None":
        """Return, when the disk and git have answered, a Markdown page on whether a report is ready to hand in."""
        return _judge_readiness(session, uri)

    @server.command("reportLs.top")
    def top(uri: str = "") -> str | None:
        """Return the folder in which to run the git commands that are shown."""
        path = path_of(uri)
        now = git.repository_state(path.parent) if path else None
        return str(now.top) if now else None


def _next_problem(
    server: Connection, session: Session, uri: str, position: types.Position | None
) -> dict[str, Any] | None:
    report = session.report_at(uri)
    if report is None:
        return None
    document, analysis = report
    found = _behind(analysis.diagnostics, session.convert.offset(document.source, position) if position else -1)
    if found is None:
        return None
    range_ = session.convert.range(document.source, found.span)
    if session.client.takes("window.show_document.support"):
        # Select nothing: the next key would delete a selection.
        start = types.Range(range_.start, range_.start)
        server.window_show_document(types.ShowDocumentParams(document.uri, take_focus=True, selection=start))
    return {"uri": document.uri, "range": range_, "message": found.message}


def _behind(diagnostics: Iterable[Diagnostic], offset: int) -> Diagnostic | None:
    """Return the next problem: the one after the problem at an offset, else the next of the worst problems."""
    # Of problems that start at the same offset only the worst counts: else this would stay at that offset forever.
    at: dict[int, Diagnostic] = {}
    for found in sorted((apart for diagnostic in diagnostics for apart in diagnostic.apart), key=_rank):
        if _rank(found)[0] < len(_ORDER):
            at.setdefault(found.span.start, found)
    problems = [*at.values()]
    if offset in at:
        following = problems[problems.index(at[offset]) + 1 :]
    else:
        worst = [found for found in problems if _rank(found)[0] == _rank(problems[0])[0]]
        following = [found for found in worst if found.span.start > offset]
    return next(iter((*following, *problems)), None)


_UNANSWERED = "unanswered"
_ORDER = Severity.ERROR, _UNANSWERED, Severity.WARNING, Severity.INFORMATION
"""The order of problems. An unanswered question has its place also in a draft, where it is only a hint."""


def _rank(found: Diagnostic) -> tuple[int, int]:
    """Return the rank of a problem in `_ORDER`, then its offset; hints come last."""
    kind = _UNANSWERED if found.code == _UNANSWERED else found.severity
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER), found.span.start


def _judge_readiness(session: Session, uri: str) -> "Future[str] | None":
    document, path = session.documents.get(uri), path_of(uri)
    by = session.terms(document) if document else None
    if document is None or path is None or by is None:
        return None
    analysis = analyze(document.source, by.pack, document.files, Stage.FINAL)
    from report_ls.project.readiness import readiness  # noqa: PLC0415 - seldom needed, so not imported at the start

    return session.background.submit(lambda: _page(readiness(analysis, path)))


_MARKS = {True: "yes", False: "no", None: "?"}


def _page(ready: "Readiness") -> str:
    lines = [f"# {ready.verdict.capitalize()}", ""]
    for answer in (ready.course, ready.loss):
        lines.append(f"- **{_MARKS[answer.is_met]}**: {answer.text}")
        for point in answer.points:
            lines.append(f"  - **{_MARKS[point.is_met]}**: {escape(point.text)}")
            lines += (f"    - {escape(detail)}" for detail in point.details)
            # No command has a backtick, because shells treat it specially.
            lines += (f"    - `{command}`" for command in point.commands)
    if ready.lengths.gaps:
        lines.append(f"- {ready.lengths.text}")
        lines += (f"  - {escape(gap.text)}" for gap in ready.lengths.gaps)
    lines += (f"- {escape(line)}" for line in ready.counts)
    return "\n".join(lines) + "\n"


def _position(data: object) -> types.Position | None:
    """Return an argument as a position; None if it is no position."""
    table = data if isinstance(data, dict) else {}
    line, character = table.get("line"), table.get("character")
    if not isinstance(line, int) or not isinstance(character, int):
        return None
    try:
        return types.Position(line, character)
    except ValueError:
        return None
