"""`workspace/diagnostic`: all reports of the folders, also those that are not open, one by one.

Clients ask every other second, and mostly nothing has happened: then what was said is said again, or the request is
held where the client takes an answer in parts.
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
"""Seconds from one look at the disk to the next, if nothing tells of a change."""
MAX_SHARE_OF_A_CORE = 0.003
"""How much of a core looking may take."""
_TURN_SECONDS = 0.05
"""Seconds of looking after which others have their turn."""

_Promise = Future[JsonText]
_Job = Generator[Callable[[], Any], Any, None]


def register(server: Connection, session: Session) -> None:
    """Answer when all reports are judged; stream them where the client gives a token."""
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
    """A file that was found, as it was then."""

    path: Path
    stamp: Stamp
    configured: ResolvedConfiguration | Broken
    choices: Choices


_Files = dict[Path, tuple[_Found, bool]]
"""Markdown files, and whether each is a report."""


@frozen
class _Said:
    """What is said of a report that is not open, and by what it was judged."""

    found: _Found
    files: AskedFiles
    items: tuple[JsonText, ...]
    result_id: str


@define(eq=False)
class _Workspace:
    """All reports of the folders, and the requests that wait until something is said that is new."""

    _connection: Connection
    _session: Session
    _are_reports: _Files = field(factory=dict, init=False)
    """Those of the last look."""
    _said: dict[Path, _Said] = field(factory=dict, init=False)
    _due: float = field(default=0.0, init=False)
    """When the disk is to be looked at again."""
    _n_stirs: int = field(default=0, init=False)
    _held: list[tuple[types.WorkspaceDiagnosticParams, _Promise]] = field(factory=list, init=False)
    _is_alarm_set: bool = field(default=False, init=False)
    """Those that are held will be woken when the disk is due."""

    def answer(self, params: types.WorkspaceDiagnosticParams, promise: _Promise) -> None:
        """Answer a request, now or later."""
        self._session.background.run(self._answering(params, promise))

    def stir(self) -> None:
        """Look again: something may have changed."""
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
        """Say what there is of each report; between two of them the server does what else there is."""
        session = self._session
        # Some clients go on showing what they were told of a document that is closed, and forget that they were.
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
                for gone in answer.not_told:
                    # For an open one the client asks.
                    if gone.value != NOTHING and not session.documents.get(gone.uri):
                        answer.tell(gone.uri, None, (), NOTHING)
                session.forget_closed(closed)
                if params.partial_result_token is not None and not answer.is_new:
                    self._hold(params, promise)
                    return
            if promise.set_running_or_notify_cancel():
                promise.set_result(answer.end())
        except BaseException:
            promise.cancel()  # After a defect this is the answer.
            raise

    def _look(self, answer: Answer, promise: _Promise) -> _Job:
        """Look at the disk, and say what there is of each report as soon as it is judged."""
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
                before = self._said.get(found.path)
                yield from self._judge(found)
                is_as_it_was = is_as_it_was and before is self._said.get(found.path)
            self._tell(answer, found.path)
            progress.step(found.path)
        else:
            self._are_reports = are_reports
            self._said = {path: said for path, said in self._said.items() if path in are_reports}
            session.configurations.tell_elsewhere(broken)
            if n_stirs == self._n_stirs:
                rest = (process_time() - started) / MAX_SHARE_OF_A_CORE if is_as_it_was else 0.0
                self._due = monotonic() + max(MIN_REST_SECONDS, rest)
        progress.end()

    def _find_files(self, promise: _Promise) -> Generator[Callable[[], Any], Any, _Files]:
        """Return the Markdown files below the folders, in order."""
        files: _Files = {}
        for folder in self._session.folders:
            walk = self._walk(folder)
            while not promise.cancelled() and (some := (yield partial(_some, walk))):
                for found, is_report in filter(None, some):
                    # A link may lead out of one folder and into another.
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
        """Find out what is to be said of a report that is not open; nothing where nothing can be."""
        path, configured, session = found.path, found.configured, self._session
        if isinstance(configured, Broken):
            self._said.pop(path, None)
            return
        disk = DiskFiles(path.parent, path.name, configured.template, session.client.is_trusted)
        before = self._said.pop(path, None)
        if before and before.found == found and (yield partial(before.files.are_still_valid, disk)):
            self._said[path] = before
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
        self._said[path] = _Said(found, files, items, result_id)

    def _tell(self, answer: Answer, path: Path) -> None:
        """Tell of a report what there is to say; of an open one as it is in the editor."""
        uri = path.as_uri()
        document, said = self._session.documents.get(uri), self._said.get(path)
        if document:
            items = diagnostics_of(self._session, document)
            answer.tell(document.uri, document.version, items, document.result_id)
        elif said:
            answer.tell(uri, None, said.items, said.result_id)


def _some(walk: Iterator[tuple[_Found, bool] | None]) -> list[tuple[_Found, bool] | None]:
    """Return what a walk comes by in a moment; nothing at its end."""
    until, some = monotonic() + _TURN_SECONDS, []
    for item in walk:
        some.append(item)
        if monotonic() >= until:
            break
    return some


def _find(path: Path, configured_for: FindConfiguration, choices: Choices) -> _Found | None:
    """Return a file as it is now; None where nobody may look."""
    try:
        return _Found(path, stamp(path), configured_for(path.parent), choices)
    except OSError:
        return None


def _recognise(files: AskedFiles) -> Recognise:
    """Return what recognises the edition of a report with these files beside it."""
    return lambda found, _configured: edition(found, packs(), files).pack
