"""A conflict marker of git is left in the report.

Where two people changed the same lines, git writes both versions one below the other, with
`<<<<<<<` above and `>>>>>>>` below them. A conflict shown in a code fence is no such thing.

## Why is this bad?

The hand-in has both versions, with git's signs between them, and the course's script counts
the words of both.

Until one is chosen, nothing else is said of the text between the signs, nor of how many words and
images these answers have.

## Example

````report
### Question 1
> What does your project do?
>
> Answer:

<<<<<<< HEAD
^^^^^^^^^^^^ error: git left two versions here: keep one, and delete the lines with <<<<<<<, ======= and >>>>>>>
It counts bees.
=======
^^^^^^^ related: the second version begins here
It counts bees and wasps.
>>>>>>> anna
^^^^^^^^^^^^ related: the second version ends here
````
"""

import re
from collections.abc import Iterator

from report_ls.base.diagnostic import Related, Severity
from report_ls.base.memo import memoized_by_question
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.checks._context import Context, Finding
from report_ls.checks._form import LENGTHS
from report_ls.report.pieces import innermost

SEVERITY = Severity.ERROR, Severity.ERROR
_MARKER = regex(r"^(?:<{7}|\|{7}|={7}|>{7})(?=[ \t]|$).*", re.MULTILINE)
_OPENING, _CLOSING = "<<<<<<<", ">>>>>>>"
_SAID = {
    "|": "the text before both changes begins here",
    "=": "the second version begins here",
    ">": "the second version ends here",
}


def run(context: Context) -> Iterator[Finding]:
    """Yield each conflict at its first marker."""
    if not any(map(_may_hold_markers, [text for _, text in context.report.pieces])):
        return
    text = context.report.source.plain
    conflicts = list(_conflicts(text))
    wholes = [Span(conflict[0].start, conflict[-1].end) for conflict in conflicts]
    literals = innermost(context.report.literals, wholes)
    for conflict, whole, literal in zip(conflicts, wholes, literals, strict=True):
        first, *others = conflict
        # A report may show what a conflict looks like, but never with one marker alone.
        if not (literal and others):
            related = tuple(Related(span, _SAID[text[span.start]]) for span in others)
            question = context.report.question_at(first.start)
            found = Finding(first, _message(text, conflict), question, related=related)
            yield found._replace(suppresses=LENGTHS, hides=whole) if others else found


@memoized_by_question
def _may_hold_markers(text: str) -> bool:
    return _OPENING in text or _CLOSING in text


def _conflicts(text: str) -> Iterator[list[Span]]:
    """Yield the markers of each conflict, of which some may be gone."""
    conflict: list[Span] = []
    for match in _MARKER.finditer(text):
        span = Span(match.start(), match.start() + len(match[0].rstrip()))
        if match[0].startswith(_OPENING):
            if conflict:
                yield conflict
            conflict = [span]
        elif match[0].startswith(_CLOSING):
            yield [*conflict, span]
            conflict = []
        elif conflict:
            conflict.append(span)
    if conflict:
        yield conflict


def _message(text: str, conflict: list[Span]) -> str:
    if not text.startswith(_OPENING, conflict[0].start):
        return "git left this line behind: delete it, and check whether some text above is there twice"
    if not text.startswith(_CLOSING, conflict[-1].start):
        return "git left this line behind: delete it, and check whether some text below is there twice"
    return f"git left two versions here: keep one, and delete the lines with {_OPENING}, ======= and {_CLOSING}"
