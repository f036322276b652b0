"""The places of a text's questions: their headings, prompts and labels, in any text and for any course.

The edition is chosen by what is found here, so nothing here knows a pack. It never fails.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from report_ls.base.cached import cached_property
from report_ls.base.memo import memoized
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.report.fences import are_shown, fences, in_fence, is_fence_open
from report_ls.report.fingerprints import fingerprint, prompt_fingerprint
from report_ls.report.form import Opening, Statement
from report_ls.report.question_outline import (
    HEADING,
    NUMBERED,
    Prompt,
    QuestionOutline,
    Section,
    last_section,
    outline_question,
)


class _OutlineFields(NamedTuple):
    """The fields of an outline: a named tuple itself has no room for cached properties."""

    text: str
    questions: tuple[QuestionOutline, ...]
    starts: tuple[int, ...]
    first_section: Section | None
    prompts: tuple[Prompt, ...]
    """Those of all questions."""
    is_regular: bool
    """Each heading starts a line and has its form below it, so none depends on the text above it.

    Nor is a fence open above the first.
    """
    said: Statement | None = None
    """What the text itself says of where its answers are; None where its questions are `Question n`."""


class Outline(_OutlineFields):
    """The questions of a text, where each of them starts, and the section that opens before the first."""

    def with_one_edited(self, text: str) -> "Outline | None":
        """Return the outline of a text that differs from this one's within one question; None if it may not."""
        if not self.is_regular or not text.startswith(self.head):
            return None
        questions, starts = self.questions, self.starts
        last = len(questions) - 1
        by = len(text) - len(self.text)
        edited = 0
        while edited < last and text.startswith(questions[edited].text, starts[edited]):
            edited += 1
        end = starts[edited + 1] + by if edited < last else len(text)
        part = text[starts[edited] : end]
        is_one = edited == last or part.endswith("\n")
        if not is_one or [*_question_headings(part)] != [(0, 0)] or text[end:] != self.text[end - by :]:
            return None
        question = outline_question(part)
        if not question.has_form or question.level != questions[edited].level:
            return None
        prompts = self.prompts
        if prompts[edited] != question.asked:
            prompts = (*prompts[:edited], question.asked, *prompts[edited + 1 :])
        return self._replace(
            text=text,
            questions=(*questions[:edited], question, *questions[edited + 1 :]),
            starts=starts if by == 0 else (*starts[: edited + 1], *[start + by for start in starts[edited + 1 :]]),
            prompts=prompts,
        )

    @cached_property
    def placed(self) -> tuple[str, ...]:
        """The text in the place of each answer, if it can be a marker; empty where it is longer than any marker."""
        return tuple([question.placed for question in self.questions])

    @cached_property
    def fingerprints(self) -> tuple[str, ...]:
        """Those of all prompts."""
        return tuple([prompt_fingerprint(prompt.text) for prompt in self.prompts])

    @cached_property
    def section_fingerprints(self) -> frozenset[str]:
        """Those of the titles of all headings that may open a section with a question."""
        sections = [self.first_section, *[question.section for question in self.questions[:-1]]]
        return frozenset([fingerprint(section.title) for section in sections if section])

    @property
    def n_headings(self) -> int:
        """How many headings of any kind the text has, those in code left out."""
        matches = HEADING.finditer(self.text)
        return sum(bisect_left(fences(self.text), match.start()) % 2 == 0 for match in matches)

    @property
    def head(self) -> str:
        """The text above the first question."""
        return self.text[: self.starts[0]] if self.starts else self.text


_QUESTION_FROM_SIGNS = regex(rf"#{{1,6}}[ \t]*[*_]{{0,3}}[Qq]{NUMBERED.pattern}.*")
_INDENTS = "", " ", "  ", "   "


