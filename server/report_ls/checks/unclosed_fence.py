"""A code fence, a comment or an HTML element is open at the end of an answer.

On the course's page any HTML that begins a line goes on to the tag that closes it, in code too:
`<details>` where `</details>` was meant closes nothing.

## Why is this bad?

On the page everything that follows, all later questions too, is code, or is not shown at all.

## Example

````yaml
questions: [{number: 1}]
````

`````report
### Question 1
> How do we start it?
>
> Answer:

Like this:

```
^^^ error: nothing closes this: write ``` where the code ends
make run
`````
"""

from collections.abc import Iterator, Sequence

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.checks._context import Context, Finding
from report_ls.checks._handin import fixes_for, is_made
from report_ls.course.losses import Loss, LossKind
from report_ls.course.page_losses import lost_in
from report_ls.course.raw_html import UnclosedElement, swallower
from report_ls.report.answer import Answer
from report_ls.report.markdown import read_markdown
from report_ls.report.pieces import Literal, innermost
from report_ls.report.report import Question

SEVERITY = Severity.ERROR, Severity.ERROR
PER_QUESTION = True
TRIGGER_CHARACTERS = "`~<"
SUPPRESSES = "code-not-rendered", "list-not-rendered", "table-not-rendered", "accidental-heading", "html-lost"
_READS_AS_TEXT = regex(r"<[^\s>]+>(?:[ \t]+[^\W_]|[.,;:!?)])")
"""A word in angle brackets, with a sign that seldom follows a tag."""


def run(context: Context) -> Iterator[Finding]:
    """Yield what is open at the end of each answer."""
    newline = context.report.source.newline
    for question in context.report.questions:
        unclosed, answer = question.answer.unclosed, question.answer
        if unclosed and _swallows_what_follows(answer):
            is_code = unclosed.closer[0] in "`~"
            end = answer.span.start + len(answer.text.rstrip())
            edit = Edit(Span(end, end), f"{newline}{unclosed.closer}")
            what = "close the code block" if is_code else f"write {unclosed.closer}"
            fix = Fix(f"{what} at the end of the answer", (edit,))
            message = f"nothing closes this: write {unclosed.closer} where {'the code' if is_code else 'it'} ends"
            yield Finding(unclosed.span, message, question, (fix,))
        elif is_made(context) and not question.is_last:
            element = swallower(answer)
            if element:
                yield _say(context, question, element)


def _say(context: Context, question: Question, element: UnclosedElement) -> Finding:
    """Return what is to be said of an element that is open on the course's page alone."""
    source, answer, closer = context.report.source, question.answer, element.closer
    (literal,) = innermost(answer.literals, (element.span,))
    fixes: Sequence[Fix] = ()
    silences = ("image-hidden",)  # It may be hidden by nothing else.
    if literal and literal.kind is Literal.FENCE:
        code = next((found for found in lost_in(answer) if _is_code_in(literal.span, found)), None)
        if code:
            fixes = fixes_for(context, question, code, "indent the code", unasked=False)
        message = "the course's page reads this and everything after it as HTML: indent the code by four spaces, without the ```"
        return Finding(element.span, message, question, fixes, suppresses=silences)
    if literal and literal.kind is Literal.BACKTICKS:
        message = "the course's page reads this and everything after it as HTML: begin no line with it"
        return Finding(element.span, message, question, suppresses=silences)
    if element.edit:
        fixes = (Fix(f"write {closer}", (source.to_source_edit(element.edit),)),)
    message = f"nothing closes this: write {closer} where it ends"
    if closer == '"':
        message = "a quotation mark of this tag is missing: write it behind the value"
    elif element.is_repeated_opening:
        message = f"this opens what it was meant to close: write {closer}"
    elif _READS_AS_TEXT.match(source.plain, element.span.start):
        message = f"{message}, or put it in backticks if it is not HTML"
    return Finding(element.span, message, question, fixes, suppresses=silences)


def _is_code_in(fence: Span, found: Loss) -> bool:
    return found.kind in (LossKind.CODE, LossKind.CODE_AS_HEADING) and fence.overlaps(found.span)


def _swallows_what_follows(answer: Answer) -> bool:
    """Say whether the next heading is swallowed too: it ends a list or a quote, and what that holds."""
    return read_markdown(f"{answer.text}\n\n# Next\n").unclosed is not None
