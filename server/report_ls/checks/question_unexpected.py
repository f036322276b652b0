"""A question that the form does not have.

## Why is this bad?

The course's script goes by the order of the answers: one too many and it refuses the whole report.
What does not fit any question belongs into the answer it is nearest to.

Where the number of questions is all that differs, your course may have handed out a form that is not known
here yet. Then leave yours as it is.

## Example

````yaml
questions: [{number: 1}]
````

````report
### Question 1
> Who are you?
>
> Answer:

We.

### Question 2
^^^^^^^^^^^^^^ error: the course asks no question 2: move the text into another answer and delete this heading

A photo of the group.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._numbers import consequence_of_wrong_numbers, numbers, renumber, unless_handed_out

SEVERITY = Severity.ERROR, Severity.ERROR
ENFORCED = True
SUPPRESSES = ("answer-label", "answer-cut")


def run(context: Context) -> Iterator[Finding]:
    """Yield each question whose number is not on the form."""
    found = numbers(context)
    unless = unless_handed_out(context) if found.unexpected else ""
    for question in found.unexpected:
        message = (
            f"the course asks no question {question.number}: move the text into another answer and delete this heading"
        )
        yield Finding(
            question.heading,
            message + unless + consequence_of_wrong_numbers(context),
            question,
            renumber(context, found, question),
        )
