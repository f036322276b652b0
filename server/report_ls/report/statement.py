"""The comment with which a form says itself where its answers belong.

It is written `<!-- report-ls: answers below ## headings -->`, on a line of its own, above the first of these headings.
There may be several levels, and what the form holds in an answer's place:
`<!-- report-ls: answers below ## and ### headings, in place of "Write here" -->`.
"""

import re

from report_ls.base.regex import regex
from report_ls.base.spans import Span, Spans
from report_ls.report.form import Statement
from report_ls.report.headings import fenced

SIGN = "report-ls"
"""Hardly any text names it."""
_COMMENT = regex(r" {0,3}(<!--[ \t]*report-ls[ \t]*:(.*?)(?:-->|$))")
_QUOTES = '"\u201c\u201d\u201e'
"""A word processor writes the others by itself."""
_SAID = regex(r"answers below (?P<levels>#{1,6}(?:(?:, ?| and |, and )#{1,6})*) headings?(?P<rest>(?:[ ,].*)?)")
_IN_PLACE = regex(rf"(?:,? in place of [{_QUOTES}](?P<marker>[^{_QUOTES}]*\w[^{_QUOTES}]*)[{_QUOTES}])?")


def statement(text: str) -> Statement | None:
    """Return what a text says of where its answers are, if it says so anywhere outside of a fence."""
    place = text.find(SIGN)
    while place >= 0:
        start = text.rfind("\n", 0, place) + 1
        comment = _COMMENT.match(text, start, _line_end(text, place))
        if comment and not any(fence.start <= start < fence.end for fence in fenced(text)):
            said = _SAID.fullmatch(" ".join(comment[2].split())) if comment[0].endswith("-->") else None
            in_place = _IN_PLACE.fullmatch(said["rest"]) if said else None
            levels = frozenset(map(len, _SIGNS.findall(said["levels"]))) if said and in_place else frozenset[int]()
            span = Span(comment.start(1), comment.start(1) + len(comment[1].rstrip()))
            rest = said["rest"].strip(", ") if said and not in_place else ""
            return Statement(span, levels, (in_place and in_place["marker"]) or "", rest)
        place = text.find(SIGN, place + 1)
    return None


_SIGNS = regex(r"#+")
_NEARLY = regex(r"<!--\s*(?:report[^a-z\n]?ls\b|answers? below\b[^\n>]*#)", re.IGNORECASE)


def misspelt_statement(text: str) -> int | None:
    """Return the line, from one, of a comment that means to say where answers are, and does not; None without one."""
    code = Spans(fenced(text))
    places = (match.start() for match in _NEARLY.finditer(text))
    place = next((at for at in places if not code.overlap(Span(at, at + 1))), None)
    return None if place is None else text.count("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return end if end >= 0 else len(text)
