"""How a text of an edition is judged beside what a perfect pack says of it; all numbers of docs/precision.md.

    REPORT_LS_CORPUS=... PYTHONPATH=tests python tests/support/measures.py [WORD ...]

prints them for changed editions with the answers of real reports, and for real reports without the packs of their
time; with words for those whose names hold them all, and each finding that is false or missed.
"""

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from operator import add
from pathlib import Path

from attrs import evolve, fields, frozen
from report_ls.analysis.analyze import Analysis, QuestionResult, analyze
from report_ls.analysis.fixing import fix_all
from report_ls.base.diagnostic import Severity, Stage
from report_ls.base.text import SourceText
from report_ls.files.port import Files
from report_ls.packs.edition import edition
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Pack
from report_ls.project.packs import packs
from report_ls.report.outline import outline
from support.corpus import RealReport, real_reports, templates
from support.editions import CHANGES, Edition, answers_of, real_edition
from support.memory_files import MemoryFiles


def edition_of(source: SourceText, files: Files, known: Sequence[Pack]) -> Pack | None:
    """Return the pack by which a text is judged where so many are known."""
    return edition(outline(source.plain), known, files).pack


Finding = tuple[str, str, int | None]
"""The name of a text, a code and a question."""


@frozen
class Measured:
    """What is right and wrong in how texts were judged."""

    n_texts: int
    unknown: int
    """So many texts were said to be of no known edition."""
    right: int
    """So many questions were held against the limits that they have."""
    wrong: int
    """So many against another one."""
    not_judged: int
    """So many against none, or against one of two."""
    false: Counter[Finding]
    """What is said above hint and the perfect pack does not find."""
    missed: Counter[Finding]
    """What is said above hint with that one only."""

    def __add__(self, other: "Measured") -> "Measured":
        sums = (getattr(self, one.name) + getattr(other, one.name) for one in fields(Measured))
        return Measured(*sums)


@frozen
class Case:
    """A text, and how it would be judged by who knows its edition."""

    name: str
    source: SourceText
    usual: SourceText
    """The same as its course always spelled headings and labels."""
    files: MemoryFiles
    perfect: Pack
    said_once: tuple[str, ...] = ()
    """The codes by which it is said, at its first question, that the form is spelled otherwise."""


def measure(cases: Iterable[Case], known: Sequence[Pack]) -> Measured:
    """Judge some texts where some packs are known."""
    return reduce(add, (_measure(case, known) for case in cases))


def _measure(case: Case, known: Sequence[Pack]) -> Measured:
    pack = edition_of(case.source, case.files, known)
    truth = analyze(case.usual, case.perfect, case.files, Stage.FINAL)
    if pack is None:
        n_limits = sum(any(_limits(one)) for one in truth.questions)
        return Measured(1, 0, 0, 0, n_limits, Counter(), _said(case, truth))
    judged = analyze(case.source, pack, case.files, Stage.FINAL)
    assert [one.question.number for one in judged.questions] == [one.question.number for one in truth.questions]
    kinds = Counter(map(_kind, judged.questions, truth.questions))
    # What says that the form is new counts apart.
    said = _said(case, judged) - Counter((case.name, code, 1) for code in case.said_once)
    expected = _said(case, truth)
    missed = expected - said
    silencing = {code for _, code, _ in missed} - {"unanswered"}
    return Measured(
        1,
        int(pack.id == "unknown"),
        kinds["right"],
        kinds["wrong"],
        kinds["not judged"],
        said - (expected | _said(case, _without(silencing, truth, case.files)) | _said(case, _by_script(case))),
        missed,
    )


def _without(codes: Collection[str], truth: Analysis, files: Files) -> Analysis:
    """Return what is said where some checks are off: what these explain, and so silence, is true all the same."""
    severities = {**truth.pack.severities, **dict.fromkeys(codes)}
    return analyze(truth.source, truth.pack._replace(severities=severities), files, truth.stage) if codes else truth


def _by_script(case: Case) -> Analysis:
    """Return what is said where the course's script reads the form as it always did: that much is true of any label."""
    form = case.perfect.form._replace(expected_answers=len(case.perfect.asks))
    return analyze(case.usual, case.perfect._replace(form=form), case.files, Stage.FINAL)


def _limits(result: QuestionResult) -> tuple[Limit | None, Limit | None]:
    return result.ask.words, result.ask.images


def _kind(judged: QuestionResult, truth: QuestionResult) -> str:
    """Say whether a question was held against its limits; empty where it has none."""
    used, asked = _limits(judged), _limits(truth)
    if used == asked:
        return "right" if any(asked) else ""
    # What is held against no limit is not held against a wrong one.
    return "wrong" if any(one and one != other for one, other in zip(used, asked, strict=True)) else "not judged"


