"""A reader sees an image that the course's script does not count.

The script knows `![description](target)` on one line. It counts neither `<img>` nor reference
style, nor an image that goes over two lines.

## Why is this bad?

The script reports that the answer has too few images although the page shows them.

## Example

Files: `figures/result.png`

````yaml
questions: [{number: 1, images: 1}]
script: {parts: 1}
````

````report
### Question 1
> Show your result. Insert one image.
>
> Answer:

So it looks: <img src="figures/result.png">
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the course's script does not count this image: write ![description](figures/result.png) on one line
````

````fixed
### Question 1
> Show your result. Insert one image.
>
> Answer:

So it looks: ![](figures/result.png)
````
"""

import re
from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.spans import Edit
from report_ls.checks._context import Context, Finding
from report_ls.checks._editing import keeps_verdict
from report_ls.checks._handin import is_made
from report_ls.course.raw_html import images_in_html
from report_ls.course.script import find_images, pair_images
from report_ls.files.targets import resolve
from report_ls.report.html_tags import attributes
from report_ls.report.pieces import Link, Literal, LiteralSpan, Style, innermost
from report_ls.report.report import Question

SEVERITY = Severity.WARNING, Severity.WARNING
ENFORCED = True
PER_QUESTION = True
TRIGGER_CHARACTERS = "[<"
SUPPRESSES = ("too-few-images",)


def run(context: Context) -> Iterator[Finding]:
    """Yield each image that the script does not count."""
    if not context.has_script:
        return
    for question in context.report.questions:
        uncounted = pair_images(question.answer).uncounted
        if not uncounted:
            continue
        blocks = [literal for literal in question.answer.literals if literal.kind is Literal.HTML]
        in_html = images_in_html(question.answer) if is_made(context) else {}
        for image, block in zip(uncounted, innermost(blocks, (image.span for image in uncounted)), strict=True):
            is_private = resolve(image.url).is_private
            target = f"{context.pack.picture_folder}/name.png" if is_private else _readable(image.url)
            message = f"the course's script does not count this image: write ![description]({target}) on one line"
            if image in in_html:
                yield Finding(image.span, f"{message}, outside of <{in_html[image]}>", question)
            else:
                yield Finding(image.span, message, question, tuple(_fixes(context, question, image, block)))


def _fixes(context: Context, question: Question, image: Link, block: LiteralSpan | None) -> Iterator[Fix]:
    text = context.report.source.plain
    written = text[image.span.start : image.span.end]
    description = " ".join(text[image.text.start : image.text.end].split())
    # A title behind its target would get lost.
    is_whole = image.style is Style.REFERENCE or not any(map(str.isalnum, text[image.target.end : image.span.end]))
    if image.style is Style.HTML:
        values = {name: written[value.start : value.end] for name, value in attributes(written).items()}
        description, is_whole = values.get("alt", ""), values.keys() <= {"src", "alt"}
        if block is None or text[block.span.start : block.span.end].strip() != written:
            return  # Inside a block of HTML Markdown is not read.
    inline = f"![{description}]({_readable(image.url)})"
    if len(list(find_images(inline))) != 1 or "]" in description or "[" in description:
        return
    limit = context.ask(question).images
    n_more = len(inline.split()) - len(written.split())
    is_within = limit is None or limit.high is None or len(question.answer.images) <= limit.high
    is_safe = is_whole and is_within and keeps_verdict(context, question, n_more)
    yield Fix("write it as Markdown on one line", (Edit(image.span, inline),), safe=is_safe, preferred=is_safe)


def _readable(url: str) -> str:
    """Return a URL as a target that the script and Markdown read alike; its percent codes stay."""
    return re.sub(r"[ ()<>]", lambda match: f"%{ord(match[0]):02X}", url)
