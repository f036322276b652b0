"""Watching: pictures, packs and configurations that appear, change or vanish, and what git tracks."""

from typing import TYPE_CHECKING

from lsprotocol import types

from report_ls.files import PICTURES

if TYPE_CHECKING:
    from report_ls.lsp.server import Server


def register(server: "Server") -> None:
    """Judge again when the client says that files have changed."""

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(_params: types.DidChangeWatchedFilesParams) -> None:
        server.read_pack()
        server.configurations.refresh()
        server.judge_again()


def start(server: "Server") -> None:
    """Ask the client to watch, and to tell when settings change, where it can be asked."""
    registrations = []
    if server.client.takes("workspace.did_change_watched_files.dynamic_registration"):
        endings = ",".join((*PICTURES, *(picture.upper() for picture in PICTURES), "yaml", "yml", "toml"))
        patterns = f"**/*.{{{endings}}}", "**/.git/index"
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(one) for one in patterns])
        registrations.append(types.Registration("report-ls-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if server.client.takes("workspace.did_change_configuration.dynamic_registration"):
        settings = types.DidChangeConfigurationRegistrationOptions(section="reportLs")
        registrations.append(
            types.Registration("report-ls-settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, settings)
        )
    if registrations:
        server.client_register_capability(types.RegistrationParams(registrations))
