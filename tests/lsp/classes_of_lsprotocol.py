"""Print, as JSON, what each class of lsprotocol is, and a message of each method written and read again.

    python classes_of_lsprotocol.py [lazily]

Run twice by `test_lazy_types.py`, which compares the two.
"""

import json
import re
import sys
from collections.abc import Iterator
from enum import Enum
from typing import Any, Union, get_args, get_origin

import attrs

if sys.argv[1:] == ["lazily"]:
    from report_ls.lsp.wire.lazy_types import import_lazily

    import_lazily()

from lsprotocol import converters, types

_DEPTH = 4
"""How deep the classes in a message are nested."""
_METHODS = "__init__", "__eq__", "__ne__", "__repr__", "__setattr__", "__hash__", "__lt__", "__ge__", "__match_args__"


def main() -> None:
    """Print everything."""
    converter = converters.get_converter()
    messages = dict(_messages(converter))  # First, so that the classes are completed as a server does it.
    classes = {name: _described(cls) for name, cls in types.ALL_TYPES_MAP.items() if isinstance(cls, type)}
    json.dump({"classes": classes, "messages": messages}, sys.stdout, indent=1)


def _described(cls: type) -> list[str]:
    if not attrs.has(cls):
        return [repr(cls.__mro__)]
    fields = (re.sub(" at 0x[0-9a-f]+", "", str(field)) for field in attrs.fields(cls))
    return [*fields, *(name for name in _METHODS if name in vars(cls)), str(vars(cls)["__match_args__"])]


def _messages(converter: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401
    for method, classes in types.METHOD_TO_TYPES.items():
        for cls in filter(None, classes[:2]):
            message = _sample(cls, _DEPTH + 1)
            written = converter.unstructure(message, cls)
            read = converter.structure(json.loads(json.dumps(written)), cls)
            yield f"{method} {cls.__name__}", [written, str(read)]


def _sample(kind: Any, depth: int) -> Any:  # noqa: ANN401, PLR0911
    """Return a value of a type, with all its fields down to some depth."""
    if isinstance(kind, type) and attrs.has(kind):
        fields = [field for field in attrs.fields(kind) if field.default is attrs.NOTHING]
        fields += [field for field in attrs.fields(kind) if field.default is None and depth > 0]
        return kind(**{field.name: _sample(field.type, depth - 1) for field in fields})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Union:
        empty = depth <= 0 and type(None) in arguments
        return None if empty else _sample(next(argument for argument in arguments if argument is not type(None)), depth)
    if str(origin).endswith("Literal"):
        return arguments[0]
    if origin is tuple:
        return tuple(_sample(argument, depth) for argument in arguments)
    if (origin is not None and "Mapping" in str(origin)) or origin is dict:
        return {"key": _sample(arguments[1], depth)}
    if origin is not None:
        return [_sample(arguments[0], depth)]
    return {str: "text", int: 7, float: 0.5, bool: True}.get(kind)


if __name__ == "__main__":
    main()
