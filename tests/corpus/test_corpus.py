"""The properties of all texts hold for real reports."""

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

import pytest
from attrs import evolve
from report_ls.analysis.analyze import Analysis, analyze
from report_ls.analysis.fixing import fix_all
from report_ls.base.diagnostic import Severity, Stage
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.course.python_markdown import make_page
from report_ls.course.script import read_script
from report_ls.files.port import Picture
from report_ls.files.text_files import read_text
from report_ls.packs.pack import Pack
from report_ls.project.packs import packs
from report_ls.report.markdown import read_markdown
from report_ls.report.pieces import Link, LiteralSpan
from report_ls.report.report import read_report
from support.corpus import RealReport, Version, real_reports, templates
from support.course_script import disagreements, restate
from support.forms import changed_forms
from support.memory_files import MemoryFiles
from support.per_question import differences_of_local_checks
from support.suites import broken_promises, differences_by_line_ends

_REPORTS = real_reports()
_NEWEST = [report.newest for report in _REPORTS]

every_report = pytest.mark.parametrize("report", _REPORTS, ids=[report.name for report in _REPORTS])
every_newest = pytest.mark.parametrize("version", _NEWEST, ids=[version.name for version in _NEWEST])

_EDITIONS = {
    2023: {"dtu-mlops-2022-12", "dtu-mlops-2023-01"},
    2024: {"dtu-mlops-2023-01"},
    2025: {"dtu-mlops-2024-12", "dtu-mlops-2025-01"},
    2026: {"dtu-mlops-2026-01"},
}


def _judge(version: Version, stage: Stage = Stage.FINAL) -> Analysis:
    assert version.pack, f"{version.name} is taken for no report"
    return analyze(version.source, version.pack, version.files, stage)


@every_report
def test_a_report_gets_the_pack_of_its_edition(report: RealReport) -> None:
    assert report.newest.pack
    assert report.newest.pack.id in _EDITIONS[report.script["edition_year"]]
    others = {version.name: version.pack and version.pack.form.expected_answers for version in report.versions}
    assert set(others.values()) == {report.script["questions"]}


@every_report
def test_the_script_counts_what_the_course_s_counted(report: RealReport) -> None:
    assert report.newest.pack
    script = read_script(report.newest.source, report.newest.pack.form)
    assert script
    assert len(script.answers) == report.script["answers_extracted"]
    assert script.refuses == report.script["raises"]
    if not script.refuses:
        counts = {str(number): (x.n_words, x.n_images) for number, x in enumerate(script.answers, 1)}
        assert counts == {number: (x["words"], x["images"]) for number, x in report.script["per_question"].items()}


@every_report
def test_the_script_is_restated_on_every_version(report: RealReport) -> None:
    for version in report.versions:
        assert version.pack, version.name
        form = version.pack.form
        script = read_script(version.source, form)
        assert script
        counts = [(answer.n_words, answer.n_images) for answer in script.answers]
        assert (counts, script.refuses) == restate(
            version.source.text, form.expected_answers or 0, form.skipped_characters
        ), version.name


@every_newest
def test_line_ends_change_nothing(version: Version) -> None:
    assert version.pack
    assert [] == differences_by_line_ends(version.source, version.pack, version.files, Stage.FINAL)


@every_report
def test_where_nothing_is_named_script_and_students_agree(report: RealReport) -> None:
    for version in report.versions:
        assert disagreements(_judge(version)) == [], version.name


@every_report
def test_nothing_remains_that_only_script_differs_explains(report: RealReport) -> None:
    for version in report.versions:
        codes = {diagnostic.code for diagnostic in _judge(version).diagnostics}
        assert "script-differs" not in codes, version.name


@every_report
def test_questions_parsed_alone_equal_the_whole(report: RealReport) -> None:
    for version in report.versions:
        assert version.pack
        questions = read_report(version.source, version.pack.form).questions
        whole = read_markdown(version.source.plain)
        if whole.unclosed or any(question.answer.unclosed for question in questions):
            continue
        for question in questions:
            answer, where = question.answer, f"{version.name}, question {question.number}"
            assert _inside(whole.images, answer.span) == _inside(answer.images, answer.span), where
            assert _inside(whole.links, answer.span) == _inside(answer.links, answer.span), where
            assert _inside(whole.literals, answer.span) == _inside(answer.literals, answer.span), where


