"""An image points to a file that is not there, or that only your own computer has.

The spelling must be exact, upper and lower case too, even where your own computer does not mind. A
path begins in the folder of the report: one that begins on your computer, such as `file:///C:/...`,
`/home/...` or `http://localhost:8888/...`, leads nowhere for everybody else.

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
from functools import partial

from report_ls.base.diagnostic import Fix, Fixes, Severity
from report_ls.base.spans import Edit
from report_ls.checks._context import Context, Finding
from report_ls.checks._pictures import Meant, meant_by
from report_ls.files.targets import Grade, Guess, Target, as_seen, as_target, exists, guess_inside, resolve
from report_ls.report.pieces import Link, Style
from report_ls.repository.paths import named_elsewhere

SEVERITY = Severity.ERROR, Severity.ERROR


def run(context: Context) -> Iterator[Finding]:
    """Yield each image of an answer whose file does not exist."""
    missing = [
        (question, image, target)
        for question in context.report.with_images
        for image, target in zip(question.answer.images, map(resolve, question.answer.image_urls), strict=True)
        if not _is_right(context, target)
    ]
    meant = meant_by(context, (target for _, _, target in missing)) if missing else {}
    for question, image, target in missing:
        file = meant.get(target)
        fixes = Fixes(partial(_fixes, image, target, file)) if file else ()
        yield Finding(image.target, _message(context, target, file and file.guess), question, fixes)


def _is_right(context: Context, target: Target) -> bool:
    """Say whether a target leads to a file, or to where report-ls does not look."""
    if target.is_remote or exists(context.files, target.path):
        return True
    if context.files.folder() is None and target.path and not target.is_private:
        return True
    return target.is_outside and guess_inside(context.files, target, context.pack.picture_folder) is None


def _message(context: Context, target: Target, meant: Guess | None) -> str:
    folder = context.pack.picture_folder
    if not target.path:
        return f"this image names no file: write its path, such as {folder}/name.png"
    missing, remedy = f"there is no file {target.path} beside the report", "add it, or correct the name"
    if target.is_private:
        missing = "this picture is only on your own computer, so others do not see it"
        remedy = f"save it in {folder}/ and name it here"
    elif target.is_outside:
        missing = "this path is outside the report's folder"
    if meant and as_seen(meant.path) == as_seen(target.whole):
        # Two names that look the same, or a sign that ended the name: percent codes show the difference.
        return f"there is no file {as_target(target.path)} beside the report: did you mean {as_target(meant.path)}?"
    if meant:
        return f"{missing}: did you mean {meant.path}?"
    tree = None if target.is_private or target.is_outside else context.files.tree()
    elsewhere = named_elsewhere(tree, target.path.rpartition("/")[2]) if tree else ()
    if len(elsewhere) == 1:
        remedy = f"copy {elsewhere[0]} there"
    return f"{missing}: {remedy}"


def _fixes(image: Link, target: Target, meant: Meant) -> Iterator[Fix]:
    """Yield the fix, unless the target is written elsewhere. Two pictures of the report are never made one."""
    if image.style is Style.REFERENCE or not target.path:
        return
    path, grade = meant.guess
    # Another picture of that name may be where report-ls does not look.
    is_safe = grade is Grade.ONLY and meant.is_only and not (target.is_private or target.is_outside)
    edit = Edit(image.target, as_target(path))
    is_preferred = meant.guess.is_likely and meant.is_only
    yield Fix(f"correct the path to {path}", (edit,), safe=is_safe, preferred=is_preferred)
