"""Wording that features share: the title of a question, escaped text of a report, and the name of a command."""

import re

from report_ls.analysis.analyze import QuestionResult
from report_ls.base.readable import one_line
from report_ls.base.regex import regex

SWITCHED_OFF = "reportLs.switchedOff"
"""The command that a client runs after it has made the edit that switches a check off."""


def title(result: QuestionResult) -> str:
    """Return a title such as `Question 14: experiment tracking`; only the number if the question has no topic."""
    return f"Question {result.question.number}{f': {result.topic}' if result.topic else ''}"


_SIGNS = regex(r"[\\`*_\[\]<>|~&@]|(?<=www)\.|:(?=//)", re.IGNORECASE)
"""Characters to escape within a line; the last three because some clients make links of addresses."""


def escape(text: str) -> str:
    """Return text escaped for Markdown: shown as it is, on one line and without links."""
    return _SIGNS.sub(r"\\\g<0>", one_line(text))
