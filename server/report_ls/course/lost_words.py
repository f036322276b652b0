"""Words in angle brackets that a page takes for HTML, and so shows nothing of.

`<name>` is a tag for GitHub and the course's page, `<a_name>` for the course's page alone, which
also knows no fences. What becomes of a text is asked of the two Markdowns themselves; so is whether
an edit shows it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import chain, islice

from report_ls.base.memo import memoized
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText
from report_ls.course.python_markdown import MAX_ANSWER_CHARACTERS, is_soon_made, make_page, taken_for_html
from report_ls.course.simple_tags import simple_tags
from report_ls.report.answer import Answer
from report_ls.report.markdown import read_markdown, render
from report_ls.report.pieces import Literal, LiteralSpan, innermost


class LostWords(NamedTuple):
    """A piece of a text in angle brackets, or several with no space between them."""

    span: Span
    on_page: bool
    """The course's page does not show it."""
    on_github: bool
    """GitHub does not show it."""
    is_name: bool
    """It looks like a name to be filled in, and not like words between two signs."""
    is_tag: bool
    """Its other half or a value says that a tag is meant, of which HTML knows nothing."""
    literal: LiteralSpan | None
    """What it is part of for CommonMark; None in running text."""

    def shift(self, offset: int) -> "LostWords":
        """Return the same, `offset` code points further on."""
        return self._replace(span=self.span.shift(offset), literal=self.literal and self.literal.shift(offset))


def lost_words(answer: Answer, *, has_page: bool) -> tuple[LostWords, ...]:
    """Return the words in angle brackets of which GitHub shows nothing, or the course's page if it makes one."""
    literals = (literal.shift(-answer.label_line_start) for literal in answer.literals)
    return tuple(
        lost.shift(answer.label_line_start) for lost in _lost(answer.text_with_label, literals, has_page=has_page)
    )


def shown_by(answer: Answer, lost: LostWords, *, has_page: bool) -> tuple[Edit, ...]:
    """Return the edits after which all pages show exactly these words; empty where nothing certain does."""
    edits = _repaired(answer.text_with_label, has_page).get(lost.span.shift(-answer.label_line_start), ())
    return tuple(Edit(edit.span.shift(answer.label_line_start), edit.text) for edit in edits)


_TAG = regex(r"<(/?)([a-zA-Z][^<>]*)>")
_BEHIND_NAME = regex(r"[\s/].*", re.DOTALL)
_ADDRESS = regex(r"(?:https?|ftp)://|[^\s@]+@\S+\Z", re.IGNORECASE)
_OF_FORMAT = """
article aside b big blockquote br center code dd del details div dl dt em figcaption font h1 h2 h3 h4 h5 h6 hr html i
iframe ins kbd li math nav nobr ol p pre s script section small span strike strong sub summary sup svg table tbody td
tfoot th thead tr tt u ul wbr
"""
_FORMAT = frozenset(_OF_FORMAT.split())
"""What formats a text and is hardly a name of a thing: it is meant as HTML with its other half or without."""
_OF_THINGS = """
a abbr acronym address applet area audio base bdi bdo body button canvas caption cite col colgroup data datalist dfn
dialog dir embed fieldset figure footer form frame frameset head header hgroup img input label legend link main map mark
menu meta meter noframes noscript object optgroup option output param picture progress q rp rt ruby samp select slot
source style template textarea time title track var video
"""
_ELEMENTS = _FORMAT.union(_OF_THINGS.split())
"""All that HTML knows. A thing's name, such as `<time>`, is meant so only where its other half or a value says it."""


def _unmeant(text: str) -> Iterator[tuple[Span, bool]]:
    """Yield the pieces in angle brackets that are no address and no HTML, and whether tags are meant all the same."""
    tags = [tag for tag in _TAG.finditer(text) if not _ADDRESS.match(tag[2])]
    names = [_BEHIND_NAME.sub("", tag[2]).lower() for tag in tags]
    halves = {(tag[1], name) for tag, name in zip(tags, names, strict=True)}
    for tag, name in zip(tags, names, strict=True):
        rest = tag[2][len(name) :].strip(" \t\n/")
        is_tag = ("" if tag[1] else "/", name) in halves or "=" in rest
        if name not in _ELEMENTS or not (is_tag or (name in _FORMAT and not rest)):
            yield Span(*tag.span()), is_tag


