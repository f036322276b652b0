"""A report as its students see it: questions, prompts, labels and answers.

Reading goes in two steps. `outline` finds the questions in any text and needs to know no course:
the edition is chosen by what it finds. `read_report` then reads the answers, with the `Form` of
that edition: the texts its template holds where an answer belongs. Neither ever fails.

Every place is an offset into the text; what stands in one answer is read from that answer's text
alone and remembered by it, so that an edit reads one answer again and not thirty-one.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TypeVar

from attrs import frozen

from report_ls.markdown import Link, LiteralSpan, Markdown, Unclosed, read_markdown
from report_ls.text import SourceText, Span


@frozen
class Filler:
    """A text, other than the marker, that a template held in an answer's place."""

    words: int
    fingerprint: str


@frozen
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


@frozen
class QuestionOutline:
    """Where the parts of one question stand."""

    number: int
    heading: Span
    level: int
    """How many number signs the heading has."""
    prompt: Span
    prompt_text: str
    label: Label | None
    end: int
    """Where the next question's heading starts, or the end of the text."""
    next_section: Section | None
    """The last level-2 heading before the end: the next section's, if the form knows it."""

    @property
    def answer_start(self) -> int:
        """Where the answer starts: right after the label, else after the prompt."""
        return self.label.span.end if self.label else self.prompt.end


@frozen
class Outline:
    """The questions of a text, and the section that opens before the first of them."""

    questions: tuple[QuestionOutline, ...]
    first_section: Section | None


_HEADING = re.compile(r"^ {0,3}#{1,6}(?!#)", re.MULTILINE)
_LEVEL_2 = re.compile(r"^ {0,3}(##)(?!#)[ \t]*(.*)$", re.MULTILINE)
# Searched for by its middle: a pattern that begins with plain letters is found ten times as fast.
_QUESTION = re.compile(r"uestion[ \t]+(\d{1,4})(?!\.?\d).*")
_BEFORE_QUESTION = re.compile(r" {0,3}(#{1,6})[ \t]*[Qq]")
_QUESTION_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]*[Qq]uestion[ \t]+\d", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_PROMPT = re.compile(r"\s*?(?:^[ \t]*>.*(?:\n|\Z))+", re.MULTILINE)
_ALTERED_LABEL = re.compile(
    r"^[ \t]*(?:>[ \t>]*[*_]*(answers?|anwser|asnwer)[*_ \t]*(?:[:;.：][*_]*[ \t]*|$)|[*_]*(answers?)[*_ \t]*[:;：])",
    re.MULTILINE | re.IGNORECASE,
)


@lru_cache(maxsize=8)
def outline(text: str) -> Outline:
    r"""Find the questions of a text whose only line end is ``\n``.

    A question of the template is a heading `Question n`, with anything behind the number, that a
    quote or a label follows before the next heading, or else one that carries the next number:
    a heading of that kind inside an answer is the student's own.
    """
    headings: list[tuple[int, Span, int]] = []
    for match in _QUESTION.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        signs = _BEFORE_QUESTION.fullmatch(text, line_start, match.start())
        if signs is None:
            continue
        number, heading = int(match[1]), Span(signs.start(1), match.start() + len(match[0].rstrip()))
        expected, start = (headings[-1][0] + 1, headings[-1][1].end) if headings else (1, 0)
        if _has_form(text, match.end()) or (number == expected and not _in_fence(text, start, line_start)):
            headings.append((number, heading, len(signs[1])))
    starts = [text.rfind("\n", 0, heading.start) + 1 for _, heading, _ in headings] + [len(text)]
    questions = []
    for (number, heading, level), end in zip(headings, starts[1:], strict=True):
        block = _read_block(text[heading.end : end])
        section = block.next_section if end < len(text) else None
        questions.append(
            QuestionOutline(
                number,
                heading,
                level,
                Span(heading.end, heading.end + block.prompt_end),
                text[heading.end : heading.end + block.prompt_end],
                block.label and block.label.shift(heading.end),
                end,
                section and section.shift(heading.end),
            )
        )
    return Outline(tuple(questions), _last_section(text[: headings[0][1].start] if headings else ""))


