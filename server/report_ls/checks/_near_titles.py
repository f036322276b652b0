"""Which headings of a report are nearly titles of its form, where the pack's topics still say these titles."""

import re
from collections.abc import Collection, Mapping

from report_ls.checks._context import Context
from report_ls.report.fingerprints import fingerprint_of
from report_ls.report.form import Opening, Topic
from report_ls.report.headings import Heading
from report_ls.report.topics import other_titles, title_words

_MIN_SIMILARITY = 0.8


def nearly_titles(context: Context, opening: Opening, absent: Collection[int]) -> Mapping[int, Heading]:
    """Return the one heading that is nearly the title of a question, which nothing opens, by the question's number."""
    wanted = {
        topic: words
        for topic in opening.topics
        if topic.number in absent and (words := _known_words(context.pack.ask_of_number(topic.number).topic, topic))
    }
    others = list(other_titles(context.report.source.plain, opening)) if wanted else []
    pairs = [
        (topic.number, heading)
        for heading in others
        for topic, words in wanted.items()
        if _is_near(words, title_words(heading.title)[: len(words) if topic.words or _is_cut(context, topic) else None])
    ]
    numbers, headings = [number for number, _ in pairs], [heading for _, heading in pairs]
    return {number: one for number, one in pairs if numbers.count(number) == 1 and headings.count(one) == 1}


_CUT = "..."


def _is_cut(context: Context, topic: Topic) -> bool:
    return context.pack.ask_of_number(topic.number).topic.endswith(_CUT)


def _known_words(name: str, topic: Topic) -> list[str]:
    """Return the words of a title as far as its topic says them; none where its author has named it otherwise."""
    words = title_words(name)
    if name.endswith(_CUT):
        return words
    words = words[: topic.words or None]
    return words if fingerprint_of(words) == topic.fingerprint else []


def _is_near(words: list[str], others: list[str]) -> bool:
    """Say whether one is the other with a slip; week 2 is not week 1 with a slip."""
    title, other = " ".join(words), " ".join(others)
    if title != other and re.sub(r"[0-9]+", "0", title) == re.sub(r"[0-9]+", "0", other):
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415 - most forms have no titles

    return SequenceMatcher(None, title, other).ratio() >= _MIN_SIMILARITY
