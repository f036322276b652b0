"""Where the questions of a text stand: their headings, prompts and labels, in any text and for any course.

The edition is chosen by what is found here, so nothing here knows a pack. It never fails.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from attrs import frozen

from report_ls.base.memo import remembered
from report_ls.base.spans import Span
from report_ls.base.text import SourceText, line_end
from report_ls.report.fences import are_shown, fences, in_fence, is_fence_open


@frozen
class Label:
    """The line `> Answer:` of a question."""

    span: Span
    """The word and its colon."""
    exact: bool
    """Whether the script finds it: it looks for `Answer:` and nothing else."""

    def shift(self, by: int) -> "Label":
        """Return the same, `by` code points further on."""
        return Label(self.span.shift(by), self.exact)


@frozen
class Section:
    """A level-2 heading that may open a section of the template."""

    span: Span
    title: str
    bare: bool
    """Nothing but a quote stands between it and the next question."""

    def shift(self, by: int) -> "Section":
        """Return the same, `by` code points further on."""
        return Section(self.span.shift(by), self.title, self.bare)


class Prompt(NamedTuple):
    """What is asked, and under which number; a tuple, because each keystroke compares all of them."""

    number: int
    text: str
    """The prompt as it stands."""
    above_label: str
    """The prompt, with what stands on the label's line."""


@frozen(eq=False)
class QuestionOutline:
    """The parts of one question; places count from its heading's number signs."""

    text: str
    """All of it, up to the next question's heading or the end of the text."""
    number: int
    heading: Span
    level: int
    """How many number signs the heading has."""
    has_form: bool
    """A quote or a label follows the heading before the next one."""
    prompt: Span
    label: Label | None
    section: Section | None
    """Its last level-2 heading: it opens the next section, if the form knows it and a question follows."""

    @cached_property
    def n_labels(self) -> int:
        """How often the word of a label stands in it."""
        return self.text.count("Answer:")

    @cached_property
    def prompt_text(self) -> str:
        """The prompt as it stands."""
        return self.text[self.prompt.start : self.prompt.end]

    @cached_property
    def prompt_on_label_line(self) -> str:
        """What stands before the label on its line, signs apart: part of the prompt where a formatter joined them."""
        return self.text[self.prompt.end : self.label.span.start].strip("> \t*_") if self.label else ""

    @cached_property
    def asked(self) -> Prompt:
        """The prompt with its number."""
        above_label = self.prompt_text
        if self.label and self.prompt_on_label_line:
            above_label = self.text[self.prompt.start : self.label.span.start]
        return Prompt(self.number, self.prompt_text, above_label)


@frozen
class Outline:
    """The questions of a text, where each of them starts, and the section that opens before the first."""

    text: str
    questions: tuple[QuestionOutline, ...]
    starts: tuple[int, ...]
    first_section: Section | None
    prompts: tuple[Prompt, ...]
    """Those of all questions."""
    is_regular: bool
    """Each heading starts a line and has its form below it, so that none depends on what stands above it.

    Nor is a fence open above the first.
    """

    @property
    def n_headings(self) -> int:
        """How many headings of any kind the text has, those in code left out."""
        matches = _HEADING.finditer(self.text)
        return sum(bisect_left(fences(self.text), match.start()) % 2 == 0 for match in matches)

    @property
    def head(self) -> str:
        """What stands above the first question."""
        return self.text[: self.starts[0]] if self.starts else self.text


_HEADING = re.compile(r"^ {0,3}#{1,6}(?!#)", re.MULTILINE)
_LEVEL_2 = re.compile(r"^ {0,3}(##)(?!#)[ \t]*(.*)$", re.MULTILINE)
_QUESTION = re.compile(r"uestion[ \t]+([0-9]{1,4})(?!\.?\d)")
_QUESTION_FROM_SIGNS = re.compile(rf"#{{1,6}}[ \t]*[*_]{{0,3}}[Qq]{_QUESTION.pattern}.*")
_INDENTS = "", " ", "  ", "   "
_QUOTE_BELOW = re.compile(r"\s*\n[ \t]*>")
_PROMPT = re.compile(r"\s*?(?:^[ \t]*>.*(?:\n|\Z))+", re.MULTILINE)
_ALTERED_LABEL = re.compile(
    r"^[ \t]*(?:>[ \t>]*[*_]*(answers?|anwser|asnwer)[*_ \t]*(?:[:;.：][*_]*[ \t]*|$)|[*_]*(answers?)[*_ \t]*[:;：])",
    re.MULTILINE | re.IGNORECASE,
)


