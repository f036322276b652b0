"""The course's script stops reading within the answer.

It ends an answer at its first `##`, in a heading as in code or in the middle of a line. In the
last answer it does not stop there; but `###` in it counts as one more answer.

## Why is this bad?

All that follows is not read, so a long answer counts as a short one; and with one answer too many
the script refuses the whole report. Bold text instead of a heading looks much the same.

## Example

````yaml
questions: [{number: 1, words: 5-20}, {number: 2}]
script: {parts: 2}
````

````report
### Question 1
> What does your project do?
>
> Answer:

Two things:

#### Sorting
^^^^ error: the course's script stops here and reads 2 of 10 words: write the heading in bold, without #
It puts photos in an order.

### Question 2
> Why?
>
> Answer:

Because.
````
"""

import re
from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.plural import count
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span, Spans
from report_ls.checks._context import Context, Finding
from report_ls.report.report import Question

SEVERITY = Severity.ERROR, Severity.ERROR
ENFORCED = True
# Behind the template's dashes it is no heading, but its author meant one.
_HEADING = regex(r"^ {0,3}(?:---[ \t]+)?(#{2,6})(?!#)(.*)$", re.MULTILINE)
_TEXT_BELOW = regex(r"\n[^\S\n]*\S")


def run(context: Context) -> Iterator[Finding]:
    """Yield the first place of each answer where the script stops."""
    if context.script is None:
        return
    for question in context.report.questions:
        if not question.answer.has_hash_signs or question.label is None or not question.label.exact:
            continue  # Without a label the script does not find this answer at all.
        text = question.answer.text
        is_last = question is context.report.last
        # With a second label the script starts there.
        start = text.rfind("Answer:") + len("Answer:") if "Answer:" in text else 0
        stop = text.find("###" if is_last else "##", start)
        if stop < 0:
            continue
        n_signs = len(text[stop:]) - len(text[stop:].lstrip("#"))
        span = Span(stop, stop + n_signs).shift(question.answer.span.start)
        if is_last:
            message = (
                "### in the last answer makes the course's script refuse the report"
                if context.script.refuses
                else "### in the last answer counts as one more answer"
            )
        else:
            n_read = len(text[start:stop].split())
            total = len(text[start:].split()) if start else question.answer.n_words
            message = f"the course's script stops here and reads {n_read or 'none'} of {count(total, 'word')}"
        fixes = tuple(_fixes(context, question, span))
        remedy = f"write no {'### here' if is_last else '## in an answer'}"
        if fixes:
            remedy = "write the heading in bold, without #"
        # Number signs count as words, so an answer may be too long by nothing else.
        silences = ("answer-too-long",) if any(_is_short_enough_after(context, question, fix) for fix in fixes) else ()
        yield Finding(span, f"{message}: {remedy}", question, fixes, suppresses=silences)


def _is_short_enough_after(context: Context, question: Question, fix: Fix) -> bool:
    text, limit = context.report.source.text, context.ask(question).words
    n_more = sum(len(edit.text.split()) - len(text[edit.span.start : edit.span.end].split()) for edit in fix.edits)
    return limit is not None and limit.allows(question.answer.n_words + n_more)


def _fixes(context: Context, question: Question, stop: Span) -> Iterator[Fix]:
    """Yield the fix that makes the headings of an answer bold text, if the script stops at one of them."""
    text, base = question.answer.text, question.answer.span.start
    newline = context.report.source.newline
    literals = Spans(tuple(literal.span for literal in question.answer.literals))
    edits = []
    for match in _HEADING.finditer(text):
        span = Span(match.start(1), match.start() + len(match[0].rstrip())).shift(base)
        title = match[2].rstrip().rstrip("#").strip()
        if title and "#" not in title and not literals.overlap(span):
            # Without a blank line the bold text and what follows would be one paragraph.
            follows_text = _TEXT_BELOW.match(text, match.end())
            edits.append(Edit(span, f"**{title.strip('* ')}**{newline if follows_text else ''}"))
    if any(edit.span.overlaps(stop) for edit in edits):
        which = {1: "the heading", 2: "both headings"}.get(len(edits), f"all {len(edits)} headings")
        yield Fix(f"make {which} bold", tuple(edits))