@memoized(2)
def outline(text: str, opening: Opening | None = None) -> Outline:
    r"""Find the questions of a text whose only line end is ``\n``.

    A question of the template is a heading `Question n`, with anything behind the number, that a
    quote or a label follows before the next heading, or else one that carries the next number:
    a heading of that kind inside an answer is the student's own. A text that only shows questions,
    each in a fence, has none.

    Where none has a form below it, they may be numbered without the word. Where the text itself says
    that its answers are below other headings, those are its questions; likewise where an `opening`
    knows them.

    Remembered, because each step of judging a text asks for it.
    """
    if opening:
        return _opened(text, opening)
    said = _said(text) if "report-ls" in text else None
    if said:
        return _stated(text, said)
    # The spaces before a heading's number signs belong to the heading.
    places = [*_question_headings(text), (len(text), len(text))]
    pieces = [outline_question(text[start:end]) for (_, start), (end, _) in pairwise(places)]
    accepted: list[int] = []
    number = 0
    for index, piece in enumerate(pieces):
        if not piece.has_form:
            before = places[accepted[-1]][1] if accepted else 0
            if piece.number != number + 1 or in_fence(text, before, places[index][0]):
                continue
        accepted.append(index)
        number = piece.number
    if not any(pieces[index].has_form for index in accepted):
        others = _otherwise_numbered(text)
        if others:
            return others
    is_in_fence = bool(accepted) and is_fence_open(text[: places[accepted[0]][1]])
    if is_in_fence and are_shown(text, [places[index][1] for index in accepted]):
        accepted = []
    questions = tuple(
        pieces[index] if index + 1 == following else outline_question(text[places[index][1] : places[following][0]])
        for index, following in pairwise((*accepted, len(pieces)))
    )
    starts = tuple(places[index][1] for index in accepted)
    ends = [start + len(question.text) for start, question in zip(starts, questions, strict=True)]
    return Outline(
        text,
        questions,
        starts,
        last_section(text[: starts[0]] if starts else text, questions[0].level if questions else len("###")),
        tuple(question.asked for question in questions),
        is_regular=bool(ends)
        and not is_in_fence
        and (*ends[:-1],) == starts[1:]
        and all(question.has_form for question in questions),
    )


def _said(text: str) -> Statement | None:
    from report_ls.report.statement import statement  # noqa: PLC0415 - hardly any text names report-ls

    return statement(text)


def _stated(text: str, said: Statement) -> Outline:
    """Return the outline of a text that says itself where its answers are."""
    from report_ls.report.headings import headings  # noqa: PLC0415 - most forms have the usual headings
    from report_ls.report.places import why_refused  # noqa: PLC0415 - likewise
    from report_ls.report.topics import section_of, stated_questions  # noqa: PLC0415 - likewise

    found = [] if why_refused(text) else [*stated_questions(text, said)]
    above = [*headings(text[: found[0][0]])] if found else []
    first = section_of(next((heading for heading in reversed(above) if heading.level < found[0][1].level), None))
    return _of(text, found, first, said)


def _opened(text: str, opening: Opening) -> Outline:
    """Return the outline of a text whose questions an opening knows."""
    from report_ls.report.headings import headings  # noqa: PLC0415 - most forms have the usual headings
    from report_ls.report.topics import opened_questions, section_of  # noqa: PLC0415 - likewise

    found = [*opened_questions(text, opening)]
    above = [*headings(text[: found[0][0]])] if found else []
    return _of(text, found, section_of(above[-1] if above else None), None)


def _otherwise_numbered(text: str) -> Outline | None:
    """Return the outline of a text whose questions are numbered without the word; None if it has none."""
    from report_ls.report.numbered import numbered_questions  # noqa: PLC0415 - most forms have the usual headings

    found = numbered_questions(text)
    return _of(text, found, last_section(text[: found[0][0]], found[0][1].level), None) if found else None


def _of(
    text: str, found: list[tuple[int, QuestionOutline]], first_section: Section | None, said: Statement | None
) -> Outline:
    """Return the outline of some questions, each with where it starts."""
    starts, questions = tuple(start for start, _ in found), tuple(question for _, question in found)
    prompts = tuple(question.asked for question in questions)
    return Outline(text, questions, starts, first_section, prompts, is_regular=False, said=said)


def outline_after(before: Outline | None, text: str) -> Outline:
    """Return the same as `outline`, faster where the text is a known one with an edit in one question."""
    if before and before.text == text:
        return before
    return (before and before.with_one_edited(text)) or outline(text)


def _question_headings(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line starts that may be the heading of a question, and where its number signs do."""
    place = text.find("#")
    while place >= 0:
        match = _QUESTION_FROM_SIGNS.match(text, place)
        if match:
            line_start = text.rfind("\n", 0, place) + 1
            if text[line_start:place] in _INDENTS:
                yield line_start, place
        place = text.find("#", match.end() if match else place + 1)


_TASK = regex(r"^[ \t]*[-*+][ \t]+\[[^\]\n]*\](?=[ \t]|$).*", re.MULTILINE)


def checklist(source: SourceText) -> Span | None:
    """Return the span of the task list above the questions, from its first item to its last."""
    starts = outline(source.plain).starts
    items = list(_TASK.finditer(source.plain, 0, starts[0] if starts else 0))
    return Span(items[0].start(), items[-1].end()) if items else None
