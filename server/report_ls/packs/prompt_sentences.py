"""What the sentences of a prompt ask: how many words and pictures, and what in them stays in doubt.

A limit is told only where every number beside "words", or beside a word for pictures, is understood
and all say the same. No number is guessed: what is not understood is a doubt.
"""

import re
from collections.abc import Callable

from attrs import frozen

from report_ls.packs.limits import Limit
from report_ls.packs.prompt_limits import ADD


@frozen
class Asked:
    """What a prompt asks for sure, and what only its author knows."""

    words: Limit | None
    images: Limit | None
    doubts: tuple[str, ...]
    """Each goes on from "question 1"."""


def read_sentences(prompt: str) -> Asked:
    """Return what a prompt asks, without its example."""
    text = " ".join(re.sub(r"[>*_`]+", " ", _EXAMPLE.sub(" ", prompt)).split())
    words, unread, rest = _read(_WORD, text, lambda _: True)
    doubts = [f'says "{one}": how many words does it ask, if any?' for one in unread]
    if len(words) > 1:
        doubts.append(f"names several lengths: {', '.join(map(written, words))} words")
    elif words and words[0].low == words[0].high:
        doubts.append(f"names one number of words, {words[0].low}: at least, at most or about?")
    length = words[0] if words and not doubts else None
    images, unread, _ = _read(PICTURE, rest, _asks_for_pictures)
    doubts += [f'says "{one}": how many pictures does it ask, if any?' for one in unread]
    if len(images) > 1:
        doubts.append(f"names several numbers of pictures: {', '.join(map(written, images))}")
    elif not images and not unread and _SOME_PICTURE.search(text):
        doubts.append("asks for a picture and does not say how many; images: 1 would be exactly one")
    return Asked(length, images[0] if len(images) == 1 and not unread else None, tuple(doubts))


def written(limit: Limit) -> str:
    """Return a limit as a pack writes it."""
    if limit.low == limit.high:
        return str(limit.low)
    return f"{limit.low}-{'' if limit.high is None else limit.high}"


