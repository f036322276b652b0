"""What the client takes, read once from its capabilities; everything it does not name it does not get."""

from functools import cached_property
from typing import Any

from attrs import frozen
from lsprotocol import types
from pygls.capabilities import get_capability

from report_ls.project.find_configuration import FindConfiguration, find_configuration, no_configuration
from report_ls.project.packs import rules_folder


@frozen
class DiagnosticShape:
    """What of a diagnostic the client takes."""

    version: bool
    related: bool
    tags: bool
    data: bool
    href: str | None
    """Where the page of a check is, with `{code}` where its code belongs."""


@frozen
class ClientCapabilities:
    """The capabilities that change what is sent."""

    capabilities: types.ClientCapabilities
    options: dict[str, Any]
    """The client's initializationOptions, as far as they are a table."""

    def takes(self, path: str) -> bool:
        """Say whether a capability is there and not false, such as `workspace.apply_edit`."""
        return bool(get_capability(self.capabilities, path, default=False))

    def lists(self, path: str) -> frozenset[str]:
        """Return the values that a capability lists."""
        values = get_capability(self.capabilities, path, default=None) or ()
        return frozenset(str(getattr(value, "value", value)) for value in values)

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics, and anew when it is told to; then none are pushed.

        Neovim 0.11 asks only after an edit: it would not see a picture that is there when the report is saved.
        """
        asks = get_capability(self.capabilities, "text_document.diagnostic", default=None) is not None
        return asks and self.takes("workspace.diagnostics.refresh_support")

    @cached_property
    def diagnostic_shape(self) -> DiagnosticShape:
        """What of a diagnostic it takes; found out once, because there are many diagnostics."""
        where = "text_document.publish_diagnostics."
        return DiagnosticShape(
            version=self.takes(f"{where}version_support"),
            related=self.takes(f"{where}related_information"),
            tags="1" in self.lists(f"{where}tag_support.value_set"),
            data=self.takes(f"{where}data_support"),
            href=self.explaining or f"{rules_folder().joinpath('README.md').as_uri()}#{{code}}"
            if self.takes(f"{where}code_description_support")
            else None,
        )

    @property
    def is_trusted(self) -> bool:
        """Whether the workspace's own settings and packs may be obeyed; only a client that says no means no."""
        return self.options.get("trusted") is not False

    @property
    def configured_for(self) -> FindConfiguration:
        """What returns the configuration for the reports of a folder, as far as it may be obeyed."""
        return find_configuration if self.is_trusted else no_configuration

    @property
    def explaining(self) -> str | None:
        """What a link to the page of a check is in this client, with `{code}` where the code belongs."""
        return self._text("explain")

    @property
    def ignoring(self) -> str | None:
        """The client's command that asks where a check is to be ignored; LSP itself cannot ask that."""
        return self._text("ignore")

    @property
    def typing(self) -> str | None:
        """The client's command that types a line into a terminal, which the user then runs or not."""
        return self._text("type")

    def _text(self, option: str) -> str | None:
        value = self.options.get(option)
        return value if isinstance(value, str) else None

    @property
    def wants_status(self) -> bool:
        """Whether it asked for `reportLs/status`: some clients warn of notifications they do not know."""
        return self.options.get("status") is True

    @property
    def hovers_problems(self) -> bool:
        """Whether its own hovers say the problems of a place, so that ours need not say them again."""
        return self.options.get("hoversProblems") is True

    @property
    def names_pictures_first(self) -> bool:
        """Whether it writes the name of a picture that is pasted into the report before it writes the file."""
        return self.options.get("namesPicturesFirst") is True

    @property
    def markup(self) -> types.MarkupKind:
        """How hovers are written."""
        formats = get_capability(self.capabilities, "text_document.hover.content_format", default=None) or ()
        return types.MarkupKind.Markdown if types.MarkupKind.Markdown in formats else types.MarkupKind.PlainText
