"""`cached_property`: that of Python 3.12 and newer, in every version.

Before, that of `functools` had one lock for all objects of a class: one whose value waited for a disk let all others
wait too. And taking the lock took a twentieth of the time in which a report is judged.

A class of attrs has no lock, but knows that of `functools` alone.
"""

import sys
from typing import TYPE_CHECKING, Any

__all__ = ["cached_property"]

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property
else:

    class cached_property:  # noqa: N801 - as in functools
        """A method that becomes a value of its object when it is first asked for."""

        def __init__(self, make: Any) -> None:  # noqa: ANN401
            self._make = make
            self.__doc__ = make.__doc__

        def __set_name__(self, _owner: type, name: str) -> None:
            self._name = name

        def __get__(self, instance: Any, _owner: type | None = None) -> Any:  # noqa: ANN401
            if instance is None:
                return self
            value = instance.__dict__[self._name] = self._make(instance)
            return value
