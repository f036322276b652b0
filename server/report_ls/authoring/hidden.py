"""Which headings of a form a page does not show, because a comment above them is closed too late or never."""

from bisect import bisect_left
from collections.abc import Iterator

from report_ls.base.text import SourceText
from report_ls.report.headings import headings
from report_ls.report.topics import comments


def hidden_headings(source: SourceText) -> Iterator[tuple[int, str]]:
    """Yield where each heading starts that a comment hides, and what is to be said of it.

    Of a comment that nothing closes only the first: it hides all that is below.
    """
    text = source.plain
    starts = [one.start for one in headings(text)]
    for opened, end in comments(text):
        line = source.line_at(opened)
        if text[source.line_starts[line] : opened].strip():
            continue  # In a line of words, a comment ends with its paragraph.
        first = bisect_left(starts, opened)
        last = first + 1 if end is None else bisect_left(starts, end)
        what = "this heading and all below it" if end is None else "this heading"
        for start in starts[first:last]:
            place = source.line_at(start) + 1
            yield start, f"line {place}: the comment that begins in line {line + 1} hides {what}: close it with -->"
