"""A picture lies outside the folder that the course collects.

Where a course names no folder, a picture may lie anywhere.

## Why is this bad?

The course collects the report and its folder of figures, nothing else of your repository: the
picture may be missing in the hand-in although you see it.

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
from report_ls.checks._context import Context, Found
from report_ls.files.targets import exists, guess_inside, resolve

SEVERITY = Severity.WARNING, Severity.HINT
LOCAL = True
SIGNS = "[<"


def run(context: Context) -> Iterator[Found]:
    """Yield each image whose file lies elsewhere."""
    folder = context.pack.folder
    if folder is None:
        return
    for question in context.report.questions:
        for image in question.answer.images:
            target = resolve(image.url)
            if target.is_remote or target.path.startswith(f"{folder}/"):
                continue
            if target.is_outside and guess_inside(context.files, target, folder) is None:
                # Whether it exists there nobody looks.
                message = (
                    f"this path leads out of the report's folder: put the picture in {folder}/ and change the path here"
                )
            elif exists(context.files, target.path):
                message = f"the course collects only {folder}/: move the picture there and change the path here"
            else:
                continue
            yield Found(image.target, message, question)
