"""One question of a text: its heading, its prompt, its label, and the section that opens below it.

Places count from its heading, so they are the same wherever the question is.
"""

import re
from collections.abc import Iterator

from report_ls.base.cached import cached_property
from report_ls.base.memo import memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.readable import readable
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.base.text import line_end


class Label(NamedTuple):
    """The line `> Answer:` of a question, or what another form has there, such as `**Your answer**`."""

    span: Span
    """The words and their colon."""
    exact: bool
    """Whether the script finds it: it looks for `Answer:` and nothing else."""

    def shift(self, offset: int) -> "Label":
        """Return the same, `offset` code points further on."""
        return Label(self.span.shift(offset), self.exact)


class Section(NamedTuple):
    """A heading that may open a section of the template: of level 2, or of the level above the questions'."""

    span: Span
    title: str
    bare: bool
    """Nothing but a quote is between it and the next question."""

    def shift(self, offset: int) -> "Section":
        """Return the same, `offset` code points further on."""
        return Section(self.span.shift(offset), self.title, self.bare)


class Prompt(NamedTuple):
    """What is asked, and under which number; a tuple, because each keystroke compares all of them."""

    number: int
    text: str
    """The prompt as it is written."""
    text_above_label: str
    """The prompt, with the text on the label's line."""
    title: str = ""
    """That of a heading which is part of the prompt, as it opens the question without the word."""


MAX_NAME_CHARACTERS = 40
"""Characters of its title by which people are told of a question."""


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
    """Its last heading that may open the next section: it does if the form knows it and a question follows.

    In a question that its title opens, the heading that ends it.
    """
    title: str
    """What its heading says where that opens the question; empty of `Question n`."""
    given: tuple[Span, ...]
    """What below the prompt is the form's, and no part of the answer."""

    # No named tuple: it is as long as its text, and equal to itself alone, so that each keystroke finds it quickly.
    def __init__(  # noqa: PLR0913, PLR0917 - all parts of a question
        self,
        text: str,
        number: int,
        heading: Span,
        level: int,
        has_form: bool,  # noqa: FBT001 - one part of many
        prompt: Span,
        label: Label | None,
        section: Section | None,
        title: str = "",
        given: tuple[Span, ...] = (),
    ) -> None:
        self.text = text
        self.number = number
        self.heading = heading
        self.level = level
        self.has_form = has_form
        self.prompt = prompt
        self.label = label
        self.section = section
        self.title = title
        self.given = given

    def __len__(self) -> int:
        """Return how many characters it has."""
        return len(self.text)

    @cached_property
    def name(self) -> str:
        """What people call it: `Q14`, or the beginning of its title where that opens it."""
        title = readable(self.title)
        if len(title) > MAX_NAME_CHARACTERS:
            return f"{title[:MAX_NAME_CHARACTERS].rstrip()}..."
        return title or f"Q{self.number}"

    @cached_property
    def n_labels(self) -> int:
        """How often it has the word of a label."""
        return self.text.count("Answer:")

    @cached_property
    def prompt_text(self) -> str:
        """The prompt as it is written."""
        return self.text[self.prompt.start : self.prompt.end]

    @cached_property
    def prompt_on_label_line(self) -> str:
        """The text before the label on its line, without signs: part of the prompt where a formatter joined them."""
        return self.text[self.prompt.end : self.label.span.start].strip("> \t*_") if self.label else ""

    @property
    def is_label_quoted(self) -> bool:
        """The label belongs to the quote of the prompt, or there is no label outside of the quote."""
        if self.label is None or not self.label.exact:
            return True
        return (
            self.text[self.text.rfind("\n", 0, self.label.span.start) + 1 : self.label.span.start].lstrip()[:1] == ">"
        )

    @cached_property
    def placed(self) -> str:
        """The text in the answer's place, if it can be a marker; empty if it is longer than any marker."""
        start = self.label.span.end if self.label else self.prompt.end
        text = self.text[start : self.section.span.start if self.section else None].strip()
        if len(text) > _MAX_MARKER_CHARACTERS or "\n" in text or len(text.split()) > _MAX_MARKER_WORDS:
            return ""
        own = str(self.number)
        return _DIGITS.sub(lambda digits: "{number}" if digits[0] == own else digits[0], " ".join(text.split()))

    @cached_property
    def asked(self) -> Prompt:
        """The prompt with its number."""
        above_label = self.prompt_text
        if self.label and self.prompt_on_label_line:
            above_label = self.text[self.prompt.start : self.label.span.start]
        if self.title:
            return Prompt(self.number, f"{self.title}\n\n{prompt_of(self.prompt_text)}", above_label, self.title)
        return Prompt(self.number, self.prompt_text, above_label)


def prompt_of(text: str) -> str:
    """Return a prompt that is no quote without the signs round it, which would hide where its sentences begin."""
    return _ROUND_PROMPT.sub("", text)


_ROUND_PROMPT = regex(r"<!--|-->|^[ \t]*\[|\][ \t]*$", re.MULTILINE)
_DIGITS = regex(r"[0-9]+")
_MAX_MARKER_WORDS = 12
_MAX_MARKER_CHARACTERS = 200

