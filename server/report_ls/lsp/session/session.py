"""The session with one client: its documents and settings, and how each document is judged.

It uses neither pygls nor any feature. It calls its `Listener`, the server, when the client needs a message.
Long because every notification of the client changes the same few values.
"""

import logging
from collections.abc import Callable, Generator, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from attrs import frozen
from lsprotocol import types

from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.text import SourceText
from report_ls.data.error import DataError
from report_ls.lsp.session.configurations import Configurations
from report_ls.lsp.session.documents import MAX_DOCUMENT_CHARACTERS, NOTHING, Document, Documents, pasted
from report_ls.lsp.session.live_files import LiveFiles
from report_ls.lsp.session.settings import Settings, read_settings
from report_ls.lsp.wire.capabilities import ClientCapabilities
from report_ls.lsp.wire.lenient import version_of
from report_ls.lsp.wire.loop import Loop
from report_ls.lsp.wire.positions import Converter
from report_ls.lsp.wire.uris import key, path_of
from report_ls.lsp.wire.worker import DISK_TIMEOUT_SECONDS, NewWorker
from report_ls.packs.edition import edition
from report_ls.packs.pack import Pack
from report_ls.project.find_configuration import ResolvedConfiguration
from report_ls.project.judge import Choices, Terms, terms
from report_ls.project.packs import load_pack, packs
from report_ls.report.outline import Outline, outline_after

_LOG = logging.getLogger(__name__)


@frozen
class Listener:
    """The functions of the server that the session calls."""

    changed: Callable[[], None]
    """Documents must be judged again, for another reason than an edit."""
    closed: Callable[[Document], None]
    """A document was closed."""
    tell_mistake: Callable[[Path, DataError | None], None]
    """The file of a pack or a configuration has a mistake; None when it is gone."""
    log: Callable[[types.MessageType, str], None]
    """A message is for the client's log."""


