"""`workspace/diagnostic`: diagnostics of all reports in the workspace's folders, open or not.

Clients ask every two seconds, and usually nothing has changed. Then the last answer is sent again; if the client
takes an answer in parts, the request is held until something changes.
"""

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from attrs import define, field, frozen
from lsprotocol import types

from report_ls.analysis.analyze import analyze
from report_ls.files.asked import AskedFiles
from report_ls.files.disk import DiskFiles
from report_ls.files.paths import markdown_by_folder
from report_ls.files.text_files import Stamp, read_text, stamp
from report_ls.lsp.features._answer_in_parts import Answer, Progress
from report_ls.lsp.session.documents import MAX_DOCUMENT_CHARACTERS, NOTHING
from report_ls.lsp.session.published_diagnostics import as_sent, diagnostics_of
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.json_text import JsonText, written
from report_ls.lsp.wire.protocol import Connection
from report_ls.packs.edition import edition
from report_ls.project.find_configuration import Broken, FindConfiguration, ResolvedConfiguration
from report_ls.project.judge import Choices, Recognise, Terms, terms
from report_ls.project.packs import packs
from report_ls.project.reports import may_be_report
from report_ls.report.outline import outline

MIN_REST_SECONDS = 10.0
"""Seconds from one look at the disk to the next, while the client reports no change."""
MAX_SHARE_OF_A_CORE = 0.003
"""The share of one core's time that looking at the disk may take."""
_TURN_SECONDS = 0.05
"""Seconds of looking at the disk after which the worker takes other calls."""

_Promise = Future[JsonText]
_Job = Generator[Callable[[], Any], Any, None]


def register(server: Connection, session: Session) -> None:
    """Answer when all reports are judged; send each report as soon as it is judged if the client gives a token."""
    if not session.client.pulls:
        return
    workspace = _Workspace(server, session)
    session.when_stirred = workspace.stir

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    def answer(params: types.WorkspaceDiagnosticParams) -> _Promise:
        promise: Future[JsonText] = Future()
        workspace.answer(params, promise)
        return promise


@frozen
class _Found:
    """A file, with its stamp and configuration when it was found."""

    path: Path
    stamp: Stamp
    configured: ResolvedConfiguration | Broken
    choices: Choices


_Files = dict[Path, tuple[_Found, bool]]
"""The Markdown files, and whether each is a report."""


@frozen
class _Judged:
    """The diagnostics of a report that is not open, and the files they depend on."""

    found: _Found
    files: AskedFiles
    items: tuple[JsonText, ...]
    result_id: str


