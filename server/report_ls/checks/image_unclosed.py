"""The bracket at the end of an image is missing.

## Why is this bad?

Neither a reader nor the course's script takes it for an image: the page shows its signs instead.

## Example

````yaml
questions: [{number: 1, images: 1}]
````

````report
### Question 1
> Show your result. Insert one image.
>
> Answer:

![The hives at night](figures/hives.png
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the ) at the end of this image is missing: write it
````

````fixed
### Question 1
> Show your result. Insert one image.
>
> Answer:

![The hives at night](figures/hives.png)
````
"""

import re
from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.spans import Edit, Span, Spans
from report_ls.checks._context import Context, Found
from report_ls.files.targets import PICTURES
from report_ls.report.answer import Answer

SEVERITY = Severity.ERROR, Severity.ERROR
LOCAL = True
SIGNS = "[<"
SILENCES = ("too-few-images",)
_UNCLOSED = re.compile(rf"!\[[^\[\]\n]*\]\([^()\s]+\.(?:{'|'.join(PICTURES)})(?=[ \t]*$)", re.IGNORECASE | re.MULTILINE)


def run(context: Context) -> Iterator[Found]:
    """Yield each image at the end of a line that lacks its last bracket."""
    for question in context.report.questions:
        limit = context.ask(question).images
        for span in _unclosed(question.answer):
            # In a question that has its images already, one more may be one too many.
            is_safe = limit is None or limit.allows(len(question.answer.images) + 1)
            fix = Fix("close the image", (Edit(Span(span.end, span.end), ")"),), safe=is_safe, preferred=is_safe)
            yield Found(span, "the ) at the end of this image is missing: write it", question, (fix,))


def _unclosed(answer: Answer) -> Iterator[Span]:
    if "![" not in answer.text:
        return
    found = [Span(*match.span()).shift(answer.span.start) for match in _UNCLOSED.finditer(answer.text)]
    if found:
        literals = Spans(tuple(sorted(literal.span for literal in answer.literals)))
        images = Spans(tuple(sorted(image.span for image in answer.images)))
        yield from (span for span in found if not literals.overlap(span) and not images.overlap(span))
