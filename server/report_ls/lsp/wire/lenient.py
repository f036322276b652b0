"""What clients send of documents that the specification does not allow, and what it can only mean.

A change that is refused leaves the server with another text than the client's, for good. So a
version that is missing, null or too large, a range that is null and a line beyond all numbers are
taken for what they mean; it is looked at only when lsprotocol has refused.
"""

from typing import Any

from lsprotocol import types

_LARGEST = (1 << 31) - 1
_NO_VERSION = -(1 << 31)


def meant(method: str, params: object) -> object:
    """Return the params of a notification as they can only be meant; the same where nothing is known to help."""
    if not isinstance(params, dict) or not isinstance(params.get("textDocument"), dict):
        return params
    document = params["textDocument"]
    version = document.get("version")
    is_whole = isinstance(version, int) and abs(version) <= _LARGEST
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
    return {name: min(value, _LARGEST) if isinstance(value, int) else value for name, value in position.items()}
