"""Imports lsprotocol so that attrs completes each of its classes only when it is first used.

lsprotocol has more than 500 classes, and attrs writes and compiles the methods of each: half of a server's work
before its first diagnostics. A session uses about forty. So while `lsprotocol.types` is imported, `attrs.define` only
marks a class. The class is completed at the first use of its fields or of an instance.

This relies on two facts: lsprotocol makes all its classes with a bare `@attrs.define`, and a flag in its `_hooks` says
that their forward references are resolved. If they are not true, the classes stay as lsprotocol makes them. Tested
with lsprotocol 2025.0.0 and attrs 26.1.0.
"""

import sys
from importlib import import_module
from threading import RLock
from typing import Any

import attrs

__all__ = ["import_lazily"]

_TYPES, _HOOKS = "lsprotocol.types", "lsprotocol._hooks"
_FLAG = "_resolved_forward_references"
_define = attrs.define
_completing = RLock()


def import_lazily() -> None:
    """Import `lsprotocol.types` with lazy classes, unless it is imported already."""
    if _TYPES in sys.modules:
        return
    attrs.define = _mark  # type: ignore[assignment]
    try:
        types = import_module(_TYPES)
    finally:
        attrs.define = _define
    hooks = import_module(_HOOKS)
    if getattr(hooks, _FLAG, None) is False:
        setattr(hooks, _FLAG, True)
    else:
        for cls in filter(_is_marked, vars(types).values()):
            _complete(cls)


def _mark(cls: type | None = None, **options: Any) -> Any:  # noqa: ANN401
    if cls is None or options:
        return _define(cls, **options)
    for name in _Mark.NAMES:
        setattr(cls, name, _Mark(name))
    return cls


class _Mark:
    """Replaces a class's `__init__` and its attrs fields until the class is completed."""

    NAMES = "__attrs_attrs__", "__init__"

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, instance: object | None, owner: type) -> Any:  # noqa: ANN401
        # Two threads may ask for the first instance.
        with _completing:
            for cls in filter(_is_marked, owner.__mro__):
                _complete(cls)
                attrs.resolve_types(cls, sys.modules[_TYPES].ALL_TYPES_MAP, {})
        return getattr(owner if instance is None else instance, self._name)


def _is_marked(thing: object) -> bool:
    return isinstance(thing, type) and isinstance(vars(thing).get(_Mark.NAMES[0]), _Mark)


def _complete(cls: type) -> None:
    # Without slots attrs changes the class itself, to which others refer. `init=True` replaces the `__init__` mark.
    _define(cls, slots=False, init=True)
