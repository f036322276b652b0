"""A picture lies beside the report, but git does not know it.

## Why is this bad?

The course collects your repository. What you never added to it exists on your own computer only,
where the report looks complete.

## Example

Files: `figures/bucket.png` (untracked), `figures/build.png` (ignored)

````report
### Question 2
> Show your bucket. Insert 1-2 images.
>
> Answer:

All our data, in ![the bucket](figures/bucket.png), and ![how it is built](figures/build.png).
                               ^^^^^^^^^^^^^^^^^^ warning: the course collects what is in git, and this picture is not: run git add figures/bucket.png
                                                                           ^^^^^^^^^^^^^^^^^ warning: the course collects what is in git, and .gitignore keeps this picture out: run git add -f figures/build.png
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Found
from report_ls.files.port import Files, Tracking
from report_ls.files.targets import exists, resolve

SEVERITY = Severity.WARNING, Severity.HINT


def run(context: Context) -> Iterator[Found]:
    """Yield the first image of each picture that git does not know."""
    said: set[str] = set()
    for question in context.report.with_images:
        untracked: dict[str, tuple[int, Tracking]] = {}
        for index, url in enumerate(question.answer.image_urls):
            target = resolve(url)
            path = target.path
            tracking = None if target.is_remote or target.is_outside else context.files.tracking(path)
            # Whether it exists is asked last, because nearly all pictures are tracked or nothing is.
            if tracking not in (None, Tracking.TRACKED) and path not in said and exists(context.files, path):
                untracked.setdefault(path, (index, tracking))
        said.update(untracked)
        images = question.answer.images if untracked else ()
        for path, (index, tracking) in untracked.items():
            yield Found(images[index].target, _say(context.files, path, tracking), question)


def _say(files: Files, path: str, tracking: Tracking) -> str:
    name, tree = _quoted(path), files.tree()
    known = tree.other_case(path) if tree else None
    if known and not exists(files, known):
        remedy = f"run git mv -f {_quoted(known)} {name}"
        return f"the course collects what is in git, which calls this picture {known} still: {remedy}"
    if tracking is Tracking.IGNORED:
        return f"the course collects what is in git, and .gitignore keeps this picture out: run git add -f {name}"
    return f"the course collects what is in git, and this picture is not: run git add {name}"


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
