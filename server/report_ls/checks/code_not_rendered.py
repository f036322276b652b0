"""The hand-in page shows code in a fence as run-on text.

GitHub and editors know code fences, but the course makes the page without them.

## Why is this bad?

All lines of the code are in one line, between backticks that should not show. Code that is indented
by four spaces, with a blank line before it, is shown as code everywhere.

## Example

````yaml
questions: [{number: 1}]
handin: python-markdown
````

`````report
### Question 1
> How do we start it?
>
> Answer:

Like this:

```sh
^^^^^ information: on the course's page the lines of this code run together: indent it by four spaces, without the ```
make paper
make run
```
`````

`````choice indent the code
### Question 1
> How do we start it?
>
> Answer:

Like this:

    make paper
    make run
`````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._handin import find
from report_ls.course.losses import LossKind

SEVERITY = Severity.INFORMATION, Severity.HINT
PER_QUESTION = True
TRIGGER_CHARACTERS = "`~"
GROUPED = 2
# On GitHub a fence looks better, so code is never indented unasked.
_MESSAGES = {
    LossKind.CODE: "on the course's page the lines of this code run together: indent it by four spaces, without the ```",
    LossKind.CODE_IN_HTML: "on the course's page the lines of this code run together: take it out of the HTML around it",
}


def run(context: Context) -> Iterator[Finding]:
    """Return each fence; one in which the page even finds headings is accidental-heading."""
    return find(context, _MESSAGES, "indent the code", unasked=False)
