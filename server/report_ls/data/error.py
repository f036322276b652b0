"""What is wrong in a file of data, and where."""

from collections.abc import Iterable
from typing import NamedTuple


class DataError(Exception):
    """A file that cannot be used: `where:line:column: what is wrong`, one-based."""

    def __init__(self, where: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{where}:{line}:{column}: {message}")
        self.line, self.column, self.message = line, column, message


KeyPath = tuple[str, ...]
"""The names of tables and a key, from the outermost on."""


class Fault(NamedTuple):
    """What cannot be used in a table of settings."""

    path: KeyPath
    """The key, or that of the value."""
    message: str
    is_key: bool = False
    """The key itself is wrong, not its value."""


def did_you_mean(value: object, allowed: Iterable[str]) -> str:
    """Return a question for the nearest of the words that are allowed; empty if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    near = get_close_matches(value, list(allowed), 1) if isinstance(value, str) else ()
    return f'; did you mean "{near[0]}"?' if near else ""
