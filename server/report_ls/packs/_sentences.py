"""The sentences of a prompt, each as a text of signs.

A sign is a letter in place of a word: so all ways to say "at least" are one short pattern.
"""

import re
from collections.abc import Iterator, Sequence

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.packs.limits import PICTURE_NAMES


class Sentence(NamedTuple):
    """A sentence, a sign for each of its words, and the place of each word."""

    text: str
    signs: str
    words: Sequence[re.Match[str]]

    def said(self, start: int, end: int) -> str:
        """Return the words of some signs, as they are written."""
        return self.text[self.words[start].start() : self.words[end - 1].end()]

    def number(self, place: int) -> int:
        """Return the number of a sign."""
        digits = self.words[place][0].lower()
        return _NUMBERS.get(digits) or int(digits.replace(",", ""))


_UNITS = "word", *PICTURE_NAMES
_EXAMPLE = regex(
    r"(?:^[ \t>*_]*[Ee]xample|(?<![Ff]or )Example|EXAMPLE)s?[ \t]*:[\s>]*",
    re.MULTILINE,
)
# It ends with its paragraph, or where the length is named.
_EXAMPLE_END = regex(r"answer\s+length|\n[ \t>]*\n|\Z", re.IGNORECASE)
_PARAGRAPH_END = regex(r"\n[ \t>]*\n")
_MARKS = regex(r"^[ \t>]+|[*_`]+|\]\([^()\s]*\)", re.MULTILINE)
_SENTENCE_END = regex(
    # A capital letter or a number follows, and no abbreviation comes before.
    r"(?:(?<!\bmin)(?<!\bmax)(?<!\bapprox)(?<!\bca)(?<!\be\.g)(?<!\bi\.e)\.[)\"\u201d]?\s+(?!(?-i:[a-z])))"
    r"|(?<=[?!])[)\"\u201d]?\s+"
    r"|\n(?:[-+\u2022]\s|(?=\(?(?:max|min|at\s|up\s+to|between|use\s|write\s|words?\b|length|limit)))"
    r"|\s(?=(?:recommended|suggested|expected|maximum|minimum)\s+answer\s+length\b)"
    r"|(?<!recommended)(?<!suggested)(?<!expected)(?<!maximum)(?<!minimum)\s(?=answer\s+length\b)",
    re.IGNORECASE,
)
_MAX_SENTENCE_CHARACTERS = 600
"""The longest sentence; a longer text is not read as one."""


def sentences(prompt: str) -> Iterator[Sentence]:
    """Yield the sentences of a prompt that may name a limit, without its example."""
    if not _names_unit(prompt):
        return
    for paragraph in _PARAGRAPH_END.split(_without_example(prompt)):
        if _names_unit(paragraph):
            for sentence in _SENTENCE_END.split(_MARKS.sub("", paragraph)):
                if len(sentence) <= _MAX_SENTENCE_CHARACTERS and _names_unit(sentence):
                    yield _read(sentence)


def _names_unit(text: str) -> bool:
    lower = text.lower()
    return any(unit in lower for unit in _UNITS)


def _without_example(prompt: str) -> str:
    place, kept = 0, []
    for example in _EXAMPLE.finditer(prompt):
        if example.start() >= place:
            kept.append(prompt[place : example.start()])
            end = _EXAMPLE_END.search(prompt, example.end())
            place = end.start() if end else len(prompt)
    return "\n\n".join([*kept, prompt[place:]])


_SMALL = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {
    **{word: number for number, word in enumerate(_SMALL, 1)},
    **{word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)},
    "fifteen": 15,
}
_SIGNS = {
    word: sign
    for sign, words in {
        "n": " ".join(_NUMBERS),
        "h": "hundred hundreds thousand thousands dozen half",
        "w": "word words",
        "p": " ".join(f"{name} {name}s" for name in PICTURE_NAMES),
        "@": "at",
        "L": "least",
        "M": "most",
        "m": "minimum min min. minimal",
        "X": "maximum max max. maximal",
        "N": "no not cannot don't doesn't mustn't shouldn't never",
        "G": "more longer",
        "S": "less fewer shorter",
        "T": "than",
        "D": "exceed exceeding exceeds",
        "P": "up",
        "t": "to",
        "-": "- -- --- \u2013 \u2014 \u2212",
        "&": "and but & plus",
        "|": "or /",
        "B": "between from",
        "E": "exactly precisely",
        "o": "of",
        "a": "a an the your this our some several multiple",
        "I": "in within",
        "i": "with using by",
        "K": "limit limited restrict restricted",
        "l": "length count number size",
        "y": "answer answers text response reply summary description discussion essay explanation reflection report",
        "v": "write use aim spend",
        "V": "describe explain discuss say tell summarise summarize reflect argue state give present"
        " outline compare justify motivate elaborate comment list define introduce evaluate analyse analyze account"
        " name",
        "s": "illustrate support document accompany",
        "d": "insert include upload add attach show provide draw paste embed submit contain",
        "c": "includes contains shows",
        "u": "you",
        "b": "do should must may can shall will is are be has have needs ought need",
        "z": "please ideally preferably suggested recommended also then remember additionally finally"
        " here normally typically now",
        "e": "each every per apiece respectively sentences paragraphs bullets slides title titles caption captions"
        " heading headings headline headlines abstract abstracts slogan quote quotes",
        "%": "if unless otherwise optional optionally alternatively bonus",
        "~": "about approximately approx approx. around roughly circa ca ca. nearly almost over under"
        " above below ~ \u2248",
        "x": "#",
        "R": "that",
        "W": "set sets dataset datasets training folder directory link",
        "f": "for",
        "F": "i we my",
        "Q": "what which who whom whose how why where when",
        "q": "total altogether combined overall",
        "j": "all",
        "r": "required needed expected included inserted added",
    }.items()
    for word in words.split()
}
_TOKEN = regex(r"(?:min|max|approx|ca|e\.g|i\.e)\.|\d+(?:[.,]\d+)*(?!\w)|\w+(?:['\u2019]\w+)*|-+|\S", re.IGNORECASE)
_NUMBER = regex(r"\d{1,6}|\d{1,3},\d{3}")


def _read(text: str) -> Sentence:
    text = " ".join(text.split())
    words = tuple(_TOKEN.finditer(text))
    return Sentence(text, "".join(_sign(word[0].lower()) for word in words), words)


def _sign(word: str) -> str:
    """Return the sign of a word: `x` for one that says nothing here, and a sign of punctuation for itself."""
    if word[0].isdigit():
        return "n" if _NUMBER.fullmatch(word) else "h"
    return _SIGNS.get(word) or ("x" if word[0].isalnum() else word[0])
