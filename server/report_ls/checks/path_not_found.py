"""A path in backticks is nearly that of a file or folder in the repository.

Only where one letter or two are other ones, or `.yml` is written for `.yaml`, and nothing on this
computer is called as the answer says. Without git nothing is said.

## Why is this bad?

Who reads your report looks for the file, and does not find it.

## Example

Repository: `reports/README.md` (report), `configs/train.yaml`, `requirements.txt`

````report
### Question 4
> How do you manage dependencies?
>
> Answer:

They are listed in `requirement.txt`.
                    ^^^^^^^^^^^^^^^ hint: the repository has no requirement.txt: did you mean requirements.txt?
````

````choice write requirements.txt
### Question 4
> How do you manage dependencies?
>
> Answer:

They are listed in `requirements.txt`.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.checks._context import Context, Finding
from report_ls.report.pieces import Literal
from report_ls.repository.paths import nearly_named

SEVERITY = Severity.HINT, Severity.HINT
PER_QUESTION = True
TRIGGER_CHARACTERS = "`"

_PATH = regex(r"`+ ?(?:\.{1,2}/)*(?P<path>[\w-][\w.-]*(?:/[\w.-]+)*(?:/|\.[A-Za-z]\w{0,9})) ?`+")
"""A folder, which ends in a slash, or a file of a type."""


def run(context: Context) -> Iterator[Finding]:
    """Yield each path in backticks of which a letter or two are other ones in the repository."""
    for question in context.report.questions:
        for literal in question.answer.literals:
            span = literal.span
            found = _PATH.fullmatch(context.report.source.plain, span.start, span.end)
            tree = context.files.tree() if found and literal.kind is Literal.BACKTICKS else None
            meant = nearly_named(tree, found["path"]) if found and tree else None
            if found and meant and not context.files.lies(found["path"].rstrip("/")):
                message = f"the repository has no {found['path']}: did you mean {meant}?"
                path = Span(*found.span("path"))
                yield Finding(path, message, question, (Fix(f"write {meant}", (Edit(path, meant),)),))
