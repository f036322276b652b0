"""`NamedTuple` of `typing`, made in a sixth of the time: `--check` makes a hundred such classes, a tenth of its run.

Python compiles a function for each of them. Here all classes with as many fields share one, under other names. What a
class says to a type checker, and what its objects are and do, stays the same.
"""

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import NamedTuple  # Since Python 3.14 a class does not know its annotations while it is made.
else:
    from _collections import _tuplegetter  # What `collections` takes.
    from collections.abc import Iterable
    from types import CodeType, FunctionType

    @cache
    def _code(n_fields: int) -> CodeType:
        """Return the code of a function that makes a tuple of so many values."""
        values = "".join(f"_{number}, " for number in range(n_fields))
        return eval(f"lambda _cls, {values}: _new(_cls, ({values}))").__code__  # noqa: S307 - written here

    class _Tuple(tuple):
        """What they all can do."""

        __slots__ = ()
        _fields = ()

        @classmethod
        def _make(cls, values: Iterable[object]) -> "_Tuple":
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changed: object) -> "_Tuple":
            made = self._make(map(changed.pop, self._fields, self))
            if changed:
                raise TypeError(f"Got unexpected field names: {[*changed]!r}")
            return made

        def __repr__(self) -> str:
            values = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({values})"

        def __getnewargs__(self) -> tuple[object, ...]:
            return tuple(self)

    class _Meta(type):
        """Makes a class of what is written below `class Name(NamedTuple)`."""

        def __new__(cls, name: str, _bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = tuple(body.get("__annotations__", ()))
            defaults = tuple([body.pop(field) for field in fields if field in body])
            code = _code(len(fields)).replace(co_name="__new__", co_varnames=("_cls", *fields))
            make = FunctionType(code, {"_new": tuple.__new__, "__builtins__": {}}, "__new__", defaults)
            make.__qualname__ = f"{name}.__new__"
            values = {field: _tuplegetter(number, None) for number, field in enumerate(fields)}
            own = {"__slots__": (), "_fields": fields, "__match_args__": fields, "__new__": make, **values}
            return type(name, (_Tuple,), {**body, **own})

    _written = type.__new__(_Meta, "NamedTuple", (), {})

    class _NamedTuple:
        """What classes name as their base."""

        def __mro_entries__(self, _bases: tuple[object, ...]) -> tuple[type, ...]:
            return (_written,)

    NamedTuple = _NamedTuple()
