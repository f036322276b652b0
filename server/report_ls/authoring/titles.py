"""Which headings, or items, of an empty form its author may mean as questions, and what the form holds below each.

It is a guess, so it is made once, when a pack is drafted, and its author is asked.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.text import line_end
from report_ls.report.fingerprints import WORD, fingerprint, fingerprint_of
from report_ls.report.form import Opening, Topic
from report_ls.report.headings import Heading, headings
from report_ls.report.topics import items, title_words


class Titles(NamedTuple):
    """The questions of a form that open without the word."""

    opening: Opening
    titles: tuple[str, ...]
    names: tuple[str, ...]
    """What is said of each beside its number."""
    below: tuple[str, ...]
    """What the form holds below each."""
    closing: tuple[str, ...]
    """The headings, each of which ends an answer."""
    marker: str
    """The text that several of them have in an answer's place; else empty."""


_WORDS_IN_BRACKETS = r"\[(?=[^\[\]]*\])[^\[\]]*?\w[^\w\[\]]+\w[^\[\]]*\](?![(\[:])"
_PLACEHOLDER = regex(
    rf"\{{\{{(?:(?!\{{\{{).)*?\}}\}}|{_WORDS_IN_BRACKETS}|\b[A-Z]{{3,}} HERE\b|<[A-Z_]{{3,}}>|`[^`]*`$"
)
OPTIONAL = regex(r"[\[(]optional[\])]", re.IGNORECASE)
_REQUEST = regex(rf"\{{\{{|{_WORDS_IN_BRACKETS}|<!--|^ {{0,3}}>|\bTODO\b", re.MULTILINE)
_SENTENCE = regex(r"[^.?!|]+[.?!](?=\s|$)")
_MIN_SENTENCE_WORDS = 8
"""So many words make a sentence, and no date or name."""
_EXAMPLE = regex(r"\bexamples?\b", re.IGNORECASE)
_CONTENTS = regex(r"[ \t]*(?:[-*+]|[0-9]+[.)])[ \t]+\[[^\]]*\]\(#[^)]*\)[ \t]*")
_NUMBERED = regex(r"[*_]{0,3}([0-9]{1,3})[.)][*_]{0,3}[ \t]")


def titles_in(text: str) -> Titles | None:
    """Return the questions of a form whose headings or items open them; None if it has none."""
    asked = _asked(text)
    listed = _listed(text)
    by_item = len(listed) > len(asked)
    openings = listed if by_item else asked
    if not openings:
        return None
    ends = [*[heading.line_start for heading in openings[1:]], len(text)]
    others = [one for one in headings(text) if one.title and (by_item or one not in openings)]
    stops = [
        next((one.line_start for one in others if heading.start < one.start < end), end)
        for heading, end in zip(openings, ends, strict=True)
    ]
    below = tuple(text[heading.end : stop] for heading, stop in zip(openings, stops, strict=True))
    common = Counter(" ".join(one.split()) for part in below for one in _blocks(part) if _PLAIN.match(one))
    marker = next((one for one, n_times in common.most_common(1) if n_times > 1), "")
    topics = []
    for number, (heading, part) in enumerate(zip(openings, below, strict=True), 1):
        n_words, words = _title(heading.title, is_item=by_item)
        topics.append(Topic(number, n_words, fingerprint_of(words), tuple(_given(part, marker))))
    # Those of the questions too: where one is struck out, its heading still ends the answer above.
    closing = tuple(dict.fromkeys(one.title for one in headings(text) if title_words(one.title)))
    fingerprints = frozenset(map(fingerprint, closing))
    names = _names([one.title for one in openings])
    titles = tuple(one.title for one in openings)
    return Titles(Opening(by_item, tuple(topics), fingerprints), titles, names, below, closing, marker)


_MAX_TOPIC_CHARACTERS = 40
_CUT = "..."


def _names(titles: Sequence[str]) -> tuple[str, ...]:
    """Return what is said of each title beside its number: how it begins, or what tells it from those that begin so."""
    said = [_said(title) for title in titles]
    names = [(" ".join(_first(words)) + _CUT, _CUT + " ".join(_first(words[::-1])[::-1])) for words in said]
    begin, end = (Counter(several) for several in zip(*names, strict=True))
    return tuple(
        " ".join(words)
        if _first(words) == words or begin[first] > 1 < end[last]
        else last
        if begin[first] > 1
        else first
        for words, (first, last) in zip(said, names, strict=True)
    )


def _said(title: str) -> list[str]:
    words = _PLACEHOLDER.sub("", re.sub(r"<[^<>]*>", "", OPTIONAL.sub("", title))).strip(" #*_:`").split()
    return words[1:] if words and re.fullmatch(r"[0-9]+[.)]", words[0]) else words


def _first(words: list[str]) -> list[str]:
    """Return as many words from the first on as a name has room for."""
    ends = accumulate(words, lambda end, word: end + 1 + len(word), initial=-1)
    return [word for word, end in zip(words, islice(ends, 1, None), strict=True) if end <= _MAX_TOPIC_CHARACTERS]


_PLAIN = regex(r"(?=[^\n]*[A-Za-z0-9])[A-Za-z\[(]")