class Session:
    """All state of one client's session."""

    def __init__(self, loop: Loop, new_worker: NewWorker, listener: Listener) -> None:
        self.loop = loop
        self._listener = listener
        self.worker = new_worker(loop)
        self.background = new_worker(loop)
        """For slow calls, so that the user's typing never waits for them."""
        self._counter = new_worker(loop)
        """For waiting for other processes."""
        self.documents = Documents()
        self.client = ClientCapabilities(types.ClientCapabilities(), {})
        self.convert = Converter()
        self.settings = Settings()
        self.folders: tuple[Path, ...] = ()
        self.forced_pack: Pack | None = None
        """The pack that the settings name, as last read without a mistake."""
        self.configurations = Configurations(loop, self.worker, self._choose_again, listener.tell_mistake)
        self.closed: dict[str, types.PreviousResultId] = {}
        """The last result id of each closed document whose diagnostics the client may still show, by key."""
        self.when_stirred: Callable[[], None] = _nothing
        """Called when anything but the text of an open document may have changed."""
        self.result_ids = count(1)
        """The result ids: each list of diagnostics gets a new one."""
        self._broken_pack: Path | None = None

    def begin(self, client: ClientCapabilities, convert: Converter, folders: tuple[Path, ...]) -> None:
        """Set the client, before it opens any document."""
        self.client, self.convert, self.folders = client, convert, folders
        self.configurations.is_trusted = client.is_trusted
        self.take_settings(client.options.get("settings"))

    def change_folders(self, folders: tuple[Path, ...]) -> None:
        """Set the folders of the workspace."""
        self.folders = folders
        self.read_pack()
        self.when_stirred()
        self._listener.changed()

    # Settings

    def take_settings(self, data: object) -> None:
        """Set the settings that the client has sent, and log the values that cannot be used."""
        settings, faults = read_settings(data)
        for fault in faults:
            self._warn(fault)
        if settings != self.settings:
            self.change_settings(settings)

    def change_settings(self, settings: Settings) -> None:
        """Judge all documents again with other settings."""
        has_other_pack = settings.pack != self.settings.pack
        self.settings = settings
        if has_other_pack:
            self.forced_pack = None
            self.read_pack()
            self._choose_again()
        else:
            self.judge_again()

    def _choose_again(self) -> None:
        """Recognise the edition of all documents again, and judge them."""
        for document in self.documents:
            document.edition = None
        self.judge_again()

    def read_pack(self) -> None:
        """Read the pack that the settings name; while it is broken, keep the last valid one."""
        if self.settings.pack:
            self.worker.run(self._reading_pack(self.settings.pack))
        else:
            self._forget_broken_pack()

    def _reading_pack(self, name: str) -> Generator[Callable[[], Any], Any, None]:
        known = [pack.id for pack in packs()]
        path = (self.folders[0] if self.folders else _current_folder()) / name
        if name not in known and not self.client.is_trusted:
            self._warn(f"reportLs.pack: {name} is not read, because this folder is not trusted")
            return
        try:
            pack = yield lambda: load_pack(name if name in known else str(path))
        except DataError as error:
            if name == self.settings.pack:
                self._forget_broken_pack(path)
                self._broken_pack = path
                self._listener.tell_mistake(path, error)
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
        """Take back the mistake in a pack's file, unless that file is `but`."""
        if self._broken_pack not in (None, but):
            self._listener.tell_mistake(self._broken_pack, None)
        self._broken_pack = None

    def _warn(self, message: str) -> None:
        self._listener.log(types.MessageType.Warning, message)

    # Documents

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Open a document."""
        item = params.text_document
        self._forget(item.uri)  # A client may open a document twice.
        path = path_of(item.uri)
        document = Document(item.uri, version_of(item.version), SourceText(item.text), self._files(path, item.uri))
        if len(item.text) > MAX_DOCUMENT_CHARACTERS:
            too_long = f"{item.uri} has {len(item.text)} characters: report-ls does not look at more than"
            self._listener.log(types.MessageType.Info, f"{too_long} {MAX_DOCUMENT_CHARACTERS}")
        self.documents.put(document)

    def _files(self, path: Path | None, uri: str) -> LiveFiles:
        def look_again() -> None:
            document = self.documents.get(uri)
            if document:
                document.is_stale = True
                self._listener.changed()

        folder, name = (path.parent, path.name) if path else (None, "")
        template, is_trusted = partial(self._template, folder), self.client.is_trusted
        return LiveFiles(folder, name, template, is_trusted, self.loop, self.worker, self._counter, look_again)

    def _template(self, folder: Path | None) -> Path | None:
        return self.configurations.of(folder).template

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Change a document; it is judged when no other message is waiting."""
        document = self.documents.get(params.text_document.uri)
        if document is None:
            _LOG.warning("a change of a document that is not open")
            return
        document.change(version_of(params.text_document.version), params.content_changes, self.convert)
        if self.client.names_pictures_first:
            document.files.expect(pasted(params.content_changes))
        document.is_typing = document.is_typing or not document.is_stale
        document.is_stale = True

    def did_save(self, params: types.DidSaveTextDocumentParams) -> Document | None:
        """Look again at everything on disk; return the document that was saved, if it is open."""
        document = self.documents.get(params.text_document.uri)
        if document:
            document.is_stale, document.is_typing, document.edited = True, False, None
        self.read_pack()
        self.configurations.refresh()
        self.when_stirred()
        return document

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Close a document and take back its diagnostics."""
        self._forget(params.text_document.uri)

    def _forget(self, uri: str) -> None:
        document = self.documents.close(uri)
        if document is None:
            return
        self._listener.closed(document)
        if document.result_id != NOTHING:
            self.closed[key(uri)] = types.PreviousResultId(document.uri, document.result_id)
        if all(document.files.root != other.files.root for other in self.documents):
            self.configurations.forget(document.files.root)
        self.when_stirred()

    def forget_closed(self, told: Sequence[types.PreviousResultId]) -> None:
        """Forget closed documents after the client was told that they have no diagnostics any more."""
        for item in told:
            if self.closed.get(key(item.uri)) is item:
                del self.closed[key(item.uri)]

    # Judging

    def report_at(self, uri: str) -> tuple[Document, Analysis] | None:
        """Return an open document and its analysis; None if it is not open or no report."""
        document = self.documents.get(uri)
        analysis = self.judge(document) if document else None
        return (document, analysis) if document and analysis else None

    def judge(self, document: Document) -> Analysis | None:
        """Return the analysis of a document's current text; None if it is no report."""
        if document.is_stale:
            document.is_stale, document.is_published = False, False
            if not document.is_typing:
                document.files.refresh(DISK_TIMEOUT_SECONDS)
            by = self.terms(document)
            document.analysis = self._analyze(document, by) if by else None
            self._say_new_form(document)
        return document.analysis

    def _analyze(self, document: Document, by: Terms) -> Analysis:
        analysis = analyze(document.source, by.pack, document.files, by.stage, document.outline, edited=document.edited)
        for failure in analysis.failures:
            _LOG.error("the check %s failed", failure.code, exc_info=failure.error)
        return analysis

    def _say_new_form(self, document: Document) -> None:
        """Log once that no pack knows the form of a document."""
        analysis = document.analysis
        unknown = analysis.pack.unknown if analysis else None
        if analysis and unknown and unknown.nearest.id != document.nearest:
            document.nearest = unknown.nearest.id
            self._listener.log(types.MessageType.Info, f"{document.uri}: {analysis.note}")

    @property
    def choices(self) -> Choices:
        """The pack, stage and severities of the settings, which override any configuration."""
        stage = self.settings.stage.value if self.settings.stage else ""
        return Choices(self.forced_pack, stage, severities=self.settings.severities)

    def terms(self, document: Document) -> Terms | None:
        """Return how an open document is judged; None if it is no report."""
        if len(document.source.text) > MAX_DOCUMENT_CHARACTERS:
            return None
        found = document.outline = outline_after(document.outline, document.source.plain)
        configured = self.configurations.of(document.files.root)
        recognise = partial(self._recognise, document)
        decided = terms(found, document.files.path, configured, self.choices, recognise=recognise)
        return decided if isinstance(decided, Terms) else None

    def switched_off(self, document: Document) -> list[str]:
        """Return the checks, or checks in one question, that the configuration or the settings switch off."""
        configured = self.configurations.of(document.files.root).configuration.severities
        severities = {**configured, **self.settings.severities}
        return sorted(key for key, severity in severities.items() if severity is None)

    def _recognise(self, document: Document, found: Outline, _configured: ResolvedConfiguration) -> Pack | None:
        document.edition = edition(found, packs(), document.files, document.edition)
        return document.edition.pack

    def judge_again(self) -> None:
        """Judge all documents again: files, packs or settings have changed."""
        for document in self.documents:
            document.is_stale, document.is_typing = True, False
        self.when_stirred()
        self._listener.changed()

    def look_again(self) -> None:
        """Judge all documents again: files may have changed. The client gets only diagnostics that differ."""
        for document in self.documents:
            document.before = document.before or document.said
            document.is_stale, document.is_typing = True, False
        self.when_stirred()

    def look_around(self) -> None:
        """Look for changes on disk: after the last of some keystrokes, not between them."""
        typed = [document for document in self.documents if document.is_typing]
        for document in typed:
            document.is_typing = False
            document.files.refresh(0)
        if typed:
            self.configurations.refresh(0)


def _nothing() -> None:
    """Do nothing."""


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:  # It was deleted.
        return Path.home()
