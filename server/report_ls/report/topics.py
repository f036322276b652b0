"""Questions that a heading or an item opens by what it says, without the word.

Where a form says so itself, headings of a level open them; in a named pack, those of which it has the fingerprints.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import zip_longest

from report_ls.base.memo import memoized_by_question
from report_ls.base.regex import regex
from report_ls.base.spans import Span, Spans
from report_ls.base.text import line_end
from report_ls.report.fingerprints import WORD, fingerprint, fingerprint_of
from report_ls.report.form import Opening, Statement, Topic
from report_ls.report.headings import Heading, fenced, headings
from report_ls.report.question_outline import QuestionOutline, Section, prompt_and_label


def stated_questions(text: str, said: Statement) -> Iterator[tuple[int, QuestionOutline]]:
    """Yield where each question starts that a heading of a stated level opens, and the question."""
    shown = _shown_headings(text, said.span.end)
    listed = [heading for heading in shown if heading.level in said.levels and heading.title]
    openings = [
        heading
        for heading, following in zip_longest(listed, listed[1:])
        # With nothing but a deeper one below it, it is the title of these.
        if not (following and following.level > heading.level and not text[heading.end : following.start].strip())
    ]
    # The spaces before a heading's number signs belong to the heading.
    ends = [*[heading.line_start for heading in openings[1:]], len(text)]
    for number, (heading, end) in enumerate(zip(openings, ends, strict=False), 1):
        yield heading.start, _stated_question(text[heading.start : end], number)


@memoized_by_question
def _stated_question(text: str, number: int) -> QuestionOutline:
    """Find the parts of a question that ends, if not with its text, with another heading of its level or one above."""
    heading, *others = _shown_headings(text)
    prompt_end, label = prompt_and_label(text, heading.end)
    prompt_end = prompt_end if label else _end_of_given(text, prompt_end)
    ending = next((other for other in others if other.level <= heading.level), None)
    if ending and ending.line_start < (label.span.end if label else prompt_end):
        prompt_end, label = heading.end, None
    return QuestionOutline(
        text,
        number,
        Span(0, heading.end),
        heading.level,
        True,
        Span(heading.end, prompt_end),
        label,
        section_of(ending),
        heading.title,
    )


def _shown_headings(text: str, start: int = 0) -> Iterator[Heading]:
    """Yield the headings outside comments; a comment without an end does not count."""
    closed = (Span(opened, end) for opened, end in comments(text, start) if end is not None)
    comment = next(closed, None)
    for heading in headings(text, start):
        while comment and comment.end <= heading.start:
            comment = next(closed, None)
        if not (comment and comment.start < heading.start):
            yield heading


def comments(text: str, start: int = 0) -> Iterator[tuple[int, int | None]]:
    """Yield where each comment that is not in code starts and where it ends: None where nothing closes it."""
    code = iter(fenced(text))
    around = next(code, None)
    opened = text.find("<!--", start)
    while opened >= 0:
        while around and around.end <= opened:
            around = next(code, None)
        end: int | None
        if around and around.start <= opened:
            end = around.end
        else:
            closed = text.find("-->", opened)
            end = closed + len("-->") if closed >= 0 else None
            yield opened, end
        opened = -1 if end is None else text.find("<!--", end)


def section_of(heading: Heading | None) -> Section | None:
    """Return the section that a heading opens."""
    return heading and Section(Span(heading.start, heading.end), heading.title, bare=True)


_GIVEN = regex(r"\s*(?:<!--(?:[^-]|-(?!->))*-->|(?:[-*+][ \t]+)?\[(?=[^\[\]]*\w\W+\w+\W+\w)[^\[\]]*\])[ \t]*(?:\n|\Z)")
"""What no student writes as an answer: a comment, which no page shows, and three words in brackets, also as an item."""


def _end_of_given(text: str, start: int) -> int:
    """Return the end of the prompt, below a heading or its quote."""
    given = _GIVEN.match(text, start)
    while given:
        start = given.end()
        given = _GIVEN.match(text, start)
    return start


_NUMBER = regex(r"[\W_]*\d+(?:\.\d+)*[.):]?\s+(?=.*\w)")


def title_words(title: str) -> list[str]:
    """Return the words of a heading or an item, without its number."""
    return WORD.findall(_NUMBER.sub("", title, count=1).lower() if _NUMBER.match(title) else title.lower())


_ITEM = regex(r"^ {0,3}(?:[0-9]{1,3}[.)]|[-*+])[ \t]+(.*)$", re.MULTILINE)


def items(text: str) -> Iterator[Heading]:
    """Yield the items of lists, each as a heading that is its first line."""
    code = fenced(text)
    for match in _ITEM.finditer(text):
        start = match.end() - len(match[0].lstrip(" "))
        if not any(span.start <= start < span.end for span in code):
            yield Heading(match.start(), start, match.start() + len(match[0].rstrip()), 6, match[1])


_EMPTY_ITEM = regex(r"^[ \t]*(?:[-*+]|[0-9]{1,3}[.)])[ \t]*(?:\[ ?\][ \t]*)?$", re.MULTILINE)


def empty_items(text: str, given: Collection[Span]) -> Iterator[Span]:
    """Yield the list items that are still empty, without those that the form gives."""
    known = Spans(tuple(given))
    for match in _EMPTY_ITEM.finditer(text):
        span = Span(*match.span())
        if not known.overlap(span):
            yield span


def opened_questions(text: str, opening: Opening) -> Iterator[tuple[int, QuestionOutline]]:
    """Yield where each question starts that an opening knows, and the question; of equal ones the first comes first."""
    found, _ = _titles(text, opening)
    ends = [*[heading.line_start for heading, _ in found[1:]], len(text)]
    for (heading, topic), end in zip(found, ends, strict=False):
        yield heading.start, _opened_question(text[heading.start : end], topic, opening)


def repeated_title(text: str, opening: Opening) -> Span | None:
    """Return the first heading that is a title, and opens no question as another one has it above."""
    _, repeated = _titles(text, opening)
    return repeated and Span(repeated.start, repeated.end)


def other_titles(text: str, opening: Opening) -> Iterator[Heading]:
    """Yield what could be a title but is not one of the form's: it neither opens a question nor ends an answer."""
    found, _ = _titles(text, opening)
    taken = {heading.start for heading, _ in found}
    for heading in items(text) if opening.by_item else headings(text):
        if heading.start not in taken and heading.title and fingerprint(heading.title) not in opening.closing:
            yield heading


