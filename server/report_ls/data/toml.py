"""TOML with places: read, and changed so that everything else stays as it is written.

The home of tomllib, which is imported when there is something to read. It gives no places, so the keys of a
text that it has read are found again here; a library that could write TOML has no places either, and is slower to
import.
"""

import re
import sys
from collections.abc import Iterable
from typing import Any

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText
from report_ls.data.error import DataError, Fault, KeyPath

_MAX_CHARACTERS = 100_000
_MAX_KEY_PARTS = 200
"""Of a key: the library's need of memory grows with the square of their number, up to gigabytes."""

_PLACE = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read(text: str, where: str) -> dict[str, Any]:
    """Return the data of a text. Raises `DataError`."""
    if len(text) > _MAX_CHARACTERS:
        raise DataError(
            where, 1, 1, f"this is too long: {len(text)} characters, and at most {_MAX_CHARACTERS} are read"
        )
    for n_lines, written in enumerate(text.split("\n"), 1):
        if written.count(".") >= _MAX_KEY_PARTS and _LONG_KEY.search(written):
            raise DataError(where, n_lines, 1, "there are too many dots in this key: write tables")
    try:
        return _loads(text)
    except RecursionError:
        raise DataError(where, 1, 1, "this is nested too deeply") from None
    except ValueError as error:
        said = str(error)
        place = _PLACE.search(said)
        if not place:
            raise DataError(where, 1, 1, "a number in it is too long") from None
        end = SourceText(text).position(len(text))
        line, column = (int(place[1]), int(place[2])) if place[1] else (end.line + 1, end.character + 1)
        said = said[: place.start()]
        hint = '; write a text in quotes, such as "final"' if said == "Invalid value" else ""
        message = f"this is not TOML: {said[0].lower()}{said[1:]}{hint}"
        raise DataError(where, line, column, message) from None


def names_table(text: str, table: KeyPath) -> bool:
    """Say whether a line of a text, which may be no TOML at all, opens a table or sets a key in it."""
    above: KeyPath = ()
    for line in map(str.strip, text.split("\n")):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header and line[header.end() :].lstrip()[:1] in ("", "#"):
            above = path = _parts(header[1])
        elif key:
            path = above + _parts(key[1])
        else:
            continue
        if path[: len(table)] == table:
            return True
        # In braces, the rest of the path follows the key.
        if path == table[: len(path)] and key and table[-1] in line[key.end() :]:
            return True
    return False


def _parts(written: str) -> KeyPath:
    """Return the keys between dots, without their quotes."""
    return tuple(part.strip("\"'") for part in re.findall(_PART, written))


def _loads(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib  # noqa: PLC0415 - only a configuration needs it
    else:
        import tomli as tomllib  # noqa: PLC0415 - likewise
    return tomllib.loads(text)


class _Entry(NamedTuple):
    """A key and its value, or the header of a table."""

    path: KeyPath
    key: Span
    """As it is written: with dots in it, maybe, and without those of the header above."""
    value: Span | None = None
    """None for a header."""
    is_inline: bool = False
    """It is in braces."""


_PART = r"""(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
# It begins where a word or a text does, so that no line is looked through again from each character.
_LONG_KEY = regex(rf"(?<![\w\\-])(?:{_PART}[ \t]*\.[ \t]*){{{_MAX_KEY_PARTS}}}")
_GAP = regex(r"(?:[\s,]|#[^\n]*)*")
_HEADER = regex(rf"\[\[?[ \t]*({_DOTTED})[ \t]*\]\]?")
_KEY = regex(rf"({_DOTTED})[ \t]*=[ \t]*")
_VALUE = regex(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|'[^']*'|[^,\]}#\r\n]*[^,\]}#\s]''', re.DOTALL
)


def error_at(text: str, where: str, fault: Fault) -> DataError:
    """Return a fault with its place in a text of TOML that can be read, and that holds its key."""
    # A table may be written in pieces: then its first one is its place.
    found = min(
        (entry for entry in _entries(text) if entry.path[: len(fault.path)] == fault.path),
        key=lambda entry: (len(entry.path), entry.key),
    )
    span = found.value if found.value and found.path == fault.path and not fault.is_key else found.key
    position = SourceText(text).position(span.start)
    return DataError(where, position.line + 1, position.character + 1, fault.message)


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
    """Return the keys between dots."""
    keys: list[str] = []
    data: object = _loads(f"{written} = 0")
    while isinstance(data, dict):
        ((key, data),) = data.items()
        keys.append(key)
    return tuple(keys)


def with_severity(text: str, table: KeyPath, key: str, word: str) -> Edit | None:
    """Return the edit that sets a severity in a table of a file, and leaves everything else as it is written.

    None where there is no such edit, or where the file cannot be read.
    """
    try:
        wanted = read(text, "")
        inner: object = wanted
        for name in (*table, "severity"):
            inner = inner.setdefault(name, {}) if isinstance(inner, dict) else None
        if not isinstance(inner, dict):
            return None
        inner[key] = word
        edit = _edit(SourceText(text), _entries(text), (*table, "severity", key), word)
        return edit if read(SourceText(text).apply([edit]).text, "") == wanted else None
    except DataError:
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
