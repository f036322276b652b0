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
from report_ls.markdown import innermost
from report_ls.report import Answer
from report_ls.text import Span

SEVERITY = Severity.ERROR, Severity.ERROR
LOCAL = True


def run(context: Context) -> Iterator[Found]:
    """Yield each marker of an answer that has more than markers."""
    for question in context.report.questions:
        answer = question.answer
        if answer.is_empty or not answer.markers:
            continue
        for marker, literal in zip(answer.markers, innermost(answer.literals, answer.markers), strict=True):
            whole = _with_code_round_it(answer, marker, literal.span) if literal else marker
            edit = delete(context.report.source, whole, answer.span)
            fix = Fix("delete the marker", (edit,), safe=True, preferred=True)
            message = "this marker is left over from the template: delete it"
            yield Found(marker, message, question, (fix,), unnecessary=True)


def _with_code_round_it(answer: Answer, marker: Span, code: Span) -> Span:
    """Return the marker, with the backticks or the fence round it if they hold nothing else."""
    start, end = answer.span.start, answer.span.end
    beside = answer.text[code.start - start : marker.start - start], answer.text[marker.end - start : code.end - start]
    is_alone = start <= code.start and code.end <= end and not any(text.strip("`~ \t\n") for text in beside)
    return code if is_alone else marker