def _titles(text: str, opening: Opening) -> tuple[list[tuple[Heading, Topic]], Heading | None]:
    """Return the titles that open a question, with what they open, and the first that only repeats one."""
    left = list(opening.topics)
    found: list[tuple[Heading, Topic]] = []
    repeated = None
    for heading in items(text) if opening.by_item else headings(text):
        words = title_words(heading.title)
        topic = next((known for known in left if _is_of(words, known)), None)
        if topic:
            left.remove(topic)
            found.append((heading, topic))
        # Of one that is known by its beginning, a student's own heading may begin so.
        elif repeated is None and any(_is_of(words, topic) for topic in opening.topics if not topic.words):
            repeated = heading
    return found, repeated


def _is_of(words: list[str], topic: Topic) -> bool:
    return words != [] and fingerprint_of(words[: topic.words] if topic.words else words) == topic.fingerprint


@memoized_by_question
def _opened_question(text: str, topic: Topic, opening: Opening) -> QuestionOutline:
    """Find the parts of a question; the form's text right below its heading is part of the prompt."""
    first_line = text.partition("\n")[0].rstrip()
    title = next((heading.title for heading in (items(text) if opening.by_item else headings(text))), first_line)
    others = (heading for heading in headings(text) if heading.start)
    ending = next((heading for heading in others if fingerprint(heading.title) in opening.closing), None)
    prompt_end = len(first_line)
    given: list[Span] = []
    for span in given_in(text, prompt_end, ending.line_start if ending else len(text), topic.given):
        if not given and not WORD.search(text, prompt_end, span.start):
            prompt_end = span.end
        else:
            given.append(span)
    return QuestionOutline(
        text,
        topic.number,
        Span(0, len(first_line)),
        len(text) - len(text.lstrip("#")),
        True,
        Span(len(first_line), prompt_end),
        None,
        section_of(ending),
        title,
        tuple(given),
    )


def given_in(text: str, start: int, end: int, given: Collection[tuple[int, str]]) -> Iterator[Span]:
    """Yield the whole lines of a text that are the form's: their words are those of a text that is given."""
    words = [*WORD.finditer(text.lower(), start, end)] if given else []
    starts = [match.start() for match in _LINE.finditer(text, start, end)] if words else []
    lines = [bisect_right(starts, word.start()) for word in words]
    lengths = sorted({n_words for n_words, _ in given}, reverse=True)
    at, after = 0, start
    while at < len(words):
        is_first = at == 0 or lines[at] != lines[at - 1]
        for n_words in lengths if is_first else ():
            last = at + n_words - 1
            is_whole = last < len(words) and (last + 1 == len(words) or lines[last + 1] != lines[last])
            if is_whole and (n_words, fingerprint_of(word[0] for word in words[at : last + 1])) in given:
                span = _with_signs(text, words[at].start(), words[last].end(), Span(after, end))
                yield span
                at, after = last, span.end
                break
        at += 1


_LINE = regex(r"\n")


def _with_signs(text: str, start: int, end: int, within: Span) -> Span:
    """Return the whole lines of a text, with those of nothing but signs right above and below, such as of a fence."""
    start, end = text.rfind("\n", 0, start) + 1, line_end(text, end) + 1
    while start > within.start and _is_signs(line := text[text.rfind("\n", 0, start - 1) + 1 : start]):
        start -= len(line)
    while end < within.end and _is_signs(line := text[end : line_end(text, end) + 1]):
        end += len(line)
    return Span(max(start, within.start), min(end, within.end))


def _is_signs(line: str) -> bool:
    return bool(line.strip()) and not WORD.search(line) and "!" not in line.replace("<!--", "")
