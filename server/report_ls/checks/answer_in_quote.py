"""The answer is part of the quote that holds the question.

What stands right below `> Answer:`, without a blank line between, belongs to that quote, and so
does what begins with `>` itself.

## Why is this bad?

On the page the answer looks like a piece of the question, and the course's script counts each `>`
as a word.

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
It sorts photos.
^^^^^^^^^^^^^^^^ hint: on the course's page this is part of the question: leave a blank line below "> Answer:"
````

````fixed
### Question 1
> What does your project do?
>
> Answer:

It sorts photos.
````
"""

from collections.abc import Iterator

from report_ls.check import Context, Found
from report_ls.checks._handin import find
from report_ls.diagnostic import Severity
from report_ls.handin import Loss

SEVERITY = Severity.HINT, Severity.HINT
LOCAL = True
GROUPED = True
_MESSAGES = {
    Loss.QUOTE_GLUED: 'on the course\'s page this is part of the question: leave a blank line below "> Answer:"',
    Loss.QUOTE: "on the course's page this is part of the question: write it without > and leave a blank line before it",
}


def run(context: Context) -> Iterator[Found]:
    """Return the first line of each answer that begins in the quote of its label."""
    return find(context, _MESSAGES, "separate the answer from the question")
