"""A picture is beside the report, but not in git.

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
from report_ls.checks._context import Context, Finding
from report_ls.files.port import Files, Tracking
from report_ls.files.targets import exists, resolve
from report_ls.files.typed import typed

SEVERITY = Severity.WARNING, Severity.HINT


def run(context: Context) -> Iterator[Finding]:
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
            message, command = _say(context.files, path, tracking)
            yield Finding(images[index].target, message, question, command=command)


def _say(files: Files, path: str, tracking: Tracking) -> tuple[str, str | None]:
    """Return what is wrong, and the command that puts it right."""
    tree = files.tree()
    place = f"{tree.place}/" if tree and tree.place else ""
    known = tree.other_case(path) if tree else None
    git, paths, reason = "git add", [path], "and this picture is not"
    if known and not exists(files, known):
        git, paths, reason = "git mv -f", [known, path], f"where it is still called {known}"
    elif tracking is Tracking.IGNORED:
        git, reason = "git add -f", "and .gitignore keeps this picture out"
    command = typed(git, [place + each for each in paths])
    where = " at the top of the repository" if place and command else ""
    return f"the course collects what is in git, {reason}: run {command or f'{git} with its path'}{where}", command
