"""What the server's features say alike: a question, text of a report, and a command's name."""

import re

from report_ls.analysis.analyze import QuestionResult
from report_ls.base.readable import one_line
from report_ls.base.regex import regex

SWITCHED_OFF = "reportLs.switchedOff"
"""The command with which a client says that it has made the edit that switches a check off."""


def title(result: QuestionResult) -> str:
    """Return `Question 14: experiment tracking`, or the number alone where there is no topic and no title."""
    return f"Question {result.question.number}{f': {result.topic}' if result.topic else ''}"


_SIGNS = regex(r"[\\`*_\[\]<>|~&@]|(?<=www)\.|:(?=//)", re.IGNORECASE)
"""What within a line is not shown as it is; the last three because some clients make links of addresses."""


def escape(text: str) -> str:
    """Return text that Markdown shows as it is, in one line and without links."""
    return _SIGNS.sub(r"\\\g<0>", one_line(text))
