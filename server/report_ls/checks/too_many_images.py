"""An answer shows more images than allowed.

## Why is this bad?

The course's script reports the answer; choose the images that say most.

## Example

````yaml
questions: [{number: 1, images: 1}]
````

Files: `figures/a.png`, `figures/b.png`

````report
### Question 1
> Show your result. Insert one image.
>
> Answer:

![a](figures/a.png)
![b](figures/b.png)
^^^^^^^^^^^^^^^^^^^ warning: 2 images, but 1 is asked: delete this one or the other
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.plural import count
from report_ls.checks._context import Context, Finding
from report_ls.checks._words import are_asked

SEVERITY = Severity.WARNING, Severity.WARNING
ENFORCED = True
PER_QUESTION = True
TRIGGER_CHARACTERS = "[<"


def run(context: Context) -> Iterator[Finding]:
    """Yield the first image too many of each answer."""
    for question in context.report.questions:
        limit, images = context.ask(question).images, question.answer.images
        if limit and limit.high is not None and len(images) > limit.high:
            message = f"{count(len(images), 'image')}, but {are_asked(limit)}: {_remedy(len(images), limit.high)}"
            yield Finding(images[limit.high].span, message, question)


def _remedy(n_images: int, allowed: int) -> str:
    """Return what to do; which image to keep is the author's choice."""
    if allowed == 0:
        return "delete it" if n_images == 1 else "delete them"
    if n_images == 2:  # noqa: PLR2004 - this one and one other
        return "delete this one or the other"
    return f"delete {n_images - allowed} of them"
