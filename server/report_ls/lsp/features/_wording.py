"""What the server's features say alike: a question, its counts, text of a report, and a command's name."""

import re

from report_ls.analysis.analyze import QuestionResult, State
from report_ls.base.regex import regex
from report_ls.packs.limits import Limit

STATES = {State.OK: "ok", State.UNANSWERED: "not answered", State.WRONG: "needs work"}

SWITCHED_OFF = "reportLs.switchedOff"
"""The command with which a client says that it has made the edit that switches a check off."""


def title(result: QuestionResult) -> str:
    """Return `Question 14: experiment tracking`, or the number alone where there is no topic."""
    topic = f": {result.ask.topic}" if result.ask.topic else ""
    return f"Question {result.question.number}{topic}"


def counted(number: int, limit: Limit | None, noun: str) -> str:
    """Return a number beside what is asked; without a limit the number alone."""
    if limit is None:
        return f"{number} {noun if number != 1 else noun[:-1]}"
    bound = str(limit).replace("-", "–")
    return f"{number} / {bound} {noun if bound != '1' else noun[:-1]}"


def counts(result: QuestionResult) -> str:
    """Return the counts of a question, words first; images where some are asked or shown."""
    answer, ask = result.question.answer, result.ask
    parts = [counted(answer.n_words, ask.words, "words")]
    if ask.images or answer.images:
        parts.append(counted(len(answer.images), ask.images, "images"))
    return " · ".join(parts)


_SIGNS = regex(r"[\\`*_\[\]<>|~&@]|(?<=www)\.|:(?=//)", re.IGNORECASE)
"""What within a line is not shown as it is; the last three because some clients make links of addresses."""


def escape(text: str) -> str:
    """Return text that Markdown shows as it is, in one line and without links."""
    return _SIGNS.sub(r"\\\g<0>", one_line(text))


def one_line(text: str) -> str:
    """Return text without line ends and other control characters: they would end a paragraph or a code span."""
    return "".join(character if character.isprintable() else " " for character in text)
