"""An image points to a file that is not there.

The spelling must be exact, upper and lower case too, even where your own computer does not mind.

## Why is this bad?

The picture is missing in the hand-in, and the teacher sees its description only. The course's
script does not look: it counts the image.

## Example

Files: `figures/bucket.jpg`

````report
### Question 2
> Show your bucket. Insert 1-2 images.
>
> Answer:

All our data, in ![the bucket](figures/bucket.png).
                               ^^^^^^^^^^^^^^^^^^ error: there is no file figures/bucket.png beside the report: did you mean figures/bucket.jpg?
````

````fixed
### Question 2
> Show your bucket. Insert 1-2 images.
>
> Answer:

All our data, in ![the bucket](figures/bucket.jpg).
````
"""

from collections.abc import Iterator

from report_ls.check import Context, Found
from report_ls.diagnostic import Fix, Severity
from report_ls.files import Target, as_target, exists, guess, resolve
from report_ls.markdown import Link, Style
from report_ls.text import Edit

SEVERITY = Severity.ERROR, Severity.ERROR
LOCAL = True
SIGNS = "[<"


def run(context: Context) -> Iterator[Found]:
    """Yield each image of an answer whose file does not exist."""
    for question in context.report.questions:
        for image in question.answer.images:
            target = resolve(image.url)
            if target.is_remote or target.is_outside or exists(context.files, target.path):
                continue
            message, fixes = _say(context, image, target)
            yield Found(image.target, message, question, fixes)


def _say(context: Context, image: Link, target: Target) -> tuple[str, tuple[Fix, ...]]:
    if not target.path:
        return f"this image names no file: write its path, such as {context.pack.usual_folder}/name.png", ()
    meant = guess(context.files, target.path, context.pack.usual_folder)
    missing = f"there is no file {target.path} beside the report"
    if meant is None:
        return f"{missing}: add it, or correct the name", ()
    message = f"{missing}: did you mean {meant.path}?"
    if image.style is Style.REFERENCE:
        return message, ()
    edit = Edit(image.target, as_target(meant.path))
    return message, (
        Fix(f"correct the path to {meant.path}", (edit,), safe=meant.is_certain, preferred=meant.is_certain),
    )
