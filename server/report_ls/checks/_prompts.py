"""What was written into a prompt that is not the course's."""

import re
from collections.abc import Sequence

from report_ls.base.memo import memoized_by_question
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.checks._context import Context
from report_ls.packs.pack import Ask, Pack
from report_ls.packs.prompt_limits import words_in
from report_ls.report.fingerprints import asked_end, fingerprint, prompt_fingerprint, prompt_words, whole_fingerprint
from report_ls.report.report import Question

_MIN_WORDS_ADDED = 8
"""So many words more than in any published form are no correction of a letter or a number."""
_MAX_PROMPT_WORDS = 300
"""Words; no course asks more in one question."""
_UNQUOTED = regex(r"^[ \t]*[^\s>].*$", re.MULTILINE)
_BEFORE_EXAMPLE = regex(r"(?:[\s>*_]*(?:recommended\s+)?answer\s+length.*)?[\s>*_]*(?:example\s*:)?", re.IGNORECASE)
_LIMIT = regex(r"answer\s+length|\blength\b|\d[^\n]*\bwords\b", re.IGNORECASE)
_PLACEHOLDER = regex(r"\.\.\.|…|\b[a-z]?X+\b")
_ADDRESS = regex(r"https?://[^\s<>()\[\]*`]+")


def written_in(context: Context, question: Question) -> Span | None:
    """Return what a student certainly wrote above a label."""
    if not question.label:
        return None
    prompt = question.asked.text_above_label
    found = _written_in(prompt, question.number, context.pack, question.answer.is_empty)
    if not found:
        return None
    written = prompt[found.start : found.end]
    # An address for the example's placeholder is no mistake if the answer has it too.
    is_below = _ADDRESS.fullmatch(written) is not None and written in question.answer.text
    return None if is_below else found.shift(question.prompt.start)


@memoized_by_question
def _written_in(
    prompt: str,
    number: int,
    pack: Pack,
    is_unanswered: bool,  # noqa: FBT001 - it is remembered by position
) -> Span | None:
    ask = pack.ask_by_number(number, prompt)
    prompts, wordings = ask.prompts, ask.full_prompts
    if not wordings:
        return None
    if whole_fingerprint(prompt) in ask.whole_fingerprints:
        return None
    words = prompt_words(prompt)
    n_more = len(words) - max(wording.words for wording in wordings)
    for wording in wordings:
        added = words[wording.words :]
        if added and _fingerprint(prompt, words[: wording.words]) == wording.fingerprint:
            is_apart = "\n" in prompt[words[wording.words - 1].end : added[0].start]
            is_answer = n_more >= _MIN_WORDS_ADDED or (is_unanswered and is_apart)
            return Span(added[0].start, added[-1].end) if is_answer else None
    below = below_asked(prompt, prompts) if lacks_limit(ask, prompt) else None
    example = _example(prompt, words)
    address = _address_in(prompt, example, words, n_more) if example else None
    if not below and n_more >= _MIN_WORDS_ADDED:
        is_asked = prompt_fingerprint(prompt) in prompts
        return address or _unquoted(prompt) or (example if is_asked else _added_to(prompt, words, prompts))
    # Nothing was added; but over the example an answer may be written.
    if not below and is_unanswered and example and not _PLACEHOLDER.search(prompt, example.start):
        return address or example
    return below


def lacks_limit(ask: Ask, prompt: str) -> bool:
    """Say whether a prompt names no limit where one is asked."""
    return ask.words is not None and words_in(prompt) is None and not _LIMIT.search(prompt)


def below_asked(prompt: str, prompts: tuple[str, ...]) -> Span | None:
    """Return the separate lines below the question, where the line with the limit belongs."""
    added = _added_to(prompt, prompt_words(prompt), prompts)
    start = max(prompt.rfind("\n", 0, added.start), 0) if added else 0
    return added if added and not any(map(str.isalnum, prompt[start : added.start])) else None


def _fingerprint(prompt: str, words: Sequence[Span]) -> str:
    return fingerprint(" ".join(prompt[word.start : word.end] for word in words))


def _added_to(prompt: str, words: Sequence[Span], prompts: tuple[str, ...]) -> Span | None:
    """Return the text between the question and the limit line."""
    end = asked_end(prompt)
    asked = [word for word in words if word.start < end][:_MAX_PROMPT_WORDS]
    for n_words in range(len(asked) - 1, 0, -1):
        if _fingerprint(prompt, asked[:n_words]) in prompts:
            return Span(asked[n_words].start, asked[-1].end)
    return None


def _unquoted(prompt: str) -> Span | None:
    lines = list(_UNQUOTED.finditer(prompt))
    is_partly_quoted = len(lines) < sum(bool(line.strip()) for line in prompt.split("\n"))
    return Span(lines[0].start(), lines[-1].end()) if lines and is_partly_quoted else None


def _example(prompt: str, words: Sequence[Span]) -> Span | None:
    """Return where the example is, without the word itself."""
    before = _BEFORE_EXAMPLE.match(prompt, asked_end(prompt))
    inside = [word for word in words if before and word.start >= before.end()]
    return Span(inside[0].start, inside[-1].end) if inside else None


def _address_in(prompt: str, example: Span, words: Sequence[Span], n_more: int) -> Span | None:
    """Return an address in the example, if it is all that is new there: one word may have been its placeholder."""
    address = _ADDRESS.search(prompt, example.start, example.end)
    place = Span(*address.span()) if address else None
    if place is None:
        return None
    n_other = n_more - sum(place.start <= word.start < place.end for word in words)
    return place if n_other in (-1, 0) else None
