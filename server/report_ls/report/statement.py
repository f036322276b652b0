"""The comment with which a form says itself where its answers belong.

It is written `<!-- report-ls: answers below ## headings -->`, on a line of its own, above the first of these headings.
There may be several levels, and what the form holds in an answer's place:
`<!-- report-ls: answers below ## and ### headings, in place of "Write here" -->`.
"""

from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.report.form import Statement
from report_ls.report.headings import fenced

SIGN = "report-ls"
"""Hardly any text names it."""
_COMMENT = regex(r" {0,3}(<!--[ \t]*report-ls[ \t]*:(.*?)(?:-->|$))")
_QUOTES = '"\u201c\u201d\u201e'
"""A word processor writes the others by itself."""
_SAID = regex(
    r"answers below (?P<levels>#{1,6}(?:(?:, ?| and |, and )#{1,6})*) headings?"
    rf"(?:,? in place of [{_QUOTES}](?P<marker>[^{_QUOTES}]*\w[^{_QUOTES}]*)[{_QUOTES}])?"
)


def statement(text: str) -> Statement | None:
    """Return what a text says of where its answers are, if it says so anywhere outside of a fence."""
    place = text.find(SIGN)
    while place >= 0:
        start = text.rfind("\n", 0, place) + 1
        comment = _COMMENT.match(text, start, _line_end(text, place))
        if comment and not any(one.start <= start < one.end for one in fenced(text)):
            said = _SAID.fullmatch(" ".join(comment[2].split())) if comment[0].endswith("-->") else None
            levels = frozenset(map(len, _SIGNS.findall(said["levels"]))) if said else frozenset[int]()
            span = Span(comment.start(1), comment.start(1) + len(comment[1].rstrip()))
            return Statement(span, levels, (said and said["marker"]) or "")
        place = text.find(SIGN, place + 1)
    return None


_SIGNS = regex(r"#+")


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return end if end >= 0 else len(text)
