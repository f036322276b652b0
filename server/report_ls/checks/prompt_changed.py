"""The text of a question, or the line with its limit, was changed or deleted.

What the course asks, word by word; how it is wrapped or emphasised, the example and the targets of
its links do not matter. Where most prompts differ somebody meant it, and nothing is said, nor of a
few letters: they correct the course's spelling. Where the form is not at hand, as it is in git, a
prompt with as many words as the course's may be corrected, too.

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
from functools import partial
from itertools import chain, groupby, takewhile

from report_ls.base.diagnostic import Fix, Fixes, Severity
from report_ls.base.memo import memoized, memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText
from report_ls.checks._context import Context, Finding
from report_ls.checks._prompts import below_asked, lacks_limit
from report_ls.packs.pack import Ask, Pack
from report_ls.packs.prompt_limits import images_in, words_in
from report_ls.report.fingerprints import asked_end, prompt_fingerprint, prompt_words, whole_fingerprint
from report_ls.report.outline import outline
from report_ls.report.question_outline import Prompt, QuestionOutline
from report_ls.report.report import Question

SEVERITY = Severity.INFORMATION, Severity.HINT
GROUPED = 2


def run(context: Context) -> Iterator[Finding]:
    """Yield each prompt that is not the course's, unless most are not."""
    changed = _changed_in(context.report.prompts, context.pack)
    forms = context.files.forms() if changed else ()
    for index, place, message in changed:
        question = context.report.questions[index]
        if message == _CHANGED and _may_be_corrected(question, context.ask(question), forms):
            continue
        span = place.shift(question.prompt.start) if place else question.heading
        yield Finding(span, message, question, Fixes(partial(_restorations, context, question, forms)))


_CHANGED = "this question was changed: put the course's words back"


@memoized(4)
def _changed_in(prompts: tuple[Prompt, ...], pack: Pack) -> Sequence[tuple[int, Span | None, str]]:
    """Return which of some prompts were changed, where and how; nothing if most were."""
    if not pack.asks:
        return ()
    read = [(index, _read_prompt(prompt.text_above_label, prompt.number, pack)) for index, prompt in enumerate(prompts)]
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


class _Prompt(NamedTuple):
    """A prompt held against the course's."""

    names_limit: bool
    """It names the limit that is asked."""
    change: _Change
    change_but_limit: _Change


@memoized_by_question
def _read_prompt(prompt: str, number: int, pack: Pack) -> _Prompt | None:
    """Hold a prompt against those of a pack; None where the pack knows none."""
    ask = pack.ask_by_number(number, prompt)
    if not ask.prompts:
        return None
    names_limit = ask.words is not None and words_in(prompt) == ask.words
    if whole_fingerprint(prompt) in ask.whole_fingerprints:
        return _Prompt(names_limit, (), ())  # As nearly all are.
    return _Prompt(names_limit, _change(prompt, ask), _change(prompt, ask._replace(words=None)))


def _change(prompt: str, ask: Ask) -> _Change:
    """Return where a prompt or its limit was changed."""
    words, end, limit = prompt_words(prompt), asked_end(prompt), ask.words
    asked = [word for word in words if word.start < end]
    if not asked:
        return ((None, "the text of this question is gone: put it back"),)
    below = below_asked(prompt, ask.prompts) if lacks_limit(ask, prompt) else None
    if below:
        asked = [word for word in asked if word.start < below.start]
    elif prompt_fingerprint(prompt) not in ask.prompts:
        return ((Span(asked[0].start, asked[-1].end), _CHANGED),)
    named = words_in(prompt)
    if limit is None or named == limit:
        return ()
    if named is None:
        last_line = prompt.rfind("\n", 0, asked[-1].start)
        place = Span(next(word.start for word in asked if word.start > last_line), asked[-1].end)
        return ((place, f"the line with the limit ({limit} words) is missing below this: put it back"),)
    line = _LIMIT_LINE.search(prompt)
    place = Span(*line.span()) if line else Span(words[0].start, words[-1].end)
    return ((place, f"the course asks {limit} words here: put its limit back"),)


_LIMIT_LINE = regex(r"(?:recommended\s+)?answer\s+length[^\n]*[^\W_]", re.IGNORECASE)


