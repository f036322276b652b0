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

from collections import Counter
from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.spans import Edit
from report_ls.checks._context import Context, Found
from report_ls.checks._pictures import shown_files
from report_ls.files.targets import Guess, Target, as_target, exists, guess, guess_inside, resolve
from report_ls.report.pieces import Link, Style

SEVERITY = Severity.ERROR, Severity.ERROR


def run(context: Context) -> Iterator[Found]:
    """Yield each image of an answer whose file does not exist."""
    missing = [
        (question, image, resolve(image.url))
        for question in context.report.with_images
        for image in question.answer.images
        if not _is_right(context, resolve(image.url))
    ]
    if not missing:
        return  # Mostly.
    folder = context.pack.usual_folder
    guesses = {target.path: guess(context.files, target.path, folder) for _, _, target in missing}
    meant = Counter(one.path for one in guesses.values() if one)
    meant.update({path for _, _, path in shown_files(context)})
    for question, image, target in missing:
        one = guesses[target.path]
        # Two pictures of the report are never made one.
        message, fixes = _say(context, image, target, one, is_only=one is not None and meant[one.path] == 1)
        yield Found(image.target, message, question, fixes)


def _is_right(context: Context, target: Target) -> bool:
    """Say whether a target leads to a file, or to where nobody looks."""
    if target.is_remote or exists(context.files, target.path):
        return True
    return target.is_outside and guess_inside(context.files, target, context.pack.usual_folder) is None


def _say(
    context: Context, image: Link, target: Target, meant: Guess | None, *, is_only: bool
) -> tuple[str, tuple[Fix, ...]]:
    folder = context.pack.usual_folder
    if not target.path:
        return f"this image names no file: write its path, such as {folder}/name.png", ()
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
    is_safe = meant.is_certain and is_only and not (target.is_private or target.is_outside)
    is_preferred = meant.is_alone and is_only
    return message, (Fix(f"correct the path to {meant.path}", (edit,), safe=is_safe, preferred=is_preferred),)
