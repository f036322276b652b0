"""Python-Markdown, with which the course makes the page that is handed in: the only module that knows it.

What becomes of the lines and the HTML of a text is not told by our own rules, but by Python-Markdown
itself: they are given marks, and where the marks come out tells it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from html import escape
from itertools import accumulate, pairwise, repeat
from threading import local
from typing import TYPE_CHECKING

from report_ls.base.memo import memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import markdown


MARK = 0xF0000
"""The first of the private characters that mark lines."""
_PRIVATE = regex("[\U000f0000-\U0010ffff]")

MAX_ANSWER_CHARACTERS = 10_000
"""Python-Markdown takes quadratic time for some texts. The longest answer ever seen had a third of this."""


def make_page(text: str, cut: int) -> str | None:
    """Return the body of the page of a report, as the course makes it; None if it is nested too deep to be made.

    It holds whatever HTML the report holds.
    """
    # The course opens the file with universal newlines, so a CRLF is one character of those that are cut.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return _maker().convert(text[cut:])
    except RecursionError:
        del _OF_THREAD.maker
        return None


def make_marked_page(text: str, cut: int) -> tuple[str, Collection[int]] | None:
    """Return the same page with a character behind each line that can carry one, and which lines do.

    It is `MARK` and the line's number. Without these it is the same page: where they would change it, only headings
    carry one, or no line.
    """
    text = _PRIVATE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    page = make_page(text, cut)
    if page is None:
        return None
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    tags = [match.span() for match in _LONG_TAG.finditer(text)]
    may_carry = {
        number
        for number, (line, start) in enumerate(zip(lines, starts, strict=False))
        if start >= cut
        and is_markable(line)
        and not _OPEN_EMPHASIS.search(line)
        and not any(first < start + len(line) < end for first, end in tags)
    }
    for carrying in (may_carry, {number for number in may_carry if lines[number].lstrip().startswith("#")}):
        marked = make_page("\n".join(map(_marked, lines, range(len(lines)), repeat(carrying))), cut)
        if marked is not None and page == _PRIVATE.sub("", marked):
            return marked, carrying
    return page, ()


_LONG_TAG = regex(r"<[a-zA-Z/][^<>]*\n[^<>]*>")
_OPEN_EMPHASIS = regex(r"\s[*_]+\s*$")
"""What Python-Markdown before 3.11 takes for the start of emphasis only if a character follows."""


def _marked(line: str, number: int, carrying: Collection[int]) -> str:
    end = len(line.rstrip())
    return f"{line[:end]}{chr(MARK + number)}{line[end:]}" if number in carrying else line


class LinePlacement(NamedTuple):
    """Where a line comes out on the page."""

    tags: tuple[str, ...]
    """The elements that hold it, the outermost first."""
    begins_element: bool
    """It is the first line of the innermost of them."""
    begins_item: bool
    """It is the first line of the innermost list item."""

    @property
    def is_heading(self) -> bool:
        """Whether it is one."""
        return self.tags[-1] in ("h1", "h2", "h3", "h4", "h5", "h6")


_OF_THREAD = local()
"""Each thread's own: Python-Markdown writes into itself, and the server may read another report meanwhile."""


def _maker() -> "markdown.Markdown":
    if not hasattr(_OF_THREAD, "maker"):
        import markdown  # noqa: PLC0415 - most reports need none

        _OF_THREAD.maker = markdown.Markdown()
    maker: markdown.Markdown = _OF_THREAD.maker.reset()
    return maker


def shows_code(sign: str, content: str) -> bool:
    """Say whether a fence around some content comes out as code all the same: one line between backticks does."""
    made = f"<p><code>{escape(content, quote=False)}</code></p>"
    return "\n" not in content and _maker().convert(f"{sign}\n{content}\n{sign}") == made


_REFERENCE = regex(r"[ \t]*\[[^\]]*\]:")


def is_markable(line: str) -> bool:
    """Say whether a mark at the end of a line changes nothing in how it is read.

    Lines of signs, HTML and definitions of references are read by how they end.
    """
    end = line.rstrip()[-1:]
    return end not in "-=#>|~" and any(map(str.isalnum, line)) and not _REFERENCE.match(line)


