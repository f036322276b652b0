"""What is wrong in a file of data, and where."""

from collections.abc import Iterable

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.text import SourceText


class DataError(Exception):
    """A file that cannot be used: `where:line:column: what is wrong`, one-based."""

    def __init__(self, where: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{where}:{line}:{column}: {message}")
        self.line, self.column, self.message = line, column, message
        self.before = ""
        """What is before the place in its line, where that is known: an editor counts columns otherwise."""

    def within(self, text: str) -> "DataError":
        """Return the same error with a prefix before its place."""
        lines = SourceText(text).plain.split("\n")
        self.before = lines[self.line - 1][: self.column - 1] if self.line <= len(lines) else ""
        return self


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
    near = nearest(value, allowed, _MIN_SIMILARITY) if isinstance(value, str) else None
    return f'; did you mean "{near}"?' if near else ""


_MIN_SIMILARITY = 0.6
"""From 0 to 1, as difflib measures it: less, and another word was meant."""


def nearest(word: str, known: Iterable[str], similarity: float) -> str | None:
    """Return the known word that is most like another one, None if none is so similar."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    return next(iter(get_close_matches(word, list(known), 1, similarity)), None)