def _said(case: Case, analysis: Analysis) -> Counter[Finding]:
    above_hint = (found for found in analysis.diagnostics if found.severity < Severity.HINT)
    return Counter((case.name, found.code, found.question) for found in above_hint)


_FORMS = {2023: "2023-01-06", 2025: "2025-01-08", 2026: "2026-01-23"}


def real_forms() -> dict[int, Path]:
    """Return the forms that are changed, by the year of the reports whose answers are put in."""
    paths = {path.stem[:10]: path for path in templates()}
    return {year: paths[date] for year, date in _FORMS.items()}


def real_editions() -> dict[int, Edition]:
    """Return what these are."""
    return {year: real_edition(path) for year, path in real_forms().items()}


def filled(
    edition: Edition, reports: Iterable[RealReport], *, n_left: int = 0, form: str | None = None
) -> Iterator[Case]:
    """Yield an edition with the answers of some reports, but for so many at the end; git may hold a form of each."""
    for report in reports:
        version = report.newest
        assert version.pack
        answers = answers_of(version.source, version.pack)
        left = {part.origin for part in edition.parts[len(edition.parts) - n_left :]}
        kept = {number: answer for number, answer in answers.items() if number not in left}
        source, usual = SourceText(edition.filled(kept)), SourceText(edition.usual(kept))
        yield Case(report.name, source, usual, evolve(version.files, form=form), edition.pack, edition.said_once)


def reports_of(year: int) -> list[RealReport]:
    """Return the reports of a year."""
    return [report for report in real_reports() if report.script["edition_year"] == year]


def untouched(edition: Edition, known: Sequence[Pack]) -> list[str]:
    """Return what of an empty form is said but that its questions are unanswered, and whether fixes leave it alone."""
    source, files = SourceText(edition.text), MemoryFiles(())
    pack = edition_of(source, files, known)
    if pack is None:
        return ["it is no report"]
    analysis = analyze(source, pack, files, None)
    said = [] if analysis.stage is Stage.DRAFT else ["it is final"]
    expected = Counter(f"unanswered {number}" for number in range(1, len(edition.parts) + 1))
    found = Counter(f"{one.code} {one.question}" for one in analysis.diagnostics)
    found -= Counter(f"{code} 1" for code in edition.said_once)
    said += [*(found - expected).elements(), *(f"no {one}" for one in (expected - found).elements())]
    for stage in Stage:
        fixed = fix_all(source, pack, files, stage, lambda _code: True)
        said += [f"fixes of {stage.value} change it"] if fixed.text != source.text else []
    return said


TIMES = {
    "up to 2023-01": tuple(pack for pack in packs() if pack.since <= "2023-01"),
    "up to 2024-12": tuple(pack for pack in packs() if pack.since <= "2024-12"),
    "`generic` alone": tuple(pack for pack in packs() if not pack.asks),
}
"""What was known at some time."""


def at_other_times(year: int) -> Iterator[Case]:
    """Yield the real reports of a year, each with the pack of its edition."""
    for report in reports_of(year):
        version = report.newest
        assert version.pack
        yield Case(report.name, version.source, version.source, version.files, version.pack)


def _main(words: Sequence[str]) -> None:
    """Print a line for each edition and time; where some are named, each finding that is false or missed too."""
    for year, real in real_editions().items():
        for name, change in CHANGES.items():
            edition = change(real)
            title = f"{year}, {name}"
            if all(word in title for word in words):
                _print(title, measure(filled(edition, reports_of(year)), packs()), words)
                kinds = Counter(one.rstrip("0123456789 ") for one in untouched(edition, packs()))
                must = "unknown" if edition.is_unknown else "known"
                empty = ", ".join(f"{n} {kind}" for kind, n in kinds.items())
                sys.stdout.write(f"    it must be {must}; empty form: {empty or 'as it must be'}\n")
    for time, known in TIMES.items():
        for year in (2023, 2024, 2025, 2026):
            title = f"{year}, packs {time}"
            if all(word in title for word in words):
                _print(title, measure(at_other_times(year), known), words)


def _print(title: str, total: Measured, words: Sequence[str]) -> None:
    limits = f"limits {total.right} right, {total.wrong} wrong, {total.not_judged} not judged"
    found = f"findings {total.false.total()} false, {total.missed.total()} missed"
    sys.stdout.write(f"{title}: {limits}; {found}; {total.unknown} of {total.n_texts} unknown\n")
    if words:
        for kind, findings in (("false", total.false), ("missed", total.missed)):
            sys.stdout.writelines(f"    {kind}: {name} {code} {number}\n" for name, code, number in findings.elements())
    sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1:])
