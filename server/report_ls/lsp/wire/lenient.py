"""Tolerates messages of clients that violate the specification, where only one meaning is possible.

If a change is refused, the server's text differs from the client's until the document is closed. So
a missing, null or too large version, a null range and a too large line number are accepted and repaired. In
all other messages, a value that lsprotocol does not accept is left out: a client is served even if it
sends odd values that the request does not need. This code runs only after lsprotocol has refused a message.
"""

import types as python_types
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, Union, cast, get_args, get_origin

import attrs
from attrs import define, field
from cattrs import Converter
from lsprotocol import types

_MAX_INTEGER = (1 << 31) - 1
_NO_VERSION = -(1 << 31)


def repaired_params(method: str, params: object) -> object:
    """Return the params of a notification with known violations repaired; unchanged if there is no known repair."""
    if not isinstance(params, dict) or not isinstance(params.get("textDocument"), dict):
        return params
    document = params["textDocument"]
    version = document.get("version")
    is_whole = isinstance(version, int) and abs(version) <= _MAX_INTEGER
    document = {"languageId": "", **document, "version": version if is_whole else _NO_VERSION}
    changes = params.get("contentChanges")
    if method == types.TEXT_DOCUMENT_DID_CHANGE and isinstance(changes, list):
        return {"textDocument": document, "contentChanges": [_change(change) for change in changes]}
    return {"textDocument": document} if method == types.TEXT_DOCUMENT_DID_OPEN else params


def version_of(version: int) -> int | None:
    """Return a document's version; None if the client gave no version that can be sent back to it."""
    return None if version == _NO_VERSION else version


def _change(change: Any) -> Any:  # noqa: ANN401 - any JSON that a client sends
    if not isinstance(change, dict) or not isinstance(change.get("text"), str):
        return None  # This cannot be repaired.
    if not isinstance(change.get("range"), dict):
        return {"text": change["text"]}
    ends = {name: _position(change["range"].get(name)) for name in ("start", "end")}
    return {"range": ends, "text": change["text"]}


def _position(position: Any) -> Any:  # noqa: ANN401 - likewise
    if not isinstance(position, dict):
        return None
    return {name: min(value, _MAX_INTEGER) if isinstance(value, int) else value for name, value in position.items()}


class OddError(Exception):
    """A required value is missing or cannot be used."""


_UNREAD = {"name": "", "languageId": "", "message": ""}
"""Values for properties that the specification requires and this server does not read, by name."""


@define
class Understanding:
    """Leaves out of JSON the values that lsprotocol does not accept."""

    _reader: Converter
    left_out: list[str] = field(factory=list, init=False)
    """The places of the values that were left out."""

    def of(self, value: object, kind: Any, place: str = "") -> object:  # noqa: ANN401 - any type annotation
        """Return a value that fits a type of lsprotocol. Raises `OddError`."""
        kinds = [member for member in _members(kind) if member is not type(None)]
        if value is None and len(kinds) < len(_members(kind)):
            return None
        if value is not None and any(_is_accepted(self._reader, value, member) for member in kinds):
            return value
        for member in kinds:
            if isinstance(member, type) and attrs.has(member) and isinstance(value, dict):
                return dict(self._fields(value, member, place))
            if get_origin(member) is Sequence and isinstance(value, list):
                return list(self._items(value, get_args(member)[0], place))
        raise OddError

    def _fields(self, table: dict[str, Any], kind: type, place: str) -> Iterator[tuple[str, object]]:
        if kind is types.Position:
            table = _position(table)
        for attribute in attrs.fields(kind):
            name = _as_sent(attribute.name)
            inner = f"{place}.{name}".removeprefix(".")
            is_required = attribute.default is attrs.NOTHING
            value = table.get(name)
            if name not in table and not is_required:
                continue
            if value is None and is_required:
                value = self._default(name, attribute.type)
            with nullcontext() if is_required else self._or_without(inner):
                yield name, self._field(attribute, value, inner)

    def _field(self, attribute: "attrs.Attribute[Any]", value: object, place: str) -> object:
        understood = self.of(value, attribute.type, place)
        if attribute.validator:
            try:
                structured = self._reader.structure(understood, cast("type[Any]", attribute.type))
                attribute.validator(None, attribute, structured)
            except (TypeError, ValueError):
                raise OddError from None
        return understood

    def _items(self, items: list[object], kind: Any, place: str) -> Iterator[object]:  # noqa: ANN401 - as above
        for index, item in enumerate(items):
            with self._or_without(f"{place}.{index}"):
                yield self.of(item, kind, f"{place}.{index}")

    @contextmanager
    def _or_without(self, place: str) -> Iterator[None]:
        try:
            yield
        except OddError:
            self.left_out.append(place)

    def _default(self, name: str, kind: Any) -> object:  # noqa: ANN401 - likewise
        """Return the value of a required property that is missing or null."""
        if get_origin(kind) is Sequence:
            return []
        return {} if isinstance(kind, type) and attrs.has(kind) else _UNREAD.get(name)


def _members(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - likewise
    return get_args(kind) if get_origin(kind) in (Union, python_types.UnionType) else (kind,)


def _is_accepted(converter: Converter, value: object, kind: Any) -> bool:  # noqa: ANN401 - likewise
    try:
        converter.structure(value, kind)
    except Exception:  # noqa: BLE001 - cattrs passes on any exception of a class
        return False
    return True


def _as_sent(name: str) -> str:
    """Return a name as it is in JSON: `client_info` is `clientInfo`."""
    first, *words = name.rstrip("_").split("_")
    return "".join((first, *(word.capitalize() for word in words)))
