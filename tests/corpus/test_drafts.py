"""Packs drafted from the real forms of a course ask what its scripts ask."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from report_ls.authoring.draft import draft
from report_ls.authoring.review import mismatches
from report_ls.files.text_files import read_text
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask
from report_ls.packs.recognise import recognise
from report_ls.project.packs import packs, parse_pack
from report_ls.report.outline import outline
from support.corpus import corpus, real_reports, templates
from support.course_scripts import SHAPES, Style


def versions() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return of each template the date of its script, and of each date from which limits held, these limits."""
    page = corpus().parent.joinpath("course", "VERSIONS.md").read_text("utf-8")
    scripts = dict(re.findall(r"(?m)^\| (\S+)_README\.md \| ([\d-]+)_\S+_report\.py \|", page))
    table = page.partition("## report.py: constraint per question\n")[2].partition("\n\nScripts")[0].strip().split("\n")
    dates = re.findall(r"q: ([\d-]+)", table[0])
    rows = [[cell.strip() for cell in row.split("|")[2:-1]] for row in table[2:]]
    return scripts, {date: [row[index] for row in rows if row[index]] for index, date in enumerate(dates)}


def written_as_in_versions(ask: Ask) -> str:
    """Return the limits of a question as VERSIONS.md has them."""
    limits = (ask.words, "w"), (ask.images, "img")
    return " + ".join(f"{limit.low}-{limit.high}{unit}" for limit, unit in limits if limit) or "-"


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.stem)
def test_real_forms_fit_their_packs_and_their_drafts(path: Path) -> None:
    form = read_text(path)
    pack, written = recognise(outline(form.plain), packs()), draft(form, path.name)
    assert pack is not None
    assert written is not None
    assert [] == [*mismatches(pack, form)]
    assert [] == [*mismatches(parse_pack(written, "draft"), form)]


_EXPECTED = re.compile(
    r"question \d+: (?:its prompt differs from the pack;|the pack does not have it|the report does not have it).*"
)


def test_of_real_reports_nothing_is_said_of_limits_markers_and_sections() -> None:
    versions = [version for report in real_reports() for version in report.versions]
    said = [one for version in versions if version.pack for one in mismatches(version.pack, version.source)]
    assert [] == [one for one in said if not _EXPECTED.fullmatch(one)]


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.stem)
def test_the_limits_of_real_forms_are_found_except_those_that_stand_in_no_sentence(path: Path) -> None:
    scripts, limits = versions()
    script = scripts[path.stem]
    expected = limits[max(date for date in limits if date <= script)]
    written = draft(read_text(path), path.name)
    assert written is not None
    pack = parse_pack(written, "draft")
    (unsure,) = pack.unsure
    asks_for_picture = 25 if len(expected) == 27 else 29
    assert unsure.startswith(f"question {asks_for_picture} asks for a picture")
    found = [written_as_in_versions(ask) for ask in pack.asks]
    missing = {
        number: (found[number - 1], limit) for number, limit in enumerate(expected, 1) if found[number - 1] != limit
    }
    assert missing == dict.fromkeys([asks_for_picture], ("200-400w", "200-400w + 1-1img"))


def limit(written: str, unit: str) -> Limit | None:
    """Return a limit of a question as VERSIONS.md has it."""
    found = re.search(rf"(\d+)-(\d+){unit}", written)
    return Limit(int(found[1]), int(found[2])) if found else None


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("path", templates(), ids=lambda path: path.stem)
def test_form_and_script_of_an_edition_make_its_pack(path: Path, shape: Callable[..., str]) -> None:
    scripts, limits = versions()
    table = limits[max(date for date in limits if date <= scripts[path.stem])]
    script = shape([(limit(written, "w"), limit(written, "img")) for written in table], Style())
    form = read_text(path)
    written = draft(form, path.name, script)
    assert written is not None
    drafted, pack = parse_pack(written, "draft"), recognise(outline(form.plain), packs())
    assert pack is not None
    assert drafted.unsure == ()
    assert {ask.number: (ask.words, ask.images) for ask in pack.asks} == {
        ask.number: (ask.words, ask.images) for ask in drafted.asks
    }
    assert table == [written_as_in_versions(ask) for ask in drafted.asks]
    for ask, known in zip(drafted.asks, pack.asks, strict=True):
        assert {*ask.prompts} <= {*known.prompts}
        assert {*ask.full_prompts} <= {*known.full_prompts}
    of_pack = pack.form.marker, pack.form.sections, pack.form.expected_answers, pack.folder, pack.extensions
    form_read = drafted.form
    assert of_pack == (
        form_read.marker,
        form_read.sections,
        form_read.expected_answers,
        drafted.folder,
        drafted.extensions,
    )
