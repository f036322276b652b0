"""A picture is on the internet, not beside the report.

## Why is this bad?

The course collects your repository and nothing else: when somebody looks at the report, the picture
may be gone, or ask for a password. The address of a web page shows nothing in most places: where no
picture is asked, a link is meant.

## Example

````report
### Question 2
> Show your result. Insert 1-2 images.
>
> Answer:

The accuracy, as it rose: ![the accuracy](https://example.org/charts/7.png)
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: this picture is on the internet and may be gone when your report is read: save it in figures/ and name it here
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.memo import memoized_by_question
from report_ls.base.spans import Edit, Span
from report_ls.checks._context import Context, Finding
from report_ls.checks._pictures import is_page, is_stray, same_name
from report_ls.files.targets import as_target, resolve
from report_ls.report.pieces import Link, Style
from report_ls.report.report import Question

SEVERITY = Severity.WARNING, Severity.HINT
PER_QUESTION = True
TRIGGER_CHARACTERS = "[<"


def run(context: Context) -> Iterator[Finding]:
    """Yield each image that lies elsewhere."""
    save = f"save it in {context.pack.picture_folder}/ and name it here"
    for question in context.report.questions:
        for image in question.answer.images:
            if is_stray(context, question, image):
                message = "this is a web page, not a picture: delete the !"
                yield Finding(image.span, message, question, tuple(_take_away(context, question, image)))
            elif resolve(image.url).is_remote and (where := _where(image.url)):
                here = same_name(context, image) if image.style is not Style.REFERENCE else None
                fixes = (Fix(f"show the file {here} instead", (Edit(image.target, as_target(here)),)),) if here else ()
                yield Finding(image.target, f"{where}: {save}", question, fixes)


def _take_away(context: Context, question: Question, image: Link) -> Iterator[Fix]:
    """Yield the fix, where what is left is a link that a reader sees."""
    start = image.span.start
    has_text = image.text.start < image.text.end
    is_inside = any(link.span.overlaps(image.span) for link in question.answer.links)
    if has_text and not is_inside and context.report.source.plain[start - 1] != "!":
        yield Fix("make it a link", (Edit(Span(start, start + 1), ""),), preferred=True)


@memoized_by_question
def _where(url: str) -> str | None:
    """Return what is wrong with where a picture lies; None for one that the address itself holds."""
    if url.partition(":")[0].lower() == "data":
        return None
    if is_page(url):
        return "this address leads to a web page and not to a picture, so there may be nothing to see"
    return "this picture is on the internet and may be gone when your report is read"
