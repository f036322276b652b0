"""The checklist of the form is gone.

It is known by its boxes, or by how its items begin. Of a form that no pack knows nothing is said.

## Why is this bad?

The course counts the boxes that are ticked.

## Example

````yaml
checklist: [{key: hive, label: [{words: 3, fingerprint: "0a1b2c3d4e5f"}]}]
````

````report
# Our report

### Question 1
^^^^^^^^^^^^^^ warning: the form's checklist is gone, and the course counts its boxes: put it back, and tick what you did
> What does your project do?
>
> Answer: it counts bees
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._checklist import n_known
from report_ls.checks._context import Context, Finding
from report_ls.report.checklist import MIN_BOXES, above_questions, items_in

SEVERITY = Severity.WARNING, Severity.HINT


def run(context: Context) -> Iterator[Finding]:
    """Yield the first question of a report in which nothing is left of the checklist."""
    boxes, questions = context.pack.checklist, context.report.questions
    if not boxes or context.pack.unknown or not questions:
        return
    text = above_questions(context.report)
    if items_in(text) or n_known(text, boxes) >= min(MIN_BOXES, len(boxes)):
        return
    message = "the form's checklist is gone, and the course counts its boxes: put it back, and tick what you did"
    yield Finding(questions[0].heading, message)
