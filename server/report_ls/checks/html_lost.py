"""Words in angle brackets are read as HTML, and do not show.

Both GitHub and the course's page take `<name>` for a tag that they do not know. The course's page
takes more for tags, such as `<a_name>`, and knows no fences: it shows nothing of such words in a fence
with a blank line in it. HTML that is meant as such, as `<br>`, is left alone.

## Why is this bad?

What a command or a path needs is missing where it is read, and nothing says so.

## Example

````yaml
questions: [{number: 1}]
handin: python-markdown
````

````report
### Question 1
> How do we start it?
>
> Answer:

Write make book BOX=<box>, and look into out/<a_date>/index.html for the photos.
                    ^^^^^ warning: neither GitHub nor the course's page shows these words: put them between backticks (2 places)
                                             ^^^^^^^^ related: the course's page does not show these words: put them between backticks
````

````fixed
### Question 1
> How do we start it?
>
> Answer:

Write make book `BOX=<box>`, and look into `out/<a_date>/index.html` for the photos.
````
"""

from collections.abc import Iterator, Sequence
from functools import partial

from report_ls.base.diagnostic import Fix, Fixes, Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._handin import fixes_for, is_made
from report_ls.course.losses import LossKind
from report_ls.course.lost_words import LostWords, lost_words, shown_by
from report_ls.course.page_losses import lost_in
from report_ls.report.pieces import Literal, LiteralSpan
from report_ls.report.report import Question

SEVERITY = Severity.WARNING, Severity.HINT
PER_QUESTION = True
TRIGGER_CHARACTERS = "<"
GROUPED = 2
_TITLE = "show the words in angle brackets"


def run(context: Context) -> Iterator[Finding]:
    """Yield each piece in angle brackets of which a page shows nothing; of a fence the first one."""
    has_page = is_made(context)
    for question in context.report.questions:
        fences = set[LiteralSpan]()
        for lost in lost_words(question.answer, has_page=has_page):
            if lost.literal and lost.literal.kind is Literal.FENCE:
                if lost.literal not in fences:
                    fences.add(lost.literal)
                    yield _in_fence(context, question, lost, lost.literal)
            else:
                fixes = Fixes(partial(_show, context, question, lost))
                yield Finding(lost.span, f"{_who(lost)} these words: {_remedy(lost)}", question, fixes)


def _who(lost: LostWords) -> str:
    if lost.on_page and lost.on_github:
        return "neither GitHub nor the course's page shows"
    return "the course's page does not show" if lost.on_page else "GitHub does not show"


def _remedy(lost: LostWords) -> str:
    if lost.literal and lost.literal.kind is not Literal.HTML:
        return "write them without < and >"
    return "put them between backticks" if lost.is_name and not lost.literal else "write &lt; for <"


def _in_fence(context: Context, question: Question, lost: LostWords, fence: LiteralSpan) -> Finding:
    """Return what is said of a fence, which the page does not know: it is what hides the words."""
    code = [
        one
        for one in lost_in(question.answer)
        if one.kind in (LossKind.CODE, LossKind.CODE_AS_HEADING) and fence.span.start <= one.span.start < fence.span.end
    ]
    fixes = fixes_for(context, question, code[0], _TITLE, unasked=False) if code else ()
    message = f"{_who(lost)} these words: indent the code by four spaces, without the ```"
    return Finding(lost.span, message, question, fixes, suppresses=("code-not-rendered",))


def _show(context: Context, question: Question, lost: LostWords) -> Sequence[Fix]:
    edits = shown_by(question.answer, lost, has_page=is_made(context))
    return [Fix(_TITLE, edits, safe=not lost.is_tag, preferred=not lost.is_tag)] if edits else []
