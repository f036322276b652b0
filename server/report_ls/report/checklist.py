"""The checklist above the questions: its items, and the signs in their boxes."""

import re

from report_ls.base.memo import memoized
from report_ls.base.regex import regex
from report_ls.report.report import Report

_TICKS = "xX✓✔✅☑×"
_BOX = r"\[(?P<sign>[^\[\]\n]{0,10})\]"
ITEM = regex(
    rf"^[ \t]*(?:[-*+]|\d+[.)])(?P<gap>[ \t]*)"
    rf"(?:(?P<box>{_BOX})(?![(\[:])|(?<=[ \t])(?P<tick>[{_TICKS}])(?=[ \t]))",
    re.MULTILINE,
)
"""An item with a box, or with a tick in its place."""
DONE = frozenset(
    ("✓", "✔", "✔\ufe0f", "✅", "☑", "☑\ufe0f", "×", "x", "v", "y", "yes", "ok", "done", "check", "checked")
)
OPEN = frozenset(("", "n", "no"))
MIN_BOXES = 5
"""So many boxes make a list a checklist."""


def above_questions(report: Report) -> str:
    """Return the text above the questions; empty where there are none."""
    return report.source.plain[: report.questions[0].heading.start if report.questions else 0]


@memoized(2)
def items_in(text: str) -> tuple[re.Match[str], ...]:
    """Return the items of the checklist in a text; none where there are too few for one."""
    # Without a gap other brackets are a note or a link's.
    items = tuple(item for item in ITEM.finditer(text) if item["gap"] or sign_of(item) in DONE | OPEN)
    return items if sum(item["box"] is not None for item in items) >= MIN_BOXES else ()


def sign_of(item: re.Match[str]) -> str:
    """Return the text in the place of a tick, in small letters."""
    return (item["tick"] or item["sign"]).strip(" \t\xa0").casefold()
