"""Watching files: pictures, packs, configurations and scripts that appear, change or vanish, and git's index."""

from lsprotocol import types

from report_ls.files.disk import SCRIPT
from report_ls.files.targets import PICTURES
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection
from report_ls.project.configuration import FILES
from report_ls.project.packs import packs


def register(server: Connection, session: Session) -> None:
    """Judge again when the client says that files have changed."""

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(_params: types.DidChangeWatchedFilesParams) -> None:
        session.read_pack()
        session.configurations.refresh()
        session.look_again()


def start(server: Connection, session: Session) -> None:
    """Ask the client, if it supports this, to watch files and to send changes of settings and configurations."""
    registrations = []
    if session.client.takes("workspace.did_change_watched_files.dynamic_registration"):
        endings = ",".join((*PICTURES, *(picture.upper() for picture in PICTURES), "yaml", "yml", "toml"))
        patterns = f"**/*.{{{endings}}}", f"**/{SCRIPT}", "**/.git/index"
        watchers = [types.FileSystemWatcher(pattern) for pattern in patterns]
        # When a folder appears or vanishes, VS Code reports only the folder and not its files. So the folders of
        # pictures are watched too; watching all folders would mean watching all files.
        kinds = types.WatchKind.Create | types.WatchKind.Delete
        for folder in sorted({pack.picture_folder for pack in packs()}):
            watchers += (types.FileSystemWatcher(pattern, kinds) for pattern in (f"**/{folder}", f"**/{folder}/**"))
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registrations.append(types.Registration("report-ls-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if session.client.takes("text_document.synchronization.dynamic_registration"):
        # Switching a check off edits the text in the editor, which may differ from the file on disk.
        files: list[types.DocumentFilter] = [types.TextDocumentFilterPattern(pattern=f"**/{name}") for name in FILES]
        change = types.TextDocumentChangeRegistrationOptions(types.TextDocumentSyncKind.Incremental, files)
        opened = types.TextDocumentRegistrationOptions(files)
        registrations += [
            types.Registration("report-ls-toml-open", types.TEXT_DOCUMENT_DID_OPEN, opened),
            types.Registration("report-ls-toml-change", types.TEXT_DOCUMENT_DID_CHANGE, change),
            types.Registration("report-ls-toml-close", types.TEXT_DOCUMENT_DID_CLOSE, opened),
        ]
    if session.client.takes("workspace.did_change_configuration.dynamic_registration"):
        settings = types.DidChangeConfigurationRegistrationOptions(section="reportLs")
        registrations.append(
            types.Registration("report-ls-settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, settings)
        )
    if registrations:
        server.client_register_capability(types.RegistrationParams(registrations))
