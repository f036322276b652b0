"""A report as its students see it: questions, prompts, labels and answers.

Reading goes in two steps. `outline` finds the questions in any text and needs to know no course:
the edition is chosen by what it finds. `read_report` then reads the answers, with the `Form` of
that edition: the texts its template holds where an answer belongs. Neither ever fails.

A question is read from its own text alone, with places that count from its heading, and remembered
by that text: an edit reads one question again and not thirty-one, wherever the others move to.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple, TypeVar

from attrs import frozen

from report_ls.markdown import Link, LiteralSpan, Markdown, Unclosed, read_markdown
from report_ls.text import LONGEST, SourceText, Span, Spans, forget, remembered


@frozen
class Filler:
    """A text, other than the marker, that a template held in an answer's place."""

    words: int
    fingerprint: str


@frozen(cache_hash=True)
class Form:
    """What one edition's template and script look like, as far as reading depends on it."""

    marker: str = "--- question {number} fill here ---"
    fillers: tuple[Filler, ...] = ()
    sections: frozenset[str] = frozenset()
    """Fingerprints of the titles of the template's sections."""
    parts: int | None = None
    """How many answers the course's script expects; None where a course has no script."""
    cut: int = 0
    """How many characters the script takes off the start of the text."""


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
    """Those of all questions; the same object as long as none of them changes."""
    is_regular: bool
    """Each heading starts a line and has its form below it, so that none depends on what stands above it."""

    @property
    def head(self) -> str:
        """What stands above the first question."""
        return self.text[: self.starts[0]] if self.starts else self.text

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
        question = _outline_question(part)
        if not question.has_form:
            return None
        prompts = self.prompts
        if prompts[edited] != question.asked:
            prompts = (*prompts[:edited], question.asked, *prompts[edited + 1 :])
        return Outline(
            text,
            (*questions[:edited], question, *questions[edited + 1 :]),
            starts if by == 0 else (*starts[: edited + 1], *[start + by for start in starts[edited + 1 :]]),
            self.first_section,
            prompts,
            is_regular=True,
        )


_HEADING = re.compile(r"^ {0,3}#{1,6}(?!#)", re.MULTILINE)
_LEVEL_2 = re.compile(r"^ {0,3}(##)(?!#)[ \t]*(.*)$", re.MULTILINE)
# Without its first letter, which may be a small one: so the whole text is searched for plain letters.
_QUESTION = re.compile(r"uestion[ \t]+([0-9]{1,4})(?!\.?\d).*")
_BEFORE_QUESTION = re.compile(r" {0,3}(#{1,6})[ \t]*[*_]{0,3}[Qq]")
_QUESTION_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]*[*_]{0,3}[Qq]uestion[ \t]+\d", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_QUOTE_BELOW = re.compile(r"\s*\n[ \t]*>")
_PROMPT = re.compile(r"\s*?(?:^[ \t]*>.*(?:\n|\Z))+", re.MULTILINE)
_ALTERED_LABEL = re.compile(
    r"^[ \t]*(?:>[ \t>]*[*_]*(answers?|anwser|asnwer)[*_ \t]*(?:[:;.：][*_]*[ \t]*|$)|[*_]*(answers?)[*_ \t]*[:;：])",
    re.MULTILINE | re.IGNORECASE,
)


def outline(text: str) -> Outline:
    r"""Find the questions of a text whose only line end is ``\n``.

    A question of the template is a heading `Question n`, with anything behind the number, that a
    quote or a label follows before the next heading, or else one that carries the next number:
    a heading of that kind inside an answer is the student's own.
    """
    latest = _LATEST[0]
    if latest.text != text:
        latest = _LATEST[0] = latest.with_one_edited(text) or _read_outline(text)
    return latest


_LATEST = [Outline("", (), (), None, (), is_regular=False)]
"""Most texts are the latest one with an edit."""


def _read_outline(text: str) -> Outline:
    # The spaces before a heading's number signs belong to the heading.
    headings = [*_question_headings(text), (len(text), len(text))]
    pieces = [_outline_question(text[start:end]) for (_, start), (end, _) in pairwise(headings)]
    accepted: list[int] = []
    number = 0
    for index, piece in enumerate(pieces):
        is_next = piece.number == number + 1
        before = headings[accepted[-1]][1] if accepted else 0
        if piece.has_form or (is_next and not _in_fence(text, before, headings[index][0])):
            accepted.append(index)
            number = piece.number
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
        is_regular=bool(ends) and (*ends[:-1],) == starts[1:] and all(one.has_form for one in questions),
    )


