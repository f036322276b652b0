"""A note to oneself is left in an answer.

Only what is hardly anything else counts: `TODO:`, `TBD` and `FIXME`, a link to `insert link`, a `<weblink>`, words of
`lorem ipsum`, `(subject to change?)`, and a line of nothing but dots. In code and in comments they are left alone.

## Why is this bad?

The report is handed in with it, and says that it is not finished.

## Example

````report
### Question 1
> How do you start it?
>
> Answer:

We write `make book`, as in [this file](insert link).
                                       ^^^^^^^^^^^^^ warning: this reads like a note to yourself: write what is missing, or delete it
TODO: say what it costs.
^^^^^ warning: this reads like a note to yourself: write what is missing, or delete it
````
"""

import re
from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.checks._context import Context, Finding
from report_ls.report.pieces import Literal, innermost

SEVERITY = Severity.WARNING, Severity.HINT
PER_QUESTION = True
_NOTE = regex(
    r"""
    (?<![\w/."'`-])(?:TODO|FIXME|[Tt]odo|[Tt]o-do|ToDo):(?=\s|\Z)
    | ^(?:[ \t>*_+-]|[0-9]+[.)][ ])*(?P<alone>TODO|FIXME|[Tt]odo)[*_ \t.!]*$
    | [(\[]\ *(?:TODO|FIXME|[Tt]odo)\b[^()\[\]\n]*[)\]]
    | (?<![\w/."'`-])TBD(?![\w/"'`-])
    | \b[Ll]orem\ ipsum\b(?:\ +[Ll]orem\ ipsum\b)*
    | (?<=\])\((?i:weblink|link|url|todo|tbd|(?:insert|add|put)\ [^()\n]{1,30})\)
    | <(?i:weblink|(?:insert|add)\ [^<>\n]{1,30})>
    | [(\[](?i:insert)\ [^()\[\]\n]{1,30}[)\]]
    | \((?i:subject\ to\ change)\ *\??\)
    | ^[ \t]*(?P<dots>\.{3,})[ \t]*$
    """,
    re.VERBOSE | re.MULTILINE,
)
_IN_ANY = "todo", "to-do", "fixme", "tbd", "lorem ipsum", "weblink", "subject to change", "..."
_BRACKETS = "(", "[", "<"
_IN_BRACKETS = "(link)", "(url)", "(insert ", "[insert ", "<insert ", "(add ", "<add ", "(put "
"""Each note holds one of these or of the former, in small letters."""
_HIDING = Literal.BACKTICKS, Literal.FENCE, Literal.INDENTED, Literal.COMMENT


def run(context: Context) -> Iterator[Finding]:
    """Yield each note; one in angle brackets is no word that should be shown."""
    for question in context.report.questions:
        answer = question.answer
        lowered = answer.student_text.lower()
        if not _may_hold_note(lowered):
            continue
        notes = [
            Span(*note.span(note.lastgroup or 0)).shift(answer.span.start)
            for note in _NOTE.finditer(answer.student_text)
        ]
        for note, around in zip(notes, innermost(answer.literals, notes) if notes else (), strict=True):
            if around is None or around.kind not in _HIDING:
                is_in_brackets = context.report.source.text[note.start] == "<"
                yield Finding(
                    note,
                    "this reads like a note to yourself: write what is missing, or delete it",
                    question,
                    suppresses=("html-lost",) if is_in_brackets else (),
                )


def _may_hold_note(lowered: str) -> bool:
    """Say whether a text in small letters has what each note has: to look for that takes a tenth of the time."""
    has = lowered.__contains__
    return any(map(has, _IN_ANY)) or (any(map(has, _BRACKETS)) and any(map(has, _IN_BRACKETS)))
