"""Regular expressions that are compiled when they are first used: most reports need a third of them."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

__all__ = ["compiled_when_used", "matches_at", "regex"]


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` returns, but that a mistake in the pattern is raised at its first use."""
    return cast("re.Pattern[str]", _Uncompiled(pattern, flags))


@contextmanager
def compiled_when_used(*libraries: str) -> Iterator[None]:
    """Import libraries so that their patterns, too, are compiled when they are first used.

    Only for libraries that use them as the patterns they are, and never pass one to a function of `re`.
    """
    compile_now = re.compile

    def compile_or_wait(pattern: str, flags: int = 0) -> re.Pattern[str]:
        # Python's own modules, which a library imports, may use theirs in other ways.
        caller = sys._getframe(1).f_globals.get("__name__", "").partition(".")[0]  # noqa: SLF001 - as `warnings` does
        return regex(pattern, flags) if caller in libraries else compile_now(pattern, flags)

    re.compile = compile_or_wait  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = compile_now


def matches_at(sign: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` yields if each match begins with a sign, which is quicker to look for."""
    done = 0
    for found in sign.finditer(text):
        match = pattern.match(text, found.start()) if found.start() >= done else None
        if match:
            done = match.end()
            yield match


class _Uncompiled:
    """Becomes the compiled pattern: each of its methods and values is taken over when it is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)
        return value
