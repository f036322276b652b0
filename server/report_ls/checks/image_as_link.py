"""A picture is linked to, not shown.

`[text](figures/x.png)` is a link; `![text](figures/x.png)` shows the picture. A link to a picture
that the same answer also shows is fine. Where the answer names the picture a second time in a way
that does not show, `image-hidden` says what to do. A link to the template's own example needs another
picture, not another sign.

## Why is this bad?

Readers of the hand-in do not click the link, and the course's script counts no image.

## Example

Files: `figures/result.png`

````report
### Question 2
> Show your result. Insert 1-2 images.
>
> Answer:

As we see in [the result](figures/result.png).
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: this is a link, so the picture does not show: write ! before the [
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.spans import Edit, Span, Spans
from report_ls.checks._context import Context, Finding
from report_ls.checks._pictures import guess_picture, hidden_pictures, is_example, picture_path
from report_ls.files.targets import as_target, exists, resolve
from report_ls.report.pieces import Link

SEVERITY = Severity.ERROR, Severity.ERROR
LESS = "hint where the answer lacks no picture"
PER_QUESTION = True
TRIGGER_CHARACTERS = "[<"
SUPPRESSES = ("too-few-images",)
GROUPED = 4


def run(context: Context) -> Iterator[Finding]:
    """Yield each link to a picture, but for those that would be more than allowed; a hint where no more are asked."""
    for question in context.report.questions:
        links = [(link, path) for link in question.answer.links if (path := picture_path(link))]
        if not links:
            continue
        answer, limit = question.answer, context.ask(question).images
        shown = {resolve(image.url).path for image in answer.images}
        hidden = {picture.path for picture in hidden_pictures(context, question)}
        images = Spans(tuple(image.span for image in answer.images))
        lacks_images = limit is not None and len(answer.images) < limit.low
        n_free = limit.high - len(answer.images) if limit and limit.high is not None else len(links)
        for link, path in links:
            if path in shown or path in hidden or images.overlap(link.span) or n_free <= 0:
                continue
            severity = None if lacks_images else Severity.HINT
            if is_example(context, path):
                message = "this links to the template's example: show a picture of your own"
                yield Finding(link.span, message, question, severity=severity)
                continue
            message, fix = _say(context, link, path)
            n_free -= 1
            yield Finding(link.span, message, question, (fix,), severity=severity)


def _say(context: Context, link: Link, path: str) -> tuple[str, Fix]:
    start = link.span.start
    show = Edit(Span(start, start), "!")
    if exists(context.files, path):
        message = "this is a link, so the picture does not show: write ! before the ["
        return message, Fix("show it as an image", (show,), preferred=True)
    target = resolve(link.url)
    meant = guess_picture(context, target)
    if meant is None and not target.is_private and context.files.folder() is None:
        return "this is a link, so the picture does not show: write ! before the [", Fix("show it as an image", (show,))
    if meant is None:
        folder = context.pack.picture_folder
        where = f"save the picture in {folder}/" if target.is_private else f"add {path}, which is not there"
        message = f"this is a link, so the picture does not show: write ! before the [, and {where}"
        return message, Fix("show it as an image", (show,))
    leads = "a picture on your own computer" if target.is_private else f"{path}, which is not there"
    message = f"this is a link to {leads}: write ! before the [; did you mean {meant.path}?"
    edits = show, Edit(link.target, as_target(meant.path))
    return message, Fix(f"show {meant.path} as an image", edits, preferred=meant.is_likely)