@remembered(2)
def outline(text: str) -> Outline:
    r"""Find the questions of a text whose only line end is ``\n``.

    A question of the template is a heading `Question n`, with anything behind the number, that a
    quote or a label follows before the next heading, or else one that carries the next number:
    a heading of that kind inside an answer is the student's own. A text that only shows questions,
    each in a fence, has none.

    Remembered, because each step of judging a text asks for it, in one thread or in two.
    """
    # The spaces before a heading's number signs belong to the heading.
    headings = [*_question_headings(text), (len(text), len(text))]
    pieces = [_outline_question(text[start:end]) for (_, start), (end, _) in pairwise(headings)]
    accepted: list[int] = []
    number = 0
    for index, piece in enumerate(pieces):
        is_next = piece.number == number + 1
        before = headings[accepted[-1]][1] if accepted else 0
        if piece.has_form or (is_next and not in_fence(text, before, headings[index][0])):
            accepted.append(index)
            number = piece.number
    is_in_fence = bool(accepted) and is_fence_open(text[: headings[accepted[0]][1]])
    if is_in_fence and are_shown(text, [headings[index][1] for index in accepted]):
        accepted = []
    questions = tuple(
        pieces[index]
        if index + 1 == following
        else _outline_question(text[headings[index][1] : headings[following][0]])
        for index, following in pairwise((*accepted, len(pieces)))
    )
    starts = tuple(headings[index][1] for index in accepted)
    ends = [start + len(question.text) for start, question in zip(starts, questions, strict=True)]
    return Outline(
        text,
        questions,
        starts,
        _last_section(text[: starts[0]] if starts else text),
        tuple(question.asked for question in questions),
        is_regular=bool(ends)
        and not is_in_fence
        and (*ends[:-1],) == starts[1:]
        and all(one.has_form for one in questions),
    )


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


@remembered(400)
def _outline_question(text: str) -> QuestionOutline:
    """Find the parts of one question in its text, which begins with the number signs of its heading."""
    heading = text.partition("\n")[0].rstrip()
    number = _QUESTION.search(heading)
    prompt_end, label = _prompt_and_label(text, len(heading))
    return QuestionOutline(
        text,
        int(number[1]) if number else 0,
        Span(0, len(heading)),
        len(heading) - len(heading.lstrip("#")),
        _has_form(text, len(heading)),
        Span(len(heading), prompt_end),
        label,
        _last_section(text, label.span.end if label else prompt_end),
    )


def _has_form(text: str, start: int) -> bool:
    """Say whether a quote or a label follows a heading, before the next one."""
    if _QUOTE_BELOW.match(text, start):
        return True
    following = _HEADING.search(text, start)
    return next(_labels(text, start, following.start() if following else len(text)), None) is not None


def _labels(text: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Yield where `Answer:` starts a line, and whether behind a quote sign.

    Prettier joins the lines of a prompt, so it may also stand behind a quote sign within a line.
    """
    place = text.find("Answer:", start, end)
    while place >= 0:
        before = text[text.rfind("\n", 0, place) + 1 : place].rstrip("*_ \t")
        is_quoted = before.endswith(">") and before.lstrip().startswith(">")
        if is_quoted or not before:
            yield place, is_quoted
        place = text.find("Answer:", line_end(text, place), end)


def _prompt_and_label(text: str, start: int) -> tuple[int, Label | None]:
    """Return where the prompt that starts below a heading ends, and the label below it."""
    quote = _PROMPT.match(text, start)
    prompt_end = quote.end() if quote else start
    blank_end = _end(_BLANK, text, prompt_end)
    label_end = _end(_EMPHASIS, text, blank_end)
    for place, is_quoted in _labels(text, start, len(text)):
        # Outside the quote it is a label only where the answer could begin.
        if is_quoted or not quote or place <= label_end:
            return max(start, text.rfind("\n", 0, place) + 1), Label(Span(place, place + len("Answer:")), exact=True)
    for match in _ALTERED_LABEL.finditer(text, start):
        if match.end() <= prompt_end or match.start() <= blank_end:
            label = Span(match.start(1) if match[1] else match.start(2), match.start() + len(match[0].rstrip()))
            return max(start, text.rfind("\n", 0, label.start) + 1), Label(label, exact=False)
    return prompt_end, None


_BLANK = re.compile(r"\s*")
_EMPHASIS = re.compile(r"[*_ \t]*")


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Return where a pattern that matches everywhere ends."""
    match = pattern.match(text, start)
    return match.end() if match else start


def _last_section(text: str, start: int = 0) -> Section | None:
    """Return the last heading of level 2 from an offset on, if there is one."""
    headings = list(_LEVEL_2.finditer(text, start))
    if not headings:
        return None
    last = headings[-1]
    between = text[last.end() :].split("\n")
    bare = all(not line.strip() or line.lstrip().startswith(">") for line in between)
    span = Span(last.start(1), last.start() + len(last[0].rstrip()))
    return Section(span, last[2].strip().rstrip("#").rstrip(), bare)


_TASK = re.compile(r"^[ \t]*[-*+][ \t]+\[[^\]\n]*\](?=[ \t]|$).*", re.MULTILINE)


def checklist(source: SourceText) -> Span | None:
    """Return the task list that stands above the questions, from its first item to its last."""
    starts = outline(source.plain).starts
    items = list(_TASK.finditer(source.plain, 0, starts[0] if starts else 0))
    return Span(items[0].start(), items[-1].end()) if items else None
