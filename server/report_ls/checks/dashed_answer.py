"""The template's dashes were kept round the answer.

The template says `--- question 3 fill here ---`, and some students write their answer between the
dashes. A rule between two paragraphs, a table and what a terminal printed are no such dashes.

## Why is this bad?

Dashes below a line of text turn that line into a heading on the page, and the course's script
counts them as words.

## Example

````report
### Question 3
> Who is in your group?
>
> Answer:

--- Two people and a dog. ---
^^^ information: these dashes are left over from the template and count as words: take them away
                          ^^^ related: the dashes at the other end
````

````fixed
### Question 3
> Who is in your group?
>
> Answer:

Two people and a dog.
````
"""

import re
from collections.abc import Iterator

from report_ls.check import Context, Found
from report_ls.checks._editing import delete
from report_ls.checks._words import are_asked
from report_ls.diagnostic import Fix, Related, Severity
from report_ls.text import Span

SEVERITY = Severity.WARNING, Severity.HINT
LOCAL = True
GROUPED = True


def run(context: Context) -> Iterator[Found]:
    """Yield the first dashes of each answer that has some, with the others."""
    for question in context.report.questions:
        answer = question.answer
        if answer.is_empty or not answer.dashes:
            continue
        first, *others = answer.dashes
        edits = tuple(delete(context.report.source, dashes, answer.span) for dashes in answer.dashes)
        is_safe = not any(_opens_a_block(context, dashes) for dashes in answer.dashes)
        fix = Fix("take the dashes away", edits, safe=is_safe, preferred=is_safe)
        related = tuple(Related(dashes, "the dashes at the other end") for dashes in others)
        limit, n_counted = context.ask(question).words, len(answer.text.split())
        if limit is None or limit.allows(n_counted) or not limit.allows(answer.n_words) or not context.has_script:
            message, severity = (
                "these dashes are left over from the template and count as words: take them away",
                Severity.INFORMATION,
            )
        else:
            message = f"with the template's dashes the course's script counts {n_counted} words where {are_asked(limit)}: take them away"
            severity = None
        yield Found(first, message, question, (fix,), related, severity, unnecessary=True)


_OPENS_A_BLOCK = re.compile(
    r"[ \t]*(?:```|~~~|<|#+[ \t]*question|\n[=-]+[ \t]*$)|[ \t]{4}", re.IGNORECASE | re.MULTILINE
)


def _opens_a_block(context: Context, dashes: Span) -> bool:
    """Say whether what follows the dashes would be something else at the start of a line, or make a heading of it."""
    return bool(_OPENS_A_BLOCK.match(context.report.source.plain, dashes.end))