def _inside(things: Iterable[Link] | Iterable[LiteralSpan], span: Span) -> list[Link | LiteralSpan]:
    return [thing for thing in things if span.start <= thing.span.start < span.end]


@every_newest
def test_an_answer_alone_is_shown_as_it_is_on_the_whole_page(version: Version) -> None:
    assert version.pack
    source = SourceText(version.source.text.replace("\r\n", "\n"))
    whole = make_page(source.text, version.pack.page_skips_characters) or ""
    for question in read_report(source, version.pack.form).questions:
        if question.answer.text_with_label.startswith(">"):
            # The label and what follows it; before it stands the prompt, in the same quote.
            alone = (make_page(question.answer.text_with_label, 0) or "").partition("<p>")[2]
            assert alone in whole, f"{version.name}, question {question.number}"


@every_newest
def test_what_is_mended_is_seen_on_the_whole_page(version: Version) -> None:
    assert version.pack
    cut = version.pack.page_skips_characters
    for diagnostic in _judge(version).diagnostics:
        for fix in diagnostic.fixes:
            if diagnostic.code not in _SEEN_AS:
                continue
            pages = [make_page(source.text, cut) for source in (version.source, version.source.apply(fix.edits))]
            before, after = (sum(map((page or "").count, _SEEN_AS[diagnostic.code])) for page in pages)
            assert after > before, f"{version.name}: {diagnostic.code}"
            # Several code blocks with nothing between are shown as one.
            assert diagnostic.code == "code-not-rendered" or after - before >= 1 + len(diagnostic.related)


_SEEN_AS = {
    "list-not-rendered": ("<ul>", "<ol>", "<li>"),
    "code-not-rendered": ("<pre><code>",),
    "accidental-heading": ("<hr", "<pre><code>"),
}
"""What there is more of on the page after a fix."""


@every_newest
@pytest.mark.parametrize("stage", list(Stage), ids=lambda stage: stage.value)
def test_promises_are_kept(version: Version, stage: Stage) -> None:
    assert broken_promises(_judge(version, stage), version.files) == []


@pytest.mark.slow
@every_report
def test_promises_are_kept_on_every_version(report: RealReport) -> None:
    for version in report.versions[1:]:
        assert broken_promises(_judge(version), version.files) == [], version.name


@every_newest
def test_local_checks_say_the_same_of_a_question_alone(version: Version) -> None:
    assert version.pack
    assert differences_of_local_checks(version.source, version.pack, version.files) == []


_KNOWN_TREES = [report for report in _REPORTS if report.folder.joinpath("tree.json").exists()]


@pytest.mark.parametrize("report", _KNOWN_TREES, ids=[report.name for report in _KNOWN_TREES])
def test_links_are_said_to_lead_nowhere_where_git_tracked_nothing(report: RealReport) -> None:
    """All else that a path may be is worked out here once more, from what `tree.json` says."""
    listed = json.loads(report.folder.joinpath("tree.json").read_bytes())
    paths = {normalize("NFC", file["path"]) for file in listed["files"]}
    paths |= {str(folder) for path in paths for folder in PurePosixPath(path).parents}
    home = "/" + str(PurePosixPath(listed["report"]).parent)
    analysis = _judge(report.newest)
    wrong = []
    for question in analysis.report.questions:
        for link in question.answer.links:
            written = unquote(re.split("[?#]", link.url)[0])
            is_path = written != "" and not re.match(r"[a-z]+:|//", written)
            place = posixpath.normpath(posixpath.join(home, written)).lstrip("/") or "."
            is_picture = written.lower().endswith((".png", ".jpg"))  # This is image-as-link's.
            if is_path and place not in paths and not is_picture:
                wrong.append(link.target)
    said = [one for found in analysis.diagnostics if found.code == "link-not-found" for one in found.apart]
    assert sorted(wrong) == sorted(one.span for one in said)
    for fix in (fix for found in analysis.diagnostics if found.code == "link-not-found" for fix in found.fixes):
        for edit in fix.edits:
            assert posixpath.normpath(posixpath.join(home, unquote(edit.text))).lstrip("/") in paths


