"""Unknown editions are judged by their own text: no wrong limits, no false findings."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.files.port import CountedTests, Files
from report_ls.files.text_files import read_text
from report_ls.packs.prompt_sentences import read_sentences
from report_ls.project.packs import packs
from support.corpus import RealReport, real_reports, templates
from support.editions import CHANGES, Edition, boundaries
from support.families import sampled
from support.measures import (
    TIMES,
    Case,
    Finding,
    at_other_times,
    edition_of,
    filled,
    measure,
    real_editions,
    reports_of,
    untouched,
)
from support.memory_files import MemoryFiles

_REAL = real_editions()
_CHANGED = {f"{year}, {name}": (change(real), year) for name, change in CHANGES.items() for year, real in _REAL.items()}
_BOUNDARIES = {f"{year}, {name}": edition for year, real in _REAL.items() for name, edition in boundaries(real)}
_TIMES = {f"{year}, packs {time}": (year, time) for time in TIMES for year in (2023, 2024, 2025, 2026)}

_TRUE: set[Finding] = {
    # Without limits of images nothing explains these.
    ("r02", "image-unused", 19),
    *(("r14", "image-as-link", number) for number in (14, 19, 20, 21)),
    # Behind another label the answer begins on a line of its own.
    ("r08", "list-not-rendered", 27),
    # In the answer the usual label is a second one.
    ("r28", "answer-in-prompt", 7),
}
"""What the perfect pack does not say, and is true all the same."""

every_changed = pytest.mark.parametrize("name", sampled([*_CHANGED]))
every_report = pytest.mark.parametrize("report", real_reports(), ids=lambda report: report.name)


@every_changed
def test_answers_in_a_changed_form_are_judged_as_by_its_perfect_pack(name: str) -> None:
    edition, year = _CHANGED[name]
    _is_judged_rightly(edition, [*filled(edition, reports_of(year))])


@pytest.mark.slow
@every_changed
def test_likewise_where_git_holds_the_form(name: str) -> None:
    edition, year = _CHANGED[name]
    _is_judged_rightly(edition, [*filled(edition, reports_of(year), form=edition.text)])


@pytest.mark.slow
@every_changed
@pytest.mark.parametrize("n_left", [1, 2])
def test_the_last_answers_of_a_changed_form_are_missing_until_they_are_written(name: str, n_left: int) -> None:
    edition, year = _CHANGED[name]
    measured = measure(filled(edition, reports_of(year), n_left=n_left), packs())
    assert [] == sorted(finding for finding in measured.missed if finding[1] == "unanswered")
    assert [] == sorted(set(measured.false) - _TRUE)


def _is_judged_rightly(edition: Edition, cases: list[Case]) -> None:
    measured = measure(cases, packs())
    assert measured.n_texts == 11
    assert (0, []) == (measured.wrong, sorted(set(measured.false) - _TRUE))
    assert measured.unknown == (measured.n_texts if edition.is_unknown else 0)
    asked = [(read_sentences(part.prompt), part.ask) for part in edition.parts]
    n_told = sum((said.words, said.images) == (ask.words, ask.images) != (None, None) for said, ask in asked)
    assert measured.right >= 0.95 * n_told * measured.n_texts


_OF_REPOSITORY = {
    "link-not-found",
    "link-missing",
    "path-not-found",
    "checklist-empty",
    "checklist-missing",
    "test-count",
    "not-mentioned",
}
_BOX = re.compile(r"^(\* )\[ \]", re.MULTILINE)
_BOX_LINE = re.compile(r"^\* \[ \].*\n(?: +\S.*\n)*", re.MULTILINE)
_LISTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "half ticked": lambda text: _BOX.sub(r"\1[x]", text, count=20),
    "ticked": lambda text: _BOX.sub(r"\1[x]", text),
    "of half its length": lambda text: _BOX_LINE.sub("", text, count=20),
    "gone": lambda text: _BOX_LINE.sub("", text),
}


def _with_list(case: Case, change: Callable[[str], str]) -> Case:
    """Return a case with another checklist, in a repository of which is known how many tests it holds."""
    files = evolve(case.files, pytests=CountedTests(9, 97, 97, is_open=False, others=frozenset()))
    texts = (SourceText(change(source.text)) for source in (case.source, case.usual))
    source, usual = texts
    return evolve(case, source=source, usual=usual, files=files)


@every_changed
@pytest.mark.parametrize("change", _LISTS.values(), ids=_LISTS)
def test_of_its_repository_a_changed_form_is_told_nothing_false(name: str, change: Callable[[str], str]) -> None:
    edition, year = _CHANGED[name]
    measured = measure((_with_list(case, change) for case in filled(edition, reports_of(year))), packs())
    assert [] == sorted(finding for finding in measured.false if finding[1] in _OF_REPOSITORY)


def test_what_a_form_is_told_of_its_repository_is_of_each_kind() -> None:
    found = {
        diagnostic.code
        for year, edition in _REAL.items()
        for change in _LISTS.values()
        for case in (_with_list(case, change) for case in filled(edition, reports_of(year)))
        for diagnostic in analyze(case.source, edition.pack, case.files, Stage.FINAL).diagnostics
    }
    assert found >= _OF_REPOSITORY


@every_changed
def test_a_changed_form_is_unanswered_and_nothing_else_and_stays_as_it_is(name: str) -> None:
    edition, _ = _CHANGED[name]
    assert [] == untouched(edition, packs())


@pytest.mark.parametrize("name", _BOUNDARIES)
def test_an_edition_is_unknown_from_so_many_changes_on(name: str) -> None:
    edition = _BOUNDARIES[name]
    (case,) = filled(edition, reports_of(int(name[:4]))[:1])
    # Another number of questions alone may be a student's, unless the form that was handed out has it too.
    assert edition.is_unknown == _is_unknown(case.source, MemoryFiles((), edition.text))


def test_without_its_form_another_number_of_questions_alone_is_an_error_of_the_student() -> None:
    edition = _BOUNDARIES["2026, a question less"]
    (case,) = filled(edition, reports_of(2026)[:1])
    assert edition.is_unknown
    assert not _is_unknown(case.source, MemoryFiles(()))


@every_report
def test_no_version_of_a_real_report_is_unknown(report: RealReport) -> None:
    for version in report.versions:
        assert not _is_unknown(version.source, MemoryFiles(())), version.name


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.stem)
def test_no_real_form_is_unknown(path: Path) -> None:
    assert not _is_unknown(read_text(path), MemoryFiles(()))


def _is_unknown(source: SourceText, files: Files) -> bool:
    pack = edition_of(source, files, packs())
    assert pack
    return pack.id == "unknown"


_MOST_NOT_JUDGED = {
    "2025, packs up to 2023-01": 11,
    "2023, packs `generic` alone": 30,
    "2024, packs `generic` alone": 40,
    "2025, packs `generic` alone": 31,
    "2026, packs `generic` alone": 11,
}
"""Limits that no sentence names, or that students have deleted, so that only a pack would help."""


@pytest.mark.parametrize("name", _TIMES)
def test_real_reports_are_judged_alike_without_the_packs_of_their_time(name: str) -> None:
    year, time = _TIMES[name]
    measured = measure(at_other_times(year), TIMES[time])
    assert measured.n_texts == 11
    assert (0, []) == (measured.wrong, sorted(set(measured.false) - _TRUE))
    assert measured.not_judged <= _MOST_NOT_JUDGED.get(name, 0)
