"""Two questions have the same number.

## Why is this bad?

The course's script goes by the order of the answers: one too many and it refuses the whole report.

What else is wrong in the second of them is shown with it, unless that has a fix of its own.

## Example

````yaml
questions: [{number: 1}, {number: 2}]
````

````report
### Question 1
^^^^^^^^^^^^^^ related: the first question 1
> Who are you?
>
> Answer:

We.

### Question 1
^^^^^^^^^^^^^^ error: question 1 is already there: correct the number, or delete this one
> Why?
>
> Answer:

Because.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Related, Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._form import COUNTS
from report_ls.checks._numbers import consequence_of_wrong_numbers, numbers, renumber
from report_ls.report.topics import repeated_title

SEVERITY = Severity.ERROR, Severity.ERROR
LESS = "warning where a title of the form comes again"
_EXPLAINED = "answer-label", "prompt-changed", *COUNTS
ENFORCED = True


def run(context: Context) -> Iterator[Finding]:
    """Yield each question whose number another one has before it, or the first title that comes again."""
    opening = context.pack.form.opening
    if opening:
        again = repeated_title(context.report.source.plain, opening)
        if again:
            message = (
                "from here on the titles of the form are repeated, and only the first of each counts: "
                "use one file for each copy"
            )
            yield Finding(again, message, severity=Severity.WARNING)
        return
    found = numbers(context)
    first_of = {question.number: question for question in reversed(context.report.questions)} if found.duplicate else {}
    for question in found.duplicate:
        first = first_of[question.number]
        message = f"question {question.number} is already there: correct the number, or delete this one{consequence_of_wrong_numbers(context)}"
        related = (Related(first.heading, f"the first question {question.number}"),)
        yield Finding(
            question.heading, message, question, renumber(context, found, question), related, explains=_EXPLAINED
        )
