"""What the HTML of an answer does on the page that is handed in.

Python-Markdown reads no Markdown in a block of HTML, not even between blank lines, and takes all
that follows an element that nothing closes for such a block: the next questions too.
"""

import re
from collections.abc import Iterable, Iterator

from report_ls.base.memo import memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText
from report_ls.course.python_markdown import may_be_raw, unrendered_places
from report_ls.report.answer import Answer
from report_ls.report.markdown import read_markdown
from report_ls.report.pieces import Link, Style


class UnclosedElement(NamedTuple):
    """An HTML element that nothing closes: the page shows all that follows as it is written, headings and all."""

    span: Span
    """Its opening tag, or the tag that was meant to close it."""
    closer: str
    """What has to be written to close it."""
    is_repeated_opening: bool = False
    """The tag opens the same element once more, where it was meant to close it."""
    edit: Edit | None = None
    """What closes it, tried on Python-Markdown; None where nothing does."""


def swallower(answer: Answer) -> UnclosedElement | None:
    r"""Return what swallows the question that follows an answer, if anything does.

    Its edit puts in ``\n`` for a new line.
    """
    by, found = answer.label_line_start, _swallower(answer.text_with_label)
    if found is None:
        return None
    edit = found.edit and Edit(found.edit.span.shift(by), found.edit.text)
    return found._replace(span=found.span.shift(by), edit=edit)


def images_in_html(answer: Answer) -> dict[Link, str]:
    """Return the images in an HTML element, where the page reads no Markdown, with the element's name."""
    names = elements_round(answer, (image.span.start for image in answer.images))
    return {image: names[image.span.start] for image in answer.images if image.span.start in names}


def elements_round(answer: Answer, places: Iterable[int]) -> dict[int, str]:
    """Return which places of an answer the page shows as they are written, with the name of the element round them.

    They must be in order, and not those of tags at the start of a line.
    """
    above = unrendered_places(answer.text_with_label, tuple(place - answer.label_line_start for place in places))
    tags = {start: _TAG.match(html) for start, html in above.items()}
    return {start + answer.label_line_start: tag[1].lower() for start, tag in tags.items() if tag}


def n_shown(text: str) -> int:
    """Return how many images of a text CommonMark and the page both show."""
    images = read_markdown(text).images
    unread = unrendered_places(text, tuple(image.span.start for image in images))
    return sum(image.style is Style.HTML or image.span.start not in unread for image in images)


_TAG = regex(r"""<([a-zA-Z][^\s`/>]*)((?:[^<>"']|"[^"]*"|'[^']*')*>)?""")
"""An opening tag: its name, and the rest of it, unless it lacks its end."""
_NEXT = "\n\n### ", 'Question\n> What is "it"?\n>\n> Answer:\n\nSo.\n'
"""The text below an answer, in two pieces; somewhere below there are quotation marks."""


def _swallows(text: str) -> str | None:
    """Return the HTML that swallows the question below a text, from its tag to there; None if nothing does."""
    above, below = _NEXT
    return next(iter(unrendered_places(text + above + below, (len(text + above),)).values()), None)


@memoized_by_question
def _swallower(text: str) -> UnclosedElement | None:
    opening = _swallowing_tag(text) if may_be_raw(text) else None
    if opening is None:
        return None
    span = Span(*opening.span())
    if not opening[2]:
        tag = text[span.start : text.find(">", span.end) + 1]
        return UnclosedElement(span, '"' if tag.count('"') % 2 else ">")
    for found in _closings(text, span, opening[1]):
        if found.edit and _swallows(SourceText(text).apply((found.edit,)).text) is None:
            return found
    return UnclosedElement(span, f"</{opening[1]}>")


def _swallowing_tag(text: str) -> re.Match[str] | None:
    """Return the tag from which on everything is swallowed, also the text below."""
    swallowed = _swallows(text)
    if swallowed is None:
        return None
    lines = text.split("\n")
    # It ends two lines below the text.
    line = len(lines) + 1 - swallowed.count("\n")
    rest = swallowed.partition("\n")[0].rstrip()
    if not (0 <= line < len(lines) and lines[line].rstrip().endswith(rest)):
        return None  # What stood between two elements has come along.
    start = sum(len(above) + 1 for above in lines[:line])
    return _TAG.match(text, start + lines[line].rindex(rest))


_UNSEEN = regex(r"<summary\b[^<]*(?:<(?!/?summary)[^<]*)*</summary\s*>|<(?!img\b)[^<>]*>", re.IGNORECASE)
"""What in an element is not yet what it was made for."""
_BLANK_LINE = regex(r"\n[ \t]*(?:\n|\Z)")


def _closings(text: str, opening: Span, name: str) -> Iterator[UnclosedElement]:
    """Yield what may close an element, the likeliest first: a tag that lacks its slash, then two places for one."""
    closer = f"</{name}>"

    def holds_anything(end: int) -> bool:
        return bool(_UNSEEN.sub("", text[opening.end : end]).strip())

    again = list(re.finditer(rf"<{re.escape(name)}>(?=[ \t]*(?:\Z|\n[ \t]*(?:\n|\Z)))", text[opening.end :]))
    if again and holds_anything(opening.end + again[-1].start()):
        span = Span(*again[-1].span()).shift(opening.end)
        yield UnclosedElement(span, closer, is_repeated_opening=True, edit=Edit(span, closer))
    blank = _BLANK_LINE.search(text, opening.end)
    for end in (blank.start() if blank else len(text), len(text)):
        if holds_anything(end):
            place = len(text[:end].rstrip())
            yield UnclosedElement(opening, closer, edit=Edit(Span(place, place), f"\n{closer}"))
