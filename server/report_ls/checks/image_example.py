"""An answer shows the example picture of the template.

It is known by its bytes, whatever its name is now.

## Why is this bad?

The course asks for a picture of your own work, and everybody who teaches it knows this one.

## Example

```yaml
images:
  examples:
    - {bytes: 2048, sha256: "e5a00aa9991ac8a5ee3109844d84a55583bd20572ad3ffcd42792f3c36b183ad"}
```

Files: `figures/bucket.png` (example)

````report
### Question 2
> Show your bucket. Insert 1-2 images.
>
> Answer:

All our data, in ![the bucket](figures/bucket.png).
                               ^^^^^^^^^^^^^^^^^^ information: this is the template's example: show a picture of your own
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._pictures import is_example, shown_files

SEVERITY = Severity.INFORMATION, Severity.HINT
PER_QUESTION = True
TRIGGER_CHARACTERS = "[<"


def run(context: Context) -> Iterator[Finding]:
    """Yield each image that shows a picture of the template."""
    if not context.pack.examples:
        return
    for question, image, path in shown_files(context):
        if is_example(context, path):
            yield Finding(image.target, "this is the template's example: show a picture of your own", question)