def test_links_that_lead_nowhere_are_in_some_real_reports() -> None:
    counts = [
        sum(1 for found in _judge(report.newest).diagnostics if found.code == "link-not-found" for _ in found.apart)
        for report in _KNOWN_TREES
    ]
    assert (28, 9) == (sum(counts), sum(map(bool, counts)))


_PACKS_SINCE = (
    ("2022-12-29", "dtu-mlops-2022-12"),
    ("2023-01-06", "dtu-mlops-2023-01"),
    ("2024-12-22", "dtu-mlops-2024-12"),
    ("2025-01-08", "dtu-mlops-2025-01"),
    ("2026-01-09", "dtu-mlops-2026-01"),
)


def _own_pictures(pack: Pack) -> MemoryFiles:
    """Return the folder of pictures that comes with a form."""
    paths = {f"figures/{index}.png": example for index, example in enumerate(pack.examples)}
    return MemoryFiles(
        paths,
        pictures={path: Picture(example.n_bytes, "png") for path, example in paths.items()},
        digests={path: example.sha256 for path, example in paths.items()},
    )


@pytest.mark.parametrize("has_pictures", [False, True], ids=["alone", "with its pictures"])
@pytest.mark.parametrize("path", templates(), ids=lambda path: path.stem)
def test_an_empty_form_is_unanswered_and_nothing_else(path: Path, has_pictures: bool) -> None:  # noqa: FBT001
    version = Version(path.stem, read_text(path), MemoryFiles(()))
    assert version.pack
    assert version.pack.examples
    if has_pictures:
        version = evolve(version, files=_own_pictures(version.pack))
    assert version.pack
    assert version.pack.id == max((date, pack) for date, pack in _PACKS_SINCE if date <= path.stem)[1]
    analysis = _judge(version)
    expected = [("unanswered", number) for number in range(1, (version.pack.form.expected_answers or 0) + 1)]
    assert [(diagnostic.code, diagnostic.question) for diagnostic in analysis.diagnostics] == expected
    assert broken_promises(analysis, version.files) == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.stem)
def test_safe_fixes_leave_an_untouched_form_alone_whatever_changed_in_it(path: Path) -> None:
    n_judged = 0
    for text in _some(changed_forms(read_text(path).text)):
        version = Version(path.stem, SourceText(text), MemoryFiles(["figures/a.png"]))
        if version.pack:
            n_judged += 1
            fixed = fix_all(version.source, version.pack, version.files, Stage.FINAL, lambda _code: True)
            assert fixed.text == text
    assert n_judged == len([*_some(changed_forms(""))])


def _some(forms: Iterable[str]) -> Iterator[str]:
    """Yield every thirty-first, so that each part is changed in each way."""
    return islice(forms, 0, None, 31)


def test_every_pack_is_somebody_s() -> None:
    used = {version.pack.id for version in _NEWEST if version.pack} | {pack for _, pack in _PACKS_SINCE}
    assert {pack.id for pack in packs()} == used | {"generic"}


_HISTORIES = [report for report in _REPORTS if len(report.versions) > 1]
_MOST_AT_ONCE = 6


@pytest.mark.parametrize("report", _HISTORIES, ids=[report.name for report in _HISTORIES])
def test_no_day_brings_findings_that_its_text_did_not_cause(report: RealReport) -> None:
    newest, *older = report.versions
    before: Counter[tuple[str, int | None]] | None = None
    answers_before: dict[int, str] = {}
    for version in (*older, newest):
        assert version.pack
        analysis = analyze(version.source, version.pack, version.files, None)
        answers = {one.question.number: one.question.answer.text for one in analysis.questions}
        found = Counter(
            (diagnostic.code, diagnostic.question)
            for diagnostic in analysis.diagnostics
            if diagnostic.severity is not Severity.HINT
        )
        if before is not None:
            new = [
                (code, number)
                for code, number in (found - before).elements()
                if number is None or answers.get(number) == answers_before.get(number)
            ]
            assert len(new) <= _MOST_AT_ONCE, (version.name, new)
        before, answers_before = found, answers


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.stem)
def test_an_untouched_form_is_silent(path: Path) -> None:
    version = Version(path.stem, read_text(path), MemoryFiles(["figures/a.png"]))
    assert version.pack
    analysis = analyze(version.source, version.pack, version.files, None)
    assert {Severity.HINT} == {diagnostic.severity for diagnostic in analysis.diagnostics}
    assert "" == analysis.lengths.text