def _asked(text: str) -> list[Heading]:
    """Return the headings that may be questions."""
    found = [one for one in headings(text) if one.title]
    numbered = [(one, int(match[1])) for one in found if (match := _NUMBERED.match(one.title))]
    for level in sorted({one.level for one, _ in numbered}):
        alike = [(one, number) for one, number in numbered if one.level == level]
        if [number for _, number in alike] == [*range(1, len(alike) + 1)] and len(alike) > 2:  # noqa: PLR2004 - a row
            return [one for one, _ in alike]
    asked = []
    above: list[Heading] = []
    for index, heading in enumerate(found):
        above = [*[one for one in above if one.level < heading.level], heading]
        following = found[index + 1] if index + 1 < len(found) else None
        body = text[heading.end : following.line_start if following else len(text)]
        is_title = index == 0 and heading.level == 1
        is_leaf = following is None or following.level <= heading.level
        lines = [line for line in body.split("\n") if WORD.search(line)]
        if (
            not is_title
            and (is_leaf or _REQUEST.search(body) or _has_sentence(body))
            and title_words(_fixed(heading.title))
            and not any(_EXAMPLE.search(one.title) for one in above)
            and not (lines and all(map(_CONTENTS.fullmatch, lines)))
        ):
            asked.append(heading)
    return asked


def _has_sentence(text: str) -> bool:
    return any(len(WORD.findall(sentence)) >= _MIN_SENTENCE_WORDS for sentence in _SENTENCE.findall(text))


def _listed(text: str) -> list[Heading]:
    """Return the items of lists that are questions: those with numbers, three or more from 1 on, most with a "?"."""
    rows: list[list[Heading]] = [[]]
    for item in items(text):
        number = re.match(r"[0-9]+", text[item.start : item.end])
        if number and int(number[0]) == len(rows[-1]) + 1:
            rows[-1].append(item)
        elif number:
            rows.append([item] if int(number[0]) == 1 else [])
    asked = [row for row in rows if len(row) > 2 and 2 * sum("?" in one.title for one in row) > len(row)]  # noqa: PLR2004
    return max(asked, key=len, default=[])


def _fixed(title: str) -> str:
    """Return what of a title stays when it is filled in."""
    placeholder = _PLACEHOLDER.search(OPTIONAL.sub(lambda match: "x" * len(match[0]), title))
    return title[: placeholder.start()] if placeholder else title


_MAX_ITEM_WORDS = 8


def _title(title: str, *, is_item: bool) -> tuple[int, list[str]]:
    """Return how many words a title is known by, 0 for all, and these words."""
    fixed = title_words(_fixed(title))
    if is_item and len(fixed) > _MAX_ITEM_WORDS:
        return _MAX_ITEM_WORDS, fixed[:_MAX_ITEM_WORDS]
    return (len(fixed) if _fixed(title) != title else 0), fixed


def _given(text: str, marker: str) -> Iterator[tuple[int, str]]:
    """Yield what a form holds below a title, as a pack writes it, but its marker.

    Nor a picture: a student's own may have its name.
    """
    for block in _blocks(text):
        words = WORD.findall(block.lower())
        if words and "![" not in block and " ".join(block.split()) != marker:
            yield len(words), fingerprint_of(words)


_BLOCK = regex(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*\n)*? {0,3}(?P=fence)[^\n]*"
    r"|^[ \t]*<!--(?:[^-]|-(?!->))*-->[^\n]*"
    r"|^[ \t]*\|.*(?:\n[ \t]*\|.*)*"
    r"|^[^\n]*\S[^\n]*(?:\n(?![ \t]*(?:[-*+]|[0-9]{1,3}[.)])[ \t]|[ \t]*(?:\||```|~~~|<!--)|[ \t]*$)[^\n]+)*",
    re.MULTILINE,
)


def _blocks(text: str) -> Iterator[str]:
    """Yield the paragraphs, items, comments, fences and tables of a text."""
    place = 0
    while place < len(text):
        match = _BLOCK.search(text, place)
        if not match:
            return
        yield match[0]
        place = line_end(text, match.end())


def about(text: str) -> int | None:
    """Return about how many words are asked in a line that says nothing else, but for a percentage."""
    found = [int(match[1].replace(",", "")) for match in _ABOUT.finditer(text)]
    return found[0] if len(found) == 1 and len(_WORDS_NAMED.findall(text)) == 1 else None


_ABOUT = regex(
    r"^[-*+ \t>\[(]*(?:[0-9]{1,3} ?%[ ,;:]*)?"
    r"(?:~|\u2248|about |around |roughly |approximately |approx\. |ca\. |circa )[ ]?"
    r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6}) words?[\])., \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_WORDS_NAMED = regex(r"\bwords?\b", re.IGNORECASE)
_OTHER_UNIT = regex(
    r"\b[0-9]+(?:\s*[-\u2013]\s*[0-9]+)?\s+(?:characters?|sentences?|paragraphs?|pages?)\b", re.IGNORECASE
)


def other_units(text: str) -> Sequence[str]:
    """Return the lengths in a text that are neither words nor images."""
    return [" ".join(match[0].split()) for match in _OTHER_UNIT.finditer(text)]
