"""Who is in the group, as an answer says it.

No message ever repeats what is read here: study numbers and names stay in the report.
"""

import re

from report_ls.base.memo import memoized
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Span, Spans


@memoized(8)
def numbers_in(text: str, patterns: tuple[str, ...]) -> tuple[Span, ...]:
    """Return the places of numbers of a pack's patterns, upper and lower case alike."""
    # As long as the patterns and no longer: whatever a pack says, a text is searched in one go.
    written = "|".join(re.escape(pattern).replace(r"\#", "[0-9]") for pattern in patterns)
    number = re.compile(rf"(?<![0-9])(?:{written})(?![0-9])", re.IGNORECASE)
    return tuple(Span(*match.span()) for match in number.finditer(text))


class Member(NamedTuple):
    """One of the group."""

    span: Span
    """Where the study number is in the answer's text; without one, the user name."""
    known_as: frozenset[str]
    """The digits of the number, names beside it and their initials, in lower case."""


_IN_BRACKETS = regex(r"\([^()\n]*\)")
_ITEM = regex(rf"(?:{_IN_BRACKETS.pattern}|[^,;\n])+")
_WORD = regex(r"[^\W_]+")
_DIGITS = regex(r"[0-9]{4,12}")
_NUMBER = regex(r"(?!(?:19|20)[0-9]{2}$)[^\W\d_]{0,3}[0-9]{4,12}")
"""A study number, well written or not; not a year, nor a user name such as bee2000x."""
_USER_NAME = regex(r"[a-z]{4,8}")


@memoized(8)
def members_in(text: str) -> tuple[Member, ...]:
    """Return who is in the group, from the answer to the question about it.

    Everybody has a number of four digits or more, well written or not; the text behind it in brackets is
    said about them. Alone between commas or on a line, it may also be the name that somebody logs in with.
    """
    members: list[Member] = []
    for item in _ITEM.finditer(text):
        words = list(_WORD.finditer(text, *item.span()))
        numbers = [word for word in words if _NUMBER.fullmatch(word[0])]
        brackets = Spans(tuple(Span(*match.span()) for match in _IN_BRACKETS.finditer(text, *item.span())))
        numbers = [word for word in numbers if not brackets.overlap(Span(*word.span()))] or numbers
        names = frozenset(word[0].casefold() for word in words if word[0].isalpha())
        initials = "".join(word[0][0] for word in words if word[0].isalpha()).casefold()
        if len(numbers) == 1:
            digits = frozenset(_DIGITS.findall(numbers[0][0]))
            members.append(Member(Span(*numbers[0].span()), digits | names | {initials}))
        elif numbers:  # A name beside several may belong to any of them.
            members += (Member(Span(*number.span()), frozenset(_DIGITS.findall(number[0]))) for number in numbers)
        elif len(words) == 1 and _USER_NAME.fullmatch(words[0][0]):
            members.append(Member(Span(*words[0].span()), names))
    return tuple(members)


@memoized(8)
def named_in(text: str) -> frozenset[str]:
    """Return all by which somebody may be named in a text: its words in lower case, and the digits of its numbers."""
    words = (match[0].casefold() for match in _WORD.finditer(text))
    return frozenset(words).union(_DIGITS.findall(text))
