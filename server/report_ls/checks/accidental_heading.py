"""The hand-in page shows a line as a heading that is not meant as one.

It takes a line right above dashes for one, and a line that begins with a number sign, also in code
between fences or without any. A short line above dashes that is no sentence may be meant as a heading,
so nothing is said of it.

## Why is this bad?

A sentence or a comment in code is as large there as the course's own headings.

## Example

````yaml
questions: [{number: 1}, {number: 2}]
handin: python-markdown
````

`````report
### Question 1
> What does your project do?
>
> Answer:

It puts the photos of a day in the order in which they were taken.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: on the course's page this line is a heading: put a blank line below it
---

It prints them too.

### Question 2
> How do we start it?
>
> Answer:

```sh
# First the paper.
^^^^^^^^^^^^^^^^^^ warning: on the course's page this line of code is a heading: indent the code by four spaces, without the ```
make paper
```
`````

`````fixed
### Question 1
> What does your project do?
>
> Answer:

It puts the photos of a day in the order in which they were taken.

---

It prints them too.

### Question 2
> How do we start it?
>
> Answer:

```sh
# First the paper.
make paper
```
`````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._handin import fixes_for, lost
from report_ls.course.losses import Loss, LossKind
from report_ls.report.report import Question

SEVERITY = Severity.WARNING, Severity.HINT
PER_QUESTION = True


def run(context: Context) -> Iterator[Finding]:
    """Yield each line that is a heading by accident; of a fence, and of code without one, the first one."""
    for question, found in lost(context, (LossKind.HEADING, LossKind.CODE_AS_HEADING, LossKind.CODE_PASTED)):
        if found.kind is LossKind.CODE_AS_HEADING:
            what, remedy = "this line of code", "indent the code by four spaces, without the ```"
            fixes = fixes_for(context, question, found, "indent the code", unasked=False)
        elif found.kind is LossKind.CODE_PASTED:
            what, remedy = "this line of code", "indent the code by four spaces"
            fixes = fixes_for(context, question, found, "indent the code", unasked=False)
        elif found.edits[0].text == "\\":
            what, remedy = "this line", "put a backslash before the #"
            fixes = fixes_for(context, question, found, remedy)
        elif _is_of_template(context, question, found):
            continue  # That is dashed-answer.
        else:
            what, remedy = "this line", "put a blank line below it"
            fixes = fixes_for(context, question, found, remedy)
        yield Finding(found.span, f"on the course's page {what} is a heading: {remedy}", question, fixes)


def _is_of_template(context: Context, question: Question, found: Loss) -> bool:
    """Say whether the line becomes a heading by dashes that the template had there."""
    line_at = context.report.source.line_at
    return line_at(found.edits[0].span.start) in {line_at(dashes.start) for dashes in question.answer.dashes}
