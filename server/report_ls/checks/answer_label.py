"""The line `> Answer:` of a question is missing, altered or not the only one.

The course's script looks for the word `Answer:` and takes what follows it for an answer, wherever
the word is. A second one in a question throws away the text before it.

## Why is this bad?

With one label too few or too many, the script refuses the whole report, or takes every later
answer for another question's. With a second label in an answer it reads only the end of it.

Where most questions have the same other label, your course may have handed the form out so. That is
said once, and no label is changed unasked.

How long an answer without a label is, and what else is wrong in its question, is shown with it, unless that
has a fix of its own.

## Example

````yaml
questions: [{number: 1}, {number: 2}]
script: {parts: 2}
````

````report
### Question 1
> Who are you?
  ^^^^^^^^^^^^ error: the line "> Answer:" of question 1 is missing: put it back; the course's script refuses the report (1 answer, not 2)

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
from functools import partial

from report_ls.base.diagnostic import Fix, Fixes, Severity
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.checks._context import Context, Finding
from report_ls.checks._editing import delete, is_clean, may_lose, with_emphasis
from report_ls.checks._form import COUNTS, UNLESS_HANDED_OUT, spelling_of, with_own_label
from report_ls.checks._numbers import numbers
from report_ls.checks._words import consequence
from report_ls.packs.verdict import passing
from report_ls.report.report import Question

SEVERITY = Severity.ERROR, Severity.ERROR
ENFORCED = True
_LABEL = "Answer:"
_LOWER_CASE = 'write "answer:" in lower case'
_DELETE_SECOND = f'delete the second "{_LABEL}"'
_PROMPT_LINE = regex(r"[^\s>](?:.*\S)?")
_QUOTE_SIGN = regex(r"\n {0,3}>")
_WORD_OR_LABEL = regex(rf"{_LABEL}|(?:(?!{_LABEL})\S)+")


def run(context: Context) -> Iterator[Finding]:
    """Yield what is wrong with the label of each question, and each word that the script takes for one.

    What the script makes of the report is said once, at the first place.
    """
    first = True
    for found in _faults(context):
        yield found._replace(message=found.message + consequence(context)) if first else found
        first = False


def _faults(context: Context) -> Iterator[Finding]:
    if context.script is None:
        return
    yield from _before_the_first(context)
    questions = context.report.questions
    odd = [question for question in questions if question.n_labels != 1 or not question.has_exact_label]
    if not odd:
        return  # In nearly all reports.
    found = numbers(context)
    # Where most labels are missing or altered, the form may have another one.
    is_usual = 2 * sum(question.has_exact_label for question in questions) >= len(questions)
    before_a_gap = {number - 1 for number, _ in found.missing}
    alike = () if is_usual else with_own_label(context)
    if alike:
        yield _own_label(context, alike)
    said = frozenset(alike)
    for question in odd:
        if question.label is None:
            yield _missing(context, question, found.unexpected, is_usual=is_usual)
        elif not question.label.exact and question not in said:
            edit = Edit(spelling_of(context.report.source.plain, question.label.span), _LABEL)
            fixes = Fixes(partial(_fix, context, f'write "{_LABEL}"', edit, safe=is_usual, preferred=True))
            message = f'the course\'s script does not know this spelling: write exactly "{_LABEL}"'
            yield Finding(question.label.span, message, question, fixes)
        if question.number not in before_a_gap:
            yield from _further(context, question)  # Else they belong to the question whose heading is missing.


def _own_label(context: Context, alike: tuple[Question, ...]) -> Finding:
    """Return what is said once of a form that has another label: only its course can say what is right."""
    text = context.report.source.plain
    labels = [question.label.span for question in alike if question.label]
    edits = tuple(Edit(spelling_of(text, label), _LABEL) for label in labels)
    fix = Fix(f'write "{_LABEL}" in all {len(alike)} questions', edits)
    message = (
        f"the course's script does not know this spelling, which {len(alike)} questions have: "
        f'write exactly "{_LABEL}" in each, {UNLESS_HANDED_OUT}'
    )
    return Finding(labels[0], message, alike[0], (fix,))


def _missing(context: Context, question: Question, unexpected: tuple[Question, ...], *, is_usual: bool) -> Finding:
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
    if text[at : source.line_span(source.line_at(at)).end].strip():
        after += newline  # Text right below the label would belong to its quote.
    # With a question too many on top, the script takes the report only as long as this label is missing.
    is_right = context.pack.form.expected_answers == len(context.report.questions)
    edit = Edit(Span(at, at), f"{before}{fix_label}{after}")
    title = f'put "{fix_label}" back'
    fixes = Fixes(partial(_fix, context, title, edit, safe=is_right and is_usual, preferred=is_right))
    message = f'the line "{fix_label}" of question {question.number} is missing: put it back'
    if unexpected:
        message += f", and delete question {unexpected[0].number}"
    return Finding(place, message, question, fixes, explains=("prompt-changed", *COUNTS))


def _fix(context: Context, title: str, edit: Edit, *, safe: bool, preferred: bool) -> tuple[Fix, ...]:
    """Return a fix that moves the answers of the script: it may take now what it takes for another question's."""
    source, pack, script = context.report.source, context.pack, context.script
    is_refused = script is None or script.refuses
    keeps = not safe or is_refused or passing(source, pack) <= passing(source.apply((edit,)), pack)
    return (Fix(title, (edit,), safe=safe and keeps, preferred=preferred),)


