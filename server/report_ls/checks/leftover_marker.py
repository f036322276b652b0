"""A marker of the template is left beside a real answer.

It may also be in backticks or in a code fence of the answer, and a piece of it may be deleted.

## Why is this bad?

The marker is printed in the hand-in, and the course's script counts its words as yours: an answer
that seems long enough may not be.

## Example

````report
### Question 3
> Who is in your group?
>
> Answer:

--- question 3 fill here ---
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: this marker is left over from the template: delete it

Two people and a dog.
````

````fixed
### Question 3
> Who is in your group?
>
> Answer:

Two people and a dog.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.spans import Span, Spans
from report_ls.base.text import SourceText
from report_ls.checks._context import Context, Finding
from report_ls.checks._editing import delete, is_clean, may_lose, with_emphasis
from report_ls.report.answer import Answer
from report_ls.report.pieces import Literal, LiteralSpan, innermost

SEVERITY = Severity.ERROR, Severity.ERROR
ENFORCED = True
PER_QUESTION = True
GROUPED = 4
_MESSAGE = "this marker is left over from the template: delete it"
_OF_A_PIECE = "part of the template's marker is left here: delete it"


def run(context: Context) -> Iterator[Finding]:
    """Yield each marker, or what is left of one, of an answer that has more than that."""
    source = context.report.source
    for question in context.report.questions:
        answer = question.answer
        if answer.is_empty or not answer.leftovers:
            continue
        markers = Spans(answer.markers)
        html = Spans(tuple(sorted(literal.span for literal in answer.literals if literal.kind is Literal.HTML)))
        for leftover, literal in zip(answer.leftovers, innermost(answer.literals, answer.leftovers), strict=True):
            whole = _with_code_round_it(answer, leftover, literal.span) if literal else leftover
            whole = with_emphasis(source, whole, answer.span)
            edit = delete(source, whole, answer.span)
            keeps = may_lose(context, question, [edit])
            # Without a label it is not known where the answer begins.
            is_safe = (
                keeps
                and question.label is not None
                and is_clean(source, whole, edit)
                and not (literal and _is_in_code(source, whole, literal))
                # The line that it leaves behind would end the HTML, and show the text below.
                and not any(html.spans[index].start < whole.start for index in html.overlapping(whole))
            )
            fix = Fix("delete the marker", (edit,), safe=is_safe, preferred=True)
            message = _MESSAGE if markers.overlap(leftover) else _OF_A_PIECE
            yield Finding(leftover, message, question, (fix,), unnecessary=True)


def _is_in_code(source: SourceText, marker: Span, literal: LiteralSpan) -> bool:
    """Say whether a marker is between other words of a line of code, where it may be meant."""
    if literal.kind in (Literal.COMMENT, Literal.HTML) or marker.start <= literal.span.start:
        return False
    line = source.line_span(source.line_at(marker.start))
    return any(map(str.isalnum, source.plain[line.start : marker.start] + source.plain[marker.end : line.end]))


def _with_code_round_it(answer: Answer, marker: Span, code: Span) -> Span:
    """Return the marker, with the backticks, the fence or the comment round it if they hold nothing else."""
    start, end = answer.span.start, answer.span.end
    beside = answer.text[code.start - start : marker.start - start], answer.text[marker.end - start : code.end - start]
    is_alone = start <= code.start and code.end <= end and not any(text.strip(_SIGNS_OF_CODE) for text in beside)
    return code if is_alone else marker


_SIGNS_OF_CODE = "`~<!->*_ \t\n"
