"""The configuration: what a project sets for its reports, read from TOML with an error that names its place."""

import re
from collections.abc import Iterable, Mapping
from json import dumps

from report_ls.base.diagnostic import STAGES, Severity
from report_ls.base.memo import memoized
from report_ls.base.named_tuple import NamedTuple
from report_ls.checks import all_checks
from report_ls.data.error import Fault, KeyPath, did_you_mean
from report_ls.packs.pack import Pack

FILES: Mapping[str, KeyPath] = {"report-ls.toml": (), "pyproject.toml": ("tool", "report-ls")}
"""Where a configuration is: its table in each of the files, in the order in which they are looked for."""

_SEVERITIES: Mapping[str, Severity | None] = {severity.word: severity for severity in Severity} | {"off": None}


class Configuration(NamedTuple):
    """What may be set for a report."""

    pack: str = ""
    """A pack's id or file, instead of the one that is recognised; a path counts from the configuration's folder."""
    stage: str = ""
    """A key of `STAGES`; empty where it is not set."""
    template: str = ""
    """The file that the report was made from, seen from the configuration's folder."""
    severities: Mapping[str, Severity | None] = {}
    """By code, or code and question (`answer-too-short@14`); None switches the check off."""


SETTINGS = "pack", "stage", "template", "severity"
"""The keys of a configuration."""


def load_configuration(text: str, where: str, table: KeyPath) -> Configuration | None:
    """Read the configuration in a table of a file, None if it has no such table; `where` names it in errors.

    Raises `DataError`.
    """
    from report_ls.data import toml  # noqa: PLC0415 - only a configuration needs it

    data: object = toml.read(text, where)
    for key in table:
        data = data.get(key) if isinstance(data, dict) else None
    if data is None:
        return None
    configuration, faults = read(data)
    unknown = (_unknown_key(key) for key in data if key not in SETTINGS) if isinstance(data, dict) else ()
    for fault in (*unknown, *faults):
        raise toml.error_at(text, where, fault._replace(path=(*table, *fault.path)))
    return configuration


def read(data: object) -> tuple[Configuration, tuple[Fault, ...]]:
    """Return what a table of settings sets, and a fault for each value that cannot be used; other keys are ignored."""
    if not isinstance(data, dict):
        return Configuration(), (Fault((), f"{show(data)} is not a table of settings"),)
    faults: list[Fault] = []

    def text_of(key: str, expected: str, allowed: Iterable[str] = ()) -> str:
        value = data.get(key)
        if value is None or (isinstance(value, str) and (not allowed or value in allowed)):
            return value or ""
        faults.append(Fault((key,), f"{show(value)} is not {expected}{did_you_mean(value, allowed)}"))
        return ""

    pack = text_of("pack", "the name of a pack or its file")
    stage = text_of("stage", one_of(STAGES), STAGES)
    template = text_of("template", "the name of a file")
    table = data.get("severity", {})
    if not isinstance(table, dict):
        faults.append(Fault(("severity",), f"{show(table)} is not a table"))
        table = {}
    severities: dict[str, Severity | None] = {}
    for key, word in table.items():
        fault = _fault_of_severity(str(key), word)
        if fault:
            faults.append(fault)
        else:
            severities[key] = _SEVERITIES[word]
    return Configuration(pack, stage, template, severities), tuple(faults)


def _fault_of_severity(key: str, word: object) -> Fault | None:
    code, at, question = key.partition("@")
    path, codes = ("severity", key), _codes()
    if code not in codes:
        return Fault(path, f"there is no check {show(code)}{did_you_mean(code, codes)}", is_key=True)
    if at and not re.fullmatch(r"0|[1-9][0-9]*", question):
        message = f"{show(key)} names no question: write its number, such as {code}@14"
        return Fault(path, message, is_key=True)
    if not isinstance(word, str) or word not in _SEVERITIES:
        return Fault(path, f"{show(word)} is not {one_of(_SEVERITIES)}{did_you_mean(word, _SEVERITIES)}")
    return None


def _codes() -> list[str]:
    return [check.code for check in all_checks()]


def _unknown_key(key: str) -> Fault:
    message = f"there is no key {show(key)} here, only {', '.join(SETTINGS)}{did_you_mean(key, SETTINGS)}"
    if key == "tool":
        message += "; in this file, write the keys at the top, without [tool.report-ls]"
    elif key.partition("@")[0] in _codes():
        message += "; write a check in the table severity"
    return Fault((key,), message, is_key=True)


def merge_severities(
    below: Mapping[str, Severity | None], above: Mapping[str, Severity | None]
) -> Mapping[str, Severity | None]:
    """Return severities with others above them: what is set for a check also counts where a question had its own."""
    return {key: severity for key, severity in below.items() if key.partition("@")[0] not in above} | {**above}


def pack_with_severities(pack: Pack, severities: Mapping[str, Severity | None]) -> Pack:
    """Return a pack with other severities above its own."""
    return _adapted(pack, tuple(severities.items())) if severities else pack


@memoized(16)
def _adapted(pack: Pack, severities: tuple[tuple[str, Severity | None], ...]) -> Pack:
    """Return it: remembered because what is remembered of questions is remembered by pack."""
    return pack._replace(severities=merge_severities(pack.severities, dict(severities)))


def one_of(allowed: Iterable[str]) -> str:
    """Return what is allowed, in words."""
    return f"one of {', '.join(allowed)}"


_MAX_SHOWN_CHARACTERS = 60


def show(value: object) -> str:
    """Return a value as it is written in a file of settings."""
    text = dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MAX_SHOWN_CHARACTERS else f"{text[:_MAX_SHOWN_CHARACTERS]}..."
