"""The course's script counts an image that no reader sees.

It stands in backticks, a code fence, indented code, a comment or an HTML block, or is escaped or
written slightly wrong: Markdown shows its text, not the picture.

## Why is this bad?

The report passes the script, and the hand-in has no picture.

## Example

Files: `figures/result.png`

````yaml
questions: [{number: 1}]
script: {parts: 1}
````

````report
### Question 1
> Show your result.
>
> Answer:

Here is `![the result](figures/result.png)` in all its beauty.
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: nobody sees this image, it stands in backticks: take it out
````

````fixed
### Question 1
> Show your result.
>
> Answer:

Here is ![the result](figures/result.png) in all its beauty.
````
"""

from collections.abc import Iterator

from report_ls.check import Context, Found
from report_ls.checks._editing import keeps_verdict
from report_ls.diagnostic import Fix, Severity
from report_ls.files import exists, resolve
from report_ls.markdown import Literal, LiteralSpan, read_markdown
from report_ls.report import Question
from report_ls.script import find_images, pair_images
from report_ls.text import Edit, Span

SEVERITY = Severity.WARNING, Severity.WARNING


def run(context: Context) -> Iterator[Found]:
    """Yield each image that only the script sees."""
    if context.script is None:
        return
    text = context.report.source.plain
    for question in context.report.questions:
        hidden = pair_images(question.answer).hidden
        for span in hidden:
            literal = _innermost(question, span)
            if literal:
                message = f"nobody sees this image, it stands in {literal.kind.value}: take it out"
                edit, is_sure = _out_of(text, literal, context.report.source.newline)
            elif text[span.start - 1] == "\\":
                message = "nobody sees this image, a backslash stands before it: delete the backslash"
                edit, is_sure = Edit(Span(span.start - 1, span.start), ""), True
            else:
                message = "nobody sees this image, it is not written ![description](figures/name.png)"
                edit, is_sure = None, False
            fixes = (_fix(context, question, edit, len(hidden), is_sure=is_sure),) if edit else ()
            yield Found(span, message, question, fixes)


def _innermost(question: Question, span: Span) -> LiteralSpan | None:
    holding = [literal for literal in question.answer.literals if literal.span.overlaps(span)]
    return min(holding, key=lambda literal: literal.span.end - literal.span.start, default=None)


def _out_of(text: str, literal: LiteralSpan, newline: str) -> tuple[Edit | None, bool]:
    """Return the edit that leaves nothing but the images of a literal that holds nothing else."""
    inside = text[literal.span.start : literal.span.end]
    images = [inside[found.start : found.end] for found in find_images(inside)]
    rest = inside
    for image in images:
        rest = rest.replace(image, "", 1)
    signs = {
        Literal.BACKTICKS: "` \t",
        Literal.FENCE: "`~ \t\n",
        Literal.INDENTED: " \t\n",
        Literal.COMMENT: "<!-> \t\n",
        Literal.HTML: "",
    }
    language = inside.partition("\n")[0].lstrip("`~ \t") if literal.kind is Literal.FENCE else ""
    if literal.kind is Literal.HTML or rest.replace(language, "", 1).strip(signs[literal.kind]):
        return None, False
    return Edit(literal.span, (newline * 2).join(images)), literal.kind is not Literal.COMMENT


def _fix(context: Context, question: Question, edit: Edit, n_hidden: int, *, is_sure: bool) -> Fix:
    """Return the fix: safe if the answer then keeps its verdicts and shows pictures that exist."""
    answer, limit = question.answer, context.ask(question).images
    before = context.report.source.plain[edit.span.start : edit.span.end]
    n_words = answer.n_words - len(before.split()) + len(edit.text.split())
    n_images = len(answer.images) + n_hidden
    is_within = limit is None or limit.high is None or n_images <= limit.high
    shown = (resolve(image.url) for image in read_markdown(edit.text).images)
    all_there = all(target.is_remote or exists(context.files, target.path) for target in shown)
    is_safe = is_sure and is_within and all_there and keeps_verdict(context, question, n_words)
    return Fix("show the image", (edit,), safe=is_safe, preferred=is_safe)
