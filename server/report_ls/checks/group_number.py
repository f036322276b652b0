"""There is no group number where the course asks for it.

A number with words beside it, as in "Group 12", is one.

## Why is this bad?

The teachers find your group by this number.

## Example

````yaml
questions: [{number: 1, group-number: ["#", "##"]}]
````

````report
### Question 1
> Which group are you?
>
> Answer:

The Beekeepers
^^^^^^^^^^^^^^ hint: the group number is missing here: write its digits
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._people import numbers_in

SEVERITY = Severity.HINT, Severity.HINT
PER_QUESTION = True
FIELD = "group_number"


def run(context: Context) -> Iterator[Finding]:
    """Yield the answer that should hold a group number and does not."""
    for question in context.report.questions:
        patterns, answer = context.ask(question).group_number, question.answer
        if patterns and not answer.is_empty and not numbers_in(answer.student_text, patterns):
            yield Finding(answer.student_span, "the group number is missing here: write its digits", question)
