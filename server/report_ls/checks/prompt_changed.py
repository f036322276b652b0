"""A prompt, or the line with its limit, was changed or deleted.

What the course asks, word by word; how it is wrapped or emphasised, the example and the targets of
its links do not matter. Where most prompts differ somebody meant it, and nothing is said.

## Why is this bad?

Whoever reads the hand-in sees another question than the one you were asked.

## Example

````yaml
questions: [{number: 1, prompts: [fd9566720fd8]}, {number: 2, prompts: [c1a0eef55152]}]
````

````report
### Question 1
> **Why do you count wasps?**
    ^^^^^^^^^^^^^^^^^^^^^^ information: this question was changed: put the course's words back
>
> Answer: because they sting

### Question 2
> **Where do they live?**
>
> Answer: in a hole
````
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from attrs import frozen

from report_ls.check import Context, Found
from report_ls.diagnostic import Fix, Severity
from report_ls.outline import Prompt, QuestionOutline, asked_end, outline, prompt_fingerprint, prompt_words
from report_ls.pack import Limit, Pack, limits_in
from report_ls.report import Question
from report_ls.text import Edit, SourceText, Span, remembered

SEVERITY = Severity.INFORMATION, Severity.HINT
GROUPED = True


def run(context: Context) -> Iterator[Found]:
    """Yield each prompt that is not the course's, unless most are not."""
    changed = _changed_in(context.report.prompts, context.pack)
    forms = context.files.forms() if changed else ()
    for index, place, message in changed:
        question = context.report.questions[index]
        span = place.shift(question.prompt.start) if place else question.heading
        yield Found(span, message, question, tuple(_restorations(context, question, forms)))


@remembered(4)
def _changed_in(prompts: tuple[Prompt, ...], pack: Pack) -> Sequence[tuple[int, Span | None, str]]:
    """Return which of some prompts were changed, where and how; nothing if most were."""
    read = [(index, _read_prompt(prompt.above_label, prompt.number, pack)) for index, prompt in enumerate(prompts)]
    known = [(index, prompt) for index, prompt in read if prompt]
    # A course may write its limits in a way of its own.
    are_limits_read = any(prompt.names_limit for _, prompt in known)
    changed = [
        (index, place, message)
        for index, prompt in known
        for place, message in (prompt.change if are_limits_read else prompt.change_but_limit)
    ]
    return changed if 2 * len(changed) <= len(known) else ()


_Change = tuple[tuple[Span | None, str], ...]
"""Where a prompt was changed, and how; empty if it was not."""


@frozen
class _Prompt:
    """A prompt held against the course's."""

    names_limit: bool
    """It names the limit that is asked."""
    change: _Change
    change_but_limit: _Change


@remembered(400)
def _read_prompt(prompt: str, number: int, pack: Pack) -> _Prompt | None:
    """Hold a prompt against those of a pack; None where the pack knows none."""
    ask = pack.ask_by_number(number, prompt)
    if not ask.prompts:
        return None
    names_limit = ask.words is not None and limits_in(prompt)[0] == ask.words
    return _Prompt(names_limit, _change(prompt, ask.prompts, ask.words), _change(prompt, ask.prompts, None))


def _change(prompt: str, prompts: tuple[str, ...], limit: Limit | None) -> _Change:
    """Return where a prompt or its limit was changed."""
    words, end = prompt_words(prompt), asked_end(prompt)
    asked = [word for word in words if word.start < end]
    if not asked:
        return ((None, "the text of this question is gone: put it back"),)
    if prompt_fingerprint(prompt) not in prompts:
        return ((Span(asked[0].start, asked[-1].end), "this question was changed: put the course's words back"),)
    named = limits_in(prompt)[0]
    if limit is None or named == limit:
        return ()
    if named is None:
        last_line = prompt.rfind("\n", 0, asked[-1].start)
        place = Span(next(word.start for word in asked if word.start > last_line), asked[-1].end)
        return ((place, f"the line with the limit ({limit} words) is missing below this: put it back"),)
    line = _LIMIT_LINE.search(prompt)
    place = Span(*line.span()) if line else Span(words[0].start, words[-1].end)
    return ((place, f"the course asks {limit} words here: put its limit back"),)


_LIMIT_LINE = re.compile(r"(?:recommended\s+)?answer\s+length[^\n]*[^\W_]", re.IGNORECASE)


def _restorations(context: Context, question: Question, forms: tuple[str, ...]) -> Iterator[Fix]:
    """Yield the fix that takes a prompt from the first text that has the course's."""
    ask, source = context.ask(question), context.report.source
    if question.reading.part.prompt_on_label_line:
        return
    for original in chain.from_iterable(map(_questions, forms)):
        prompt = original.prompt_text
        if original.number == question.number and not _change(prompt, ask.prompts, ask.words):
            # What is no form of this prompt may be the answer: then the prompt goes above it.
            place = question.prompt if _is_form_of(question.prompt_text, prompt) else Span(*[question.prompt.start] * 2)
            edit = Edit(place, prompt.replace("\n", source.newline))
            yield Fix("put the question back as it was", (edit,))
            return


@remembered(16)
def _questions(form: str) -> tuple[QuestionOutline, ...]:
    return outline(SourceText(form).plain).questions


def _is_form_of(prompt: str, original: str) -> bool:
    """Say whether at least half of the words are the original's; so nothing at all is a form of it."""
    words, others = ({text[word.start : word.end] for word in prompt_words(text)} for text in (prompt, original))
    return 2 * len(words & others) >= len(words)
