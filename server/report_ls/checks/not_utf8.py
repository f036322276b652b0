"""The file is not UTF-8 text, or was not when it was last saved.

Some editors save as Windows-1252 or UTF-16. What then opens the file as UTF-8, as the course does,
finds bytes that mean nothing; an editor shows a � in their place and saves it as one.

## Why is this bad?

Letters are lost, or the course's script cannot read the report at all. Save the file as UTF-8: most
editors name the encoding in the status bar. A � that was saved has to be typed again.

## Example

````report
### Question 1
> What does your project do?
>
> Answer:

It counts the bees of K�ge.
                       ^ error: a letter was lost here, because the file was not UTF-8: type the letter again and save the file as UTF-8
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.spans import Span
from report_ls.checks._context import Context, Finding

SEVERITY = Severity.ERROR, Severity.ERROR
OF_REPORT = True
ENFORCED = True


def run(context: Context) -> Iterator[Finding]:
    """Yield the first place that is no UTF-8 text."""
    source = context.report.source
    if source.misread:
        offset = source.misread.offset
        message = f"the file is not UTF-8, it looks like {source.misread.encoding}: save it as UTF-8"
    elif (offset := source.text.find("\0")) >= 0:
        message = "this is a NUL character, not text: delete it and save the file as UTF-8"
    elif (offset := source.text.find("\N{REPLACEMENT CHARACTER}")) >= 0:
        message = (
            "a letter was lost here, because the file was not UTF-8: type the letter again and save the file as UTF-8"
        )
    else:
        return
    yield Finding(Span(offset, offset + 1), message, context.report.question_at(offset))
