"""Commands: the next problem, a summary, whether it can be handed in, the stage, and what was switched off."""

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
    """Take the commands; arguments that make no sense are refused by pygls."""

    @server.command("reportLs.nextProblem")
    def next_problem(uri: str = "", *rest: Any) -> dict[str, Any] | None:  # noqa: ANN401 - whatever the client sends
        """Return the next problem behind a position, the worst first, and go to it where the client can."""
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
        """Take note that the client has made the edit that switches a check off."""
        document = session.documents.get(uri)
        path = session.configurations.file(document.files.root) if document else None
        # Of a file that the client tells us of, the text is known.
        if path and not session.documents.get(path.as_uri()):
            session.configurations.applied(path, key)

    @server.command("reportLs.setStage")
    def set_stage(stage: str = "") -> bool:
        """Judge as a draft, as final or as is configured, until the settings say otherwise."""
        if stage not in STAGES:
            return False
        session.change_settings(evolve(session.settings, stage=STAGES[stage]))
        return True

    _register_handing_in(server, session)


def _register_handing_in(server: Connection, session: Session) -> None:
    @server.command("reportLs.handin")
    def handin(uri: str = "") -> "Future[str] | None":
        """Return in Markdown whether a report is ready to hand in, when the disk and git have answered."""
        return _judge_readiness(session, uri)

    @server.command("reportLs.top")
    def top(uri: str = "") -> str | None:
        """Return the folder in which the commands of git that are shown are to be typed."""
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
        # Nothing is selected: the next key would delete it.
        start = types.Range(range_.start, range_.start)
        server.window_show_document(types.ShowDocumentParams(document.uri, take_focus=True, selection=start))
    return {"uri": document.uri, "range": range_, "message": found.message}


def _behind(diagnostics: Iterable[Diagnostic], offset: int) -> Diagnostic | None:
    """Return the next problem: behind the one at a place in their order, or from elsewhere the next of the worst."""
    # Where several start, the worst is the one that is gone to: none would be left otherwise.
    at: dict[int, Diagnostic] = {}
    for found in sorted((one for diagnostic in diagnostics for one in diagnostic.apart), key=_rank):
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
"""What is gone to first. What is not answered yet has its place also in a draft, where it is a hint."""


def _rank(found: Diagnostic) -> tuple[int, int]:
    """Return the place of a problem in the order in which they are gone to; hints come last."""
    kind = _UNANSWERED if found.code == _UNANSWERED else found.severity
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER), found.span.start


def _judge_readiness(session: Session, uri: str) -> "Future[str] | None":
    document, path = session.documents.get(uri), path_of(uri)
    by = session.terms(document) if document else None
    if document is None or path is None or by is None:
        return None
    analysis = analyze(document.source, by.pack, document.files, Stage.FINAL)
    from report_ls.project.readiness import readiness  # noqa: PLC0415 - the start does not wait for what is seldom asked

    return session.background.submit(lambda: _page(readiness(analysis, path)))


_MARKS = {True: "yes", False: "no", None: "?"}


def _page(ready: "Readiness") -> str:
    lines = [f"# {ready.verdict.capitalize()}", ""]
    for answer in (ready.course, ready.loss):
        lines.append(f"- **{_MARKS[answer.is_met]}**: {answer.text}")
        for point in answer.points:
            lines.append(f"  - **{_MARKS[point.is_met]}**: {escape(point.text)}")
            lines += (f"    - {escape(detail)}" for detail in point.details)
            # No command holds a backtick: no shell would take it as it is.
            lines += (f"    - `{command}`" for command in point.commands)
    if ready.lengths.gaps:
        lines.append(f"- {ready.lengths.text}")
        lines += (f"  - {escape(gap.text)}" for gap in ready.lengths.gaps)
    lines += (f"- {escape(line)}" for line in ready.counts)
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