def _lost(text: str, literals: Iterable[LiteralSpan], *, has_page: bool) -> list[LostWords]:
    are_tags = dict(_unmeant(text)) if len(text) <= MAX_ANSWER_CHARACTERS else {}
    tags = [*are_tags]
    on_page = _on_page(text, tags) if tags and has_page else ()
    found: list[LostWords] = []
    for tag, around in zip(tags, innermost(literals, tags), strict=True):
        one = LostWords(
            tag,
            on_page=tag in on_page,
            on_github=around is not None and around.kind is Literal.HTML,
            is_name=_is_name(text[tag.start : tag.end]),
            is_tag=are_tags[tag],
            literal=None if around and around.span == tag else around,
        )
        last = found[-1] if found else None
        if last and last.literal == one.literal and not _SPACE.search(text, last.span.end, tag.start):
            found[-1] = _both(last, one)
        elif one.on_page or one.on_github:
            found.append(one)
    return found


def _on_page(text: str, tags: Sequence[Span]) -> AbstractSet[Span]:
    """Return those of some pieces in angle brackets of which the page shows nothing."""
    known = simple_tags(text)
    return taken_for_html(text, tags) if known is None else known & {*tags}


_SPACE = regex(r"\s")
_SIMPLE_NAME = regex(r"<[\w .:|/-]+>")
_MAX_NAME_WORDS = 4


def _is_name(piece: str) -> bool:
    return _SIMPLE_NAME.fullmatch(piece) is not None and len(piece.split()) <= _MAX_NAME_WORDS


def _both(one: LostWords, other: LostWords) -> LostWords:
    return LostWords(
        Span(one.span.start, other.span.end),
        one.on_page or other.on_page,
        one.on_github or other.on_github,
        one.is_name and other.is_name,
        one.is_tag or other.is_tag,
        one.literal,
    )


_MAX_TRIED = 10
"""Trying what shows one piece reads the answer again, so of more than these none is tried alone."""
_IN_A_WORD = regex(r"[\w./=:~$-]*")


@memoized(64)
def _repaired(text: str, has_page: bool) -> Mapping[Span, Sequence[Edit]]:  # noqa: FBT001 - it is remembered by position
    """Return what shows the lost words on all pages, by their place."""
    if not is_soon_made(text):
        return {}
    found = _lost(text, read_markdown(text).literals, has_page=has_page)
    pages: list[_Page] = [render, *([partial(make_page, cut=0)] if has_page else [])]
    if len(found) > _MAX_TRIED:
        likely = {lost.span: next(_ways(text, lost)) for lost in found}
        return likely if _are_shown(text, likely, pages) else {}
    repaired: dict[Span, Sequence[Edit]] = {}
    for lost in found:
        tried = ({lost.span: edits} for edits in _ways(text, lost))
        repaired |= next((edits for edits in tried if _are_shown(text, edits, pages)), {})
    # Of several that do harm together the first is taken: the others are judged anew when it is there.
    return repaired if len(repaired) <= 1 or _are_shown(text, repaired, pages) else dict(islice(repaired.items(), 1))


def _ways(text: str, lost: LostWords) -> Iterator[Sequence[Edit]]:
    """Yield what may show a piece, the nicest first: backticks round its word, round itself, or no sign of HTML."""
    (start, end), piece = lost.span, text[lost.span.start : lost.span.end]
    if lost.is_name and lost.literal is None:
        before = _IN_A_WORD.match(text[text.rfind("\n", 0, start) + 1 : start][::-1])
        behind = _IN_A_WORD.match(text, end)
        word = Span(start - len(before[0] if before else ""), end + len(behind[0].rstrip(".:") if behind else ""))
        yield from ([Edit(Span(place, place), "`") for place in around] for around in (word, lost.span))
    yield [Edit(Span(sign.start(), sign.end()).shift(start), "&lt;") for sign in re.finditer("<", piece)]


_Page = Callable[[str], str | None]
_FIRST_MARK = 0xF0000


def _are_shown(text: str, repaired: Mapping[Span, Sequence[Edit]], pages: Iterable[_Page]) -> bool:
    """Say whether pages show after the edits exactly what they would show if the pieces were plain words."""
    from report_ls.course.page_words import seen  # noqa: PLC0415 - only a fix needs it

    plain = [Edit(span, chr(_FIRST_MARK + number)) for number, span in enumerate(repaired)]
    before, after = (SourceText(text).apply(edits).text for edits in (plain, chain.from_iterable(repaired.values())))
    pieces = {edit.text: text[edit.span.start : edit.span.end] for edit in plain}
    for page in pages:
        wanted = seen(page(before), pieces)
        if not all(piece in wanted for piece in pieces.values()) or wanted != seen(page(after), {}):
            return False
    return True
