"""The reference equals the code, and every check has what the reference needs."""

import json
import re
from pathlib import Path

import pytest
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Severity, Stage
from report_ls.checks import Check, all_checks
from report_ls.data.yaml import read
from report_ls.packs.pack import shipped
from report_ls.packs.schema import SCHEMA
from report_ls.project.packs import parse_pack
from support.generated import assert_generated
from support.suites import read_suite

from tools.reference import pack_schema, packs_json, rules_page

RULES = Path(__file__).parents[2] / "rules"
CODES = [check.code for check in all_checks()]

every_check = pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.code)


def test_the_packs_that_are_read_at_the_start_are_those_of_the_yaml() -> None:
    paths = sorted(RULES.glob("*.yaml"))
    texts = [path.read_text("utf-8") for path in paths]
    assert_generated(
        RULES / "packs.json", packs_json(read(text, path.name)[0] for path, text in zip(paths, texts, strict=True))
    )
    assert tuple(parse_pack(text, path.name) for path, text in zip(paths, texts, strict=True)) == shipped(
        (RULES / "packs.json").read_text("utf-8")
    )


def test_the_page_of_the_checks_is_up_to_date() -> None:
    assert_generated(RULES / "README.md", rules_page())


def test_the_page_says_which_checks_matter_less_somewhere_and_how_much() -> None:
    said: dict[str, set[str]] = {}
    for path in sorted(Path(__file__).parents[1].joinpath("checks").glob("*.md")):
        for example in read_suite(path):
            if not example.pack.severities:
                for found in analyze(example.source, example.pack, example.files, Stage.FINAL).diagnostics:
                    said.setdefault(found.code, set()).add(found.severity.word)
    words = {check.code: {check.severity[0].word} for check in all_checks()}
    expected = {check.code: words[check.code] | set(re.findall(_SEVERITIES, check.less)) for check in all_checks()}
    assert expected == words | said


_SEVERITIES = "|".join(severity.word for severity in Severity)


def test_the_schema_of_packs_is_up_to_date() -> None:
    assert_generated(RULES / "pack.schema.json", pack_schema())


def test_the_schema_that_editors_read_is_the_one_that_packs_are_read_with() -> None:
    assert SCHEMA == json.loads(pack_schema())


@every_check
def test_a_code_is_words_joined_by_dashes(check: Check) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+|mojibake|unanswered", check.code)


@every_check
def test_a_title_is_one_sentence_on_one_line(check: Check) -> None:
    title, blank, *_ = check.page.split("\n")
    assert re.fullmatch(r"[A-Z`].*[^.]\.", title)
    assert not blank


@every_check
def test_a_page_says_why_and_shows_an_example(check: Check) -> None:
    outside_fences = re.sub(r"(?ms)^(`{3,}|~{3,})[^\n]*$.*?^\1$", "", check.page)
    headings = re.findall(r"(?m)^#.*$", outside_fences)
    assert ["## Why is this bad?", "## Example"] == headings
    assert "````report\n" in check.page.partition("## Example")[2]


@every_check
def test_a_severity_is_a_pair_and_a_draft_is_never_judged_harder(check: Check) -> None:
    final, draft = check.severity
    assert (Severity, Severity) == (type(final), type(draft))
    assert final <= draft


@every_check
def test_a_check_silences_other_checks_only(check: Check) -> None:
    assert set(check.suppresses) <= set(CODES) - {check.code}
    assert len(set(check.suppresses)) == len(check.suppresses)


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_pack_changes_the_severity_of_checks_that_exist(path: Path) -> None:
    severities = parse_pack(path.read_text("utf-8"), path.name).severities
    assert set() == {key.partition("@")[0] for key in severities} - set(CODES)


def test_the_table_lists_each_check_once_and_links_to_its_section() -> None:
    page = rules_page()
    rows = re.findall(r"(?m)^\| \[([a-z0-9-]+)\]\(#([a-z0-9-]+)\) \|", page)
    sections = re.findall(r"(?m)^## (.*)$", re.sub(r"(?ms)^(`{3,}|~{3,})[^\n]*$.*?^\1$", "", page))
    assert [(code, code) for code in CODES] == rows
    assert CODES == sections


def test_every_link_within_the_page_leads_somewhere() -> None:
    page = rules_page()
    assert set() == set(re.findall(r"\]\(#([a-z0-9-]+)\)", page)) - set(CODES)


def test_headings_are_deepened_outside_of_fences_only() -> None:
    page = rules_page()
    assert page.count("\n### Why is this bad?\n") == len(CODES)
    assert page.count("\n### Example\n") == len(CODES)
    assert "\n#### Question" not in page