# It ends with its paragraph, or where the length is named.
_EXAMPLE = re.compile(
    r"(?:^[ \t>*_]*[Ee]xample|(?<![Ff]or )Example|EXAMPLE)s?[ \t]*:[\s>]*(?:(?!(?i:answer\s+length)|\n[ \t>]*\n).)*",
    re.MULTILINE | re.DOTALL,
)
_NUMBERS = {
    word: number
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
_NUMBER = rf"(?<![\w.,])(?:\d{{1,3}},\d{{3}}|\d{{1,6}}|{'|'.join(_NUMBERS)})"


_LOW, _HIGH, _BOTH = (f"(?P<{name}>{_NUMBER})" for name in ("low", "high", "both"))


_TO = r"\s*(?:-|\u2013|\bto\b)\s*"
_LEAST = r"\b(?:at\s+least|(?:a\s+)?minimum(?:\s+of)?|min\.?|(?:no|not)\s+(?:less|fewer)\s+than)\s+"
_MOST = r"\b(?:at\s+most|up\s+to|(?:a\s+)?maximum(?:\s+of)?|max\.?|(?:no|not)\s+more\s+than)\s+"
_OR_MORE = rf"\s*,?\s*(?:or\s+more|at\s+least|minimum|min)\b(?!\.?\s+(?:of\s+)?{_NUMBER})"
_OR_LESS = rf"\s*,?\s*(?:or\s+(?:less|fewer)|at\s+most|maximum|max)\b(?!\.?\s+(?:of\s+)?{_NUMBER})"
_EACH = r"\s*,?\s*(?:for\s+)?(?:each|every|per|apiece)\b"
_ODD = rf"(?P<odd>{_OR_MORE}|{_OR_LESS}|{_EACH})?"
_WAYS = (
    rf"{_LEAST}{_LOW}(?:\s+UNIT)?,?\s+(?:(?:and|but|or)\s+)?{_MOST}{_HIGH}\s+UNIT{_ODD}",
    rf"\bbetween\s+{_LOW}(?:{_TO}|\s+and\s+){_HIGH}\s+UNIT{_ODD}",
    rf"(?P<odd_bound>{_LEAST}|{_MOST})?(?<!-){_LOW}(?:{_TO}|\s+or\s+){_HIGH}\s+UNIT{_ODD}",
    rf"{_LEAST}{_LOW}\s+UNIT{_ODD}",
    rf"{_MOST}{_HIGH}\s+UNIT{_ODD}",
    rf"(?<!-){_LOW}\s+(?:or\s+more\s+UNIT|UNIT{_OR_MORE})",
    rf"(?<!-){_HIGH}\s+(?:or\s+(?:less|fewer)\s+UNIT|UNIT{_OR_LESS})",
    rf"(?:\bexactly\s+)?(?<!-){_BOTH}\s+UNIT{_ODD}",
)
"""How a sentence names a limit, the longest ways first. One that is `odd` is not understood."""


_ANY_NUMBER = (
    rf"(?:\d+(?:[.,]\d+)*\+?|{'|'.join(_NUMBERS)}|eleven|twelve|fifteen|twenty|thirty|fifty|hundred|thousand|dozen)"
)
_BESIDE = (
    rf"(?<!\w)(?<!\d[.,]){_ANY_NUMBER}[\s-]+(?:(?!of\b)[\w'-]+\s+){{0,2}}UNIT"
    rf"|UNIT\s*(?:\b(?:limit|count)\b[^.?!\d]{{0,20}}|[:=(]\s*(?:{_LEAST}|{_MOST})?)\d+(?:[.,]\d+)*"
)
"""A number that stands beside a unit, in whatever way."""


_WORD = r"\bwords?\b"
PICTURE = r"\b(?:images?|screenshots?|figures?|pictures?|photos?|diagrams?|plots?)\b"
_NEAR = 200
"""So many characters before a number say what it is; all of a long text would take long for each."""


_FOR_EACH = re.compile(r"\b(?:for\s+(?:each|every)|per)\b[^.?!]*\Z", re.IGNORECASE)
_BEFORE_PICTURES = re.compile(
    rf"(?:\b{ADD}\s+|\0[\s,+&)]*(?:\b(?:and|plus|with)\s+)?|\banswer\s+length\W*)\Z", re.IGNORECASE
)
_BEHIND_PICTURES = re.compile(
    r"\s+(?:are|is|must\s+be)\s+(?:required|needed|expected|included|inserted|added)\b", re.IGNORECASE
)
_SOME_PICTURE = re.compile(
    rf"\b{ADD}\s+(?:an?|some|your|several|multiple)\s+(?:[\w-]+\s+){{0,2}}{PICTURE}", re.IGNORECASE
)


def _read(unit: str, text: str, is_asked: Callable[[re.Match[str]], bool]) -> tuple[list[Limit], list[str], str]:
    """Return the limits of a unit that a text names, what is not understood, and the text with a null for each."""
    limits: list[Limit] = []
    unread: list[str] = []

    def take(match: re.Match[str]) -> str:
        limit = _limit(match)
        if limit and is_asked(match):
            limits.append(limit)
        else:
            unread.append(match[0])
        return "\0"

    for way in _WAYS:
        text = re.sub(way.replace("UNIT", unit), take, text, flags=re.IGNORECASE)
    unread += [match[0] for match in re.finditer(_BESIDE.replace("UNIT", unit), text, re.IGNORECASE)]
    return list(dict.fromkeys(limits)), unread, text


def _limit(match: re.Match[str]) -> Limit | None:
    """Return the limit that a sentence names; None if it is not understood."""
    groups = match.groupdict()
    if groups.get("odd") or groups.get("odd_bound") or _FOR_EACH.search(_before(match)):
        return None
    low, high = (_number(groups.get(name) or groups.get("both")) for name in ("low", "high"))
    return None if low is not None and high is not None and high < low else Limit(low or 0, high)


def _number(digits: str | None) -> int | None:
    return _NUMBERS.get(digits.lower()) or int(digits.replace(",", "")) if digits else None


def _asks_for_pictures(match: re.Match[str]) -> bool:
    """Say whether pictures are asked: their number may also stand where a prompt speaks of some."""
    is_added = _BEFORE_PICTURES.search(_before(match))
    return bool(is_added or _BEHIND_PICTURES.match(match.string, match.end()))


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _NEAR) : match.start()]
