"""Tables for a terminal: how often each check finds something, and how each question is answered."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from report_ls.cli.formats import as_line
from report_ls.cli.formats._statistics import CheckRow, QuestionRow, by_check, by_question
from report_ls.cli.results import Results
from report_ls.packs.limits import Limit


def write(results: Results) -> str:
    """Return a table of the checks, and one of the questions of each edition."""
    lines = [f"{len(results.reports)} reports, {len(results.unreadable)} not read"]
    checks = by_check(results)
    if checks:
        lines += ["", *_table(("check", "at worst", "findings", "reports"), map(_check, checks))]
    for form, rows in groupby(by_question(results), key=lambda row: row.form):
        lines += ["", form, *_table(_HEAD, map(_question, rows))]
    return "".join(f"{as_line(line)}\n" for line in lines)


_HEAD = "question", "answered", "words", "median", "short", "long", "images", "median", "few", "many"


def _check(row: CheckRow) -> Sequence[str]:
    return row.code, row.severity.word, str(row.n_findings), str(row.n_reports)


def _question(row: QuestionRow) -> Sequence[str]:
    name = f"{row.number:3} {row.topic}".rstrip()
    words = _limit(row.words), str(row.words_median), str(row.n_too_short), str(row.n_too_long)
    images = _limit(row.images), str(row.images_median), str(row.n_too_few), str(row.n_too_many)
    return name, f"{row.n_answered}/{row.n_reports}", *words, *images


def _limit(limit: Limit | None) -> str:
    return str(limit) if limit else "-"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table, the first column aligned left and the others aligned right."""
    listed = [head, *rows]
    first, *widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    for name, *cells in listed:
        yield f"{name:{first}}" + "".join(f"  {cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
