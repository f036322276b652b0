"""The configuration: what a project sets for its reports, as data read from TOML, and edits that change it.

The home of tomllib, which is imported when there is a configuration to read. It gives no places, so
the keys of a text that it has read are found again here; a library that could write TOML has no
places either, and is slower to import.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from json import dumps
from typing import Any

from attrs import evolve, field, frozen

from report_ls.checks import all_checks
from report_ls.diagnostic import Severity, Stage
from report_ls.pack import Pack
from report_ls.text import Edit, SourceText, Span, remembered

KeyPath = tuple[str, ...]

FILES: Mapping[str, KeyPath] = {"report-ls.toml": (), "pyproject.toml": ("tool", "report-ls")}
"""Where a configuration stands: its table in each of the files, in the order in which they are looked for."""

STAGES: Mapping[str, Stage | None] = {"auto": None, "draft": Stage.DRAFT, "final": Stage.FINAL}
"""None where the report's own state decides."""

_SEVERITIES: Mapping[str, Severity | None] = {severity.word: severity for severity in Severity} | {"off": None}


@frozen
class Configuration:
    """What may be set for a report."""

    pack: str = ""
    """A pack's id or file, instead of the one that is recognised; a path counts from the configuration's folder."""
    stage: str = ""
    """A key of `STAGES`; empty where it is not set."""
    template: str = ""
    """The file that the report was made from, seen from the configuration's folder."""
    severities: Mapping[str, Severity | None] = field(factory=dict)
    """By code, or code and question (`answer-too-short@14`); None switches the check off."""


SETTINGS = "pack", "stage", "template", "severity"
"""The keys of a configuration."""


