"""The template's dashes are still around the answer.

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
^^^ information: these dashes are left over from the template and count as words: delete them
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
from functools import partial

from report_ls.base.diagnostic import Fix, Fixes, Related, Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._editing import delete, may_lose, opens_a_block
from report_ls.checks._words import are_asked
from report_ls.report.report import Question

SEVERITY = Severity.WARNING, Severity.HINT
LESS = "information where no limit of words depends on them"
PER_QUESTION = True
TRIGGER_CHARACTERS = "-"
GROUPED = 2
_MAX_MARKER_WORDS = 12
"""No marker has more."""


def run(context: Context) -> Iterator[Finding]:
    """Yield the first dashes of each answer that has some, with the others."""
    for question in context.report.questions:
        answer = question.answer
        # In a form with titles a rule of dashes may part these.
        if answer.is_empty or not answer.dashes or question.title:
            continue
        first, *others = answer.dashes
        related = tuple(Related(dashes, "the dashes at the other end") for dashes in others)
        message, severity = _say(context, question)
        fixes = Fixes(partial(_fixes, context, question))
        yield Finding(first, message, question, fixes, related, severity, unnecessary=True)


def _say(context: Context, question: Question) -> tuple[str, Severity | None]:
    limit, n_words, n_counted = context.ask(question).words, question.answer.n_words, question.answer.counted[0][1]
    if limit is None or limit.allows(n_words) == limit.allows(n_counted) or not context.has_script:
        message = "these dashes are left over from the template and count as words: delete them"
    elif limit.allows(n_words):
        message = (
            f"with the template's dashes the course's script counts {n_counted} words, "
            f"but {are_asked(limit)}: delete them"
        )
        return message, None
    else:
        message = (
            f"the course's script counts {n_counted} words only because of these dashes, which are left over "
            "from the template: write enough words of your own, then delete them"
        )
    return message, Severity.INFORMATION


def _fixes(context: Context, question: Question) -> Iterator[Fix]:
    source, answer = context.report.source, question.answer
    edits = tuple(delete(source, dashes, answer.span) for dashes in answer.dashes)
    # A quote sign that goes too may be the word that is missing then.
    keeps = may_lose(context, question, edits)
    # A few words with the question's own number may be the marker of another edition.
    is_marker = answer.n_words <= _MAX_MARKER_WORDS and str(question.number) in re.findall(
        r"[0-9]+", answer.student_text
    )
    is_safe = keeps and not is_marker and not any(opens_a_block(source, dashes.end) for dashes in answer.dashes)
    yield Fix("delete the dashes", edits, safe=is_safe, preferred=is_safe)
