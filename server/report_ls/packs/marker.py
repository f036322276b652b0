"""The marker of a form that no pack knows: the text in the places of its answers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from report_ls.report.markers import marker_pattern, remains
from report_ls.report.outline import Outline

_MIN_ALIKE = 2
_MIN_IN_MOST = 3
"""So many answers that are alike, and most of all, were not written by a student."""
# Compiled where a form has something in its answers that no pack knows.
_REQUEST = r"(?i)\b(?:answers?|question|fill|write|written|here|insert|type|replace|todo|svar|skriv)\b"
"""A word that says that something is still to be written."""
_REQUEST_ALONE = (
    r"(?i)\W*(?:(?:please\s+)?(?:write|fill|insert|type|put|replace)\b.*\b(?:answer|here|this)\b"
    r"|(?:the\s+|your\s+)?answer\s+(?:goes\s+)?here\b|your\s+answer\b|skriv\b.*\b(?:svar|her)\b"
    r"|(?:todo|(?:the\s+)?answer|question)\W+(?:answer\W+)?\{number\}|todo\W*$)"
)
"""How the only text of its kind begins that is no answer: "we have written 7 tests" may answer question 7."""
_SHOWN = r"(?i)!\[|\]\(|<img"
"""What holds a picture or a link is an answer, also where it is called by its question's number."""


def marker_of(found: Outline, known: str, forms: Iterable[Outline], kept: str | None) -> str:
    """Return the marker of a report, with {number} for its question's number.

    That is the one of a pack where any answer holds it; that of the form itself; what `kept` was as long as one answer
    holds it; a text that is all of several answers, apart from numbers; and one answer that is clearly a request.
    Without any of these it is the pack's.
    """
    placed = Counter(filter(None, found.placed))
    if not placed or _spaced(known) in map(str.lower, placed):
        return known
    candidates = [marker for marker in _candidates(placed, len(found.placed), forms, kept) if not _is_of(marker, known)]
    return candidates[0] if candidates else known


def _candidates(placed: Counter[str], n_questions: int, forms: Iterable[Outline], kept: str | None) -> Iterator[str]:
    """Yield what may be the marker of a report, the likeliest first."""
    for form in forms:
        yield from (
            marker for marker in _common(Counter(filter(None, form.placed)), len(form.placed)) if marker in placed
        )
    if kept and kept in placed:
        yield kept
    yield from _common(placed, n_questions)
    yield from filter(_is_request, placed)


def _common(placed: Counter[str], n_questions: int) -> Iterator[str]:
    """Yield what several answers hold, the most frequent first: a request with their number, or anything in most."""
    for text, n_answers in placed.most_common():
        is_request = "{number}" in text and re.search(_REQUEST, text) and n_answers >= _MIN_ALIKE
        is_in_most = n_answers >= _MIN_IN_MOST and 2 * n_answers > n_questions
        if (is_request or is_in_most) and not re.search(_SHOWN, text):
            yield text


def _is_request(text: str) -> bool:
    return re.match(_REQUEST_ALONE, text) is not None and not re.search(_SHOWN, text)


def _is_of(text: str, marker: str) -> bool:
    """Say whether a text is a marker or the rest of one."""
    written = text.replace("{number}", "1")
    return marker_pattern(marker).search(written) is not None or next(iter(remains(written, marker)), None) is not None


def _spaced(marker: str) -> str:
    return " ".join(marker.lower().split())
