"""Text that every program can read: a replacement for what is no character."""

import re

from report_ls.base.regex import regex

_HALF = regex(r"[\ud800-\udfff]")
_UNREADABLE = regex(r"[\ud800-\udfff\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# What is kept first: an id or a URI, which go back to the client as they came; a backslash; a whole pair.
_ESCAPED = rb'("(?:id|uri)": ?"(?:[^"\\]|\\.)*"|\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\ud[89a-f][0-9a-f]{2}'


def encodable(text: str) -> str:
    """Return a text with U+FFFD for halves of characters, of which no encoding knows: a file name may hold them."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def readable(line: str) -> str:
    """Return a line with U+FFFD for halves of characters and for what ends a line, as in the names of some files."""
    return line if line.isprintable() else _UNREADABLE.sub("\ufffd", line)


def is_readable(name: str) -> bool:
    """Say whether a name can be written as it is."""
    return name.isprintable() or not _UNREADABLE.search(name)


def one_line(text: str) -> str:
    """Return a text in one line: characters that are not printed, such as line ends, become spaces."""
    return "".join(character if character.isprintable() else " " for character in text)


def readable_json(data: bytes) -> bytes:
    """Return JSON in ASCII, equally long, with U+FFFD for halves of characters, which other programs write too."""
    if b"\\ud" not in data:
        return data  # Nearly all there is.
    return re.sub(_ESCAPED, lambda found: found[1] or b"\\ufffd", data)
