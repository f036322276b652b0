"""The server: its start, its features, and when it sends diagnostics and status to the client."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types

from report_ls.data.error import DataError
from report_ls.lsp.features import (
    code_actions,
    commands,
    completion,
    diagnostics,
    folding,
    hover,
    inlay_hints,
    links,
    page,
    rename,
    status,
    symbols,
    watched_files,
    workspace_diagnostics,
)
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.published_diagnostics import diagnostics_of
from report_ls.lsp.session.session import Listener, Session
from report_ls.lsp.wire.capabilities import ClientCapabilities
from report_ls.lsp.wire.loop import Loop, Writer
from report_ls.lsp.wire.positions import Converter
from report_ls.lsp.wire.protocol import Connection, Handlers
from report_ls.lsp.wire.uris import path_of
from report_ls.lsp.wire.worker import NewWorker

_FEATURES = (
    code_actions,
    commands,
    completion,
    diagnostics,
    folding,
    inlay_hints,
    hover,
    links,
    page,
    rename,
    symbols,
    watched_files,
    workspace_diagnostics,
)


class Server(Connection):
    """The server of one client."""

    def __init__(self, loop: Loop, new_worker: NewWorker) -> None:
        self.loop = loop
        self.session = Session(loop, new_worker, Listener(self._refresh, self._closed, self._tell_mistake, self._log))
        self._is_ready = False
        """The client has sent `initialized`, so it takes requests."""
        super().__init__(Handlers(self.session.did_open, self.session.did_change, self.session.did_close, loop.post))
        handlers: Sequence[tuple[str, Callable[[Any], object], object]] = (
            (types.INITIALIZE, self._initialize, None),
            (types.INITIALIZED, self._initialized, None),
            (types.TEXT_DOCUMENT_DID_SAVE, self._did_save, types.SaveOptions(include_text=False)),
            (types.WORKSPACE_DID_CHANGE_CONFIGURATION, self._did_change_configuration, None),
            (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, self._did_change_folders, None),
        )
        for method, handler, options in handlers:
            # pygls sets attributes on the functions it registers, which a bound method does not allow.
            self.feature(method, options)(partial(handler))

    def run(self, writer: Writer) -> None:
        """Serve until the loop ends. Raises `FrameError`, and `SystemExit` when the client sends `exit`."""
        self.protocol.set_writer(writer)
        self.loop.run(self.protocol.receive, self._when_idle, self.session.look_around)

    # From the client

    def _initialize(self, params: types.InitializeParams) -> None:
        options = params.initialization_options
        client = ClientCapabilities(params.capabilities, options if isinstance(options, dict) else {})
        convert = Converter(types.PositionEncodingKind(self.workspace.position_encoding))
        if params.process_id is not None and params.process_id > 0:
            self.loop.end_with(params.process_id)
        self.session.begin(client, convert, self._folders())
        for feature in _FEATURES:
            feature.register(self, self.session)

    def _initialized(self, _params: types.InitializedParams) -> None:
        self._is_ready = True
        watched_files.start(self, self.session)
        self._ask_for_settings()

    def _folders(self) -> tuple[Path, ...]:
        found = [path_of(folder.uri) for folder in self.workspace.folders.values()]
        if not found and self.workspace.root_uri:
            found = [path_of(self.workspace.root_uri)]
        return tuple(path for path in found if path)

    def _did_change_folders(self, _params: types.DidChangeWorkspaceFoldersParams) -> None:
        self.session.change_folders(self._folders())

    def _ask_for_settings(self) -> None:
        if not self.session.client.takes("workspace.configuration"):
            return
        params = types.ConfigurationParams([types.ConfigurationItem(section="reportLs")])

        def take(answer: "Future[Sequence[Any]]") -> None:
            settings = None if answer.cancelled() or answer.exception() else answer.result()
            if settings and settings[0] is not None:
                self.session.take_settings(settings[0])

        self.protocol.send_request(types.WORKSPACE_CONFIGURATION, params).add_done_callback(take)

    def _did_change_configuration(self, params: types.DidChangeConfigurationParams) -> None:
        if self.session.client.takes("workspace.configuration"):
            self._ask_for_settings()
            return
        if isinstance(params.settings, dict):
            self.session.take_settings(params.settings.get("reportLs", params.settings))

    def _did_save(self, params: types.DidSaveTextDocumentParams) -> None:
        document = self.session.did_save(params)
        if document:
            before = document.result_id
            diagnostics_of(self.session, document)
            if document.result_id != before:
                self._refresh()  # Files beside it have changed; a client that pulls would wait for the next edit.

    # To the client

    def _when_idle(self) -> bool:
        """Judge one waiting document and send the result; return whether a document was waiting."""
        waiting = [
            document
            for document in self.session.documents
            if document.is_stale or document.before or not document.is_published
        ]
        if not waiting:
            return False
        # The document that the user writes in comes first.
        document = max(waiting, key=lambda document: document.edited is not None)
        self.session.judge(document)
        before, document.before = document.before, None
        was_published, document.is_published = document.is_published, True
        if before:
            diagnostics_of(self.session, document)
            if before != document.said:
                self._refresh()
        if not was_published:
            if not self.session.client.pulls:
                diagnostics.push(self, self.session, document)
            if self.session.client.wants_status:
                status.tell(self, self.session, document)
        return True

    def _refresh(self) -> None:
        """Ask the client to pull diagnostics and inlay hints again, where it can."""
        if not self._is_ready:
            return
        if self.session.client.pulls:
            self.workspace_diagnostic_refresh(None)
        if self.session.client.takes("workspace.inlay_hint.refresh_support"):
            self.workspace_inlay_hint_refresh(None)

    def _closed(self, document: Document) -> None:
        if document.shows_pushed:
            diagnostics.publish(self, self.session, document, [])

    def _tell_mistake(self, path: Path, error: DataError | None) -> None:
        diagnostics.publish_mistake(self, self.session, path, error)

    def _log(self, kind: types.MessageType, message: str) -> None:
        self.window_log_message(types.LogMessageParams(kind, message))