@define(eq=False)
class _Workspace:
    """All reports of the folders, and the requests that wait until something has changed."""

    _connection: Connection
    _session: Session
    _are_reports: _Files = field(factory=dict, init=False)
    """The files of the last look at the disk."""
    _judged: dict[Path, _Judged] = field(factory=dict, init=False)
    _due: float = field(default=0.0, init=False)
    """The time of the next look at the disk."""
    _n_stirs: int = field(default=0, init=False)
    _held: list[tuple[types.WorkspaceDiagnosticParams, _Promise]] = field(factory=list, init=False)
    _is_alarm_set: bool = field(default=False, init=False)
    """A timer will answer the held requests at `_due`."""

    def answer(self, params: types.WorkspaceDiagnosticParams, promise: _Promise) -> None:
        """Answer a request now, or later when something has changed."""
        self._session.background.run(self._answering(params, promise))

    def stir(self) -> None:
        """Look at the disk again now: something may have changed."""
        self._due = 0.0
        self._n_stirs += 1
        self._wake()

    def _wake(self) -> None:
        held, self._held = self._held, []
        for params, promise in held:
            if not promise.cancelled():
                self.answer(params, promise)

    def _hold(self, params: types.WorkspaceDiagnosticParams, promise: _Promise) -> None:
        self._held = [item for item in self._held if not item[1].cancelled()]
        self._held.append((params, promise))
        if not self._is_alarm_set:
            self._is_alarm_set = True
            self._session.loop.post_later(max(0.0, self._due - monotonic()), self._ring)

    def _ring(self) -> None:
        self._is_alarm_set = False
        self._wake()

    def _answering(self, params: types.WorkspaceDiagnosticParams, promise: _Promise) -> _Job:
        """Answer with the diagnostics of each report; between two reports the server handles other messages."""
        session = self._session
        # Some clients still show the diagnostics of a closed document, but no longer send its result id.
        closed = tuple(session.closed.values())
        shown = (item for item in closed if not session.documents.get(item.uri))
        answer = Answer(self._connection, params, (*params.previous_result_ids, *shown))
        try:
            if monotonic() >= self._due:
                yield from self._look(answer, promise)
            else:
                for path in [path for path, (_, is_report) in self._are_reports.items() if is_report]:
                    self._tell(answer, path)
            if not promise.cancelled():
                for previous in answer.not_told:
                    # For an open document the client sends a request of its own.
                    if previous.value != NOTHING and not session.documents.get(previous.uri):
                        answer.tell(previous.uri, None, (), NOTHING)
                session.forget_closed(closed)
                if params.partial_result_token is not None and not answer.is_new:
                    self._hold(params, promise)
                    return
            if promise.set_running_or_notify_cancel():
                promise.set_result(answer.end())
        except BaseException:
            promise.cancel()  # A request that meets a defect of report-ls gets an error.
            raise

    def _look(self, answer: Answer, promise: _Promise) -> _Job:
        """Look at the disk, and answer with the diagnostics of each report as soon as it is judged."""
        session, n_stirs, started, is_as_it_was = self._session, self._n_stirs, process_time(), True
        are_reports = yield from self._find_files(promise)
        reports = [found for found, is_report in are_reports.values() if is_report]
        broken: list[Broken] = []
        progress = Progress(self._connection, answer.work_done_token, len(reports))
        for found in reports:
            if promise.cancelled():
                break
            if session.documents.get(found.path.as_uri()) is None:
                if isinstance(found.configured, Broken):
                    broken.append(found.configured)
                before = self._judged.get(found.path)
                yield from self._judge(found)
                is_as_it_was = is_as_it_was and before is self._judged.get(found.path)
            self._tell(answer, found.path)
            progress.step(found.path)
        else:
            self._are_reports = are_reports
            self._judged = {path: judged for path, judged in self._judged.items() if path in are_reports}
            session.configurations.tell_elsewhere(broken)
            if n_stirs == self._n_stirs:
                rest = (process_time() - started) / MAX_SHARE_OF_A_CORE if is_as_it_was else 0.0
                self._due = monotonic() + max(MIN_REST_SECONDS, rest)
        progress.end()

    def _find_files(self, promise: _Promise) -> Generator[Callable[[], Any], Any, _Files]:
        """Return the Markdown files below the folders, sorted by path."""
        files: _Files = {}
        for folder in self._session.folders:
            walk = self._walk(folder)
            while not promise.cancelled() and (step := (yield partial(_one_step, walk))):
                for found, is_report in filter(None, step):
                    # A link may lead from one of the folders into another, so a file may be found twice.
                    if is_report or found.path not in files:
                        files[found.path] = found, is_report
        return dict(sorted(files.items()))

    def _walk(self, folder: Path) -> Iterator[tuple[_Found, bool] | None]:
        """Yield the Markdown files below a folder and whether each may be a report; None after each folder."""
        session = self._session
        for paths in markdown_by_folder(folder):
            for path in paths:
                known, is_report = self._are_reports.get(path, (None, False))
                found = _find(path, session.client.configured_for, session.choices)
                if found and found != known:
                    is_report = may_be_report(path, folder, session.choices, session.client.configured_for)
                if found:
                    yield found, is_report
            yield None

    def _judge(self, found: _Found) -> _Job:
        """Judge a report that is not open; forget it if it cannot be judged."""
        path, configured, session = found.path, found.configured, self._session
        if isinstance(configured, Broken):
            self._judged.pop(path, None)
            return
        disk = DiskFiles(path.parent, path.name, configured.template, session.client.is_trusted)
        before = self._judged.pop(path, None)
        if before and before.found == found and (yield partial(before.files.are_still_valid, disk)):
            self._judged[path] = before
            return
        try:
            source = yield lambda: read_text(path)
        except OSError:
            return
        if len(source.text) > MAX_DOCUMENT_CHARACTERS:
            return
        files = AskedFiles(disk)
        by = yield lambda: terms(outline(source.plain), path, configured, found.choices, recognise=_recognise(files))
        if not isinstance(by, Terms):
            return
        analysis = yield lambda: analyze(source, by.pack, files, by.stage)
        uri = path.as_uri()
        items = tuple(written(as_sent(session, uri, source, diagnostic)) for diagnostic in analysis.diagnostics)
        result_id = sha256("\n".join(items).encode()).hexdigest()[:16]
        self._judged[path] = _Judged(found, files, items, result_id)

    def _tell(self, answer: Answer, path: Path) -> None:
        """Add the diagnostics of a report to the answer; if it is open, those of the text in the editor."""
        uri = path.as_uri()
        document, judged = self._session.documents.get(uri), self._judged.get(path)
        if document:
            items = diagnostics_of(self._session, document)
            answer.tell(document.uri, document.version, items, document.result_id)
        elif judged:
            answer.tell(uri, None, judged.items, judged.result_id)


def _one_step(walk: Iterator[tuple[_Found, bool] | None]) -> list[tuple[_Found, bool] | None]:
    """Return the next items of a walk, as many as come within `_TURN_SECONDS`; an empty list at its end."""
    until, items = monotonic() + _TURN_SECONDS, []
    for item in walk:
        items.append(item)
        if monotonic() >= until:
            break
    return items


def _find(path: Path, configured_for: FindConfiguration, choices: Choices) -> _Found | None:
    """Return a file as it is now; None if it cannot be read."""
    try:
        return _Found(path, stamp(path), configured_for(path.parent), choices)
    except OSError:
        return None


def _recognise(files: AskedFiles) -> Recognise:
    """Return a function that recognises the edition of a report with these files beside it."""
    return lambda found, _configured: edition(found, packs(), files).pack