HEADING = regex(r"^ {0,3}#{1,6}(?!#)", re.MULTILINE)
_TITLED = regex(r" {0,3}(#{1,6})(?!#)[ \t]*(.*)")
NUMBERED = regex(r"uestion[ \t]+([0-9]{1,4})(?!\.?\d)")
_QUOTE_BELOW = regex(r"\s*\n[ \t]*>")
_PROMPT = regex(r"\s*?(?:^[ \t]*>.*(?:\n|\Z))+", re.MULTILINE)
# With a small letter "your answer" is prose, where a line of a prompt may begin with it.
_ALTERED_LABEL = regex(
    r"^[ \t]*(?:>[ \t>]*[*_]*((?:(?-i:Y)our[ \t]+)?answers?|anwser|asnwer)[*_ \t]*(?:[:;.：][*_]*[ \t]*|$)"
    r"|[*_]*((?:(?-i:Y)our[ \t]+)?answers?)[*_ \t]*(?:[:;：][*_]*|$))",
    re.MULTILINE | re.IGNORECASE,
)


@memoized_by_question
def outline_question(text: str, number: int | None = None) -> QuestionOutline:
    """Find the parts of one question in its text, which begins with the number signs of its heading.

    Its number is behind the word in its heading, unless it is said.
    """
    heading = text.partition("\n")[0].rstrip()
    if number is None:
        numbered = NUMBERED.search(heading)
        number = int(numbered[1]) if numbered else 0
    level = len(heading) - len(heading.lstrip("#"))
    prompt_end, label = prompt_and_label(text, len(heading))
    return QuestionOutline(
        text,
        number,
        Span(0, len(heading)),
        level,
        _has_form(text, len(heading)),
        Span(len(heading), prompt_end),
        label,
        last_section(text, level, label.span.end if label else prompt_end),
    )


def _has_form(text: str, start: int) -> bool:
    """Say whether a quote or a label follows a heading, before the next one."""
    if _QUOTE_BELOW.match(text, start):
        return True
    following = HEADING.search(text, start)
    return next(_labels(text, start, following.start() if following else len(text)), None) is not None


def _labels(text: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    """Yield where `Answer:` or `Your Answer:` starts a line, and whether behind a quote sign.

    Prettier joins the lines of a prompt, so it may also follow a quote sign within a line.
    """
    place = text.find("Answer:", start, end)
    while place >= 0:
        line_start = text.rfind("\n", 0, place) + 1
        label_start = place
        before = text[line_start:place].rstrip(" \t")
        if before.endswith("Your"):
            before = before.removesuffix("Your")
            label_start = line_start + len(before)
        before = before.rstrip("*_ \t")
        is_quoted = before.endswith(">") and before.lstrip().startswith(">")
        if is_quoted or not before:
            yield Span(label_start, place + len("Answer:")), is_quoted
        place = text.find("Answer:", line_end(text, place), end)


def prompt_and_label(text: str, start: int) -> tuple[int, Label | None]:
    """Return where the prompt that starts below a heading ends, and the label below it."""
    quote = _PROMPT.match(text, start)
    prompt_end = quote.end() if quote else start
    for span, is_quoted in _labels(text, start, len(text)):
        # Outside the quote it is a label only where the answer could begin.
        if is_quoted or not quote or span.start <= _end(_EMPHASIS, text, _end(_BLANK, text, prompt_end)):
            return max(start, text.rfind("\n", 0, span.start) + 1), Label(span, exact=True)
    blank_end = _end(_BLANK, text, prompt_end)
    for match in _ALTERED_LABEL.finditer(text, start):
        if match.end() <= prompt_end or match.start() <= blank_end:
            label = Span(match.start(1) if match[1] else match.start(2), match.start() + len(match[0].rstrip()))
            return max(start, text.rfind("\n", 0, label.start) + 1), Label(label, exact=False)
    return prompt_end, None


_BLANK = regex(r"\s*")
_EMPHASIS = regex(r"[*_ \t]*")


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Return where a pattern that matches everywhere ends."""
    match = pattern.match(text, start)
    return match.end() if match else start


def last_section(text: str, level: int, start: int = 0) -> Section | None:
    """Return the last heading from an offset on that may open a section of questions of some level, if there is one."""
    place = text.rfind("#", start)
    while place >= 0:
        line_start = text.rfind("\n", 0, place) + 1
        last = _TITLED.match(text, line_start)
        if last and line_start >= start and len(last[1]) in (len("##"), max(level - 1, 1)):
            return _section(text, last)
        place = text.rfind("#", start, line_start)
    return None


def _section(text: str, heading: re.Match[str]) -> Section:
    """Return the section that a heading opens, if it opens one."""
    between = text[heading.end() :].split("\n")
    bare = all(not line.strip() or line.lstrip().startswith(">") for line in between)
    span = Span(heading.start(1), heading.start() + len(heading[0].rstrip()))
    return Section(span, heading[2].strip().rstrip("#").rstrip(), bare)
