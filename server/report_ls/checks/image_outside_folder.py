"""A picture is not in the folder that the course asks for.

Where the course collects the report's whole folder, only a path that leads out of it is a warning:
a picture that lies elsewhere in the folder is collected all the same. Where a course names no
folder, a picture may lie anywhere.

## Why is this bad?

What the course does not collect is missing in the hand-in although you see it, and a picture in
another place is not where a teacher looks for it.

## Example

Files: `images/result.png`

````report
### Question 2
> Show your result. Insert 1-2 images.
>
> Answer:

Here it is, for everybody to see: ![the result](images/result.png)
                                                ^^^^^^^^^^^^^^^^^ warning: the course collects only figures/: move the picture there and change the path here
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.files.targets import exists, guess_inside, resolve
from report_ls.packs.pack import Pack

SEVERITY = Severity.WARNING, Severity.HINT
LESS = "information where the course collects the picture all the same"
PER_QUESTION = True
TRIGGER_CHARACTERS = "[<"


def run(context: Context) -> Iterator[Finding]:
    """Yield each image whose file lies elsewhere; information where it is collected all the same."""
    folder, collects = context.pack.folder, context.pack.collects
    if folder is None and collects is None:
        return
    severity = Severity.INFORMATION if collects else None
    for question in context.report.questions:
        for image in question.answer.images:
            target = resolve(image.url)
            if target.is_remote:
                continue
            if target.is_outside and guess_inside(context.files, target, context.pack.picture_folder) is None:
                # report-ls does not look whether it exists there.
                yield Finding(image.target, _say_outside(context.pack), question)
            elif folder and not target.path.startswith(f"{folder}/") and exists(context.files, target.path):
                message = _say_collected(folder, target.path) if collects else _say_elsewhere(folder)
                yield Finding(image.target, message, question, severity=severity)


def _say_outside(pack: Pack) -> str:
    collected = f"the course collects {pack.collects}/, and " if pack.collects else ""
    remedy = f"put the picture in {pack.picture_folder}/ and change the path here"
    return f"{collected}this path is outside the report's folder: {remedy}"


def _say_elsewhere(folder: str) -> str:
    return f"the course collects only {folder}/: move the picture there and change the path here"


def _say_collected(folder: str, path: str) -> str:
    place = path.rpartition("/")[0]
    lies = f"in {place}/" if place else "beside the report"
    return f"the course asks for pictures in {folder}/; this one is {lies}: move it there and change the path here"
