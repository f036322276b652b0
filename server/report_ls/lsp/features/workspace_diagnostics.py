"""`workspace/diagnostic`: all reports of the folders, also those that are not open, one by one."""

import json
from collections.abc import Callable, Container, Generator, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen
from lsprotocol import types

from report_ls.analysis.analyze import analyze
from report_ls.files.asked import AskedFiles
from report_ls.files.disk import DiskFiles
from report_ls.files.text_files import read_text
from report_ls.lsp.session.documents import LARGEST, NOTHING
from report_ls.lsp.session.published_diagnostics import as_sent, current
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection
from report_ls.lsp.wire.uris import key
from report_ls.packs.edition import edition
from report_ls.project.find_configuration import Broken, Configured
from report_ls.project.judge import Choices, Recognise, Terms, terms
from report_ls.project.packs import packs
from report_ls.project.reports import find_reports
from report_ls.report.outline import outline

_Report = types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport


def register(server: Connection, session: Session) -> None:
    """Answer when all reports are judged; stream them where the client gives a token."""
    if not session.client.pulls:
        return

    remembered: dict[Path, _Remembered] = {}

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    def answer(params: types.WorkspaceDiagnosticParams) -> "Future[types.WorkspaceDiagnosticReport]":
        promise: Future[types.WorkspaceDiagnosticReport] = Future()
        session.background.run(_judging(server, session, params, promise, remembered))
        return promise


def _judging(
    server: Connection,
    session: Session,
    params: types.WorkspaceDiagnosticParams,
    promise: "Future[types.WorkspaceDiagnosticReport]",
    remembered: dict[Path, "_Remembered"],
) -> Generator[Callable[[], Any], Any, None]:
    """Judge one report after the other; between two of them the server does what else there is."""
    # Some clients go on showing what they were told of a document that is closed, and forget that they were.
    closed = tuple(session.closed.values())
    shown = (item for item in closed if not session.documents.get(item.uri))
    known = {key(item.uri): item for item in (*params.previous_result_ids, *shown)}
    items: list[_Report] = []
    broken: list[Broken] = []

    def tell(item: _Report) -> None:
        known.pop(key(item.uri), None)
        if params.partial_result_token is None:
            items.append(item)
        else:
            one = types.WorkspaceDiagnosticReportPartialResult([item])
            server.protocol.notify(types.PROGRESS, types.ProgressParams(params.partial_result_token, one))

    try:
        paths: dict[Path, None] = {}
        for folder in session.folders:
            paths |= dict.fromkeys(
                (yield partial(find_reports, folder, session.choices, session.client.configured_for))
            )
        progress = _Progress(server, params.work_done_token, len(paths))
        for path in paths:
            if promise.cancelled():
                break
            item = yield from _judge_one(server, session, path, known, remembered)
            if isinstance(item, Broken):
                broken.append(item)
            elif item:
                tell(item)
            progress.step(path)
        else:
            _forget(remembered, paths)
            session.configurations.tell_elsewhere(broken)
            for item in _gone(session, tuple(known.values())):
                tell(item)
            session.forget_closed(closed)
        progress.end()
        if promise.set_running_or_notify_cancel():
            promise.set_result(types.WorkspaceDiagnosticReport(items))
    finally:
        promise.cancel()  # After a defect this is the answer; after a result it does nothing.


def _gone(session: Session, known: Iterable[types.PreviousResultId]) -> Iterator[_Report]:
    """Yield what takes back what was said of files of which nothing is said now; for an open one the client asks."""
    for gone in known:
        if gone.value != NOTHING and not session.documents.get(gone.uri):
            yield types.WorkspaceFullDocumentDiagnosticReport(gone.uri, [], result_id=NOTHING)


def _judge_one(
    server: Connection,
    session: Session,
    path: Path,
    known: dict[str, types.PreviousResultId],
    remembered: dict[Path, "_Remembered"],
) -> Generator[Callable[[], Any], Any, _Report | Broken | None]:
    """Return what is said of a report; what is wrong in its configuration, if that is why nothing can be said."""
    uri = path.as_uri()
    document = session.documents.get(uri)
    if document:
        items = current(session, document)
        found = [server.protocol.read(json.loads(item), types.Diagnostic) for item in items]
        return _report(document.uri, document.version, found, document.result_id, known)
    try:
        source = yield lambda: read_text(path)
    except OSError:
        return None
    if len(source.text) > LARGEST:
        return None
    configured: Configured | Broken = yield partial(session.client.configured_for, path.parent)
    if isinstance(configured, Broken):
        return configured
    disk = DiskFiles(path.parent, path.name, configured.template, session.client.is_trusted)
    asked = source.text, configured, session.choices
    before = remembered.get(path)
    if before is None or before.asked != asked or not (yield partial(before.files.hold, disk)):
        files = AskedFiles(disk)
        by = yield lambda: terms(outline(source.plain), path, configured, session.choices, recognise=_recognise(files))
        if not isinstance(by, Terms):
            return None
        analysis = yield lambda: analyze(source, by.pack, files, by.stage)
        sent = [as_sent(session, uri, source, diagnostic) for diagnostic in analysis.diagnostics]
        found = [server.protocol.read(item, types.Diagnostic) for item in sent]
        result_id = sha256(repr(sent).encode("utf-8", "replace")).hexdigest()[:16]
        before = remembered[path] = _Remembered(asked, files, found, result_id)
    return _report(uri, None, before.found, before.result_id, known)


@frozen
class _Remembered:
    """What was said of a report that is not open: it is said again while all that it was judged by is the same."""

    asked: tuple[str, Configured, Choices]
    files: AskedFiles
    found: list[types.Diagnostic]
    result_id: str


def _forget(remembered: dict[Path, _Remembered], paths: Container[Path]) -> None:
    """Forget the reports that are not there any more."""
    for gone in [path for path in remembered if path not in paths]:
        del remembered[gone]


def _recognise(files: AskedFiles) -> Recognise:
    """Return what recognises the edition of a report with these files beside it."""
    return lambda found, _configured: edition(found, packs(), files).pack


def _report(
    uri: str,
    version: int | None,
    found: list[types.Diagnostic],
    result_id: str,
    known: dict[str, types.PreviousResultId],
) -> _Report:
    before = known.get(key(uri))
    if before and before.value == result_id:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(uri, result_id, version)
    return types.WorkspaceFullDocumentDiagnosticReport(uri, found, version, result_id=result_id)


class _Progress:
    """Tells how many reports are judged, where the client gave a token for it."""

    def __init__(self, server: Connection, token: types.ProgressToken | None, n_paths: int) -> None:
        self._notify, self._token, self._n_paths, self._n_done = server.protocol.notify, token, n_paths, 0
        self._tell(types.WorkDoneProgressBegin("report-ls", percentage=0))

    def step(self, path: Path) -> None:
        """Note one more report."""
        self._n_done += 1
        done = f"{self._n_done} of {self._n_paths} reports, {path.parent.name}/{path.name}"
        self._tell(types.WorkDoneProgressReport(message=done, percentage=100 * self._n_done // self._n_paths))

    def end(self) -> None:
        """Say that it is over."""
        self._tell(types.WorkDoneProgressEnd())

    def _tell(
        self, value: types.WorkDoneProgressBegin | types.WorkDoneProgressReport | types.WorkDoneProgressEnd
    ) -> None:
        if self._token is not None:
            self._notify(types.PROGRESS, types.ProgressParams(self._token, value))
