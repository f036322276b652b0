"""Places where a form asks for an answer that cannot be told from the rest: in a fence, a quote or a table.

Such a form is refused where its pack is drafted, and where the comment in it that says where answers are is read.
"""

import re

from report_ls.base.regex import regex

_FENCE = regex(r"(`{3,}(?=[^`]*$)|~{3,})")
_PLACE = regex(
    r"(?:^|\|)[^\w\n|#/]*(?:[0-9]+[.)][^\w\n|#/]*)?"
    r"(?:write (?:your|an|the) (?:answers?|questions?|responses?|text)\b[^\n|]*\bhere"
    r"|your answers?(?: (?:goes |belongs )?here)?|(?:write|answer)(?: it)? here)\b"
    r"[^\w\n|]*(?:\([^()\n]*\)[^\w\n|]*)?(?:$|\|)",
    re.IGNORECASE,
)
"""A line, or a cell of a table, that says nothing else, and is no comment in code."""
_LABEL = regex(r"answer:", re.IGNORECASE)


def places_not_understood(text: str) -> list[tuple[int, str]]:
    """Return the lines, from one, in which a form asks for an answer where none can be told, and what they are in."""
    found: list[tuple[int, str]] = []
    fence, opened, is_asked = "", 0, False
    for number, line in enumerate(text.split("\n"), 1):
        written = line.strip()
        mark = _FENCE.match(written)
        if fence and written.startswith(fence) and not written.strip(fence[0]):
            found += [(opened, "a fence")] if is_asked else []
            fence = ""
        elif fence:
            is_asked = is_asked or _PLACE.search(written) is not None
        elif mark:
            fence, opened, is_asked = mark[0], number, False
        elif written[:1] in (">", "|") and _PLACE.search(written) and not _LABEL.search(written):
            found.append((number, "a quote" if written[0] == ">" else "a table"))
    return found


_MAX_PLACES = 5


def why_refused(text: str) -> str:
    """Return why a form is not read because of such places; empty where it has none."""
    places = places_not_understood(text)
    if not places:
        return ""
    lines = ", ".join(f"{where} in line {line}" for line, where in places[:_MAX_PLACES])
    more = f" and {len(places) - _MAX_PLACES} more" if len(places) > _MAX_PLACES else ""
    return f"the form asks for answers in {lines}{more}: that is not understood; give each answer a heading of its own"
