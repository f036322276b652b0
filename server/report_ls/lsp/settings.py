"""The settings `reportLs.*`, as the client has them or pushes them."""

from collections.abc import Mapping
from json import dumps
from typing import TypeVar

from attrs import frozen

from report_ls.checks import all_checks
from report_ls.diagnostic import Severity, Stage


@frozen
class Settings:
    """What a user may set in the editor."""

    pack: str = ""
    """A pack's id or file, instead of the one that is recognised; a path counts from the workspace's folder."""
    stage: Stage | None = None
    """None for automatic."""
    severities: Mapping[str, Severity | None] = {}
    """By code, or code and question; None switches the check off."""
    hints: bool = True
    """Whether the counts stand at the answer labels."""


_STAGES = {"auto": None, "draft": Stage.DRAFT, "final": Stage.FINAL}
_SEVERITIES: Mapping[str, Severity | None] = {severity.word: severity for severity in Severity} | {"off": None}


def read_settings(data: object) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings in a table, and a sentence on each value that cannot be used.

    What is null or not there is as the default has it; keys that nobody here knows are the client's own.
    """
    faults: list[str] = []
    if not isinstance(data, dict | None):
        faults.append(f"reportLs: {_show(data)} is not a table of settings")
    table = {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else {}

    def value_of(key: str, kind: type[_T], expected: str, default: _T) -> _T:
        value = table.get(key, default)
        if isinstance(value, kind):
            return value
        faults.append(f"reportLs.{key}: {_show(value)} is not {expected}")
        return default

    pack = value_of("pack", str, "the name of a pack or its file", "")
    stage = value_of("stage", str, _one_of(_STAGES), "auto")
    if stage not in _STAGES:
        faults.append(f"reportLs.stage: {_show(stage)} is not {_one_of(_STAGES)}")
        stage = "auto"
    hints = value_of("hints", bool, "true or false", default=True)
    severities: dict[str, Severity | None] = {}
    known = {check.code for check in all_checks()}
    for key, word in value_of("severity", dict, "a table", {}).items():
        code, at, question = str(key).partition("@")
        if code not in known or (at and not question.isdecimal()):
            faults.append(f"reportLs.severity: there is no check {_show(key)}")
        elif not isinstance(word, str) or word not in _SEVERITIES:
            faults.append(f"reportLs.severity: {_show(word)} is not {_one_of(_SEVERITIES)}")
        else:
            severities[key] = _SEVERITIES[word]
    return Settings(pack, _STAGES[stage], severities, hints), tuple(faults)


_T = TypeVar("_T")
_LONGEST = 60


def _one_of(allowed: Mapping[str, object]) -> str:
    return f"one of {', '.join(allowed)}"


def _show(value: object) -> str:
    """Return a value as it is written in a file of settings."""
    text = dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
