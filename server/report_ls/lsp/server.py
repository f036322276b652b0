"""The server: its life, the open documents, and who is told what when."""

import logging
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError, PyglsError
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from report_ls import __version__
from report_ls.analysis import Analysis, analyze
from report_ls.data.error import DataError
from report_ls.judge import Choices, Terms, terms
from report_ls.lsp import (
    actions,
    commands,
    completion,
    diagnostics,
    folding,
    hints,
    hover,
    links,
    rename,
    status,
    symbols,
    watch,
    whole_workspace,
)
from report_ls.lsp.client import Client
from report_ls.lsp.configurations import Configurations
from report_ls.lsp.convert import Converter
from report_ls.lsp.disk import LiveFiles
from report_ls.lsp.documents import LARGEST, NOTHING, Document, Documents, changed
from report_ls.lsp.lenient import version_of
from report_ls.lsp.protocol import Protocol
from report_ls.lsp.settings import Settings, read_settings
from report_ls.lsp.stdio import Loop, Read, Writer
from report_ls.lsp.uris import key, path_of
from report_ls.lsp.worker import PATIENCE, Worker
from report_ls.outline import Outline, outline
from report_ls.pack import Pack, choose
from report_ls.text import SourceText
from report_ls.workspace import load_pack, packs

_LOG = logging.getLogger(__name__)

_FEATURES = (
    actions,
    commands,
    completion,
    diagnostics,
    folding,
    hints,
    hover,
    links,
    rename,
    symbols,
    watch,
    whole_workspace,
)


