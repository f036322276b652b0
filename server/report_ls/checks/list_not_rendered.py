"""The hand-in page shows a list as run-on text, or an inner list as part of the outer one.

GitHub and editors are content with less: for the page a list needs a blank line before it, four
spaces more for each level, and a full stop behind its numbers.

## Why is this bad?

The items follow one another in one paragraph, with their dashes in between.

## Example

````yaml
questions: [{number: 1}]
handin: python-markdown
````

````report
### Question 1
> What does your project do?
>
> Answer:

Two things:
- It sorts photos,
^^^^^^^^^^^^^^^^^^ information: on the course's page this does not show as a list: put a blank line before it
- and it prints them.
````

````fixed
### Question 1
> What does your project do?
>
> Answer:

Two things:

- It sorts photos,
- and it prints them.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._handin import find
from report_ls.course.losses import LossKind

SEVERITY = Severity.INFORMATION, Severity.HINT
PER_QUESTION = True
GROUPED = 2
_MESSAGES = {
    LossKind.LIST_GLUED: "on the course's page this does not show as a list: put a blank line before it",
    LossKind.LIST_NESTED: "on the course's page this does not show as a list of its own: indent it by four spaces for each level",
    LossKind.LIST_SIGN: "on the course's page this does not show as a list: write 1. instead of 1)",
    LossKind.LIST: "on the course's page this does not show as a list: put blank lines around it and indent it like the text around it",
    LossKind.LIST_IN_HTML: "on the course's page this does not show as a list: take it out of the HTML around it",
}


def run(context: Context) -> Iterator[Finding]:
    """Return each list that the page does not show as a list, at its first such item."""
    return find(context, _MESSAGES, "make it a list on the course's page")
