"""Questions that a heading opens by what it says, without the word: where a form says so itself."""

from collections.abc import Iterator
from itertools import zip_longest

from report_ls.base.memo import remembered
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.report.headings import Heading, headings
from report_ls.report.question_outline import QuestionOutline, Section, prompt_and_label
from report_ls.report.statement import Statement


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


@remembered(400)
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


_COMMENT = regex(r"<!--(?:[^-]|-(?!->))*-->")


def _shown_headings(text: str, start: int = 0) -> Iterator[Heading]:
    """Yield the headings that are not in a comment."""
    comments = [comment.span() for comment in _COMMENT.finditer(text, start)]
    for heading in headings(text, start):
        if not any(first <= heading.start < after for first, after in comments):
            yield heading


def section_of(heading: Heading | None) -> Section | None:
    """Return the section that a heading opens."""
    return heading and Section(Span(heading.start, heading.end), heading.title, bare=True)


_GIVEN = regex(r"\s*(?:<!--(?:[^-]|-(?!->))*-->|\[(?=[^\[\]]*\w\W+\w+\W+\w)[^\[\]]*\])[ \t]*(?:\n|\Z)")
"""What no student writes as an answer: a comment, which no page shows, and a text of three words in brackets."""


def _end_of_given(text: str, start: int) -> int:
    """Return where what is asked ends, below a heading or its quote."""
    given = _GIVEN.match(text, start)
    while given:
        start = given.end()
        given = _GIVEN.match(text, start)
    return start
