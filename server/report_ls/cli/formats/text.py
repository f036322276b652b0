"""Lines for people: a line for each finding, or for many of a kind, and a closing line for each report.

On a terminal, the line of the report with carets is below each finding. In a class each report has one line.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate

from report_ls.base.diagnostic import Severity
from report_ls.base.plural import count
from report_ls.base.rows import rows
from report_ls.base.spans import Span
from report_ls.cli.findings import Finding, Place
from report_ls.cli.formats import Screen, as_line, place_of, printable
from report_ls.cli.formats._glance import glances, in_columns
from report_ls.cli.formats._questions import new_forms
from report_ls.cli.results import Judged, Results


def write(results: Results, screen: Screen | None) -> str:
    """Return the findings and the closing line of each report; for several reports, also their sum."""
    if results.at_a_glance:
        lines = [*_at_a_glance(results)]
    else:
        lines = [line for report in results.reports for line in _report(report, results, screen)]
        if len(results.reports) > 1:
            lines.append(f"{_n_reports(results)}: {_counts(results)}")
    return "".join(f"{line}\n" for line in lines)


def _at_a_glance(results: Results) -> Iterator[str]:
    rows = [(glance.report.name, glance.said) for glance in glances(results) if glance.said]
    if rows:
        yield from in_columns(rows)
        n_others = len(results.reports) - len(rows)
        if n_others:
            yield f"and {n_others} more without {'new ' if results.is_news else ''}errors and warnings"
    yield from map(as_line, new_forms(results))
    more = "--verbose lists them, --check FOLDER those of a group"
    if any(report.group for report in results.reports):
        more += "; --names says whose they are"
    yield f"{_n_reports(results)}: {_counts(results)}{f' ({more})' if rows else ''}"


def _n_reports(results: Results) -> str:
    n_reports, n_unreadable = len(results.reports), len(results.unreadable)
    return f"{count(n_reports, 'report')}{f', {n_unreadable} not read' if n_unreadable else ''}"


_COLOURS = {Severity.ERROR: 31, Severity.WARNING: 33, Severity.INFORMATION: 36, Severity.HINT: 35}
"""The terminal's numbers of red, yellow, cyan and magenta."""


def _painted(text: str, colour: int | None) -> str:
    return text if colour is None else f"\x1b[{colour}m{text}\x1b[0m"


def _report(report: Judged, results: Results, screen: Screen | None) -> Iterator[str]:
    colours = _COLOURS if screen and screen.has_colours else {}
    lines: Sequence[str] = ()
    if screen:
        from report_ls.cli.formats._lines import line_at, lines_of  # noqa: PLC0415 - only a terminal shows them

        lines = lines_of(report)
    for finding, more_of_kind in rows(report.findings):
        where = place_of(report, finding)
        colour = colours.get(finding.severity)
        severity = _painted(finding.severity.word, colour)
        message = f"{finding.full_message}{_more(more_of_kind)} [{finding.code}]"
        yield f"{where}: {severity}: {as_line(message)}"
        if screen:
            line, carets = _excerpt(line_at(lines, finding.place), finding.place, screen.width)
            yield line
            yield _painted(carets, colour)
            if finding.other_lines:
                yield f"{_INDENT}{finding.other_lines}"
    if report.edition.note:
        yield as_line(f"{report.name}: {report.edition.note}")
    counts = _counts(results._replace(reports=(report,)))
    how = f"{report.edition.id}, {report.stage.value}: {_answered(report)}; {counts}"
    yield as_line(f"{report.name}: {how}{_lengths(report, results)}")


def _more(findings: Sequence[Finding]) -> str:
    """Return how many more findings of a kind there are, and on which lines."""
    if not findings:
        return ""
    *most, last = dict.fromkeys(str(finding.line) for finding in findings)
    where = f"lines {', '.join(most)} and {last}" if most else f"line {last}"
    return f" (and {len(findings)} more like this, in {where})"


def _answered(report: Judged) -> str:
    return f"{report.n_answered} of {count(report.n_asked, 'question')} answered"


def _lengths(report: Judged, results: Results) -> str:
    return f"; {report.lengths.text}" if report.lengths.gaps and not results.is_news else ""


def _counts(results: Results) -> str:
    n_waiting = sum(report.n_waiting for report in results.reports)
    counts = {severity: results.count(severity) for severity in Severity}
    counts[Severity.HINT] -= n_waiting
    parts = [_count(severity, n_found) for severity, n_found in counts.items() if n_found]
    if n_waiting:
        parts.append(f"{f'{n_waiting} more' if parts else count(n_waiting, 'problem')} when you finish")
    found = ", ".join(parts)
    n_repaired = sum(report.n_repaired for report in results.reports)
    if n_repaired:
        found += f", of which report-ls --fix repairs {n_repaired}"
    if results.is_news:
        return f"new: {found}" if found else "nothing new"
    return found or "no problems found"


def _count(severity: Severity, n_found: int) -> str:
    if severity is Severity.INFORMATION:
        return f"{n_found} for information"
    return count(n_found, severity.word)


_INDENT = "    "
_CUT = "..."
_TAB_STOP = 4
_MIN_WIDTH = 30


def _excerpt(line: str, place: Place, width: int) -> tuple[str, str]:
    """Return the line on which a place starts, cut to the terminal's width around it, and a line with carets."""
    shown = _shown(line)
    # The column of each character; the last is the end of the line.
    columns = [0, *accumulate(sum(map(_n_columns, text)) for text in shown)]
    ends_there = place.end.line == place.start.line
    first, last = (
        min(character, len(line))
        for character in (place.start.character, place.end.character if ends_there else len(line))
    )
    # There is always a caret, even after the end of a line or under a character without width.
    marked = Span(columns[first], max(columns[last], columns[first] + 1))
    window = _window(marked, columns[-1], max(width, _MIN_WIDTH) - len(_INDENT) - 1)
    kept = [i for i in range(len(shown)) if window.start <= columns[i] and columns[i + 1] <= window.end]
    before = _CUT if window.start > 0 else ""
    after = _CUT if window.end < columns[-1] else ""
    # A wide character that the window would cut is left out, so the kept text may start after the window does.
    origin = columns[kept[0]] if kept else 0
    start = max(marked.start, origin)
    carets = " " * (len(before) + start - origin) + "^" * max(min(marked.end, window.end) - start, 1)
    return f"{_INDENT}{before}{''.join(shown[i] for i in kept)}{after}", f"{_INDENT}{carets}"


def _window(marked: Span, n_columns: int, room: int) -> Span:
    """Return the columns of a line to show: all of them, or a part with the marked ones in its middle."""
    if max(n_columns, marked.end) <= room:
        return Span(0, room)
    room -= 2 * len(_CUT)
    beside = room - min(marked.end - marked.start, room * 3 // 4)
    start = max(0, min(marked.start - beside // 2, n_columns - room))
    return Span(start, start + room)


def _shown(line: str) -> list[str]:
    """Return what a terminal shows for each character of a line."""
    shown: list[str] = []
    column = 0
    for character in line:
        text = " " * (_TAB_STOP - column % _TAB_STOP) if character == "\t" else printable(character)
        column += sum(map(_n_columns, text))
        shown.append(text)
    return shown


def _n_columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
