"""Forms that nobody knows yet: what is changed in them is what is meant, and docs/precision.md counts how they fare."""

from functools import reduce
from operator import add
from pathlib import Path

import pytest
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.files.text_files import read_text
from report_ls.project.packs import packs
from support.editions import CHANGES, Change, Edition, real_edition
from support.generated import assert_generated
from support.measures import TIMES, Measured, at_other_times, filled, measure, real_editions, real_forms, reports_of
from support.memory_files import MemoryFiles

_REAL = real_editions()
_PAGE = Path(__file__).parents[2] / "docs" / "precision.md"

every_year = pytest.mark.parametrize("year", _REAL)
every_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


@pytest.mark.parametrize("path", real_forms().values(), ids=lambda path: path.stem)
def test_a_form_taken_to_pieces_is_put_together_as_it_was(path: Path) -> None:
    assert read_text(path).text == real_edition(path).text


@every_year
def test_the_perfect_pack_of_a_real_form_asks_what_the_known_one_asks(year: int) -> None:
    edition = _REAL[year]
    found = [ask._replace(prompts=(), full_prompts=()) for ask in edition.pack.asks]
    assert [ask._replace(prompts=(), full_prompts=()) for ask in edition.base.asks] == found
    assert edition.base.form.sections == edition.pack.form.sections


@every_change
@every_year
def test_the_perfect_pack_says_of_an_empty_form_that_it_is_unanswered(year: int, change: Change) -> None:
    edition = change(_REAL[year])
    analysis = analyze(SourceText(edition.usual({})), edition.pack, MemoryFiles(()), None)
    expected = [("unanswered", number) for number in range(1, len(edition.parts) + 1)]
    assert expected == [(found.code, found.question) for found in analysis.diagnostics]
    assert analysis.stage is Stage.DRAFT


@pytest.mark.slow
def test_the_page_counts_how_changed_forms_and_other_times_fare() -> None:
    page = _PAGE.read_text("utf-8")
    forms = [
        _row(name, [_of_form(change(real), year) for year, real in _REAL.items()]) for name, change in CHANGES.items()
    ]
    times = [
        _row(f"{year}, packs {time}", [measure(at_other_times(year), known)])
        for time, known in TIMES.items()
        for year in (2023, 2024, 2025, 2026)
    ]
    page = _with_table(page, "forms", "what is changed", forms)
    page = _with_table(page, "times", "reports of", times)
    assert_generated(_PAGE, page)


def _of_form(edition: Edition, year: int) -> Measured:
    return measure(filled(edition, reports_of(year)), packs())


def _row(name: str, measured: list[Measured]) -> str:
    total = reduce(add, measured)
    limits = f"{total.right} | {total.wrong} | {total.not_judged}"
    new = f"{total.unknown} of {total.n_texts}"
    return f"| {name} | {limits} | {total.false.total()} | {total.missed.total()} | {new} |\n"


def _with_table(page: str, name: str, title: str, rows: list[str]) -> str:
    head = f"| {title} | limits right | wrong | not judged | false | missed | new |\n|---|---|---|---|---|---|---|\n"
    start, end = f"<!-- {name} -->\n", "<!-- end -->"
    before, _, rest = page.partition(start)
    return before + start + head + "".join(rows) + end + rest.partition(end)[2]
