"""The line `> Answer:` of a question is missing, altered or not the only one.

The course's script looks for the word `Answer:` and takes what follows it for an answer, wherever
the word stands. A second one in a question throws away what stood before it.

## Why is this bad?

With one label too few or too many, the script refuses the whole report, or takes every later
answer for another question's. With a second label in an answer it reads only the end of it.

## Example

````yaml
questions: [{number: 1}, {number: 2}]
script: {parts: 2}
````

````report
### Question 1
> Who are you?
  ^^^^^^^^^^^^ error: the line "> Answer:" is missing below this prompt: put it back; the course's script finds 1 answer instead of 2 and refuses the report

We are two people.

### Question 2
> Why?
>
> Answer:

Because.
````

````fixed
### Question 1
> Who are you?
> Answer:

We are two people.

### Question 2
> Why?
>
> Answer:

Because.
````
"""

import re
from collections.abc import Iterator

from attrs import evolve

from report_ls.check import Context, Found
from report_ls.checks._editing import delete, keeps_verdict
from report_ls.checks._numbers import numbers
from report_ls.checks._words import consequence
from report_ls.diagnostic import Fix, Severity
from report_ls.report import Question
from report_ls.text import Edit, Span

SEVERITY = Severity.ERROR, Severity.ERROR
_LABEL = "Answer:"
_PROMPT_LINE = re.compile(r"[^\s>](?:.*\S)?")


def run(context: Context) -> Iterator[Found]:
    """Yield what is wrong with the label of each question, and each word that the script takes for one.

    What the script makes of the report is said once, at the first place.
    """
    first = True
    for found in _faults(context):
        yield evolve(found, message=found.message + consequence(context)) if first else found
        first = False


def _faults(context: Context) -> Iterator[Found]:
    if context.script is None:
        return
    yield from _before_the_first(context)
    for question in context.report.questions:
        if question.label is None:
            yield _missing(context, question)
        elif not question.label.exact:
            edit = Edit(_with_emphasis(context.report.source.plain, question.label.span), _LABEL)
            fix = Fix(f"write {_LABEL}", (edit,), safe=True, preferred=True)
            message = f"the course's script looks for {_LABEL}, with a capital and a colon: write it so"
            yield Found(question.label.span, message, question, (fix,))
        if all(number != question.number + 1 for number, _ in numbers(context).missing):
            yield from _further(context, question)  # Else they belong to the question whose heading is missing.


def _with_emphasis(text: str, label: Span) -> Span:
    """Return an altered label with the emphasis before it, where it ends within the label."""
    start = label.start
    while text[start - 1] in "*_" and text[start - 1] in text[label.start : label.end]:
        start -= 1
    return Span(start, label.end)


def _missing(context: Context, question: Question) -> Found:
    source = context.report.source
    text, newline = source.plain, source.newline
    fix_label = f"> {_LABEL}"
    prompt = [Span(*match.span()) for match in _PROMPT_LINE.finditer(text, question.prompt.start, question.prompt.end)]
    if prompt:
        place, at, before, after = prompt[-1], question.prompt.end, "", newline
        if text[at - 1 : at] != "\n":
            before = newline
    else:
        place, at, before, after = question.heading, question.heading.end, newline * 2, ""
    if text[at:].partition("\n")[0].strip():
        after += newline  # Text right below the label would belong to its quote.
    # With a question too many on top, the script takes the report only as long as this label is missing.
    is_safe = context.pack.form.parts == len(context.report.questions)
    edit = Edit(Span(at, at), f"{before}{fix_label}{after}")
    fix = Fix(f"put {fix_label} back", (edit,), safe=is_safe, preferred=True)
    message = (
        f'the line "{fix_label}" is missing {"below this prompt" if prompt else "below this heading"}: put it back'
    )
    return Found(place, message, question, (fix,))


def _further(context: Context, question: Question) -> Iterator[Found]:
    """Yield each further `Answer:` up to the next question."""
    source, answer = context.report.source, question.answer
    text = source.plain
    place = text.find(_LABEL, answer.span.start, question.end)
    while place >= 0:
        span = Span(place, place + len(_LABEL))
        line_start = text.rfind("\n", 0, place) + 1
        is_label = not text[line_start:place].strip("> \t*_") and line_start >= answer.span.start
        if question.label and is_label and span.end <= answer.span.end:
            yield _second_label(context, question, Span(line_start, span.end), span)
        else:
            fix = Fix("write answer: in lower case", (Edit(span, "answer:"),))
            message = f"the course's script takes this {_LABEL} for the label and reads only what follows it: reword it"
            yield Found(span, message, question, (fix,))
        place = text.find(_LABEL, span.end, question.end)


def _second_label(context: Context, question: Question, line: Span, word: Span) -> Found:
    """Return what is said of a label that stands on a line of its own further down in an answer."""
    source, answer = context.report.source, question.answer
    above = source.plain[answer.span.start : line.start].replace(_LABEL, " ").split()
    below = source.plain[word.end : answer.span.end].split()
    if not any(part.strip(">*_") for part in above):
        n_words = answer.n_words - len(source.plain[line.start : word.end].split())
        is_safe = keeps_verdict(context, question, n_words)
        fix = Fix("delete the second label", (delete(source, line, answer.span),), safe=is_safe, preferred=True)
        return Found(word, f"{_LABEL} stands here a second time: delete it", question, (fix,))
    if below[: len(above)] == above:
        copy = Span(answer.span.start, word.end)
        fix = Fix("delete the copy above", (Edit(copy, ""),))
        remedy = "delete the copy above"
    else:
        fix = Fix("delete the second label", (delete(source, line, answer.span),))
        remedy = "delete this one"
    message = f"a second label: the course's script reads only what follows it, {remedy}"
    return Found(word, message, question, (fix,))


def _before_the_first(context: Context) -> Iterator[Found]:
    """Yield each `Answer:` above the questions that the script takes for one more answer."""
    questions = context.report.questions
    if not questions:
        return
    text, cut = context.report.source.plain, context.pack.form.cut
    end = questions[0].heading.start
    place = text.find(_LABEL, cut, end)
    while place >= 0:
        span = Span(place, place + len(_LABEL))
        following = text.find(_LABEL, span.end)
        if "###" in text[span.end : following if following >= 0 else len(text)]:
            message = f"the course's script takes this {_LABEL} for one more answer: reword it"
            fix = Fix("write answer: in lower case", (Edit(span, "answer:"),))
            yield Found(span, message, None, (fix,))
        place = text.find(_LABEL, span.end, end)
