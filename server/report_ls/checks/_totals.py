"""The number of tests that an answer names, where it names one for sure."""

import re
from collections.abc import Iterator

from report_ls.base.memo import memoized
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_NUMBERED = regex(
    r"(?<![\w.,/-])\**(\d{1,4}|[a-z]+)\**\s+((?:unit|different|separate|individual|automated|pytest|total)[ -]+){0,2}"
    r"tests?\b(?!\s+(?:files?|modules?|scripts?|suites?)\b)",
    re.IGNORECASE,
)
_IN_ALL = "in total", "overall", "altogether"
_AS_A_TOTAL = "a total of"
_DONE = "were implemented ", "are implemented ", "have been implemented ", "were written ", "have been written "
_WE_DID = frozenset(
    f"we {verb}"
    for verb in (
        *("implemented", "have implemented", "wrote", "have written"),
        *("created", "have created", "made", "have made"),
    )
)
_ABOUT = (
    *("about", "over", "around", "approximately", "approx", "approx.", "more than", "at least", "almost", "nearly"),
    *("roughly", "circa", "up to", "~", ">"),
)
_CONTEXT_CHARACTERS = 70
"""Characters between a number and what makes it a total."""


class Total(NamedTuple):
    """A number, and where it is in a text."""

    number: int
    span: tuple[int, int]


class _Numbered(NamedTuple):
    """A number of tests, with the rest of its sentence in small letters."""

    total: Total
    before: str
    after: str
    is_called_total: bool

    @property
    def is_sure(self) -> bool:
        near, behind = self.before[-_CONTEXT_CHARACTERS:], self.after
        for done in _DONE:
            behind = behind.removeprefix(done)
        return (
            self.is_called_total
            or near.endswith(_AS_A_TOTAL)
            or any(words in near for words in _IN_ALL)
            or behind.startswith(_IN_ALL)
        )


@memoized(8)
def named_total(text: str) -> Total | None:
    """Return the total of tests that an answer names; None where it names none, or not for sure."""
    alone = text.strip(" \t\r\n*_.`")
    if alone.isascii() and alone.isdigit() and len(alone) <= len("1234"):
        start = text.index(alone)
        return Total(int(alone), (start, start + len(alone)))
    numbered = list(_numbered(text))
    begins = " ".join(text[: numbered[0].total.span[0]].lower().strip(" \t\r\n>*_").split()) if numbered else ""
    sure = [one for index, one in enumerate(numbered) if one.is_sure or (index == 0 and begins in _WE_DID)]
    if len({one.total.number for one in sure}) != 1:
        return None
    first = sure[0]
    # In a sentence with several, none may be the sum of the others.
    is_alone = not any(_value(match[1]) for part in (first.before, first.after) for match in _NUMBERED.finditer(part))
    return first.total if is_alone and not first.before.endswith(_ABOUT) else None


def _numbered(text: str) -> Iterator[_Numbered]:
    for match in _NUMBERED.finditer(text):
        number = _value(match[1])
        if number is not None:
            before = re.split(r"[.!?:;]\s", text[: match.start()])[-1].lower().rstrip(" \t\r\n*")
            after = re.split(r"[.!?:;](?:\s|$)", text[match.end() :], maxsplit=1)[0].lower().lstrip(" \t\r\n*")
            is_called_total = "total" in match[0].lower()
            yield _Numbered(Total(number, match.span(1)), before, after, is_called_total)


def _value(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    word = written.lower()
    return _WORDS.index(word) + 1 if word in _WORDS else None
