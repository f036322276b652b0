"""The answer is part of the quote that holds the question.

Text right below `> Answer:`, without a blank line between, belongs to that quote, and so
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

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._handin import fixes_for, lost
from report_ls.course.losses import LossKind

SEVERITY = Severity.HINT, Severity.HINT
PER_QUESTION = True
GROUPED = 2
_AS_QUOTE = "on the course's page this is part of the question: write it without > and leave a blank line before it"
_MESSAGES = {
    LossKind.QUOTE_GLUED: 'on the course\'s page this is part of the question: leave a blank line below "> Answer:"',
    LossKind.QUOTE_ABOVE: "on the course's page this is part of the question: delete the > above it",
    LossKind.QUOTE: _AS_QUOTE,
    LossKind.QUOTE_BELOW: _AS_QUOTE,
}


def run(context: Context) -> Iterator[Finding]:
    """Yield the first line of each answer that begins in the quote of its label."""
    for question, found in lost(context, _MESSAGES):
        # Quotes further down may be somebody else's words. And a marker goes first: with one among its
        # quotes an answer is not all quoted.
        answer = question.answer
        has_quotes = "\n>" in answer.text
        is_certain = found.kind is not LossKind.QUOTE_BELOW and not (has_quotes and answer.leftovers)
        fixes = fixes_for(context, question, found, "separate the answer from the question", unasked=is_certain)
        yield Finding(found.span, _MESSAGES[found.kind], question, fixes)
