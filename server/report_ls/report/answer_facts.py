"""What one answer holds, read from its own text: words, markers, dashes, images.

`Form` is all that this needs to know of an edition: the texts that its template holds where an
answer belongs.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import frozen

from report_ls.base.memo import remembered
from report_ls.base.spans import Span, Spans
from report_ls.base.text import line_end
from report_ls.report.fingerprints import fingerprint
from report_ls.report.markdown import Link, Markdown, read_markdown


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


@frozen(eq=False, slots=False)
class Facts:
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
        """The answer as it stands, markers and all."""
        return self.text[self.start :]

    @cached_property
    def markdown(self) -> Markdown:
        """Offsets here count from the start of `text`."""
        return read_markdown(self.text)

    @cached_property
    def markers(self) -> tuple[Span, ...]:
        """The markers and other fillers of the template."""
        markers = [Span(*match.span()) for match in _marker_pattern(self.form.marker).finditer(self.answer)]
        return tuple(sorted(markers + list(self._fillers())))

    @cached_property
    def leftovers(self) -> tuple[Span, ...]:
        """The same, with what is written too much at their ends, and markers of which a piece was deleted.

        Pieces are words for the course's script, so they count as such.
        """
        pieces = list(_remains(self.answer, self.form.marker))
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
        return _dashes(_blank(self.answer, self.leftovers), code)

    @cached_property
    def bare(self) -> str:
        """The answer with spaces where the template's signs stand."""
        return _blank(self.answer, self.markers + self.dashes)

    @cached_property
    def n_words(self) -> int:
        """How many words the student wrote: pieces between white space, as the script counts."""
        return len(self.bare.split())

    @cached_property
    def counted(self) -> tuple[tuple[str, int], ...]:
        """What the script may read, with how many words it counts: all of it, or up to its first heading."""
        # With a second label it starts there.
        read = self.answer.rpartition("Answer:")[2].rjust(len(self.answer))
        return tuple((text, len(text.split())) for text in (read, read.partition("##")[0]))

    @cached_property
    def images(self) -> tuple[Link, ...]:
        """The images a reader sees; offsets as in `markdown`, which most answers without any need not be read as."""
        return self.markdown.images if any(sign in self.text for sign in _IMAGE_SIGNS) else ()

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
        signs = ">*_`~<!-" if self.leftovers else ">*_"
        bare = _blank(self.answer, self.markers + self.leftovers + self.dashes)
        return all(word.strip(signs) in ("", "---") for word in bare.split())


@remembered(400)
def read_answer(text: str, start: int, form: Form) -> Facts:
    """Return what is to be known of an answer that starts at `start` in a text, behind its label."""
    return Facts(text, start, form)


_IMAGE_SIGNS = "![", "<"
"""Without one of these there is no image."""


def _outer_words(text: str, n_words: int) -> Iterator[Span]:
    """Yield where the first so many words of a text stand, and the last; nothing if it has fewer."""
    first, last = text.split(None, n_words), text.rsplit(None, n_words)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if len(first) == n_words:
        yield Span(start, end)
    elif len(first) > n_words:
        yield Span(start, len(text[: -len(first[-1])].rstrip()))
        yield Span(len(text) - len(text[len(last[0]) :].lstrip()), end)


@remembered(2)
def _marker_pattern(marker: str) -> re.Pattern[str]:
    """Return a pattern for the marker of any question, loosely spaced."""
    # Only a whole number will do, so that however often a pack repeats it there is one way to read some digits.
    words = [re.escape(word).replace(re.escape("{number}"), r"\d{1,4}(?!\d)") for word in marker.split()]
    return re.compile(r"[ \t]*".join(words), re.IGNORECASE) if words else re.compile(r"(?!)")


_GAP = r"[ \t]*(?:\n[ \t>]*)?"
_MARKER = re.compile(r"(?P<opening>[^\w\s{]+)\s*(?P<words>[\w{].*[\w}])\s*(?P<closing>[^\w\s}]+)")


@frozen
class _Remains:
    """How to find a marker of which a piece was deleted."""

    word: str
    """Stands in each of them, in small letters: most texts do not hold it."""
    pattern: re.Pattern[str]
    opening: str
    """The first signs at the start of a whole marker."""
    closing: str


