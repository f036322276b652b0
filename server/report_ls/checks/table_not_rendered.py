"""The hand-in page shows a table as run-on text.

GitHub and editors know tables of `|` and `-`, but the course makes the page without them.

## Why is this bad?

All rows follow one another in one paragraph, with their signs in between.

## Example

````yaml
questions: [{number: 1}]
handin: python-markdown
````

````report
### Question 1
> How good is it?
>
> Answer:

| photos | sorted |
^^^^^^^^^^^^^^^^^^^ information: on the course's page the rows of this table run together: write a list, or indent it by four spaces
|--------|--------|
| 100    | 93     |
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._handin import lost
from report_ls.course.losses import LossKind

SEVERITY = Severity.INFORMATION, Severity.HINT
PER_QUESTION = True
TRIGGER_CHARACTERS = "|"
GROUPED = 2
_MESSAGES = {
    LossKind.TABLE: (
        "on the course's page the rows of this table run together: write a list, or indent it by four spaces"
    ),
    LossKind.TABLE_IN_HTML: "on the course's page the rows of this table run together: write it in HTML too",
}


def run(context: Context) -> Iterator[Finding]:
    """Yield each table."""
    for question, found in lost(context, _MESSAGES):
        yield Finding(found.span, _MESSAGES[found.kind], question)