def _further(context: Context, question: Question) -> Iterator[Finding]:
    """Yield each further `Answer:` up to the next question."""
    source, answer = context.report.source, question.answer
    text = source.plain
    line, done, is_bare = -1, answer.span.start, True
    place = text.find(_LABEL, done, question.end)
    while place >= 0:
        span = Span(place, place + len(_LABEL))
        is_first, line = line != source.line_at(place), source.line_at(place)
        line_start = source.line_starts[line]
        is_label = is_first and not text[line_start:place].strip("> \t*_") and line_start >= answer.span.start
        is_bare = is_bare and not any(part.strip(">*_") for part in text[done:place].split())
        done = span.end
        if question.label and is_label and span.end <= answer.span.end:
            yield _second_label(context, question, Span(line_start, span.end), is_bare=is_bare)
        else:
            fix = Fix(_LOWER_CASE, (Edit(span, "answer:"),))
            message = f"the course's script ignores everything above this word: {_LOWER_CASE}"
            yield Finding(span, message, question, (fix,))
        place = text.find(_LABEL, span.end, question.end)


def _second_label(context: Context, question: Question, line: Span, *, is_bare: bool) -> Finding:
    """Return what is said of a label on its own line further down in an answer.

    It is bare if only other labels are above it.
    """
    source, answer = context.report.source, question.answer
    word = Span(line.end - len(_LABEL), line.end)
    label = with_emphasis(source, word, answer.span)
    following = source.plain.find(_LABEL, word.end, answer.span.end)
    if not _QUOTE_SIGN.search(source.plain, word.end, following if following >= 0 else answer.span.end):
        # The sign of its quote goes too, but not where the answer below is written as a quote.
        signs = source.text[line.start : label.start].lstrip("> \t")
        label = Span(label.start if signs else line.start, label.end)
    edit = delete(source, label, answer.span)
    if is_bare:
        is_safe = may_lose(context, question, [edit]) and is_clean(source, label, edit)
        fix = Fix(_DELETE_SECOND, (edit,), safe=is_safe, preferred=True)
        return Finding(word, f'"{_LABEL}" is here a second time: delete it', question, (fix,))
    if _is_copy(source.plain, Span(answer.span.start, line.start), Span(word.end, answer.span.end)):
        copy = Span(answer.span.start, label.end)
        fix = Fix("delete the first copy of the answer", (Edit(copy, ""),))
        remedy = "delete the first copy"
    else:
        fix = Fix(_DELETE_SECOND, (edit,))
        remedy = "delete this one"
    message = f'"{_LABEL}" is here a second time, and the course\'s script reads only what follows: {remedy}'
    return Finding(word, message, question, (fix,), suppresses=("answer-too-long", "answer-too-short"))


def _is_copy(text: str, above: Span, below: Span) -> bool:
    """Say whether the words of one piece, labels apart, are the first words of another.

    Read word by word: with the next label below, at the latest, it is over.
    """
    words = (match[0] for match in re.compile(r"\S+").finditer(text, *below))
    return all(match[0] == next(words, None) for match in _WORD_OR_LABEL.finditer(text, *above) if match[0] != _LABEL)


def _before_the_first(context: Context) -> Iterator[Finding]:
    """Yield each `Answer:` above the questions that the script takes for one more answer."""
    questions = context.report.questions
    if not questions:
        return
    text, cut = context.report.source.plain, context.pack.form.skipped_characters
    end = questions[0].heading.start
    place = text.find(_LABEL, cut, end)
    while place >= 0:
        span = Span(place, place + len(_LABEL))
        following = text.find(_LABEL, span.end)
        if "###" in text[span.end : following if following >= 0 else len(text)]:
            message = f"the course's script counts this word as one more answer: {_LOWER_CASE}"
            fix = Fix(_LOWER_CASE, (Edit(span, "answer:"),))
            yield Finding(span, message, None, (fix,))
        place = text.find(_LABEL, span.end, end)
