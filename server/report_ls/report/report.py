"""A report as its students see it: questions, each with its prompt and its answer.

Reading goes in two steps. `outline` finds the questions in any text and needs to know no course:
the edition is chosen by what it finds. `read_report` then reads the answers, with the `Form` of
that edition: the texts its template holds where an answer belongs. Neither ever fails.

A question is read from its own text alone, with places that count from its heading, and remembered
by that text: an edit reads one question again and not thirty-one, wherever the others move to.
"""

from bisect import bisect_right
from collections import Counter

from report_ls.base.cached import cached_property
from report_ls.base.memo import LONGEST_MEMOIZED_CHARACTERS, make_room, memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.report.answer import Answer
from report_ls.report.answer_facts import AnswerText, read_answer
from report_ls.report.fingerprints import fingerprint
from report_ls.report.form import Form
from report_ls.report.outline import Outline, outline
from report_ls.report.pieces import LiteralSpan
from report_ls.report.question_outline import Label, Prompt, QuestionOutline, Section


class Question:
    """One question of the report; places are offsets into the whole text."""

    start: int
    """Where its heading starts."""
    answer: Answer
    """The text below the label."""

    def __init__(self, reading: "_Reading", start: int) -> None:
        self._reading = reading
        """What its text alone says."""
        self.start = start
        self.answer = Answer(reading.facts, start + reading.base)

    @property
    def text(self) -> str:
        """All of it, from the heading's number signs to the end."""
        return self._reading.part.text

    @property
    def number(self) -> int:
        """The number in its heading."""
        return self._reading.part.number

    @property
    def title(self) -> str:
        """What its heading says where that opens the question; empty of `Question n`."""
        return self._reading.part.title

    @property
    def name(self) -> str:
        """What people call it: `Q14`, or its title where that opens it."""
        return self._reading.part.name

    @property
    def heading(self) -> Span:
        """The heading, from its number signs on."""
        return self._reading.part.heading.shift(self.start)

    @property
    def level(self) -> int:
        """How many number signs the heading has."""
        return self._reading.part.level

    @property
    def prompt(self) -> Span:
        """What is asked, from the heading's end to the label's line."""
        return self._reading.part.prompt.shift(self.start)

    @property
    def prompt_text(self) -> str:
        """The prompt as it is written."""
        return self._reading.part.prompt_text

    @property
    def asked(self) -> Prompt:
        """The prompt with its number."""
        return self._reading.part.asked

    @property
    def n_labels(self) -> int:
        """How often it has the word of a label."""
        return self._reading.part.n_labels

    @property
    def label(self) -> Label | None:
        """The line `> Answer:`."""
        label = self._reading.part.label
        return label and label.shift(self.start)

    @property
    def has_exact_label(self) -> bool:
        """It has a label, which the script finds."""
        label = self._reading.part.label
        return label is not None and label.exact

    @property
    def is_last(self) -> bool:
        """Its answer runs to the end of the text."""
        return self._reading.is_last

    @property
    def below(self) -> str:
        """The text below the prompt, with spaces made equal and without the question's own number."""
        return self._reading.below

    @property
    def letters_below(self) -> tuple[int, int]:
        """How often the text below the prompt has two common letters."""
        return self._reading.letters_below

    @property
    def end(self) -> int:
        """Where the next question's heading starts, or the end of the text."""
        return self.start + len(self.text)

    @property
    def anchor(self) -> Span:
        """The place for what concerns the whole answer: its label, else its heading."""
        label = self.label
        return label.span if label else self.heading

    def alone(self, text: str) -> "Report":
        """Return the report of a text that begins with this question and holds no other one."""
        return Report(SourceText(text), (Question(self._reading, 0),), (self.asked,), ())


class _ReportFields(NamedTuple):
    """The fields of a report: a named tuple itself has no room for cached properties."""

    source: SourceText
    questions: tuple[Question, ...]
    prompts: tuple[Prompt, ...]
    """One for each question."""
    sections: tuple[Section, ...]


