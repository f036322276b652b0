"""A question is not in the order of the form.

## Why is this bad?

The course's script goes by the order of the answers: this one is judged by what another question
asks.

## Example

````yaml
questions: [{number: 1}, {number: 2}, {number: 3}]
````

````report
### Question 1
> Who are you?
>
> Answer:

We.

### Question 3
^^^^^^^^^^^^^^ error: question 3 is before question 2: put the questions back in order
> Why?
>
> Answer:

Because.

### Question 2
> What?
>
> Answer:

This.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._numbers import numbers

SEVERITY = Severity.ERROR, Severity.ERROR
ENFORCED = True


def run(context: Context) -> Iterator[Finding]:
    """Yield each question that would have to move."""
    # Where titles open the questions, each is found wherever it is.
    for question, other in () if context.pack.form.opening else numbers(context).misplaced:
        place = "after" if other.heading < question.heading else "before"
        message = f"question {question.number} is {place} question {other.number}: put the questions back in order"
        yield Finding(question.heading, message, question)
