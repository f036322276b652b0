"""What the client supports, read once from its capabilities; it gets nothing that it does not name."""

from functools import cached_property
from typing import Any

from attrs import frozen
from lsprotocol import types
from pygls.capabilities import get_capability

from report_ls.project.find_configuration import FindConfiguration, find_configuration, no_configuration
from report_ls.project.packs import rules_folder


@frozen
class DiagnosticShape:
    """The optional properties of a diagnostic that the client supports."""

    version: bool
    related: bool
    tags: bool
    data: bool
    href: str | None
    """The URI of a check's page, with `{code}` for its code; None if the client supports no such link."""


@frozen
class ClientCapabilities:
    """The capabilities and options of the client."""

    capabilities: types.ClientCapabilities
    options: dict[str, Any]
    """The client's initializationOptions; empty if they are no table."""

    def takes(self, path: str) -> bool:
        """Return whether a capability, such as `workspace.apply_edit`, is present and not false."""
        return bool(get_capability(self.capabilities, path, default=False))

    def lists(self, path: str) -> frozenset[str]:
        """Return the values that a capability lists."""
        values = get_capability(self.capabilities, path, default=None) or ()
        return frozenset(str(getattr(value, "value", value)) for value in values)

    @property
    def pulls(self) -> bool:
        """Whether the client pulls diagnostics, and pulls again when the server asks; then the server pushes none.

        Neovim 0.11 pulls only after an edit: it would still show a picture as missing after the picture was added.
        """
        asks = get_capability(self.capabilities, "text_document.diagnostic", default=None) is not None
        return asks and self.takes("workspace.diagnostics.refresh_support")

    @cached_property
    def diagnostic_shape(self) -> DiagnosticShape:
        """The properties of diagnostics that it supports; computed once, because there are many diagnostics."""
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
        """Whether to use the workspace's own settings and packs: true unless the client says no."""
        return self.options.get("trusted") is not False

    @property
    def configured_for(self) -> FindConfiguration:
        """The function that returns the configuration of the reports in a folder; an empty one if not trusted."""
        return find_configuration if self.is_trusted else no_configuration

    @property
    def explaining(self) -> str | None:
        """The client's own link to the page of a check, with `{code}` for the code; None if it has none."""
        return self._text("explain")

    @property
    def ignoring(self) -> str | None:
        """The client's command that asks the user where to ignore a check; LSP itself cannot ask that."""
        return self._text("ignore")

    @property
    def typing(self) -> str | None:
        """The client's command that types a line into a terminal; the user then decides whether to run it."""
        return self._text("type")

    def _text(self, option: str) -> str | None:
        value = self.options.get(option)
        return value if isinstance(value, str) else None

    @property
    def wants_status(self) -> bool:
        """Whether it asked for `reportLs/status`: some clients show a warning for unknown notifications."""
        return self.options.get("status") is True

    @property
    def hovers_problems(self) -> bool:
        """Whether its own hovers show the problems at a position, so that the server's need not."""
        return self.options.get("hoversProblems") is True

    @property
    def names_pictures_first(self) -> bool:
        """Whether, when a picture is pasted, it writes the name into the report before it writes the file."""
        return self.options.get("namesPicturesFirst") is True

    @property
    def markup(self) -> types.MarkupKind:
        """The markup of hovers."""
        formats = get_capability(self.capabilities, "text_document.hover.content_format", default=None) or ()
        return types.MarkupKind.Markdown if types.MarkupKind.Markdown in formats else types.MarkupKind.PlainText
