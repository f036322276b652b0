"""What the sentences of a prompt ask: how many words and pictures, and what in them stays in doubt.

A limit is told only where a sentence asks it of the whole answer, every number beside "words", or
beside a word for pictures, is understood, and all say the same. No number is guessed: what is not
understood is a doubt.
"""

import re
from collections.abc import Iterator, Sequence

from report_ls.base.memo import memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.packs._sentences import Sentence, sentences
from report_ls.packs.limits import PICTURE_NAMES, Limit


class PromptLimits(NamedTuple):
    """What a prompt asks for sure, and what only its author knows."""

    words: Limit | None
    images: Limit | None
    doubts: tuple[str, ...]
    """Each goes on from "question 1"."""


@memoized_by_question
def read_sentences(prompt: str) -> PromptLimits:
    """Return what a prompt asks, without its example."""
    of_words: list[_Said] = []
    of_pictures: list[_Said] = []
    asks_some = False
    for sentence in sentences(prompt):
        words_said = list(_said(_WORDS, sentence, sentence.signs))
        of_words += words_said
        # Pictures may be listed behind words that are asked.
        signs = sentence.signs if all(said.limit for said in words_said) else sentence.signs.replace("w", "x")
        of_pictures += _said(_PICTURES, sentence, signs)
        asks_some = asks_some or _SOME_PICTURE.search(signs) is not None
    words, doubts = _agreed(_WORDS, of_words)
    if words and words.low == words.high:
        doubts = (f"names one number of words, {words.low}: at least, at most or about?",)
        words = None
    images, more_doubts = _agreed(_PICTURES, of_pictures)
    if asks_some and not of_pictures:
        more_doubts = ("asks for a picture and does not say how many; images: 1 would be exactly one",)
    return PromptLimits(words, images, doubts + more_doubts)


PICTURE = rf"\b(?:{'|'.join(PICTURE_NAMES)})s?\b"


def written(limit: Limit) -> str:
    """Return a limit as a pack writes it."""
    if limit.low == limit.high:
        return str(limit.low)
    return f"{limit.low}-{'' if limit.high is None else limit.high}"


_LEAST = r"(?:@L|a?mo?:?|a?my?w?l:?b?|Nb?ST)"
_MOST = r"(?:@M|a?Xo?:?|a?Xy?w?l:?b?|Pt|b?N[bvVy]?(?:D|GT)|NGT|K(?:ay?)?t|w?Kb?[:=(]?o?)(?:@M|a?Xo?|Pt)?"
_NAME = r"(?:(?:w[lK]|lo?w|lIw|l\(w\))[:=(]?b{0,2}|(?<![xa])w[:=(])"
"""What names a length, so that no unit follows."""
_END = r"(?!-?[nhxwp])(?!\|)"
_NUMBERED = regex(
    "|".join(
        rf"(?P<{kind}>{'|'.join(ways)})"
        for kind, ways in {
            "range": (
                rf"{_LEAST}n(?:w[,|;(]?&?{_MOST}nw?|[,|;(]?&?{_MOST}nw)",
                rf"{_NAME}{_LEAST}n[,|;]?&?{_MOST}n{_END}",
                r"nw(?:m|@L)[,|;]?&?nw?(?:X|@M)",
                r"(?<!-)Bnw?[-t&]nw",
                r"(?<![-nh])nw?[-t]n-?w",
                rf"{_NAME}B?n[-t&]n{_END}",
            ),
            "pair": (r"(?<![-nh])n\|nw",),
            "least": (
                rf"{_LEAST}n-?w",
                r"(?<![-nh])n(?:\+|\|G)w",
                r"(?<![-nh])nw,?(?:\|G|m|@L)(?!o?n)",
                rf"(?:{_NAME}{_LEAST}|mwl?[:=])n{_END}",
            ),
            "most": (
                rf"{_MOST}n-?w",
                r"(?<![-nh])n\|Sw",
                r"(?<![-nh])nw,?(?:\|S|X|@M)(?!o?n)",
                rf"(?:{_NAME}{_MOST}|Xwl?[:=]|wK[:=(]?b?o?)n{_END}",
            ),
            "one": (r"E?(?<![-nh])n-?w", rf"{_NAME}n{_END}"),
            "unread": (r"[nh][-+]?[xz]{0,2}-?w", rf"w[lK]?[:=(]?b?(?:{_LEAST}|{_MOST})?[nh](?!.*w)"),
        }.items()
    )
)
"""The ways to name a number of words; what is `unread` is only beside the word."""
_BOUND = r"(?:@[LM]|a?[mX]o?|Pt|N[SG]T|D|~)"


class _Unit(NamedTuple):
    """What is counted; in its patterns `#` is the number that is named."""

    name: str
    several: str
    named: re.Pattern[str]
    """The number is said to be that of the answer."""
    asked: re.Pattern[str]
    """It is asked."""
    bound: re.Pattern[str]
    """It is asked, if it is a bound or a range."""
    refused: re.Pattern[str]
    """It is not that of the whole answer, or may not be."""
    behind: str = ""
    """What is written behind numbers."""


