"""The headings of a text, whatever they say: not those in code, nor what looks like one in front matter."""

from collections.abc import Iterator

from report_ls.base.memo import memoized
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.report.fences import closed_fences


class Heading(NamedTuple):
    """A heading that number signs make."""

    line_start: int
    start: int
    """Where its number signs start."""
    end: int
    level: int
    title: str


_HEADING = regex(r"(#{1,6})(?![^ \t])(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_INDENTS = "", " ", "  ", "   "
_FRONT_MATTER = regex(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


@memoized(2)
def fenced(text: str) -> tuple[Span, ...]:
    """Return the spans of code and front matter, which hold no headings; a fence without an end is left out."""
    front = _FRONT_MATTER.match(text)
    return (*([Span(*front.span())] if front else ()), *closed_fences(text))


def headings(text: str, start: int = 0) -> Iterator[Heading]:
    """Yield the headings of a text from an offset on."""
    code = iter(fenced(text))
    around = next(code, None)
    # To look for the signs takes a tenth of the time that a pattern over all lines takes.
    place = text.find("#", start)
    while place >= 0:
        line_start, line_end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
        line_end = line_end if line_end >= 0 else len(text)
        while around and around.end <= place:
            around = next(code, None)
        if text[line_start:place] in _INDENTS and not (around and around.start <= place):
            match = _HEADING.match(text, place, line_end)
            if match:
                end = place + len(match[0].rstrip())
                yield Heading(line_start, place, end, len(match[1]), match[2] or "")
        place = text.find("#", line_end)