class Report(_ReportFields):
    """All questions of a text, in its order."""

    @cached_property
    def with_images(self) -> tuple[Question, ...]:
        """The questions whose answers show any image: few do."""
        return tuple(question for question in self.questions if question.answer.n_images)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the questions."""
        return tuple(prompt.number for prompt in self.prompts)

    @property
    def last(self) -> Question | None:
        """The question whose answer runs to the end of the text."""
        return self.questions[-1] if self.questions else None

    @cached_property
    def untouched(self) -> frozenset[int]:
        """The starts of questions with the same text below them as another one has: that text is still the form's.

        The pack need not know such a form: its label and its marker may be others.
        """
        # To compare texts whole takes many times as long, and most have other numbers of letters than all others.
        n_similar = Counter(question.letters_below for question in self.questions)
        similar = [question for question in self.questions if n_similar[question.letters_below] > 1]
        n_alike = Counter(question.below for question in similar)
        return frozenset(question.start for question in similar if n_alike[question.below] > 1)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(question.start for question in self.questions)

    def question_at(self, offset: int) -> Question | None:
        """Return the question that holds an offset; None above the first."""
        n_before = bisect_right(self._starts, offset)
        return self.questions[n_before - 1] if n_before else None

    @property
    def pieces(self) -> list[tuple[int, str]]:
        """The text above the questions, and each question: its start and its text."""
        head = self.source.plain[: self.questions[0].start if self.questions else None]
        return [(0, head), *[(question.start, question.text) for question in self.questions]]

    @property
    def literals(self) -> tuple[LiteralSpan, ...]:
        """The code, comments and HTML of all answers."""
        return tuple(literal for question in self.questions for literal in question.answer.literals)


class _ReadingFields(NamedTuple):
    """The fields of a reading: a named tuple itself has no room for cached properties."""

    part: QuestionOutline
    base: int
    """The start of the text from which the places in its answer count."""
    facts: AnswerText
    section: Section | None
    """The section of the template that opens below it."""
    is_last: bool
    """Its answer runs to the end of the text."""


class _Reading(_ReadingFields):
    """One question as its text alone is read; places count from its heading."""

    @cached_property
    def below(self) -> str:
        """The text below the prompt, with spaces made equal and without the question's own number."""
        own = str(self.part.number)
        return _NUMBER.sub(lambda number: "" if number[0] == own else number[0], " ".join(self._below.split()))

    @cached_property
    def letters_below(self) -> tuple[int, int]:
        """How often that text has two common letters: neither spaces nor numbers change that."""
        below = self._below
        return below.count("e"), below.count("a")

    @property
    def _below(self) -> str:
        return self.part.text[self.part.prompt.end : self.base + len(self.facts.text)]


# One pattern for all: to make another for each number takes longer than a whole keystroke may.
_NUMBER = regex(r"\b[0-9]+\b")


def read_report(source: SourceText, form: Form, outlined: Outline | None = None) -> Report:
    """Read the answers of a text, whose outline may be known."""
    found = outline(source.plain, form.opening) if form.opening else outlined or outline(source.plain)
    if found.said and found.said.marker:
        form = form._replace(marker=found.said.marker)
    make_room(len(found.questions), sum([len(part.text) > LONGEST_MEMOIZED_CHARACTERS for part in found.questions]))
    last = len(found.questions) - 1
    readings = [_read_question(part, form, index == last) for index, part in enumerate(found.questions)]
    sections = [found.first_section] if found.first_section else []
    for reading, start in zip(readings, found.starts, strict=True):
        if reading.section:
            sections.append(reading.section.shift(start))
    return Report(source, tuple(map(Question, readings, found.starts)), found.prompts, tuple(sections))


@memoized_by_question
def _read_question(part: QuestionOutline, form: Form, is_last: bool) -> _Reading:  # noqa: FBT001 - a key is quickest so
    text = part.text
    start, end, section = part.label.span.end if part.label else part.prompt.end, len(text), part.section
    opens_another = not is_last and section and (section.bare or fingerprint(section.title) in form.sections)
    if section and (part.title or opens_another):
        end = text.rfind("\n", 0, section.span.start) + 1
    else:
        section = None
    base = _parsed_from(text, part.label.span.start) if part.label else start
    given = tuple([span.shift(-start) for span in part.given])
    if part.title:
        from report_ls.report.topics import empty_items  # noqa: PLC0415 - most forms have no titles

        given = tuple(sorted((*given, *empty_items(text[start:end], given))))
    return _Reading(part, base, read_answer(text[base:end], start - base, form, given), section, is_last)


def _parsed_from(text: str, label: int) -> int:
    """Return the start of the label's line, because text right below a label belongs to its quote.

    Where the prompt is on that line too, it is the label's own quote sign.
    """
    line_start = text.rfind("\n", 0, label) + 1
    return max(line_start, text.rfind(">", line_start, label))