class ConfigurationError(Exception):
    """A configuration that cannot be used: `where:line:column: what is wrong`, one-based."""

    def __init__(self, where: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{where}:{line}:{column}: {message}")
        self.line, self.column, self.message = line, column, message


@frozen
class Fault:
    """What cannot be used in a table of settings."""

    path: KeyPath
    """The key, or that of the value."""
    message: str
    is_key: bool = False
    """The key itself is wrong, not its value."""


def load_configuration(text: str, where: str, table: KeyPath) -> Configuration | None:
    """Read the configuration in a table of a file, None if it has no such table; `where` names it in errors.

    Raises `ConfigurationError`.
    """
    data: object = _parse(text, where)
    for key in table:
        data = data.get(key) if isinstance(data, dict) else None
    if data is None:
        return None
    configuration, faults = read(data)
    unknown = (_unknown_key(key) for key in data if key not in SETTINGS) if isinstance(data, dict) else ()
    for fault in (*unknown, *faults):
        raise error_at(text, where, evolve(fault, path=(*table, *fault.path)))
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
        faults.append(Fault((key,), f"{show(value)} is not {expected}{nearest(value, allowed)}"))
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
        return Fault(path, f"there is no check {show(code)}{nearest(code, codes)}", is_key=True)
    if at and not re.fullmatch(r"0|[1-9][0-9]*", question):
        message = f"{show(key)} names no question: write its number, such as {code}@14"
        return Fault(path, message, is_key=True)
    if not isinstance(word, str) or word not in _SEVERITIES:
        return Fault(path, f"{show(word)} is not {one_of(_SEVERITIES)}{nearest(word, _SEVERITIES)}")
    return None


def _codes() -> list[str]:
    return [check.code for check in all_checks()]


def _unknown_key(key: str) -> Fault:
    message = f"there is no key {show(key)} here, only {', '.join(SETTINGS)}{nearest(key, SETTINGS)}"
    if key == "tool":
        message += "; in this file the keys stand at the top, without [tool.report-ls]"
    elif key.partition("@")[0] in _codes():
        message += "; a check stands in the table severity"
    return Fault((key,), message, is_key=True)


def overlaid(
    below: Mapping[str, Severity | None], above: Mapping[str, Severity | None]
) -> Mapping[str, Severity | None]:
    """Return severities with others above them: what is set for a check also counts where a question had its own."""
    return {key: severity for key, severity in below.items() if key.partition("@")[0] not in above} | {**above}


def adapted(pack: Pack, severities: Mapping[str, Severity | None]) -> Pack:
    """Return a pack with other severities above its own."""
    return _adapted(pack, tuple(severities.items())) if severities else pack


@remembered(16)
def _adapted(pack: Pack, severities: tuple[tuple[str, Severity | None], ...]) -> Pack:
    """Return it: remembered because what is remembered of questions is remembered by pack."""
    return evolve(pack, severities=overlaid(pack.severities, dict(severities)))


def one_of(allowed: Iterable[str]) -> str:
    """Return what is allowed, in words."""
    return f"one of {', '.join(allowed)}"


def nearest(value: object, allowed: Iterable[str]) -> str:
    """Return a question for the nearest of the words that are allowed, if one is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    near = get_close_matches(value, list(allowed), 1) if isinstance(value, str) else ()
    return f"; did you mean {show(near[0])}?" if near else ""


_LONGEST = 60


def show(value: object) -> str:
    """Return a value as it is written in a file of settings."""
    text = dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


# Reading TOML


_LARGEST = 100_000
_MOST_DOTS = 200
"""In one line: the library's need of memory grows with the square of a key's parts, up to gigabytes."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def _parse(text: str, where: str) -> dict[str, Any]:
    """Return the data of a text. Raises `ConfigurationError`."""
    if len(text) > _LARGEST:
        raise ConfigurationError(
            where, 1, 1, f"this is too long: {len(text)} characters, and at most {_LARGEST} are read"
        )
    for n_lines, written in enumerate(text.split("\n"), 1):
        if written.count(".") > _MOST_DOTS:
            raise ConfigurationError(where, n_lines, 1, "there are too many dots in this line: break it")
    try:
        return _loads(text)
    except RecursionError:
        raise ConfigurationError(where, 1, 1, "this is nested too deeply") from None
    except ValueError as error:
        said = str(error)
        place = _PLACE.search(said)
        if not place:
            raise ConfigurationError(where, 1, 1, "there is a number in it that is too long") from None
        end = SourceText(text).position(len(text))
        line, column = (int(place[1]), int(place[2])) if place[1] else (end.line + 1, end.character + 1)
        said = said[: place.start()]
        hint = '; a text stands in quotes, such as "final"' if said == "Invalid value" else ""
        message = f"this is not TOML: {said[0].lower()}{said[1:]}{hint}"
        raise ConfigurationError(where, line, column, message) from None


def _loads(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib  # noqa: PLC0415 - only a configuration needs it
    else:
        import tomli as tomllib  # noqa: PLC0415 - likewise
    return tomllib.loads(text)


# Places in TOML


@frozen
class _Entry:
    """A key and its value, or the header of a table."""

    path: KeyPath
    key: Span
    """As it is written: with dots in it, maybe, and without those of the header above."""
    value: Span | None = None
    """None for a header."""
    is_inline: bool = False
    """It stands in braces."""


_PART = r"""(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_GAP = re.compile(r"(?:[\s,]|#[^\n]*)*")
_HEADER = re.compile(rf"\[\[?[ \t]*({_DOTTED})[ \t]*\]\]?")
_KEY = re.compile(rf"({_DOTTED})[ \t]*=[ \t]*")
_VALUE = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|'[^']*'|[^,\]}#\r\n]*[^,\]}#\s]''', re.DOTALL
)


def error_at(text: str, where: str, fault: Fault) -> ConfigurationError:
    """Return a fault with its place in a text of TOML that can be read, and that holds its key."""
    # A table is written in pieces, maybe: then the first one stands for it.
    found = min(
        (entry for entry in _entries(text) if entry.path[: len(fault.path)] == fault.path),
        key=lambda entry: (len(entry.path), entry.key),
    )
    span = found.value if found.value and found.path == fault.path and not fault.is_key else found.key
    position = SourceText(text).position(span.start)
    return ConfigurationError(where, position.line + 1, position.character + 1, fault.message)


def _entries(text: str) -> list[_Entry]:
    """Return all keys and headers of a text of TOML that can be read."""
    entries: list[_Entry] = []
    table: KeyPath = ()
    place = _matched(_GAP, text, 0).end()
    while place < len(text):
        if header := _HEADER.match(text, place):
            table = _path(header[1])
            entries.append(_Entry(table, Span(*header.span(1))))
            place = header.end()
        else:
            place = _read_key(text, place, table, entries, is_inline=False)
        place = _matched(_GAP, text, place).end()
    return entries


def _read_key(text: str, place: int, table: KeyPath, entries: list[_Entry], *, is_inline: bool) -> int:
    """Add a key, and those in its value; return where it ends."""
    key = _matched(_KEY, text, place)
    path = table + _path(key[1])
    end = _read_value(text, key.end(), path, entries)
    entries.append(_Entry(path, Span(*key.span(1)), Span(key.end(), end), is_inline))
    return end


def _read_value(text: str, place: int, path: KeyPath, entries: list[_Entry]) -> int:
    """Add the keys in a value; return where it ends."""
    closing = {"{": "}", "[": "]"}.get(text[place])
    if closing is None:
        return _matched(_VALUE, text, place).end()
    place = _matched(_GAP, text, place + 1).end()
    while text[place] != closing:
        if closing == "}":
            place = _read_key(text, place, path, entries, is_inline=True)
        else:
            place = _read_value(text, place, path, entries)
        place = _matched(_GAP, text, place).end()
    return place + 1


def _matched(pattern: re.Pattern[str], text: str, place: int) -> re.Match[str]:
    match = pattern.match(text, place)
    assert match, "what the library reads is read here too"  # noqa: S101 - anything else is a defect
    return match


def _path(written: str) -> KeyPath:
    """Return the keys that stand between dots."""
    keys: list[str] = []
    data: object = _loads(f"{written} = 0")
    while isinstance(data, dict):
        ((key, data),) = data.items()
        keys.append(key)
    return tuple(keys)


# Writing TOML


def with_severity(text: str, table: KeyPath, key: str, word: str) -> Edit | None:
    """Return the edit that sets a severity in a table of a file, and leaves everything else as it is written.

    None where there is no such edit, or where the file cannot be read.
    """
    try:
        wanted = _parse(text, "")
        inner: object = wanted
        for name in (*table, "severity"):
            inner = inner.setdefault(name, {}) if isinstance(inner, dict) else None
        if not isinstance(inner, dict):
            return None
        inner[key] = word
        edit = _edit(SourceText(text), _entries(text), (*table, "severity", key), word)
        return edit if _parse(SourceText(text).apply([edit]).text, "") == wanted else None
    except ConfigurationError:
        return None


def _edit(source: SourceText, entries: Iterable[_Entry], path: KeyPath, word: str) -> Edit:
    """Return an edit that is right for all usual ways to write a table."""
    *table, key = path
    written = f'"{key}" = "{word}"' if "@" in key else f'{key} = "{word}"'
    inside = [entry for entry in entries if entry.path[: len(table)] == tuple(table)]
    last = max(inside, key=lambda entry: (len(entry.path), entry.key), default=None)
    for entry in inside:
        if entry.path == path and entry.value:
            return Edit(entry.value, f'"{word}"')
    if last is None:
        n_line_ends = 0 if not source.text else 1 if source.text.endswith("\n") else 2
        before = f"{source.newline * n_line_ends}[{'.'.join(table)}]{source.newline}"
        end = len(source.text)
        return Edit(Span(end, end), f"{before}{written}{source.newline}")
    if last.value and len(last.path) == len(table):
        return Edit(last.value, f"{{ {written} }}")  # Its braces are empty.
    if last.value and last.is_inline:
        return Edit(Span(last.value.end, last.value.end), f", {written}")
    before = ""
    if last.value:
        line = source.line_span(source.line_at(last.key.start))
        before = re.sub(rf"{_PART}$", "", source.text[line.start : last.key.end])
    end = source.line_span(source.line_at((last.value or last.key).end)).end
    return Edit(Span(end, end), f"{source.newline}{before}{written}")
