"""A marker of the template stands beside a real answer.

It may also stand in backticks or in a code fence of the answer.

## Why is this bad?

The marker is printed in the hand-in, and the course's script counts its words as yours: an answer
that seems long enough may not be.

## Example

````report
### Question 3
> Who is in your group?
>
> Answer:

--- question 3 fill here ---
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: this marker is left over from the template: delete it

Two people and a dog.
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
from report_ls.diagnostic import Fix, Severity
from report_ls.report import Answer
from report_ls.text import Span

SEVERITY = Severity.ERROR, Severity.ERROR


def run(context: Context) -> Iterator[Found]:
    """Yield each marker of an answer that has more than markers."""
    for question in context.report.questions:
        answer = question.answer
        if answer.is_empty:
            continue
        for marker in answer.markers:
            edit = delete(context.report.source, _with_code_round_it(answer, marker), answer.span)
            fix = Fix("delete the marker", (edit,), safe=True, preferred=True)
            message = "this marker is left over from the template: delete it"
            yield Found(marker, message, question, (fix,), unnecessary=True)


def _with_code_round_it(answer: Answer, marker: Span) -> Span:
    """Return the marker, with the backticks or the fence that hold nothing else."""
    for literal in answer.literals:
        span = literal.span
        if span.start <= marker.start and marker.end <= span.end and answer.span.start <= span.start:
            inside = answer.text[span.start - answer.span.start : span.end - answer.span.start]
            outside = marker.start - span.start, marker.end - span.start
            if not (inside[: outside[0]] + inside[outside[1] :]).strip("`~ \t\n"):
                return span
    return marker
