"""A code fence, a comment or an HTML element is open at the end of an answer.

## Why is this bad?

On the page everything that follows, all later questions too, is code, or is not shown at all.

## Example

````yaml
questions: [{number: 1}]
````

`````report
### Question 1
> How do we start it?
>
> Answer:

Like this:

```
^^^ error: nothing closes this: write ``` where the code ends
make run
`````
"""

from collections.abc import Iterator

from report_ls.check import Context, Found
from report_ls.diagnostic import Fix, Severity
from report_ls.markdown import read_markdown
from report_ls.report import Answer
from report_ls.text import Edit, Span

SEVERITY = Severity.ERROR, Severity.ERROR
LOCAL = True
SIGNS = "`~<"
SILENCES = "code-not-rendered", "list-not-rendered", "table-not-rendered", "accidental-heading"


def run(context: Context) -> Iterator[Found]:
    """Yield what is open at the end of each answer."""
    newline = context.report.source.newline
    for question in context.report.questions:
        unclosed, answer = question.answer.unclosed, question.answer
        if unclosed and _swallows_what_follows(answer):
            is_code = unclosed.closer[0] in "`~"
            end = answer.span.start + len(answer.text.rstrip())
            edit = Edit(Span(end, end), f"{newline}{unclosed.closer}")
            what = "close the code block" if is_code else f"write {unclosed.closer}"
            fix = Fix(f"{what} at the end of the answer", (edit,))
            message = f"nothing closes this: write {unclosed.closer} where {'the code' if is_code else 'it'} ends"
            yield Found(unclosed.span, message, question, (fix,))


def _swallows_what_follows(answer: Answer) -> bool:
    """Say whether the next heading is swallowed too: it ends a list or a quote, and what that holds."""
    return read_markdown(f"{answer.text}\n\n# Next\n").unclosed is not None