def _question_headings(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line starts that may be the heading of a question, and where its number signs do."""
    place = text.find("uestion")
    while place >= 0:
        match = _QUESTION.match(text, place)
        if match:
            line_start = text.rfind("\n", 0, place) + 1
            signs = _BEFORE_QUESTION.fullmatch(text, line_start, place)
            if signs:
                yield line_start, signs.start(1)
        place = text.find("uestion", match.end() if match else place + 1)


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


def _in_fence(text: str, start: int, at: int) -> bool:
    """Say whether `at` stands in a fence that was opened after `start` and is closed again."""
    following = _QUESTION_HEADING.search(text, _line_end(text, at))
    places = start, at, following.start() if following else len(text)
    first, middle, last = (bisect_left(_fences(text), place) for place in places)
    return (middle - first) % 2 == 1 and last > middle


@remembered(1)
def _fences(text: str) -> tuple[int, ...]:
    """Return where the lines start that open or close a fence."""
    return tuple(match.start() for match in _FENCE.finditer(text))


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
        place = text.find("Answer:", _line_end(text, place), end)


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


_WORD = re.compile(r"[^\W_]+")
_PROMPT_END = re.compile(
    r"(?:recommended\s+)?answer\s+length|example\s*:|^[ \t>*_]*answer\s*:", re.IGNORECASE | re.MULTILINE
)
_TARGET = re.compile(r"\]\([^()\s]*\)")


@remembered(400)
def fingerprint(text: str) -> str:
    """Return twelve hexadecimal digits that stand for the words of a text, whatever their case.

    Punctuation does not count, so neither emphasis nor quote signs do, nor how a formatter breaks
    the lines.
    """
    words = " ".join(_WORD.findall(text.lower()))
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:12]


@remembered(400)
def prompt_fingerprint(prompt: str) -> str:
    """Return the fingerprint of what a prompt asks, without its limit line, example and targets."""
    return fingerprint(_TARGET.sub("]", prompt[: asked_end(prompt)]))


def asked_end(prompt: str) -> int:
    """Return where in a prompt its limit line or its example begins."""
    end = _PROMPT_END.search(prompt)
    return end.start() if end else len(prompt)


def prompt_words(prompt: str) -> tuple[Span, ...]:
    """Return where the words stand of which `whole_fingerprint` is made."""
    bare = _TARGET.sub(lambda match: "]" + " " * (len(match[0]) - 1), prompt)
    return tuple(Span(*match.span()) for match in _WORD.finditer(bare))


@remembered(400)
def whole_fingerprint(prompt: str) -> str:
    """Return the fingerprint of all that stands above a label, without targets."""
    return fingerprint(_TARGET.sub("]", prompt))


_TASK = re.compile(r"^[ \t]*[-*+][ \t]+\[[^\]\n]*\](?=[ \t]|$).*", re.MULTILINE)


def checklist(source: SourceText) -> Span | None:
    """Return the task list that stands above the questions, from its first item to its last."""
    starts = outline(source.plain).starts
    items = list(_TASK.finditer(source.plain, 0, starts[0] if starts else 0))
    return Span(items[0].start(), items[-1].end()) if items else None


_T = TypeVar("_T", Span, Link, LiteralSpan)


def _shift(items: tuple[_T, ...], by: int) -> tuple[_T, ...]:
    return tuple(item.shift(by) for item in items) if items else ()


@frozen(eq=False)
class Answer:
    """What stands below a label; places are offsets into the whole text."""

    _reading: "Reading"
    _offset: int

    @property
    def _facts(self) -> "_Facts":
        return self._reading.facts

    @property
    def span(self) -> Span:
        """All of it, from the label's colon to the next heading of the template."""
        return self._reading.answer.shift(self._offset)

    @property
    def text(self) -> str:
        """The answer as it stands, markers and all."""
        return self._facts.answer

    @property
    def n_words(self) -> int:
        """How many words the student wrote: pieces between white space, as the script counts."""
        return self._facts.n_words

    @property
    def is_empty(self) -> bool:
        """Nothing is there but markers, with code signs round them or not, dashes, quote signs and emphasis."""
        return self._facts.is_empty

    @property
    def markers(self) -> tuple[Span, ...]:
        """The markers and other fillers of the template."""
        return _shift(self._facts.markers, self.span.start)

    @property
    def dashes(self) -> tuple[Span, ...]:
        """The template's dashes that were kept round the answer or pieces of it."""
        return _shift(self._facts.dashes, self.span.start)

    @property
    def images(self) -> tuple[Link, ...]:
        """The images a reader sees, on a CommonMark page or on the hand-in page."""
        return _shift(self._facts.markdown.images, self._base)

    @property
    def n_images(self) -> int:
        """How many these are."""
        return self._facts.n_images

    @property
    def image_urls(self) -> tuple[str, ...]:
        """What these show."""
        return self._facts.image_urls

    @property
    def links(self) -> tuple[Link, ...]:
        """The links a reader sees."""
        return _shift(self._facts.markdown.links, self._base)

    @property
    def labelled(self) -> str:
        """The text from the label's line on: what stands right under a label belongs to its quote."""
        return self._facts.text

    @property
    def literals(self) -> tuple[LiteralSpan, ...]:
        """The code, comments and HTML."""
        return _shift(self._facts.markdown.literals, self._base)

    @property
    def unclosed(self) -> Unclosed | None:
        """What is open at the end."""
        unclosed = self._facts.markdown.unclosed
        return unclosed and unclosed.shift(self._base)

    @property
    def own_text(self) -> str:
        """The answer, with spaces where markers and dashes of the template stand."""
        return self._facts.bare

    @property
    def own_span(self) -> Span:
        """Where that text stands, from its first word to its last."""
        text = self.own_text
        return Span(len(text) - len(text.lstrip()), len(text.rstrip())).shift(self.span.start)

    def word_span(self, index: int) -> Span:
        """Return where a word of the student's stands, counted from zero."""
        text = self._facts.bare
        # `split` cuts off so many words and leaves the rest as it stands.
        rest = text.split(None, index)[index]
        start = len(text) - len(rest)
        return Span(start, start + len(rest.split(None, 1)[0])).shift(self.span.start)

    @property
    def _base(self) -> int:
        """From where the Markdown's places count."""
        return self.span.start - self._facts.start


@frozen(eq=False)
class Question:
    """One question of the report; places are offsets into the whole text."""

    reading: "Reading"
    """What its text alone says."""
    start: int
    """Where its heading starts."""

    @property
    def text(self) -> str:
        """All of it, from the heading's number signs to the end."""
        return self.reading.part.text

    @property
    def number(self) -> int:
        """The number in its heading."""
        return self.reading.part.number

    @property
    def heading(self) -> Span:
        """The heading, from its number signs on."""
        return self.reading.part.heading.shift(self.start)

    @property
    def level(self) -> int:
        """How many number signs the heading has."""
        return self.reading.part.level

    @property
    def prompt(self) -> Span:
        """What is asked, from the heading's end to the label's line."""
        return self.reading.part.prompt.shift(self.start)

    @property
    def prompt_text(self) -> str:
        """The prompt as it stands."""
        return self.reading.part.prompt_text

    @property
    def label(self) -> Label | None:
        """The line `> Answer:`."""
        label = self.reading.part.label
        return label and label.shift(self.start)

    @property
    def answer(self) -> Answer:
        """What stands below the label."""
        return Answer(self.reading, self.start)

    @property
    def end(self) -> int:
        """Where the next question's heading starts, or the end of the text."""
        return self.start + len(self.reading.part.text)

    @property
    def anchor(self) -> Span:
        """The place for what concerns the whole answer: its label, else its heading."""
        label = self.label
        return label.span if label else self.heading


@frozen
class Report:
    """All questions of a text, in its order."""

    source: SourceText
    questions: tuple[Question, ...]
    prompts: tuple[Prompt, ...]
    """One for each question."""
    sections: tuple[Section, ...]

    @cached_property
    def with_images(self) -> tuple[Question, ...]:
        """The questions whose answers show any image: few do."""
        return tuple(question for question in self.questions if question.reading.facts.n_images)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the questions."""
        return tuple(prompt.number for prompt in self.prompts)

    @property
    def last(self) -> Question | None:
        """The question whose answer runs to the end of the text."""
        return self.questions[-1] if self.questions else None

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(question.start for question in self.questions)

    def question_at(self, offset: int) -> Question | None:
        """Return the question that holds an offset; None above the first."""
        n_before = bisect_right(self._starts, offset)
        return self.questions[n_before - 1] if n_before else None

    @property
    def pieces(self) -> list[tuple[int, str]]:
        """What stands above the questions, and each question: where it starts, and its text."""
        head = self.source.plain[: self.questions[0].start if self.questions else None]
        return [(0, head), *[(question.start, question.reading.part.text) for question in self.questions]]

    @property
    def literals(self) -> tuple[LiteralSpan, ...]:
        """The code, comments and HTML of all answers."""
        return tuple(literal for question in self.questions for literal in question.answer.literals)


@frozen(eq=False)
class Reading:
    """One question as its text alone is read; places count from its heading."""

    part: QuestionOutline
    answer: Span
    facts: "_Facts"
    section: Section | None
    """The section of the template that opens below it."""
    is_last: bool
    """Its answer runs to the end of the text."""


def read_report(source: SourceText, form: Form) -> Report:
    """Read the answers of a text."""
    found = outline(source.plain)
    if any(len(part.text) > LONGEST for part in found.questions):
        forget()
    last = len(found.questions) - 1
    readings = [_read_question(part, form, index == last) for index, part in enumerate(found.questions)]
    sections = [found.first_section] if found.first_section else []
    for reading, start in zip(readings, found.starts, strict=True):
        if reading.section:
            sections.append(reading.section.shift(start))
    return Report(source, tuple(map(Question, readings, found.starts)), found.prompts, tuple(sections))


@remembered(400)
def _read_question(part: QuestionOutline, form: Form, is_last: bool) -> Reading:  # noqa: FBT001 - a key is quickest so
    text = part.text
    start, end, section = part.label.span.end if part.label else part.prompt.end, len(text), part.section
    if section and not is_last and (section.bare or fingerprint(section.title) in form.sections):
        end = text.rfind("\n", 0, section.span.start) + 1
    else:
        section = None
    base = _parsed_from(text, part.label.span.start) if part.label else start
    return Reading(part, Span(start, end), _read_answer(text[base:end], start - base, form), section, is_last)


def _parsed_from(text: str, label: int) -> int:
    """Return the start of the label's line, because text right below a label belongs to its quote.

    Where the prompt stands on that line too, it is the label's own quote sign.
    """
    line_start = text.rfind("\n", 0, label) + 1
    return max(line_start, text.rfind(">", line_start, label))


@frozen(eq=False, slots=False)
class _Facts:
    """What a text and a form say of one answer; offsets count from the answer's start."""

    text: str
    """From the label's line to the answer's end."""
    start: int
    """Where in it the answer starts."""
    form: Form

    def __getstate__(self) -> dict[str, object]:
        """Return what another process is told: the counts, not the Markdown that they were made from."""
        told = "text", "start", "form", "n_words", "n_images"
        return {name: getattr(self, name) for name in told}

    @cached_property
    def answer(self) -> str:
        return self.text[self.start :]

    @cached_property
    def markdown(self) -> Markdown:
        """Offsets here count from the start of `text`."""
        return read_markdown(self.text)

    @cached_property
    def markers(self) -> tuple[Span, ...]:
        markers = [Span(*match.span()) for match in _marker_pattern(self.form.marker).finditer(self.answer)]
        return tuple(sorted(markers + list(self._fillers())))

    def _fillers(self) -> Iterator[Span]:
        """Yield the fillers at the start or the end of the answer."""
        words = [Span(*match.span()) for match in re.finditer(r"\S+", self.answer)] if self.form.fillers else []
        for filler in self.form.fillers:
            for piece in (words[: filler.words], words[-filler.words :]):
                if len(piece) == filler.words:
                    span = Span(piece[0].start, piece[-1].end)
                    if fingerprint(self.answer[span.start : span.end]) == filler.fingerprint:
                        yield span
                        break

    @cached_property
    def dashes(self) -> tuple[Span, ...]:
        if "---" not in self.answer:
            return ()
        code = Spans(tuple(literal.span.shift(-self.start) for literal in self.markdown.literals))
        return _dashes(_blank(self.answer, self.markers), code)

    @cached_property
    def bare(self) -> str:
        """The answer with spaces where the template's signs stand."""
        return _blank(self.answer, self.markers + self.dashes)

    @cached_property
    def n_words(self) -> int:
        return len(self.bare.split())

    @cached_property
    def image_urls(self) -> tuple[str, ...]:
        return tuple(image.url for image in self.markdown.images)

    @cached_property
    def has_signs(self) -> bool:
        return "##" in self.answer

    @cached_property
    def n_images(self) -> int:
        return len(self.markdown.images)

    @cached_property
    def is_empty(self) -> bool:
        signs = ">*_`~" if self.markers else ">*_"
        return all(word.strip(signs) in ("", "---") for word in self.bare.split())


@remembered(400)
def _read_answer(text: str, start: int, form: Form) -> _Facts:
    return _Facts(text, start, form)


@remembered(2)
def _marker_pattern(marker: str) -> re.Pattern[str]:
    """Return a pattern for the marker of any question, loosely spaced."""
    words = [re.escape(word).replace(re.escape("{number}"), r"\d+") for word in marker.split()]
    return re.compile(r"[ \t]*".join(words), re.IGNORECASE) if words else re.compile(r"(?!)")


def _blank(text: str, spans: Iterable[Span]) -> str:
    """Return the text with a space for each character of the spans."""
    pieces: list[str] = []
    done = 0
    for span in sorted(spans):
        pieces += text[done : span.start], " " * (span.end - max(span.start, done))
        done = max(done, span.end)
    return "".join(pieces) + text[done:]


_PARAGRAPH = re.compile(r"^[^\S\n]*\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
# Neither longer, nor in a table, nor the first line of a difference.
_OPENING = re.compile(r"[ \t>]*(---)(?!-|[ \t]*\||.*\n[ \t>]*\+\+\+)")
_TABLE_RULE = re.compile(r"[-:\s>]*\|[-|:\s>]*")


def _dashes(text: str, code: Spans) -> tuple[Span, ...]:
    """Return the template's dashes that students keep round an answer, or round pieces of it.

    Exactly three, as the template has them: before the first word, behind the last one, or both
    round a paragraph or a line. A rule between paragraphs, a table and what a terminal printed
    look otherwise, or stand in code.
    """
    paragraphs = [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]
    if not paragraphs:
        return ()
    whole = Span(paragraphs[0].start, paragraphs[-1].end)
    opening, closing = _opening(text, whole), _closing(text, whole)
    if opening and opening == closing:
        return ()  # There is nothing but a rule.
    found = {opening} if opening else set()
    # Alone behind a blank line it is the student's own rule, unless something was opened.
    if closing and (opening or closing.start > paragraphs[-1].start + len("> ")):
        found.add(closing)
    for paragraph in paragraphs:
        lines = [Span(*match.span()) for match in _LINE.finditer(text, paragraph.start, paragraph.end)]
        for piece in (paragraph, *lines):
            pair = [dashes for dashes in (_opening(text, piece), _closing(text, piece)) if dashes]
            # Where some are the template's, those beside other lines are too; elsewhere only a pair is.
            if (found or len(pair) > 1) and all(_has_text_beside(text, dashes) for dashes in pair):
                found.update(pair)
    return tuple(sorted(span for span in found if not code.overlap(span)))


def _opening(text: str, piece: Span) -> Span | None:
    match = _OPENING.match(text, piece.start, piece.end)
    if not match or _TABLE_RULE.fullmatch(text, piece.start, _line_end(text, piece.start)):
        return None
    return Span(*match.span(1))


def _closing(text: str, piece: Span) -> Span | None:
    end = piece.start + len(text[piece.start : piece.end].rstrip(" \t\n>"))
    if not text.endswith("---", piece.start, end) or text.endswith("----", piece.start, end):
        return None
    in_table = text[piece.start : end - 3].rstrip(" \t").endswith("|")
    return None if in_table else Span(end - 3, end)


def _has_text_beside(text: str, dashes: Span) -> bool:
    line = text[text.rfind("\n", 0, dashes.start) + 1 : _line_end(text, dashes.start)]
    return bool(line.strip("-> \t"))


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
