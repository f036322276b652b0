"""The limits that a prompt names itself.

Most prompts ask for no pictures, and for words in the plain line of a form. That much is read here:
`prompt_sentences.py`, which reads all that a teacher may write, is loaded where it is needed.
"""

import re

from report_ls.base.memo import memoized_by_question
from report_ls.base.regex import regex
from report_ls.packs.limits import PICTURE_NAMES, Limit

_NAME_OF_LENGTH = "answer length:"
_PLAIN_LINE = regex(
    rf"[ \t>*_]*(?:recommended )?{_NAME_OF_LENGTH}[*_]* "
    r"(\d{1,6})(?:-|\u2013| to )(\d{1,6}) words"
    r"(?: \+ \d(?:-| to )\d (?:images|screenshots))?[.*_]*[ \t]*(?:\n[ \t>]*$|\Z)",
    re.MULTILINE,
)
_PICTURES = f"(?:{'|'.join(PICTURE_NAMES)})"
_NUMBERS = "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"
_NUMBER = rf"(?:\d|\b(?:{'|'.join(_NUMBERS)}|\w+teen|\w+ty))"
_PICTURES_NUMBERED_BEHIND = regex(rf"{_PICTURES}s?[\s>*_]*(?:[:=(]|count|limit|length|number|size)")
_PICTURES_NUMBERED_BEFORE = regex(
    rf"{_NUMBER}\W+(?:or\W+(?:more|less|fewer)\W+)?{_PICTURES}"
    rf"|(?:count|length|number|size)\W+(?:(?:of|in)\W+)?{_PICTURES}"
)
_LAST_WORDS = *_NUMBERS, "more", "less", "fewer", "of", "in"
_LAST_ENDINGS = *"0123456789", "teen", "ty", "count", "length", "number", "size"
"""The last word before pictures that are numbered is one of the former, or ends so."""
_PICTURES_NAMED = regex(_PICTURES)
_WORD = regex(r"\w+(?=\W)")
_NEAR = 60
"""Code points of a sentence before and behind the name of pictures in which their number is looked for."""


@memoized_by_question
def words_in(prompt: str) -> Limit | None:
    """Return how many words a prompt itself asks for; None where it does not, or not for sure."""
    lower = prompt.lower()
    n_mentions = lower.count("word") - lower.count("own words")
    if not n_mentions:
        return None
    named = lower.find(_NAME_OF_LENGTH) if n_mentions == 1 else -1
    plain = _PLAIN_LINE.match(lower, lower.rfind("\n", 0, named) + 1) if named >= 0 else None
    low, high = map(int, plain.groups()) if plain else (0, 0)
    return Limit(low, high) if low < high else _asked(prompt)[0]


@memoized_by_question
def images_in(prompt: str) -> Limit | None:
    """Likewise for images."""
    lower = prompt.lower()
    if not any(map(lower.__contains__, PICTURE_NAMES)):
        return None
    is_numbered = any(_is_numbered(lower, *named.span()) for named in _PICTURES_NAMED.finditer(lower))
    return _asked(prompt)[1] if is_numbered else None


def _is_numbered(lower: str, start: int, end: int) -> bool:
    """Say whether the pictures that are named at a place may have a number, which is looked for near them."""
    if _PICTURES_NUMBERED_BEHIND.match(lower, start, end + _NEAR):
        return True
    first = max(start - _NEAR, 0)
    words = _WORD.findall(lower, first, start)
    if not words or not (words[-1] in _LAST_WORDS or words[-1].endswith(_LAST_ENDINGS) or not words[-1].isascii()):
        return False
    return _PICTURES_NUMBERED_BEFORE.search(lower, first, end) is not None


def _asked(prompt: str) -> tuple[Limit | None, Limit | None]:
    from report_ls.packs.prompt_sentences import read_sentences  # noqa: PLC0415 - few prompts need it

    asked = read_sentences(prompt)
    return asked.words, asked.images
