"""A picture lies on the internet and not beside the report.

## Why is this bad?

The course collects your repository and nothing else: when somebody looks at the report, the picture
may be gone, or ask for a password. The address of a web page shows nothing in most places.

## Example

````report
### Question 2
> Show your result. Insert 1-2 images.
>
> Answer:

The accuracy, as it rose: ![the accuracy](https://example.org/charts/7.png)
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: this picture lies on the internet and may be gone when it is looked at: save it in figures/ and name it here
````
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.memo import remembered
from report_ls.base.spans import Edit
from report_ls.checks._context import Context, Found
from report_ls.checks._pictures import same_name
from report_ls.files.targets import as_target, resolve
from report_ls.report.pieces import Style

SEVERITY = Severity.WARNING, Severity.HINT
LOCAL = True
SIGNS = "[<"
_PAGES = re.compile(
    r"github\.com/[^/]+/[^/]+/(?:blob|tree|issues|pull|actions)\b"
    r"|drive\.google\.com/(?:file|drive|open)\b|docs\.google\.com/"
    r"|(?:www\.)?imgur\.com/(?!.*\.\w+$)|wandb\.ai/|console\.cloud\.google\.com/"
    r"|[^/]+/.*\.(?:html?|php)$",
    re.IGNORECASE,
)
"""Addresses, without their scheme, of web pages that people take for the picture they see there."""


def run(context: Context) -> Iterator[Found]:
    """Yield each image that lies elsewhere."""
    save = f"save it in {context.pack.usual_folder}/ and name it here"
    for question in context.report.questions:
        for image in question.answer.images:
            if resolve(image.url).is_remote and (where := _where(image.url)):
                here = same_name(context, image) if image.style is not Style.REFERENCE else None
                fixes = (Fix(f"show the file {here} instead", (Edit(image.target, as_target(here)),)),) if here else ()
                yield Found(image.target, f"{where}: {save}", question, fixes)


@remembered(400)
def _where(url: str) -> str | None:
    """Return what is wrong with where a picture lies; None for one that the address itself holds."""
    if url.partition(":")[0].lower() == "data":
        return None
    if _is_page(url):
        return "this address leads to a web page and not to a picture, so there may be nothing to see"
    return "this picture lies on the internet and may be gone when it is looked at"


def _is_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return "raw=" not in parts.query and _PAGES.match(parts.netloc + parts.path) is not None
