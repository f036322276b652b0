"""A number stands over two questions.

## Why is this bad?

The course's script goes by the order of the answers: one too many and it refuses the whole report.

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
^^^^^^^^^^^^^^ error: there is a question 1 already
> Why?
>
> Answer:

Because.
````
"""

from collections.abc import Iterator

from report_ls.check import Context, Found
from report_ls.checks._numbers import numbers, renumber, spoilt
from report_ls.diagnostic import Related, Severity

SEVERITY = Severity.ERROR, Severity.ERROR


def run(context: Context) -> Iterator[Found]:
    """Yield each question whose number another one has before it."""
    for question in numbers(context).duplicate:
        first = next(other for other in context.report.questions if other.number == question.number)
        message = f"there is a question {question.number} already{spoilt(context)}"
        related = (Related(first.heading, f"the first question {question.number}"),)
        yield Found(question.heading, message, question, renumber(context, question), related)
