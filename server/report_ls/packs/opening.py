"""How a pack says what opens the questions of a form that have titles and no numbers, and what is not decided yet."""

from collections.abc import Iterator, Mapping
from typing import Any

from report_ls.report.form import Opening, Topic


def read_opening(data: Mapping[str, Any], sections: frozenset[str]) -> Opening | None:
    """Return how the questions open that are no `Question n`."""
    by = data.get("opening", "question")
    if by == "question":
        return None
    topics = []
    for question in data.get("questions", ()):
        title = question["title"]
        n_words, beginning = (0, title) if isinstance(title, str) else (title["words"], title["fingerprint"])
        given = tuple((text["words"], text["fingerprint"]) for text in question.get("given", ()))
        topics.append(Topic(question["number"], n_words, beginning, given))
    return Opening(by == "item", tuple(topics), sections)


def undecided(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the author of a pack has not decided yet."""
    yield from data.get("unsure", ())
    for question in data.get("questions", ()):
        yield from (f"question {question['number']} {doubt}" for doubt in question.get("unsure", ()))
