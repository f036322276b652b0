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
^^^ information: these dashes belong to the template's marker and count as words: take them away
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

from collections.abc import Iterator

from report_ls.check import Context, Found
from report_ls.checks._editing import delete
from report_ls.diagnostic import Fix, Related, Severity

SEVERITY = Severity.INFORMATION, Severity.HINT
GROUPED = True


def run(context: Context) -> Iterator[Found]:
    """Yield the first dashes of each answer that has some, with the others."""
    for question in context.report.questions:
        answer = question.answer
        if answer.is_empty or not answer.dashes:
            continue
        first, *others = answer.dashes
        edits = tuple(delete(context.report.source, dashes, answer.span) for dashes in answer.dashes)
        fix = Fix("take the dashes away", edits, safe=True, preferred=True)
        related = tuple(Related(dashes, "the dashes at the other end") for dashes in others)
        message = "these dashes belong to the template's marker and count as words: take them away"
        yield Found(first, message, question, (fix,), related, unnecessary=True)
