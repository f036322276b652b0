"""Remembering what a function of texts returned: the one home of such caches."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

_P = ParamSpec("_P")
_T = TypeVar("_T")
_REMEMBERED: list[Callable[[], None]] = []


def remembered(n_texts: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Return a decorator for functions of a text: so many results are remembered until `forget` is called."""

    def decorate(function: Callable[_P, _T]) -> Callable[_P, _T]:
        remembering = lru_cache(maxsize=n_texts)(function)
        _REMEMBERED.append(remembering.cache_clear)
        # What `lru_cache` returns takes any arguments, as far as its type says.
        return cast("Callable[_P, _T]", remembering)

    return decorate


LONGEST = 50_000
"""Longer than anything in a report has ever been: each version of such a piece would be remembered."""


def forget() -> None:
    """Forget all that was remembered, where it would fill the memory."""
    for clear in _REMEMBERED:
        clear()
