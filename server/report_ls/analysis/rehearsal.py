"""The page that is handed in with what is said of the report drawn into it, and with what got lost put back in red.

The page itself is the course's: without what is drawn it is the same.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape, unescape

from report_ls.analysis.analyze import Analysis, State
from report_ls.analysis.counts import counts
from report_ls.base.diagnostic import Severity
from report_ls.course.python_markdown import MARK, make_marked_page
from report_ls.course.safe_page import Drawing, clean, write_page

_STYLE = """
body { padding-right: 15rem; }
.legend { color: #555; border-bottom: 1px solid #c8c8c8; padding-bottom: 0.5rem; }
.lost { display: block; white-space: pre-wrap; color: #b00020; background: #fff0f0; }
.note { float: right; clear: right; box-sizing: border-box; width: 13rem; margin: 0 -14rem 0.5rem 0;
  padding: 0 0.5rem; border-left: 0.2rem solid; background: white; font: 0.85rem/1.4 system-ui, sans-serif;
  white-space: normal; }
.error { color: #b00020; }
.warning { color: #7a4f00; }
.information { color: #0b57d0; }
.count { margin-left: 0.5rem; font: 0.85rem system-ui, sans-serif; color: #2e6b34; }
.count.open { color: #b00020; }
@media (max-width: 32rem) {
  body { padding-right: 1rem; }
  .note { float: none; display: block; margin: 0; width: auto; }
}
"""
_LEGEND = (
    '<p class="legend">A rehearsal: the page that is handed in. The counts, what is in the margin and what is in red '
    "are not on it; what is in red got lost there.</p>\n"
)


def rehearse(analysis: Analysis, title: str, base: str) -> str | None:
    """Return the marked page of a report; None if it is nested too deep to be made.

    `base` leads from the page to the report's folder.
    """
    made = make_marked_page(analysis.source.text, analysis.pack.page_skips_characters)
    if made is None:
        return None
    body, carrying = made
    marks = {MARK + line: chr(MARK + line) for line in carrying}
    shown, anywhere = clean(body, base, marks), clean(body, base)
    seen = sorted(line for line in carrying if marks[MARK + line] in shown)
    drawn = {MARK + line: "" for line in carrying} | {MARK + line: f'<span id="L{line + 1}"></span>' for line in seen}
    # A mark in a link's or a picture's attribute is no place to draw at, but nothing that got lost either.
    gone = frozenset(line for line in carrying if marks[MARK + line] not in anywhere)
    for line, html in _drawn(analysis, seen, _lost(analysis, gone, carrying, shown.translate(dict.fromkeys(marks)))):
        drawn[MARK + line] += html
    return write_page(title, body, base, Drawing(_STYLE, _LEGEND, drawn))


def _drawn(analysis: Analysis, seen: Sequence[int], lost: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, str]]:
    """Yield what is drawn at lines that the page shows."""
    if not seen:
        return

    def place(line: int) -> int:
        return seen[max(bisect_right(seen, line) - 1, 0)]

    line_at = analysis.source.line_at
    for result in analysis.questions:
        state = "" if result.state is State.OK else " open"
        yield place(line_at(result.question.heading.start)), f'<span class="count{state}">{counts(result, "of")}</span>'
    for found in analysis.diagnostics:
        if found.severity <= Severity.INFORMATION:
            for span, message in ((found.span, found.message), *((one.span, one.message) for one in found.related)):
                note = f'<span class="note {found.severity.word}">{escape(message, quote=False)}</span>'
                yield place(line_at(span.start)), note
    for line, gone in lost.items():
        text = escape("\n".join(gone), quote=False)
        yield place(line), f'<span class="lost" title="not on the page">{text}</span>'


def _lost(
    analysis: Analysis, gone: Collection[int], carrying: Collection[int], page: str
) -> Mapping[int, Sequence[str]]:
    """Return the lines of answers that the page shows nowhere, by the first of those that follow each other."""
    words = f" {_words(re.sub('<[^>]*>', ' ', page))} "
    source = analysis.source
    lost: dict[int, list[str]] = defaultdict(list)
    run, last = 0, -1
    for question in analysis.report.questions:
        first, last_line = map(source.line_at, question.answer.span)
        for line in range(first, last_line + 1):
            start, end = source.line_span(line)
            text = source.text[start:end]
            # What follows a line that is gone and cannot tell, such as the end of a comment, is gone with it.
            own = _words(text) if line in gone or (line - 1 == last and line not in carrying) else ""
            if own and f" {own} " not in words:
                run = run if line - 1 == last else line
                lost[run].append(text)
                last = line
    return lost


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", unescape(text)))