def place_lines(lines: Sequence[str]) -> Mapping[int, LinePlacement]:
    """Return where the page shows each of some lines.

    Only the blocks are read, which takes a fifth of the time that the whole page does.
    """
    # A space at an end may replace half of a line end, which the course never sees.
    marked = [
        _PRIVATE.sub(" ", line.rstrip(" ")) + (chr(MARK + number) if is_markable(line) else "")
        for number, line in enumerate(lines)
    ]
    maker = _maker()
    try:
        for preprocessor in maker.preprocessors:
            marked = preprocessor.run(marked)
        maker.parser.parseDocument(marked)
    except RecursionError:
        # Nested deeper than Python can follow: no report is like that. A reset would leave the nesting behind.
        del _OF_THREAD.maker
        return {}
    shown: dict[int, LinePlacement] = {}
    begun: set[Element] = set()
    for line, around in _marks(maker.parser.root, ()):
        item = next((element for element in reversed(around) if element.tag == "li"), None)
        tags = tuple(element.tag for element in around)
        shown[line] = LinePlacement(tags, around[-1] not in begun, item is not None and item not in begun)
        begun.update(around)
    return shown


_RAW = regex(r"^[^\S\n]{0,3}<[a-zA-Z!?]", re.MULTILINE)


def may_be_raw(text: str) -> bool:
    """Say whether anything of a text may be taken for HTML: that begins with a line."""
    return _RAW.search(text) is not None


@memoized_by_question
def unrendered_places(text: str, places: tuple[int, ...]) -> Mapping[int, str]:
    """Return which places of a text the page shows as they are written, each with the HTML above it from its tag on.

    They must not be those of tags with which a line can begin such HTML.
    """
    if not places or len(text) > MAX_ANSWER_CHARACTERS or not may_be_raw(text) or _confuses(text):
        return {}
    plain = _PRIVATE.sub(" ", text)
    pieces = [plain[start:end] for start, end in pairwise((*places, len(plain)))]
    marked = "".join(chr(MARK + number) + piece for number, piece in enumerate(pieces))
    lines = (plain[: places[0]] + marked).split("\n")
    maker = _maker()
    for preprocessor in maker.preprocessors:
        lines = preprocessor.run(lines)
    blocks = map(str, maker.htmlStash.rawHtmlBlocks)
    marks = ((block, mark) for block in blocks for mark in _PRIVATE.finditer(block))
    return {places[ord(mark[0]) - MARK]: _PRIVATE.sub("", block[: mark.start()]) for block, mark in marks}


_MAX_SIGNS = 20


def is_soon_made(text: str) -> bool:
    """Say whether all of a page is made in no time: many brackets or comments take the square of their number."""
    return len(text) <= MAX_ANSWER_CHARACTERS and all(text.count(sign) <= _MAX_SIGNS for sign in ("[", "<!--"))


def taken_for_html(text: str, tags: Iterable[Span]) -> AbstractSet[Span]:
    """Return those of some pieces in angle brackets that the page takes for HTML: it shows nothing of them."""
    from report_ls.course.page_words import words_of  # noqa: PLC0415 - few texts need it

    page = make_page(text, 0) if is_soon_made(text) and not _confuses(text) else None
    if page is None or _PRIVATE.search(text):
        return frozenset()
    words = words_of(page)
    pieces = {tag: text[tag.start : tag.end] for tag in tags}
    gone = {piece for piece in pieces.values() if page.count(piece) == text.count(piece) and piece not in words}
    shown = {piece for piece in pieces.values() if words.count(piece) == text.count(piece) and piece not in page}
    if gone.union(shown).issuperset(pieces.values()) and "&" not in text:
        return {tag for tag, piece in pieces.items() if piece in gone}
    # One is gone that is shown elsewhere, or was changed: marks tell them apart.
    marks = {chr(MARK + number): tag for number, tag in enumerate(pieces)}
    edits = [Edit(Span(tag.end - 1, tag.end - 1), f" {mark}") for mark, tag in marks.items()]
    marked = make_page(SourceText(text).apply(edits).text, 0) or ""
    if _MARK.sub("", marked) != page:
        return frozenset()  # A mark that changes how the text is read tells nothing.
    in_tags = {*marked} - {*words_of(marked)}
    return {tag for mark, tag in marks.items() if mark in in_tags}


_MARK = regex(f" {_PRIVATE.pattern}")


_DECLARATION = regex(r"<(?:\?|!(?!--))")


def _confuses(text: str) -> bool:
    """Say whether a text holds what makes Python-Markdown lose count of lines: the rest then depends on its place."""
    return text.rfind("<!--") > text.rfind("-->") or _DECLARATION.search(text) is not None


def _marks(element: "Element", outside: tuple["Element", ...]) -> Iterator[tuple[int, tuple["Element", ...]]]:
    """Yield the marked lines in an element in their order, each with the elements that hold it."""
    around = (*outside, element)
    yield from ((line, around) for line in _marks_in(element.text))
    for child in element:
        yield from _marks(child, around)
        yield from ((line, around) for line in _marks_in(child.tail))


def _marks_in(text: str | None) -> Iterator[int]:
    return (ord(mark) - MARK for mark in _PRIVATE.findall(text or ""))