_REFUSED = (
    rf"[e%]|{_BOUND}#|N[bdvVz]{{0,2}}#|#~[.)]?$|#.*(?:q|Ij)|F.*\?$"
    # For each, about, do not, in total, may we?
    r"|#,?(?:[mX](?!o?n)|@[LM](?!n)|\|[SG])"  # A range "or more".
    rf"|#[,;|(]{{0,2}}&?(?:{_LEAST}|{_MOST})n(?!.{{0,4}}[pw])"  # Another bound.
)
_WORDS = _Unit(
    "words",
    "lengths",
    named=regex(r"l(?:oa?y)?[bztI:=(]{0,4}#|K[ay]{0,3}t?[:=]?#"),
    asked=regex(
        r"^[zfbu:,]{0,4}#(?!.*\?)|^[zfbu]*[vy][zfbuy:,]{0,4}#"  # The sentence begins with it.
        r"|[(\[][zVIy:]{0,2}#(?:[)\],;.+&]|$)"
        r"|[vVys].*I#|,I#[?.]?$|^I#(?:,|.*[vVys])|^x?I#,"
        r"|v[fyt]?#|[vVd]x?a[xz]{0,3}y[oIi(]?#|[vVd]x?a#x?y"
        r"|(?:^|[vVdI,;(])[axzu]{0,3}y[bdcoIizt:]{0,5}#"
    ),
    bound=regex(r"(?!)"),
    refused=regex(
        rf"{_REFUSED}|#-|#[RB]|#,?\||\|z?[vV][axyo]{{0,4}}#|(?:^|[^I(\[z])#.*\?$|#.*&z*[vV]|#(?!,z*[vV]).*[,;]z*[vV]|[vV].+&z?[vV].*I#"
    ),
    behind=" words",
)
_ADDED = r"(?:^|[,;:&+(\[bztp-])d"
_PICTURES = _Unit(
    "pictures",
    "numbers of pictures",
    named=regex(r"[wl][bz:=)\],+&i]{1,4}#"),
    asked=regex(rf"{_ADDED}z?#|yz?c#|#b{{0,2}}r"),
    bound=regex(r"^z?#(?!.*\?)|[(\[]z?#(?:[)\],;.+&]|$)|[dvVsy][^Q]*i#|,i#[.]?$"),
    refused=regex(
        rf"{_REFUSED}|W|#,?\|(?!a?p)|#[oaxp]{{0,5}}t(?!a?[ydvV])|#(?:,?p)*&(?![vVdnzaI,])|\|z?d#|d[z]?#.*\?$"
    ),
)
_MAX_PICTURES = 20
"""More are no pictures of an answer but data."""
_SOME_PICTURE = regex(r"d[z]?ax{0,2}p")


_ROUND = regex(r"[-nh@LMmXPNGSTDB~]*#(?:-x|,?(?:f?e|@[LM]|[mX]|Ij|Iq))?")
"""What belongs to a number that is in doubt."""


class _Said(NamedTuple):
    """A number of a unit in a sentence."""

    text: str
    limit: Limit | None
    """What it asks; None if it is not understood."""
    is_named: bool
    """Its sentence says that it is that of the answer."""


def _said(unit: _Unit, sentence: Sentence, signs: str) -> Iterator[_Said]:
    """Yield what a sentence says of a unit."""
    matches = list(_NUMBERED.finditer(signs if unit is _WORDS else signs.translate(_AS_WORDS)))
    contexts = [f"{signs[: match.start()]}#{signs[match.end() :]}" for match in matches]
    is_named = any(_IS_NAMED.match(match[0]) for match in matches) or any(map(unit.named.search, contexts))
    for match, context in zip(matches, contexts, strict=True):
        is_asked = is_named or unit.asked.search(context) or (match.lastgroup != "one" and unit.bound.search(context))
        limit = _limit(match, sentence) if is_asked and not unit.refused.search(context) else None
        if limit and unit is _PICTURES and max(limit.low, limit.high or 0) > _MAX_PICTURES:
            limit = None
        yield _Said(_text(sentence, match, context), limit, is_named)


_IS_NAMED = regex("[wl]|K(?!t)")
_AS_WORDS = str.maketrans("pw", "wp")
"""Pictures are numbered as words are."""


def _text(sentence: Sentence, match: re.Match[str], context: str) -> str:
    """Return a number as it is written, with what belongs to it."""
    whole = _ROUND.search(context)
    start, end = whole.span() if whole else (0, 0)
    return sentence.said(start, end - 1 + len(match[0]))


def _limit(match: re.Match[str], sentence: Sentence) -> Limit | None:
    """Return what numbers of a unit ask; None where they are not understood."""
    kind = match.lastgroup
    if kind == "unread":
        return None
    numbers = [sentence.number(place) for place in range(*match.span()) if sentence.signs[place] == "n"]
    first, last = numbers[0], numbers[-1]
    if kind == "least":
        return Limit(first, None)
    if kind == "most":
        return Limit(0, last)
    return Limit(first, last) if first <= last and (kind != "pair" or last == first + 1) else None


def _agreed(unit: _Unit, said: Sequence[_Said]) -> tuple[Limit | None, tuple[str, ...]]:
    """Return the limit of a unit if all sentences agree on it, or what is in doubt.

    Where a length is named, what other sentences say does not matter: where it has two bounds nothing
    of it, else what is no limit.
    """
    named = [sentence for sentence in said if sentence.is_named]
    is_named = bool(named)
    if any(sentence.limit and sentence.limit.low and sentence.limit.high for sentence in named):
        said = named
    unread = [sentence.text for sentence in said if sentence.limit is None and sentence.is_named == is_named]
    doubts = [f'says "{text}": how many {unit.name} does it ask, if any?' for text in unread]
    limits = [sentence.limit for sentence in said if sentence.limit]
    different = list(dict.fromkeys(limits))
    if len(different) > 1:
        doubts.append(f"names several {unit.several}: {', '.join(map(written, different))}{unit.behind}")
    elif len(limits) > 1 and not is_named:
        doubts.append(f"says {written(limits[0])} {unit.name} twice: are they the same?")
    return (None, tuple(doubts)) if doubts or not limits else (limits[0], ())
