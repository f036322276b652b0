"""An answer has no link, and its question asks for one.

Any link counts, also a bare address.

## Why is this bad?

Who reads your report has to look for the file, and may take another one.

## Example

Repository: `reports/README.md` (report), `dockerfiles/train.dockerfile`, `src/train.py`

````yaml
questions: [{number: 15, links: dockerfile}]
````

````report
### Question 15
> How do you use Docker? Link to one of your Dockerfiles.
>
> Answer:
  ^^^^^^^ information: this question asks for a link to one of your Dockerfiles: add one, such as [train.dockerfile](../dockerfiles/train.dockerfile)

We train in a container.
````

````choice add a link to ../dockerfiles/train.dockerfile
### Question 15
> How do you use Docker? Link to one of your Dockerfiles.
>
> Answer:

We train in a container.

[train.dockerfile](../dockerfiles/train.dockerfile)
````
"""

from collections.abc import Iterator
from functools import partial

from report_ls.base.diagnostic import Fix, Fixes, Severity
from report_ls.base.spans import Edit, Span
from report_ls.checks._context import Context, Finding
from report_ls.files.port import Tree
from report_ls.files.targets import as_target
from report_ls.report.report import Question
from report_ls.repository.paths import dockerfiles, from_report

SEVERITY = Severity.INFORMATION, Severity.HINT
PER_QUESTION = True
FIELD = "links_to"


def run(context: Context) -> Iterator[Finding]:
    """Yield each answer that lacks the link that is asked for."""
    for question in context.report.questions:
        answer = question.answer
        if not context.ask(question).links_to or answer.is_empty or "://" in answer.text or "www." in answer.text:
            continue
        # An image is not a link: it shows a file.
        if answer.links:
            continue
        tree = context.files.tree()
        link = _fitting(tree, answer.text) if tree else None
        such_as = f", such as {link}" if link else ""
        message = f"this question asks for a link to one of your Dockerfiles: add one{such_as}"
        fixes = Fixes(partial(_fixes, context, question, link)) if link else ()
        yield Finding(question.anchor, message, question, fixes)


def _fitting(tree: Tree, answer: str) -> str | None:
    """Return a link to a docker file of the repository: one that the answer names, if it does."""
    paths = dockerfiles(tree)
    if not paths:
        return None
    named = [path for path in paths if path in answer] or [path for path in paths if _name(path) in answer]
    path = (named or paths)[0]
    return f"[{_name(path)}]({as_target(from_report(tree, path))})"


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _fixes(context: Context, question: Question, link: str) -> Iterator[Fix]:
    """Yield the fix that adds a link below the answer, if that makes it no word too long."""
    answer = question.answer
    if context.ask(question).passes(answer.n_words + 1, answer.n_images) and answer.unclosed is None:
        end = answer.student_span.end
        target = link[link.rindex("](") + 2 : -1]
        newline = context.report.source.newline
        yield Fix(f"add a link to {target}", (Edit(Span(end, end), f"{newline}{newline}{link}"),))