def _has_form(text: str, start: int) -> bool:
    """Say whether a quote or a label follows a heading, before the next one."""
    if _PROMPT.match(text, start):
        return True
    following = _HEADING.search(text, start)
    return next(_labels(text, start, following.start() if following else len(text)), None) is not None


def _in_fence(text: str, start: int, at: int) -> bool:
    """Say whether `at` stands in a fence that was opened after `start` and is closed again."""
    n_before = len(_FENCE.findall(text, start, at))
    following = _QUESTION_HEADING.search(text, _line_end(text, at))
    return n_before % 2 == 1 and bool(_FENCE.search(text, at, following.start() if following else len(text)))


@frozen
class _Block:
    """What stands below a question's heading; offsets count from there."""

    prompt_end: int
    label: Label | None
    next_section: Section | None


@lru_cache(maxsize=4096)
def _read_block(text: str) -> _Block:
    prompt_end, label = _prompt_and_label(text)
    return _Block(prompt_end, label, _last_section(text, label.span.end if label else prompt_end))


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


def _prompt_and_label(text: str) -> tuple[int, Label | None]:
    """Return where the prompt of a block ends, and the label below it."""
    quote = _PROMPT.match(text)
    prompt_end = quote.end() if quote else 0
    for place, is_quoted in _labels(text, 0, len(text)):
        # Outside the quote it is a label only where the answer could begin.
        if is_quoted or not quote or not text[prompt_end:place].rstrip("*_ \t").strip():
            return text.rfind("\n", 0, place) + 1, Label(Span(place, place + len("Answer:")), exact=True)
    for match in _ALTERED_LABEL.finditer(text):
        if match.end() <= prompt_end or not text[prompt_end : match.start()].strip():
            label = Span(match.start(1) if match[1] else match.start(2), match.start() + len(match[0].rstrip()))
            return text.rfind("\n", 0, label.start) + 1, Label(label, exact=False)
    return prompt_end, None


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


@lru_cache(maxsize=1024)
def fingerprint(text: str) -> str:
    """Return twelve hexadecimal digits that stand for the words of a text, whatever their case.

    Punctuation does not count, so neither emphasis nor quote signs do, nor how a formatter breaks
    the lines.
    """
    words = " ".join(_WORD.findall(text.lower()))
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:12]


@lru_cache(maxsize=1024)
def prompt_fingerprint(prompt: str) -> str:
    """Return the fingerprint of what a prompt asks, without its limit line, example and targets."""
    end = _PROMPT_END.search(prompt)
    asked = prompt[: end.start()] if end else prompt
    return fingerprint(_TARGET.sub("]", asked))


@frozen
class Answer:
    """What stands below a label; places are offsets into the whole text."""

    span: Span
    text: str
    """The answer as it stands, markers and all."""
    n_words: int
    """How many words the student wrote: pieces between white space, as the script counts."""
    is_empty: bool
    """Nothing is there but markers, with code signs round them or not, dashes, quote signs and emphasis."""
    markers: tuple[Span, ...]
    """The markers and other fillers of the template."""
    dashes: tuple[Span, ...]
    """The template's dashes that were kept round the answer or pieces of it."""
    images: tuple[Link, ...]
    """The images a reader sees, on a CommonMark page or on the hand-in page."""
    links: tuple[Link, ...]
    literals: tuple[LiteralSpan, ...]
    """The code, comments and HTML."""
    unclosed: Unclosed | None
    """What is open at the end."""
    _facts: "_Facts"

    def word_span(self, index: int) -> Span:
        """Return where a word of the student's stands, counted from zero."""
        return self._facts.word_spans[index].shift(self.span.start)


@frozen
class Question:
    """One question of the report."""

    number: int
    heading: Span
    level: int
    prompt: Span
    prompt_text: str
    label: Label | None
    answer: Answer
    end: int

    @property
    def anchor(self) -> Span:
        """The place for what concerns the whole answer: its label, else its heading."""
        return self.label.span if self.label else self.heading


@frozen
class Report:
    """All questions of a text, in its order."""

    source: SourceText
    questions: tuple[Question, ...]
    sections: tuple[Section, ...]

    @property
    def last(self) -> Question | None:
        """The question whose answer runs to the end of the text."""
        return self.questions[-1] if self.questions else None


