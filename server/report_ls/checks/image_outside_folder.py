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

from report_ls.check import Context, Found
from report_ls.diagnostic import Severity
from report_ls.files import exists, resolve

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
            if target.is_outside or exists(context.files, target.path):
                yield Found(
                    image.target,
                    f"the course collects only {folder}/: move the picture there and change the path here",
                    question,
                )