def _restorations(context: Context, question: Question, forms: tuple[str, ...]) -> Iterator[Fix]:
    """Yield the fix that takes a prompt from the first text that has the course's."""
    ask, source = context.ask(question), context.report.source
    if question.asked.text_above_label != question.prompt_text:
        return
    prompt = _original(question, ask, forms)
    if prompt is not None:
        kept = [f"> {line}\n" for line in _foreign(question.prompt_text, prompt)]
        edit = Edit(question.prompt, "".join([prompt, *kept, ">\n" if kept else ""]).replace("\n", source.newline))
        yield Fix("put the question back as it was", (edit,))


def _original(question: Question, ask: Ask, forms: tuple[str, ...]) -> str | None:
    """Return the prompt of a question in the first text that has the course's."""
    for original in chain.from_iterable(map(_questions, forms)):
        if original.number == question.number and not _change(original.prompt_text, ask):
            return original.prompt_text
    return None


def _may_be_corrected(question: Question, ask: Ask, forms: tuple[str, ...]) -> bool:
    """Say whether a prompt may differ from the course's in its spelling alone: who corrects it keeps its words' number."""
    prompt, original = question.asked.text_above_label, _original(question, ask, forms)
    if original is None:
        has_its_images = images_in(prompt) in (None, ask.images)
        return has_its_images and len(prompt_words(prompt)) in {wording.words for wording in ask.full_prompts}
    return _is_corrected(prompt, original)


_MAX_CORRECTED_WORDS = 3
"""A student who changes more words does not just correct the spelling of one prompt."""
_MAX_SLIP_LETTERS = 2
"""So many beside each other are a slip in one word; more make another word of it."""


@memoized(64)
def _is_corrected(prompt: str, original: str) -> bool:
    """Say whether a prompt differs from the original in the spelling of a few words, and in no number."""
    here, there = (
        [text[word.start : word.end].lower() for word in prompt_words(text[: asked_end(text)])]
        for text in (prompt, original)
    )
    if len(here) != len(there):
        return False
    others = [(new, old) for new, old in zip(here, there, strict=True) if new != old]
    return len(others) <= _MAX_CORRECTED_WORDS and all(_is_slip(new, old) for new, old in others)


def _is_slip(new: str, old: str) -> bool:
    """Say whether a letter or two are all in which two words differ."""
    n_before = _n_alike(new, old)
    new, old = new[n_before:], old[n_before:]
    n_behind = _n_alike(new[::-1], old[::-1])
    new, old = new[: len(new) - n_behind], old[: len(old) - n_behind]
    return max(len(new), len(old)) <= _MAX_SLIP_LETTERS and not any(map(str.isdigit, new + old))


def _n_alike(one: str, other: str) -> int:
    """Return how many letters two words begin with that are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@memoized(16)
def _questions(form: str) -> tuple[QuestionOutline, ...]:
    return outline(SourceText(form).plain).questions


_MIN_FOREIGN_WORDS = 8
"""So many words in a row that are not the original's were not only put for others."""


def _foreign(prompt: str, original: str) -> Iterator[str]:
    """Yield the lines, or pieces of them, that are no form of the original: they may be the answer."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a changed prompt that is put back needs it

    words = prompt_words(prompt)
    here, there = ([text[word.start : word.end].lower() for word in prompt_words(text)] for text in (prompt, original))
    blocks = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()
    # One word alone is in common by chance.
    known = {index for first, _, size in blocks if size > 1 for index in range(first, first + size)}
    for line in _LINE.finditer(prompt):
        inside = [index for index, word in enumerate(words) if line.start() <= word.start < line.end()]
        n_known = sum(index in known for index in inside)
        if _LIMIT_LINE.search(line[0]) or not inside:
            continue
        if 2 * n_known < len(inside):
            yield line[0].strip("> \t")
            continue
        for is_known, group in groupby(inside, key=known.__contains__):
            run = [*group]
            if not is_known and len(run) >= _MIN_FOREIGN_WORDS:
                yield prompt[words[run[0]].start : words[run[-1]].end]


_LINE = regex(r"[^\n]+")
