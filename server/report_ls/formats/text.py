"""Lines for people: each finding in one line, under it the place on a terminal, and a closing line."""

import unicodedata
from collections.abc import Iterator, Sequence

from attrs import frozen

from report_ls.analysis import Analysis, State
from report_ls.diagnostic import Diagnostic, Severity
from report_ls.formats import Judged, Results
from report_ls.text import SourceText, Span


def write(results: Results) -> str:
    """Return the findings of each report and its closing line; of several, also what they are together."""
    lines = [line for report in results.reports for line in _report(report, results.width)]
    if len(results.reports) > 1:
        lines.append(f"{len(results.reports)} reports: {_counts({one: results.count(one) for one in Severity})}")
    return "".join(f"{line}\n" for line in lines)


def _report(report: Judged, width: int | None) -> Iterator[str]:
    analysis = report.analysis
    for diagnostic in analysis.diagnostics:
        place = analysis.source.position(diagnostic.span.start)
        where = f"{report.path}:{place.line + 1}:{place.character + 1}"
        said = f"{diagnostic.severity.word}: {diagnostic.message} [{diagnostic.code}]"
        yield _printable(f"{where}: {said}")
        if width:
            yield from _excerpt(analysis.source, diagnostic.span, width)
            yield from _others(analysis.source, diagnostic)
    counts = {
        severity: sum(diagnostic.severity is severity for diagnostic in analysis.diagnostics) for severity in Severity
    }
    how = f"{analysis.pack.id}, {analysis.stage.value}: {_answered(analysis)}; {_counts(counts)}"
    yield _printable(f"{report.path}: {how}")


def _answered(analysis: Analysis) -> str:
    """Return how many of the course's questions are answered; of a form we do not know, of the report's own."""
    answered = [result.ask.number for result in analysis.questions if result.state is not State.UNANSWERED]
    asked = {ask.number for ask in analysis.pack.asks}
    n_answered = len(asked.intersection(answered)) if asked else len(answered)
    n_asked = len(asked) or len(analysis.questions)
    return f"{n_answered} of {n_asked} question{'' if n_asked == 1 else 's'} answered"


def _counts(counts: dict[Severity, int]) -> str:
    parts = [_count(severity, n_found) for severity, n_found in counts.items() if n_found]
    return ", ".join(parts) or "no problems found"


def _count(severity: Severity, n_found: int) -> str:
    if severity is Severity.INFORMATION:
        return f"{n_found} for information"
    return f"{n_found} {severity.word}{'' if n_found == 1 else 's'}"


_INDENT = "    "
_CUT = "..."
_TAB_STOP = 4
_NARROWEST = 30


def _others(source: SourceText, diagnostic: Diagnostic) -> Iterator[str]:
    """Say where else it is: the line above names the first place only."""
    lines = sorted({source.line_at(related.span.start) + 1 for related in diagnostic.related})
    if lines:
        *most, last = map(str, lines)
        yield f"{_INDENT}also in line {last}" if not most else f"{_INDENT}also in lines {', '.join(most)} and {last}"


@frozen
class _Cell:
    """What a terminal shows for one character of a line."""

    text: str
    column: int
    end: int


def _excerpt(source: SourceText, span: Span, width: int) -> tuple[str, str]:
    """Return the line on which a span starts, cut to the terminal's width round the span, and carets."""
    line = source.line_span(source.line_at(span.start))
    shown = source.text[line.start : max(span.start, line.start + len(source.text[line.start : line.end].rstrip()))]
    cells = _cells(shown)
    end_column = cells[-1].end if cells else 0
    first, last = span.start - line.start, min(span.end, line.end) - line.start
    start = cells[first].column if first < len(cells) else end_column
    end = max(cells[last - 1].end if first < last <= len(cells) else end_column if first < last else start, start + 1)
    window = _window(start, end, max(end_column, end), max(width, _NARROWEST) - len(_INDENT) - 1)
    kept = [cell for cell in cells if window.start <= cell.column and cell.end <= window.end]
    before = _CUT if window.start > 0 else ""
    after = _CUT if window.end < end_column else ""
    # A wide character that the window cuts in two is left out, so the first one kept may stand further on.
    origin = kept[0].column if kept else window.start
    start, end = max(start, origin), min(end, window.end)
    carets = " " * (len(before) + start - origin) + "^" * max(end - start, 1)
    return f"{_INDENT}{before}{''.join(cell.text for cell in kept)}{after}", f"{_INDENT}{carets}"


def _window(start: int, end: int, n_columns: int, room: int) -> Span:
    """Return the columns to show of a line of `n_columns`: all, or a piece with the marked one in its middle."""
    if n_columns <= room:
        return Span(0, n_columns)
    room -= 2 * len(_CUT)
    marked = min(end - start, room * 3 // 4)
    left = max(0, min(start - (room - marked) // 2, n_columns - room))
    return Span(left, left + room)


def _cells(line: str) -> Sequence[_Cell]:
    cells = []
    column = 0
    for character in line:
        if character == "\t":
            text = " " * (_TAB_STOP - column % _TAB_STOP)
            n_columns = len(text)
        else:
            text = _printable(character)
            n_columns = _columns(text)
        cells.append(_Cell(text, column, column + n_columns))
        column += n_columns
    return cells


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _printable(text: str) -> str:
    """Return the text without what would make a terminal do something else than show it."""
    return "".join("?" if unicodedata.category(character) in ("Cc", "Cs") else character for character in text)
