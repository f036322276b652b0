"""There is something else where the course asks for study numbers.

Names beside the numbers do no harm.

## Why is this bad?

The course finds you by your study number; a name, or a number with a digit too few, is somebody it
does not know.

## Example

````yaml
questions: [{number: 2, study-number: ["s######"]}]
````

````report
### Question 2
> Who are you?
>
> Answer:

s000001, s00002, s000003
         ^^^^^^ hint: this is not written as a study number: write sXXXXXX, where each X is a digit
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Related, Severity
from report_ls.base.spans import Spans
from report_ls.checks._context import Context, Finding
from report_ls.checks._people import members_in, numbers_in

SEVERITY = Severity.HINT, Severity.HINT
PER_QUESTION = True
FIELD = "study_number"


def run(context: Context) -> Iterator[Finding]:
    """Yield the first that should be a study number and is not, with the others."""
    for question in context.report.questions:
        patterns, answer = context.ask(question).study_number, question.answer
        if not patterns or answer.is_empty:
            continue
        known, members = Spans(numbers_in(answer.student_text, patterns)), members_in(answer.student_text)
        strange = [member.span.shift(answer.span.start) for member in members if not known.overlap(member.span)]
        written = " or ".join(pattern.replace("#", "X") for pattern in patterns)
        if strange:
            message = f"this is not written as a study number: write {written}, where each X is a digit"
            related = tuple(Related(span, "this is not written as a study number either") for span in strange[1:])
            yield Finding(strange[0], message, question, related=related)
        elif not known.spans:
            message = (
                f"the study numbers are missing here: write one for each of you ({written}, where each X is a digit)"
            )
            yield Finding(answer.student_span, message, question)