@remembered(2)
def _remains_of(marker: str) -> _Remains | None:
    """Return how to find the pieces of a marker; None of one without signs at both ends, or words behind its number."""
    parts = _MARKER.fullmatch(marker.strip())
    head, _, tail = parts["words"].partition("{number}") if parts else ("", "", "")
    words = tail.split()
    if not parts or len(words) <= 1 or "{number}" in tail:
        return None
    opening, closing = (_sign_class(parts[end]) for end in ("opening", "closing"))
    before = _GAP.join([*map(re.escape, head.split()), r"(?:\d+" + _GAP + ")?"])
    behind = _GAP.join(map(re.escape, words))
    # What a line may begin with is none of the signs that then follow: there must be one way to read a row of them.
    margin = "[ \t]*" if ">" in parts["closing"] else "[ \t>]*"
    pattern = (
        rf"(?:(?<!{opening})(?P<opening>{opening}+){_GAP})?(?<![^\W_])(?P<head>{before})?{behind}(?![^\W_])"
        rf"(?:(?:[ \t]*|[ \t]*\n{margin}(?={closing}+[ \t]*$))(?P<closing>{closing}+))?"
    )
    compiled = re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    return _Remains(words[0].lower(), compiled, parts["opening"][:2], parts["closing"][:2])


def _is_paragraph(text: str, start: int, end: int) -> bool:
    """Say whether no text stands on the lines beside some whole lines."""
    above, below = text[: max(start - 1, 0)].rpartition("\n")[2], text[end + 1 : line_end(text, end + 1)]
    return not above.strip("> \t") and not below.strip("> \t")


def _sign_class(signs: str) -> str:
    """Return a pattern for one of a marker's signs; what writes letters makes other dashes of some."""
    dashes = "\u2010-\u2015\u2212" if "-" in signs else ""
    return f"[{re.escape(''.join(dict.fromkeys(signs)))}{dashes}]"


_ROUND_MARKER = " \t>*_`"
_STOPS = ".,:;!?"


def _remains(text: str, marker: str) -> Iterator[Span]:
    """Yield the markers of a text, whole or not, with all their signs, where nothing else can be meant."""
    remains = _remains_of(marker)
    if not remains or remains.word not in text.lower():
        return
    for match in remains.pattern.finditer(text):
        start, end = match.span()
        line_start, after = text.rfind("\n", 0, start) + 1, line_end(text, end)
        is_first = not text[line_start:start].strip(_ROUND_MARKER + "-+")  # It may be an item.
        is_last = not text[end:after].strip(_ROUND_MARKER + _STOPS)
        is_alone = is_first and is_last
        is_opened = remains.opening in (match["opening"] or "")
        is_closed = remains.closing in (match["closing"] or "")
        if not match["head"]:
            is_certain = is_alone and bool(match["opening"] and match["closing"])
            if is_alone and (is_opened or is_closed):
                is_certain |= _is_paragraph(text, line_start, after)
        elif is_alone:
            # A single dash may be an item's.
            has_signs = match["closing"] or match["opening"] not in (None, "-")
            is_certain = bool(has_signs) or _is_paragraph(text, line_start, after)
        else:
            is_certain = (is_opened and (is_closed or is_first)) or (is_closed and is_last)
        if is_certain:
            stops = len(text[end:after]) - len(text[end:after].lstrip(_STOPS)) if is_alone else 0
            yield Span(start, end + stops)


def _blank(text: str, spans: Iterable[Span]) -> str:
    """Return the text with a space for each character of the spans."""
    pieces: list[str] = []
    done = 0
    for span in sorted(spans):
        pieces += text[done : span.start], " " * (span.end - max(span.start, done))
        done = max(done, span.end)
    return "".join(pieces) + text[done:]


# A line of nothing but quote signs parts them as a blank one does.
_PARAGRAPH = re.compile(r"^(?:[^\S\n]|>)*[^\s>][^\n]*(?:\n(?:[^\S\n]|>)*[^\s>][^\n]*)*", re.MULTILINE)
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
    if not match or _TABLE_RULE.fullmatch(text, piece.start, line_end(text, piece.start)):
        return None
    return Span(*match.span(1))


def _closing(text: str, piece: Span) -> Span | None:
    end = piece.start + len(text[piece.start : piece.end].rstrip(" \t\n>"))
    if not text.endswith("---", piece.start, end) or text.endswith("----", piece.start, end):
        return None
    in_table = text[piece.start : end - 3].rstrip(" \t").endswith("|")
    return None if in_table else Span(end - 3, end)


def _has_text_beside(text: str, dashes: Span) -> bool:
    line = text[text.rfind("\n", 0, dashes.start) + 1 : line_end(text, dashes.start)]
    return bool(line.strip("-> \t"))
