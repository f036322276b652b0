"""One answer, with places that count in the whole report."""

from typing import TypeVar

from report_ls.base.spans import Span
from report_ls.report.answer_facts import AnswerText
from report_ls.report.pieces import Link, LiteralSpan, Unclosed

_T = TypeVar("_T", Span, Link, LiteralSpan)


def _shift(items: tuple[_T, ...], by: int) -> tuple[_T, ...]:
    return tuple(item.shift(by) for item in items) if items else ()


class Answer:
    """The text below a label; places are offsets into the whole text."""

    label_line_start: int
    """Where `text_with_label` starts."""

    def __init__(self, facts: AnswerText, label_line_start: int) -> None:
        self._facts = facts
        self.label_line_start = label_line_start

    @property
    def span(self) -> Span:
        """All of it, from the label's colon to the next heading of the template."""
        return Span(self.label_line_start + self._facts.start, self.label_line_start + len(self._facts.text))

    @property
    def text(self) -> str:
        """The answer as it is written, with markers and everything."""
        return self._facts.answer

    @property
    def n_words(self) -> int:
        """How many words the student wrote: pieces between white space, as the script counts."""
        return self._facts.n_words

    @property
    def counted(self) -> tuple[tuple[str, int], ...]:
        """What the script may read, with how many words it counts: all of it, or up to its first heading."""
        return self._facts.counted

    @property
    def has_hash_signs(self) -> bool:
        """It has number signs at which the script may stop."""
        return self._facts.has_hash_signs

    @property
    def is_empty(self) -> bool:
        """Nothing is there but markers, with code signs round them or not, dashes, quote signs and emphasis."""
        return self._facts.is_empty

    @property
    def markers(self) -> tuple[Span, ...]:
        """The markers and other fillers of the template."""
        return _shift(self._facts.markers, self.span.start)

    @property
    def leftovers(self) -> tuple[Span, ...]:
        """The same with all their signs, and markers of which a piece was deleted."""
        return _shift(self._facts.leftovers, self.span.start)

    @property
    def dashes(self) -> tuple[Span, ...]:
        """The template's dashes that were kept round the answer or pieces of it."""
        return _shift(self._facts.dashes, self.span.start)

    @property
    def images(self) -> tuple[Link, ...]:
        """The images a reader sees, on a CommonMark page or on the hand-in page."""
        return _shift(self._facts.images, self.label_line_start)

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
        return _shift(self._facts.markdown.links, self.label_line_start)

    @property
    def text_with_label(self) -> str:
        """The text from the label's line on: the text right under a label belongs to its quote."""
        return self._facts.text

    @property
    def literals(self) -> tuple[LiteralSpan, ...]:
        """The code, comments and HTML."""
        return _shift(self._facts.markdown.literals, self.label_line_start)

    @property
    def unclosed(self) -> Unclosed | None:
        """What is open at the end."""
        unclosed = self._facts.markdown.unclosed
        return unclosed and unclosed.shift(self.label_line_start)

    @property
    def student_text(self) -> str:
        """The answer, with spaces in place of the template's markers and dashes."""
        return self._facts.student_text

    @property
    def student_span(self) -> Span:
        """The span of that text, from its first word to its last."""
        text = self.student_text
        return Span(len(text) - len(text.lstrip()), len(text.rstrip())).shift(self.span.start)

    def word_span(self, index: int) -> Span:
        """Return the span of one of the student's words, by its index from zero."""
        text = self._facts.student_text
        # `split` cuts off that many words and leaves the rest unchanged.
        rest = text.split(None, index)[index]
        start = len(text) - len(rest)
        return Span(start, start + len(rest.split(None, 1)[0])).shift(self.span.start)
