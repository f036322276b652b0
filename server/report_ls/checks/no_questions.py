"""A report has no question at all.

Said of a file that is judged as a report because a pack is named for it: its headings were altered,
or it is another file than the one that was meant. Also said at the comment with which a form says where its answers are,
`<!-- report-ls: answers below ## headings -->`, if it is not understood, if none of these headings follows, or if the
form has places for answers in fences, quotes or tables: there report-ls cannot tell what a student wrote.

## Why is this bad?

No answer is found in it, neither here nor by the course's script.

## Example

````yaml
questions: [{number: 1}, {number: 2}]
````

````report
# Our project
^^^^^^^^^^^^^ error: no question of the form found: 2 are expected; a question is a heading such as ### Question 1

### First
> Who are you?
>
> Answer:

We.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.packs.pack import Pack
from report_ls.report.form import STATEMENT, Statement
from report_ls.report.outline import outline

SEVERITY = Severity.ERROR, Severity.ERROR
ENFORCED = True


def run(context: Context) -> Iterator[Finding]:
    """Yield one finding at the first line with words of a text without a question."""
    source = context.report.source
    if context.report.questions:
        return
    said = outline(source.plain).said
    if said:
        from report_ls.report.places import why_refused  # noqa: PLC0415 - hardly any form says it

        yield Finding(said.span, _of_statement(said) or why_refused(source.plain) or _without_heading(said))
    else:
        start = len(source.plain) - len(source.plain.lstrip())
        yield Finding(source.line_span(source.line_at(start)), _message(context.pack))


def _of_statement(said: Statement) -> str:
    """Return why a comment does not say where the answers are; empty where it does."""
    if said.rest:
        return (
            f'report-ls does not understand the text after "headings": write nothing there, or {_IN_PLACE}, '
            "a text with a letter or a digit and without quotation marks"
        )
    if said.levels:
        return ""
    return (
        f"this does not say where the answers are: write {STATEMENT}, with the number signs of your headings; "
        f'after "headings" you can add: {_IN_PLACE}'
    )


_IN_PLACE = 'in place of "the text that students replace"'


def _without_heading(said: Statement) -> str:
    """Return why a form that says where its answers are has none."""
    signs = " or ".join("#" * level for level in sorted(said.levels))
    return f"no heading with {signs} follows: write the number signs of the headings that have answers"


def _message(pack: Pack) -> str:
    """Return what is missing, for a pack of any form."""
    n_expected = len(pack.numbers)
    if pack.form.opening:
        title = "titles" if n_expected > 1 else "title"
        return f"none of the {n_expected} {title} of the form is found: write them as in the form, each with its answer below"
    expected = (
        f" of the form found: {n_expected} {'is' if n_expected == 1 else 'are'} expected" if n_expected else " found"
    )
    return f"no question{expected}; a question is a heading such as ### Question 1"
