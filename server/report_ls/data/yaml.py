"""YAML with places: only what JSON has, and nothing that could run code or fill the memory.

The home of yaml; importing it takes a seventh of a whole run of `--check`, so a module that needs it imports this one
late. Words without quotes mean what YAML 1.2 says: `off` is a word. Tags, aliases and deep nesting are
refused, and a key that is there twice is an error.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import yaml

from report_ls.base.regex import regex
from report_ls.data.error import DataError

DataPath = tuple[str | int, ...]
"""Where a piece of data is: the keys and indices that lead to it from the root."""

_MAX_DEPTH = 16
_NUMBER = regex(r"[-+]?[0-9]{1,4000}")  # Python refuses to read a number of more than 4300 digits.
_DECIMAL = regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_CONSTANTS: Mapping[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_UNREADABLE = regex("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(text: str, where: str) -> tuple[Any, dict[DataPath, tuple[int, int]]]:
    """Return the data of a YAML text, and the place of each piece. Raises `DataError`."""
    reader = _Reader(text, where)
    try:
        return reader.document(), reader.places
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # The library looks further ahead than we have read: what we refuse before that place comes first.
        with suppress(yaml.YAMLError):
            _Reader(text[: mark.index] if mark else "", where).document()
        # At the end of a text that ends within a line, the mark is one line further down.
        line, column = min(_place(mark), _place_in(text, len(text)))
        problem = " ".join(filter(None, (error.problem, error.context)))
        raise DataError(where, line, column, f"this is not YAML: {problem}") from None
    except (yaml.YAMLError, UnicodeError):
        match = _UNREADABLE.search(text)
        line, column = _place_in(text, match.start() if match else 0)
        raise DataError(where, line, column, "this is not YAML: there is a control character") from None


class _Reader:
    """Builds plain data from YAML and notes the place of each piece."""

    def __init__(self, text: str, where: str) -> None:
        self.where = where
        self.places: dict[DataPath, tuple[int, int]] = {(): (1, 1)}
        """By path from the root, one-based; of the key, if the piece is in a table."""
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    def document(self) -> Any:  # noqa: ANN401 - what YAML may hold
        """Return the data of the only document; None if there is none."""
        data: Any = None
        n_documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                n_documents += 1
                if n_documents > 1:
                    raise self._error(event, "a pack is one document; this line starts another")
            elif isinstance(event, yaml.NodeEvent):
                self.places[()] = _place(event.start_mark)
                data = self._value(event, ())
        return data

    def _value(self, event: yaml.Event, path: DataPath) -> object:
        self._refuse(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._table(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        assert isinstance(event, yaml.ScalarEvent)  # noqa: S101 - there is no fourth kind
        return _plain(event.value) if event.implicit[0] else event.value

    def _table(self, path: DataPath) -> dict[str, object]:
        table: dict[str, object] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            self._refuse(key, path)
            if not isinstance(key, yaml.ScalarEvent):
                raise self._error(key, "a key is a word, not a table or a list")
            if key.value in table:
                raise self._error(key, f"the key {describe(key.value)} is here twice")
            inner = (*path, key.value)
            self.places[inner] = _place(key.start_mark)
            table[key.value] = self._value(next(self._events), inner)
        return table

    def _list(self, path: DataPath) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            inner = (*path, len(items))
            self.places[inner] = _place(event.start_mark)
            items.append(self._value(event, inner))
        return items

    def _refuse(self, event: yaml.Event, path: DataPath) -> None:
        """Refuse what only YAML has, and what would exhaust a computer."""
        if isinstance(event, yaml.AliasEvent):
            raise self._error(event, f"a pack has no aliases; write out what *{event.anchor} stands for")
        tag = getattr(event, "tag", None)
        if tag:
            raise self._error(event, f"a pack has no tags; leave out {tag.replace('tag:yaml.org,2002:', '!!')}")
        if len(path) > _MAX_DEPTH:
            raise self._error(event, "this is nested deeper than any pack is")

    def _error(self, event: yaml.Event, message: str) -> DataError:
        return DataError(self.where, *_place(event.start_mark), message)


def _plain(word: str) -> str | int | float | bool | None:
    """Return the value of a word without quotes: YAML 1.2's core, without its rarer numbers."""
    if word.lower() in _CONSTANTS:
        return _CONSTANTS[word.lower()]
    if _NUMBER.fullmatch(word):
        return int(word)
    return float(word) if _DECIMAL.fullmatch(word) else word


def _place(mark: Any) -> tuple[int, int]:  # noqa: ANN401 - each of the two parsers has a class of its own
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _place_in(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


_MAX_SHOWN_CHARACTERS = 40


def describe(value: object) -> str:
    """Return a value as the author of a file knows it."""
    if isinstance(value, str):
        text = " ".join(value.split())
        return f'"{text[:_MAX_SHOWN_CHARACTERS]}..."' if len(text) > _MAX_SHOWN_CHARACTERS else f'"{text}"'
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else str(value).lower()
