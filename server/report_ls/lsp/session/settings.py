"""The client's settings `reportLs.*`."""

from collections.abc import Mapping

from attrs import frozen

from report_ls.base.diagnostic import STAGES, Severity, Stage
from report_ls.project.configuration import read, show


@frozen
class Settings:
    """The settings that the user can change in the editor."""

    pack: str = ""
    """The id or the file of the pack to use; empty to recognise it. A path is relative to the workspace's folder."""
    stage: Stage | None = None
    """None for `auto`: then the configuration or the report decides. Editors send this default too."""
    severities: Mapping[str, Severity | None] = {}
    """By code, or code and question; None switches the check off."""
    hints: bool = True
    """Whether inlay hints show the counts at the answer labels."""


SETTINGS = "pack", "stage", "severity", "hints"
"""The names of the settings, without `reportLs.`."""


def read_settings(data: object) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings in a table, and a message about each value that cannot be used.

    A null or missing value means the default. Unknown keys are ignored: they belong to the client.
    """
    if not isinstance(data, dict | None):
        return Settings(), (f"reportLs: {show(data)} is not a table of settings",)
    table = {key: value for key, value in (data or {}).items() if key in SETTINGS and value is not None}
    configuration, faults = read(table)
    messages = [f"reportLs.{fault.path[0]}: {fault.message}" for fault in faults]
    hints = table.get("hints", True)
    if not isinstance(hints, bool):
        messages.append(f"reportLs.hints: {show(hints)} is not true or false")
        hints = True
    stage = STAGES[configuration.stage or "auto"]
    return Settings(configuration.pack, stage, configuration.severities, hints), tuple(messages)
