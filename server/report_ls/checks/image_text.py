"""The text of an image does not say what the picture shows.

It is empty, or still what the template or an editor put there.

## Why is this bad?

The text is what is read where a picture cannot be seen: by a screen reader, on a bad connection,
or when the file is missing.

## Example

Files: `figures/bucket.png`

````report
### Question 2
> Show your bucket. Insert 1-2 images.
>
> Answer:

All our data, in ![my_image](figures/bucket.png).
                   ^^^^^^^^ hint: this text does not describe the picture: say in a few words what it shows
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.spans import Span
from report_ls.checks._context import Context, Finding
from report_ls.checks._pictures import is_stray
from report_ls.report.pieces import Style

SEVERITY = Severity.HINT, Severity.HINT
PER_QUESTION = True
TRIGGER_CHARACTERS = "[<"
GROUPED = 2
_EMPTY = "this image has no text: say in a few words what it shows"
_SAYS_NOTHING = "this text does not describe the picture: say in a few words what it shows"
_FROM_ELSEWHERE = {"my image", "alt text", "image", "image alt text", "img", "alt", "here", "this figure"}
"""What the template's prompts and editors put there."""


def run(context: Context) -> Iterator[Finding]:
    """Yield each image whose text describes nothing; HTML has an attribute for it, and many that need none."""
    text = context.report.source.text
    for question in context.report.questions:
        for image in question.answer.images:
            if image.style is Style.HTML or is_stray(context, question, image):
                continue
            written = " ".join(text[image.text.start : image.text.end].replace("_", " ").split()).casefold()
            if not written:
                # A place without a width is hard to see, so the brackets are part of it.
                yield Finding(Span(image.span.start, image.text.end + 1), _EMPTY, question)
            elif written in _FROM_ELSEWHERE:
                yield Finding(image.text, _SAYS_NOTHING, question)
