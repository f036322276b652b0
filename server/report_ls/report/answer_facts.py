"""What one answer holds, read from its own text: words, markers, dashes, images."""

from collections.abc import Collection, Iterator

from report_ls.base.cached import cached_property
from report_ls.base.memo import memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Span, Spans
from report_ls.report.dashes import find_dashes
from report_ls.report.fingerprints import fingerprint
from report_ls.report.form import Form
from report_ls.report.markdown import read_markdown
from report_ls.report.markers import marker_pattern, remains
from report_ls.report.pieces import Link, Markdown


class _AnswerTextFields(NamedTuple):
    """The fields of the text of an answer: a named tuple itself has no room for cached properties."""

    text: str
    """From the label's line to the answer's end."""
    start: int
    """Where in it the answer starts."""
    form: Form
    given: tuple[Span, ...] = ()
    """What in the answer is the form's, but no marker."""


class AnswerText(_AnswerTextFields):
    """What a text and a form say of one answer; offsets count from the answer's start."""

    @cached_property
    def answer(self) -> str:
        """The answer as it is written, with markers and everything."""
        return self.text[self.start :]

    @cached_property
    def markdown(self) -> Markdown:
        """Offsets here count from the start of `text`."""
        return read_markdown(self.text)

    @cached_property
    def markers(self) -> tuple[Span, ...]:
        """The markers and other fillers of the template."""
        markers = [Span(*match.span()) for match in marker_pattern(self.form.marker).finditer(self.answer)]
        return tuple(sorted(markers + list(self._fillers())))

    @cached_property
    def leftovers(self) -> tuple[Span, ...]:
        """The same with stray characters at their ends, and markers of which a piece was deleted.

        Pieces are words for the course's script, so they count as such.
        """
        pieces = list(remains(self.answer, self.form.marker))
        whole = Spans(tuple(pieces))
        return tuple(sorted(pieces + [marker for marker in self.markers if not whole.overlap(marker)]))

    def _fillers(self) -> Iterator[Span]:
        """Yield the fillers at the start or the end of the answer."""
        for filler in self.form.fillers:
            for span in _outer_words(self.answer, filler.words):
                if fingerprint(self.answer[span.start : span.end]) == filler.fingerprint:
                    yield span
                    break

    @cached_property
    def dashes(self) -> tuple[Span, ...]:
        """The template's dashes that were kept round the answer or pieces of it."""
        if "---" not in self.answer:
            return ()
        code = Spans(tuple(literal.span.shift(-self.start) for literal in self.markdown.literals))
        return find_dashes(_blank(self.answer, self.leftovers), code)

    @cached_property
    def student_text(self) -> str:
        """The answer with spaces in place of the template's signs."""
        return _blank(self.answer, self.markers + self.dashes + self.given)

    @cached_property
    def n_words(self) -> int:
        """How many words the student wrote: pieces between white space, as the script counts."""
        return len(self.student_text.split())

    @cached_property
    def counted(self) -> tuple[tuple[str, int], ...]:
        """What the script may read, with how many words it counts: all of it, or up to its first heading."""
        # With a second label it starts there.
        read = self.answer.rpartition("Answer:")[2].rjust(len(self.answer))
        return tuple((text, len(text.split())) for text in (read, read.partition("##")[0]))

    @cached_property
    def has_hash_signs(self) -> bool:
        """It has number signs at which the script may stop."""
        return "##" in self.answer

    @cached_property
    def images(self) -> tuple[Link, ...]:
        """The images a reader sees; offsets as in `markdown`, which most answers without any need not be read as."""
        return self.markdown.images if any(map(self.text.__contains__, _IMAGE_SIGNS)) else ()

    @cached_property
    def image_urls(self) -> tuple[str, ...]:
        """What the images show."""
        return tuple(image.url for image in self.images)

    @cached_property
    def n_images(self) -> int:
        """How many images a reader sees."""
        return len(self.images)

    @cached_property
    def is_empty(self) -> bool:
        """Nothing is there but markers, with code signs round them or not, dashes, quote signs and emphasis."""
        bare = _blank(self.answer, self.markers + self.leftovers + self.dashes + self.given)
        if _NO_SIGN.search(bare):
            return False  # Most: where a word is there, it is soon found.
        signs = ">*_`~<!-" if self.leftovers or self.given else ">*_"
        return all(word.strip(signs) in ("", "---") for word in bare.split())


@memoized_by_question
def read_answer(text: str, start: int, form: Form, given: tuple[Span, ...] = ()) -> AnswerText:
    """Return the facts of an answer that starts at `start` in a text, behind its label."""
    return AnswerText(text, start, form, given)


_NO_SIGN = regex(r"[^\s>*_`~<!-]")
_IMAGE_SIGNS = "![", "<"
"""Without one of these there is no image."""


def _outer_words(text: str, n_words: int) -> Iterator[Span]:
    """Yield the spans of the first `n_words` words of a text and of the last; nothing if it has fewer."""
    first, last = text.split(None, n_words), text.rsplit(None, n_words)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if len(first) == n_words:
        yield Span(start, end)
    elif len(first) > n_words:
        yield Span(start, len(text[: -len(first[-1])].rstrip()))
        yield Span(len(text) - len(text[len(last[0]) :].lstrip()), end)


def _blank(text: str, spans: Collection[Span]) -> str:
    """Return the text with a space for each character of the spans."""
    if not spans:
        return text
    pieces: list[str] = []
    done = 0
    for span in sorted(spans):
        pieces += text[done : span.start], " " * (span.end - max(span.start, done))
        done = max(done, span.end)
    return "".join(pieces) + text[done:]
