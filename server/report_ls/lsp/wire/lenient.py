"""What clients send that the specification does not allow, and what it can only mean.

A change that is refused leaves the server with another text than the client's, for good. So a
version that is missing, null or too large, a range that is null and a line beyond all numbers are
taken for what they mean. Of all else what is odd is left out where it is odd, so a client is served
whatever it says beside what is asked. It is looked at only when lsprotocol has refused.
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
    """Return the params of a notification as they can only be meant; the same where nothing is known to help."""
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
    """Return a document's version; None where the client gave none that could be given back."""
    return None if version == _NO_VERSION else version


def _change(change: Any) -> Any:  # noqa: ANN401 - what a client sends
    if not isinstance(change, dict) or not isinstance(change.get("text"), str):
        return None  # There is nothing to be made of it.
    if not isinstance(change.get("range"), dict):
        return {"text": change["text"]}
    ends = {name: _position(change["range"].get(name)) for name in ("start", "end")}
    return {"range": ends, "text": change["text"]}


def _position(position: Any) -> Any:  # noqa: ANN401 - likewise
    if not isinstance(position, dict):
        return None
    return {name: min(value, _MAX_INTEGER) if isinstance(value, int) else value for name, value in position.items()}


class OddError(Exception):
    """Something that is needed is not there, or nothing can be made of it."""


_UNREAD = {"name": "", "languageId": "", "message": ""}
"""What is required of clients and read by nobody here, by name."""


@define
class Understanding:
    """Leaves out of JSON what lsprotocol does not take."""

    _reader: Converter
    left_out: list[str] = field(factory=list, init=False)
    """The places of all that was left out."""

    def of(self, value: object, kind: Any, place: str = "") -> object:  # noqa: ANN401 - what a type may be
        """Return what a value means as a type of lsprotocol. Raises `OddError`."""
        kinds = [one for one in _members(kind) if one is not type(None)]
        if value is None and len(kinds) < len(_members(kind)):
            return None
        if value is not None and any(_is_taken(self._reader, value, one) for one in kinds):
            return value
        for one in kinds:
            if isinstance(one, type) and attrs.has(one) and isinstance(value, dict):
                return dict(self._fields(value, one, place))
            if get_origin(one) is Sequence and isinstance(value, list):
                return list(self._items(value, get_args(one)[0], place))
        raise OddError

    def _fields(self, table: dict[str, Any], kind: type, place: str) -> Iterator[tuple[str, object]]:
        if kind is types.Position:
            table = _position(table)
        for one in attrs.fields(kind):
            name = _as_sent(one.name)
            inner = f"{place}.{name}".removeprefix(".")
            is_needed = one.default is attrs.NOTHING
            value = table.get(name)
            if name not in table and not is_needed:
                continue
            if value is None and is_needed:
                value = self._usual(name, one.type)
            with nullcontext() if is_needed else self._or_without(inner):
                yield name, self._field(one, value, inner)

    def _field(self, one: "attrs.Attribute[Any]", value: object, place: str) -> object:
        understood = self.of(value, one.type, place)
        if one.validator:
            try:
                one.validator(None, one, self._reader.structure(understood, cast("type[Any]", one.type)))
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

    def _usual(self, name: str, kind: Any) -> object:  # noqa: ANN401 - likewise
        """Return what is meant by nothing where something is needed."""
        if get_origin(kind) is Sequence:
            return []
        return {} if isinstance(kind, type) and attrs.has(kind) else _UNREAD.get(name)


def _members(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - likewise
    return get_args(kind) if get_origin(kind) in (Union, python_types.UnionType) else (kind,)


def _is_taken(converter: Converter, value: object, kind: Any) -> bool:  # noqa: ANN401 - likewise
    try:
        converter.structure(value, kind)
    except Exception:  # noqa: BLE001 - cattrs raises whatever a class raises
        return False
    return True


def _as_sent(name: str) -> str:
    """Return a name as JSON has it: `client_info` is `clientInfo`."""
    first, *others = name.rstrip("_").split("_")
    return "".join((first, *(other.capitalize() for other in others)))