def read_report(source: SourceText, form: Form) -> Report:
    """Read the answers of a text."""
    text = source.plain
    found = outline(text)
    questions = []
    sections = [found.first_section]
    for part in found.questions:
        start, end = part.answer_start, part.end
        section = part.next_section
        if section and (section.bare or fingerprint(section.title) in form.sections):
            end = text.rfind("\n", 0, section.span.start) + 1
            sections.append(section)
        base = _parsed_from(text, part.label) if part.label else start
        facts = _read_answer(text[base:end], start - base, form)
        answer = _answer(Span(start, end), facts, base)
        questions.append(
            Question(part.number, part.heading, part.level, part.prompt, part.prompt_text, part.label, answer, part.end)
        )
    return Report(source, tuple(questions), tuple(section for section in sections if section))


def _parsed_from(text: str, label: Label) -> int:
    """Return the start of the label's line, because text right below a label belongs to its quote.

    Where the prompt stands on that line too, it is the label's own quote sign.
    """
    line_start = text.rfind("\n", 0, label.span.start) + 1
    return max(line_start, text.rfind(">", line_start, label.span.start))


_T = TypeVar("_T", Span, Link, LiteralSpan)


def _shift(items: tuple[_T, ...], by: int) -> tuple[_T, ...]:
    return tuple(item.shift(by) for item in items) if items else ()


def _answer(span: Span, facts: "_Facts", base: int) -> Answer:
    """Put the facts of an answer to their place; Markdown's places count from `base`."""
    markdown = facts.markdown
    return Answer(
        span,
        facts.answer,
        facts.n_words,
        facts.is_empty,
        _shift(facts.markers, span.start),
        _shift(facts.dashes, span.start),
        _shift(markdown.images, base),
        _shift(markdown.links, base),
        _shift(markdown.literals, base),
        markdown.unclosed and markdown.unclosed.shift(base),
        facts,
    )


@frozen(eq=False, slots=False)
class _Facts:
    """What a text and a form say of one answer; offsets count from the answer's start."""

    text: str
    """From the label's line to the answer's end."""
    start: int
    """Where in it the answer starts."""
    form: Form

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
        code = [literal.span.shift(-self.start) for literal in self.markdown.literals]
        return _dashes(_blank(self.answer, self.markers), code)

    @cached_property
    def bare(self) -> str:
        """The answer with spaces where the template's signs stand."""
        return _blank(self.answer, self.markers + self.dashes)

    @cached_property
    def n_words(self) -> int:
        return len(self.bare.split())

    @cached_property
    def is_empty(self) -> bool:
        signs = ">*_`~" if self.markers else ">*_"
        return all(word.strip(signs) in ("", "---") for word in self.bare.split())

    @cached_property
    def word_spans(self) -> tuple[Span, ...]:
        return tuple(Span(*match.span()) for match in re.finditer(r"\S+", self.bare))


@lru_cache(maxsize=4096)
def _read_answer(text: str, start: int, form: Form) -> _Facts:
    return _Facts(text, start, form)


@lru_cache(maxsize=8)
def _marker_pattern(marker: str) -> re.Pattern[str]:
    """Return a pattern for the marker of any question, loosely spaced."""
    words = [r"\d+" if word == "{number}" else re.escape(word) for word in marker.split()]
    return re.compile(r"[ \t]*".join(words), re.IGNORECASE) if words else re.compile(r"(?!)")


def _blank(text: str, spans: Iterable[Span]) -> str:
    """Return the text with a space for each character of the spans."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
# Neither longer, nor in a table, nor the first line of a difference.
_OPENING = re.compile(r"[ \t>]*(---)(?!-|[ \t]*\||.*\n[ \t>]*\+\+\+)")
_TABLE_RULE = re.compile(r"[-|:\s>]*\|[-|:\s>]*")


def _dashes(text: str, code: list[Span]) -> tuple[Span, ...]:
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
    return tuple(sorted(span for span in found if not any(span.overlaps(literal) for literal in code)))


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