class Server(LanguageServer):
    """One client's server: everything that changes lives here, and goes when it goes."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("report-ls", __version__, protocol_cls=Protocol, converter_factory=default_converter)
        self.loop = Loop()
        self.worker = Worker(self.loop)
        self.background = Worker(self.loop)
        """For what takes long: nobody who types shall wait for it."""
        self.documents = Documents()
        self.client = Client(types.ClientCapabilities(), {})
        self.shape = diagnostics.Shape()
        self.convert = Converter()
        self.settings = Settings()
        self.folders: tuple[Path, ...] = ()
        self.forced_pack: Pack | None = None
        """The pack that the settings name, as it was when it could last be read."""
        self.configurations = Configurations(
            self.loop, self.worker, self._choose_again, partial(diagnostics.publish_mistake, self)
        )
        self.closed: dict[str, types.PreviousResultId] = {}
        """What a client was told last of documents that are closed, and may show still, by key."""
        self.result_ids = count(1)
        """What tells the diagnostics of one document and moment from all others."""
        self._broken_pack: Path | None = None
        self._is_ready = False
        """The client has said that it takes requests."""
        handlers: Sequence[tuple[str, Callable[[Any], object], object]] = (
            (types.INITIALIZE, self._initialize, None),
            (types.INITIALIZED, self._initialized, None),
            (types.TEXT_DOCUMENT_DID_SAVE, self._did_save, types.SaveOptions(include_text=False)),
            (types.WORKSPACE_DID_CHANGE_CONFIGURATION, self._did_change_configuration, None),
            (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, self._did_change_folders, None),
        )
        for method, handler, options in handlers:
            # pygls marks what it registers, and a bound method takes no marks.
            self.feature(method, options)(partial(handler))

    def run(self, read: Read, stdout: BinaryIO) -> int:
        """Serve until the client says exit or is gone; return the exit status. Raises `FrameError`."""
        self.protocol.set_writer(Writer(stdout, self.loop.end))
        try:
            self.loop.run(read, self.protocol.receive, self._when_idle, self._when_quiet)
        except SystemExit as ending:
            return int(ending.code or 0)
        return 1  # It should have said exit.

    def report_server_error(self, error: Exception, source: type[PyglsError | JsonRpcException]) -> None:
        """Log a fault of ours; a message box per keystroke would help nobody."""
        if isinstance(error, JsonRpcInternalError) and error.data:
            # pygls keeps of an exception what it needs for an answer.
            _LOG.error("a defect of report-ls: %s\n%s", error.message, "".join(error.data["traceback"]).rstrip())
        elif not isinstance(error, JsonRpcException):
            _LOG.error("a defect of report-ls, %s", source.__name__, exc_info=error)

    # Life

    def _initialize(self, params: types.InitializeParams) -> None:
        options = params.initialization_options
        self.client = Client(params.capabilities, options if isinstance(options, dict) else {})
        self.convert = Converter(types.PositionEncodingKind(self.workspace.position_encoding))
        self.configurations.is_trusted = self.client.is_trusted
        self._take_folders()
        self._take_settings(self.client.options.get("settings"))
        for feature in _FEATURES:
            feature.register(self)

    def _initialized(self, _params: types.InitializedParams) -> None:
        self._is_ready = True
        watch.start(self)
        self._ask_for_settings()

    def _take_folders(self) -> None:
        found = [path_of(folder.uri) for folder in self.workspace.folders.values()]
        if not found and self.workspace.root_uri:
            found = [path_of(self.workspace.root_uri)]
        self.folders = tuple(path for path in found if path)

    def _did_change_folders(self, _params: types.DidChangeWorkspaceFoldersParams) -> None:
        self._take_folders()
        self.read_pack()
        self._refresh()

    # Settings

    def _ask_for_settings(self) -> None:
        if not self.client.takes("workspace.configuration"):
            return
        params = types.ConfigurationParams([types.ConfigurationItem(section="reportLs")])

        def take(answer: "Future[Sequence[Any]]") -> None:
            settings = None if answer.cancelled() or answer.exception() else answer.result()
            if settings and settings[0] is not None:
                self._take_settings(settings[0])

        self.protocol.send_request(types.WORKSPACE_CONFIGURATION, params).add_done_callback(take)

    def _did_change_configuration(self, params: types.DidChangeConfigurationParams) -> None:
        if self.client.takes("workspace.configuration"):
            self._ask_for_settings()
            return
        if isinstance(params.settings, dict):
            self._take_settings(params.settings.get("reportLs", params.settings))

    def _take_settings(self, data: object) -> None:
        settings, faults = read_settings(data)
        for fault in faults:
            self._warn(fault)
        if settings != self.settings:
            self.change_settings(settings)

    def change_settings(self, settings: Settings) -> None:
        """Judge everything anew with other settings."""
        has_other_pack = settings.pack != self.settings.pack
        self.settings = settings
        if has_other_pack:
            self.forced_pack = None
            self.read_pack()
            self._choose_again()
        else:
            self.judge_again()

    def _choose_again(self) -> None:
        """Judge everything anew, by whatever pack it now belongs to."""
        for document in self.documents:
            document.prompts, document.recognised = (), None
        self.judge_again()

    def read_pack(self) -> None:
        """Read the pack that the settings name; while it is broken the last good one stays."""
        if self.settings.pack:
            self.worker.run(self._reading_pack(self.settings.pack))
        else:
            self._forget_broken_pack()

    def _reading_pack(self, name: str) -> Generator[Callable[[], Any], Any, None]:
        known = [pack.id for pack in packs()]
        path = (self.folders[0] if self.folders else Path.cwd()) / name
        if name not in known and not self.client.is_trusted:
            self._warn(f"reportLs.pack: {name} is not read, because this folder is not trusted")
            return
        try:
            pack = yield lambda: load_pack(name if name in known else str(path))
        except DataError as error:
            if name == self.settings.pack:
                self._forget_broken_pack(path)
                self._broken_pack = path
                diagnostics.publish_mistake(self, path, error)
            return
        except FileNotFoundError:
            self._forget_broken_pack()
            self._warn(f"reportLs.pack: there is no pack and no file {name}; the packs are {', '.join(known)}")
            return
        except (OSError, ValueError) as error:
            self._forget_broken_pack()
            self._warn(f"reportLs.pack: {name} cannot be read: {getattr(error, 'strerror', error)}")
            return
        if name == self.settings.pack:
            self._forget_broken_pack()
            if pack != self.forced_pack:
                self.forced_pack = pack
                self.judge_again()

    def _forget_broken_pack(self, but: Path | None = None) -> None:
        """Take back what was said of a pack's file, unless the same one is about to be shown again."""
        if self._broken_pack not in (None, but):
            diagnostics.publish_mistake(self, self._broken_pack, None)
        self._broken_pack = None

    def _warn(self, message: str) -> None:
        self.window_log_message(types.LogMessageParams(types.MessageType.Warning, message))

    # Documents

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Open a document."""
        item = params.text_document
        self._forget(item.uri)  # It should not be open, but who knows.
        path = path_of(item.uri)
        document = Document(item.uri, version_of(item.version), SourceText(item.text), self._files(path, item.uri))
        if len(item.text) > LARGEST:
            message = f"{item.uri} has {len(item.text)} characters: report-ls does not look at more than {LARGEST}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Info, message))
        self.documents.put(document)

    def _files(self, path: Path | None, uri: str) -> LiveFiles:
        def look_again() -> None:
            document = self.documents.get(uri)
            if document:
                document.is_stale = True
                self._refresh()

        folder, name = (path.parent, path.name) if path else (None, "")
        return LiveFiles(folder, name, partial(self._template, folder), self.loop, self.worker, look_again)

    def _template(self, folder: Path | None) -> Path | None:
        return self.configurations.of(folder).template

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Change a document; it is judged when no further message is waiting."""
        document = self.documents.get(params.text_document.uri)
        if document is None:
            _LOG.warning("a change of a document that is not open")
            return
        document.source = changed(document.source, params.content_changes, self.convert)
        document.version = version_of(params.text_document.version)
        document.is_typing = document.is_typing or not document.is_stale
        document.is_stale = True

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Close a document and take back what was said of it."""
        self._forget(params.text_document.uri)

    def _forget(self, uri: str) -> None:
        document = self.documents.close(uri)
        if document and document.is_marked:
            diagnostics.publish(self, document, [])
        if document and document.result_id != NOTHING:
            self.closed[key(uri)] = types.PreviousResultId(document.uri, document.result_id)
        if document and all(document.files.root != other.files.root for other in self.documents):
            self.configurations.forget(document.files.root)

    def forget_closed(self, told: Sequence[types.PreviousResultId]) -> None:
        """Forget closed documents of which the client has been told that nothing is said any more."""
        for item in told:
            if self.closed.get(key(item.uri)) is item:
                del self.closed[key(item.uri)]

    def _did_save(self, params: types.DidSaveTextDocumentParams) -> None:
        document = self.documents.get(params.text_document.uri)
        if document:
            document.is_stale, document.is_typing = True, False
        self.read_pack()
        self.configurations.refresh()
        if document:
            before = document.result_id
            diagnostics.current(self, document)
            if document.result_id != before:
                self._refresh()  # The files beside it have changed, and who pulls does so after edits.

    # Judging

    def judge(self, document: Document) -> Analysis | None:
        """Return what is to be said of a document as it is now; None if it is no report."""
        if document.is_stale:
            document.is_stale, document.is_told = False, False
            if not document.is_typing:
                document.files.refresh(PATIENCE)
            by = self.terms(document)
            document.analysis = self._analyze(document, by) if by else None
        return document.analysis

    def _analyze(self, document: Document, by: Terms) -> Analysis:
        analysis = analyze(document.source, by.pack, document.files, by.stage)
        for failure in analysis.failures:
            _LOG.error("the check %s failed", failure.code, exc_info=failure.error)
        return analysis

    @property
    def choices(self) -> Choices:
        """What the settings say, above any configuration."""
        stage = self.settings.stage.value if self.settings.stage else ""
        return Choices(self.forced_pack, stage, severities=self.settings.severities)

    def terms(self, document: Document) -> Terms | None:
        """Return how an open document is judged; None if it is no report."""
        if len(document.source.text) > LARGEST:
            return None
        found, configured = outline(document.source.plain), self.configurations.of(document.files.root)
        recognise = partial(self._recognise, document)
        decided = terms(found, document.files.path, configured, self.choices, recognise=recognise)
        return decided if isinstance(decided, Terms) else None

    def _recognise(self, document: Document, found: Outline) -> Pack | None:
        if found.prompts != document.prompts:
            document.prompts = found.prompts
            document.recognised = choose(found, packs(), document.recognised)
        return document.recognised

    def judge_again(self) -> None:
        """Judge all documents anew: files, packs or settings have changed."""
        for document in self.documents:
            document.is_stale, document.is_typing = True, False
        self._refresh()

    def _refresh(self) -> None:
        """Ask a client that pulls to pull."""
        if not self._is_ready:
            return
        if self.client.pulls:
            self.workspace_diagnostic_refresh(None)
        if self.client.takes("workspace.inlay_hint.refresh_support"):
            self.workspace_inlay_hint_refresh(None)

    def _when_idle(self) -> None:
        for document in self.documents:
            self.judge(document)
            if document.is_told:
                continue
            document.is_told = True
            if not self.client.pulls:
                diagnostics.push(self, document)
            if self.client.wants_status:
                status.tell(self, document)

    def _when_quiet(self) -> None:
        """Look whether the folders are still as they were: after the last of some keystrokes, not between them."""
        for document in self.documents:
            if document.is_typing:
                document.is_typing = False
                document.files.refresh(0)
