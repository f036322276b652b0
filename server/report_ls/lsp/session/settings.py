"""The settings `reportLs.*`, as the client has them or pushes them."""

from collections.abc import Mapping

from attrs import frozen

from report_ls.base.diagnostic import STAGES, Severity, Stage
from report_ls.project.configuration import read, show


@frozen
class Settings:
    """What a user may set in the editor."""

    pack: str = ""
    """A pack's id or file, instead of the one that is recognised; a path counts from the workspace's folder."""
    stage: Stage | None = None
    """None for automatic, or as is configured: an editor sends its default too."""
    severities: Mapping[str, Severity | None] = {}
    """By code, or code and question; None switches the check off."""
    hints: bool = True
    """Whether the counts stand at the answer labels."""


SETTINGS = "pack", "stage", "severity", "hints"
"""What a user may set, by the name behind `reportLs.`."""


def read_settings(data: object) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings in a table, and a sentence on each value that cannot be used.

    What is null or not there is as the default has it; keys that nobody here knows are the client's own.
    """
    if not isinstance(data, dict | None):
        return Settings(), (f"reportLs: {show(data)} is not a table of settings",)
    table = {key: value for key, value in (data or {}).items() if key in SETTINGS and value is not None}
    configuration, faults = read(table)
    sentences = [f"reportLs.{fault.path[0]}: {fault.message}" for fault in faults]
    hints = table.get("hints", True)
    if not isinstance(hints, bool):
        sentences.append(f"reportLs.hints: {show(hints)} is not true or false")
        hints = True
    stage = STAGES[configuration.stage or "auto"]
    return Settings(configuration.pack, stage, configuration.severities, hints), tuple(sentences)
