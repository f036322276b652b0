"""A command of git as one types it in a terminal, whichever shell runs there."""

from collections.abc import Iterable

from report_ls.base.regex import regex

_PLAIN = regex(r"[\w./+=@:,][\w./+=@:,-]*")
_ODD = regex(r"[\"'$`!%\\]")
"""What one shell or another reads as more than the sign itself, within quotes too."""


def typed(command: str, names: Iterable[str]) -> str | None:
    """Return a command with names behind it; None where no line means the same in all shells."""
    words = [_word(name) for name in names]
    return None if None in words else " ".join([command, *filter(None, words)])


def _word(name: str) -> str | None:
    if not name.isprintable() or _ODD.search(name) or name.startswith("-"):
        return None
    return name if _PLAIN.fullmatch(name) else f'"{name}"'
