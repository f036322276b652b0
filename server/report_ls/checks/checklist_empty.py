"""No box of the checklist is ticked.

As long as most questions have no answer, nothing is said.

## Why is this bad?

The course counts the boxes that are ticked.

## Example

````yaml
checklist: [{key: hive, label: [{words: 3, fingerprint: "0a1b2c3d4e5f"}]}]
````

````report
# Checklist

* [ ] Build a hive
  ^^^ warning: none of the 5 boxes is ticked, and the course counts them: tick what you did
* [ ] Find a queen
* [ ] Find bees
* [ ] Count the bees
* [ ] Sell the honey

### Question 1
> What does your project do?
>
> Answer: it counts bees
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.spans import Span
from report_ls.checks._checklist import n_known
from report_ls.checks._context import Context, Finding
from report_ls.report.checklist import MIN_BOXES, OPEN, above_questions, items_in, sign_of

SEVERITY = Severity.WARNING, Severity.HINT


def run(context: Context) -> Iterator[Finding]:
    """Yield the first box where none is ticked, of a form that has a checklist."""
    boxes, questions = context.pack.checklist, context.report.questions
    text = above_questions(context.report)
    items = items_in(text) if boxes else ()
    if not items or any(sign_of(item) not in OPEN for item in items):
        return
    if context.pack.unknown and n_known(text, boxes) < MIN_BOXES:
        return  # A new form may have another list there.
    if 2 * sum(question.answer.is_empty for question in questions) > len(questions):
        return  # It is early.
    message = f"none of the {len(items)} boxes is ticked, and the course counts them: tick what you did"
    yield Finding(Span(*items[0].span("box")), message)
