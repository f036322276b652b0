"""An image points to a file that is not there, or that only your own computer has.

The spelling must be exact, upper and lower case too, even where your own computer does not mind. A
path begins in the folder of the report: one that begins on your computer, such as `file:///C:/...`
or `/home/...`, leads nowhere for everybody else.

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
from report_ls.files import Target, as_target, exists, guess, guess_inside, resolve
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
            if target.is_remote or exists(context.files, target.path):
                continue
            if target.is_outside and guess_inside(context.files, target, context.pack.usual_folder) is None:
                continue  # It may exist there, where nobody looks.
            message, fixes = _say(context, image, target)
            yield Found(image.target, message, question, fixes)


def _say(context: Context, image: Link, target: Target) -> tuple[str, tuple[Fix, ...]]:
    folder = context.pack.usual_folder
    if not target.path:
        return f"this image names no file: write its path, such as {folder}/name.png", ()
    meant = guess(context.files, target.path, folder)
    missing, remedy = f"there is no file {target.path} beside the report", "add it, or correct the name"
    if target.is_private:
        missing = "this picture lies on your own computer, where nobody else sees it"
        remedy = f"save it in {folder}/ and name it here"
    elif target.is_outside:
        missing = "this path leads out of the report's folder"
    if meant is None:
        return f"{missing}: {remedy}", ()
    message = f"{missing}: did you mean {meant.path}?"
    if image.style is Style.REFERENCE:
        return message, ()
    edit = Edit(image.target, as_target(meant.path))
    # Another picture of that name may lie where nobody looks.
    is_safe = meant.is_certain and not (target.is_private or target.is_outside)
    return message, (Fix(f"correct the path to {meant.path}", (edit,), safe=is_safe, preferred=meant.is_certain),)
