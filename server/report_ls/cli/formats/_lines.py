"""The text of a report, for formats that show lines or compare forms. Read again: results do not have it."""

from collections.abc import Sequence
from pathlib import Path

from report_ls.base.text import SourceText
from report_ls.cli.findings import Place
from report_ls.cli.results import Judged
from report_ls.files.text_files import read_text


def text_of(report: Judged) -> SourceText:
    """Return the text of a report; empty if its file is gone by now."""
    if report.text is not None:
        return SourceText(report.text)
    try:
        return read_text(Path(report.path))
    except OSError:
        return SourceText("")


def lines_of(report: Judged) -> Sequence[str]:
    """Return the lines of a report without their ends."""
    source = text_of(report)
    return [source.text[slice(*source.line_span(line))] for line in range(len(source.line_starts))]


def line_at(lines: Sequence[str], place: Place) -> str:
    """Return the line on which a place starts; empty if the file has changed and is now shorter."""
    return lines[place.start.line] if place.start.line < len(lines) else ""
