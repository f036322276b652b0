"""The `<img>` of a piece of HTML and its attributes, as a browser reads them: `>` and other names may be in quotes."""

import re
from collections.abc import Iterator

from report_ls.base.spans import Span

# Each name and each value ends where it must, so that no text is tried in more than one way.
_ATTRIBUTE = r"""(?:[\s/]+|(?<=["']))([^\s"'<>/=]+)(?![^\s"'<>/=])(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+(?![^\s<>])))?"""
_IMG = rf"(?i)<img(?=[\s/>])(?:{_ATTRIBUTE})*[\s/]*>"
"""Compiled, as the above, where a report has HTML."""


def find_images(html: str) -> Iterator[Span]:
    """Yield where each `<img>` is."""
    yield from (Span(*match.span()) for match in re.finditer(_IMG, html))


def attributes(tag: str) -> dict[str, Span]:
    """Return where the values of a tag's attributes are, without quotes, by their names; the first of a name counts."""
    found: dict[str, Span] = {}
    for match in re.compile(_ATTRIBUTE).finditer(tag, len("<img")):
        start, end = match.span(2) if match[2] else (match.end(), match.end())
        is_quoted = match[2] is not None and match[2][0] in "\"'"
        found.setdefault(match[1].lower(), Span(start + is_quoted, end - is_quoted))
    return found
