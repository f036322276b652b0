"""The command, run as users and tools run it: its output, its messages and its exit status."""

import json
import os
import re
import signal
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from report_ls.checks import all_checks
from report_ls.cli.formats import FORMATS
from report_ls.packs.limits import Limit
from report_ls.project.packs import packs
from report_ls.report.fingerprints import fingerprint
from support.command import (
    COMMAND,
    GOOD,
    GOOD_LINE,
    LEFT_OVER,
    LEFT_OVER_DIFF,
    LEFT_OVER_LINE,
    NO_QUESTION,
    PYTHON,
    SHORT,
    SHORT_LINE,
    SHORT_OF,
    SHOWN,
    UNANSWERED,
    Ran,
    asking_git,
    run,
    write,
)
from support.course_scripts import Style, objects
from support.pictures import put_picture
from support.unknown_form import LIKE

PACK = """\
id: cameras
title: Cameras
script: {parts: 1}
questions:
  - {number: 1, topic: purpose, words: 2-3}
"""


def test_a_report_is_judged(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    assert run(tmp_path, "--check", "report.md") == Ran(1, SHORT_LINE, "")


def test_a_report_with_nothing_to_say_is_good(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    assert run(tmp_path, "--check", "report.md") == Ran(0, GOOD_LINE, "")


def test_the_report_of_the_current_folder_needs_no_path(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD, other=SHORT)
    assert run(tmp_path, "--check") == Ran(0, GOOD_LINE, "")


def test_all_reports_of_a_folder_are_judged_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write(tmp_path, report=GOOD, notes="# Notes\n")
    write(tmp_path / "b", exam=GOOD)
    ran = run(tmp_path, "--check", ".", "b", "b/exam.md", str(tmp_path / "report.md"))
    assert ran == Ran(
        0,
        "b/exam.md: generic, final: 1 of 1 question answered; no problems found\n"
        f"{GOOD_LINE}"
        "2 reports: no problems found\n",
        "",
    )


def test_a_folder_without_a_report_is_never_a_silent_success(tmp_path: Path) -> None:
    write(tmp_path, notes="# Notes\n")
    said = "no report found in this folder or below; name the file if there is one\n"
    assert run(tmp_path, "--check") == Ran(2, "", f".: {said}")
    assert run(tmp_path.parent, "--check", tmp_path.name) == Ran(2, "", f"{tmp_path.name}: {said}")


def test_before_the_final_stage_a_folder_without_report_is_no_error(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    write(project, notes="# Notes\n")
    said = "no report found in this folder or below; name the file if there is one\n"
    for stage, status in (("draft", 0), ("auto", 0), ("final", 2)):
        assert run(project, "--check", "--stage", stage) == Ran(status, "", f".: {said}")
        assert run(tmp_path, "--check", "--stage", stage, "project") == Ran(status, "", f"project: {said}")
        (project / "report-ls.toml").write_text(f'stage = "{stage}"\n', "utf-8")
        assert run(project, "--check") == Ran(status, "", f".: {said}")
        assert run(project, "--check", "--isolated") == Ran(2, "", f".: {said}")
        (project / "report-ls.toml").unlink()


def test_in_draft_stage_named_files_and_folders_must_have_reports(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    write(tmp_path / "one", report=GOOD, notes="# Notes\n")
    assert run(tmp_path, "--check", "--stage", "draft", "none.md") == Ran(2, "", "none.md: there is no such file\n")
    ran = run(tmp_path, "--check", "--stage", "draft", "one/notes.md")
    assert (2, "") == (ran.status, ran.out)
    said = "two: no report found in this folder or below; name the file if there is one\n"
    judged = "one/" + GOOD_LINE.replace("final", "draft")
    assert run(tmp_path, "--check", "--stage", "draft", "one", "two") == Ran(2, judged, said)
    assert run(tmp_path, "--check", "--stage", "draft", "two") == Ran(0, "", said)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may enter every folder")
def test_a_folder_that_cannot_be_looked_into_may_hold_a_report(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    said = ".: closed cannot be read: permission denied\n"
    assert run(tmp_path, "--check", "--stage", "draft") == Ran(2, "", said)


def test_a_file_without_questions_is_no_report(tmp_path: Path) -> None:
    write(tmp_path, notes="# Notes\n", report=GOOD)
    assert run(tmp_path, "--check", "notes.md", "report.md") == Ran(2, GOOD_LINE, f"notes.md: {NO_QUESTION}\n")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    (tmp_path / "circle.md").symlink_to("circle.md")
    ran = run(tmp_path, "--check", "gone.md", "circle.md", "report.md")
    assert ran == Ran(2, SHORT_LINE, "gone.md: there is no such file\ncircle.md: too many levels of symbolic links\n")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_found_and_reported(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT, secret=SHORT)
    (tmp_path / "secret.md").chmod(0)
    assert run(tmp_path, "--check", ".") == Ran(2, SHORT_LINE, "secret.md: permission denied\n")


@pytest.mark.parametrize(
    ("fail_on", "statuses"),
    [
        ("error", [1, 0, 0, 0]),
        ("warning", [1, 1, 0, 0]),
        ("information", [1, 1, 1, 0]),
        ("never", [0, 0, 0, 0]),
    ],
)
def test_the_exit_status_is_one_from_a_severity_on(fail_on: str, statuses: list[int], tmp_path: Path) -> None:
    severities = "error", "warning", "information", "hint"
    write(tmp_path, report=SHORT)
    for severity in severities:
        (tmp_path / f"{severity}.yaml").write_text(
            f"{{id: ours, title: Ours, severities: {{answer-too-short: {severity}}}}}", "utf-8"
        )
    ran = [run(tmp_path, "--check", "--pack", f"{severity}.yaml", "--fail-on", fail_on) for severity in severities]
    assert [done.status for done in ran] == statuses


def test_a_stage_changes_severities_and_is_shown(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    draft = Ran(
        0,
        "report.md:7:3: hint: Q1: 3 words, but 5-20 are asked: 2 words are missing [answer-too-short]\n"
        f"report.md: generic, draft: 1 of 1 question answered; 1 problem when you finish; {SHORT_OF}\n",
        "",
    )
    assert run(tmp_path, "--check", "--stage", "draft") == draft
    assert run(tmp_path, "--check", "--stage", "final") == Ran(1, SHORT_LINE, "")
    assert run(tmp_path, "--check", "--stage", "auto") == Ran(1, SHORT_LINE, "")


def test_a_report_with_much_to_do_is_a_draft_of_its_own_accord(tmp_path: Path) -> None:
    questions = [UNANSWERED.replace("Question 1", f"Question {number}") for number in range(1, 7)]
    write(tmp_path, report="".join(questions))
    ran = run(tmp_path, "--check", "--stage", "auto")
    assert (ran.status, ran.out.split("\n")[-2]) == (
        0,
        "report.md: generic, draft: 0 of 6 questions answered; 6 hints",
    )


def test_checks_are_selected_and_ignored(tmp_path: Path) -> None:
    write(tmp_path, report=LEFT_OVER)
    assert run(tmp_path, "--check") == Ran(1, LEFT_OVER_LINE, "")
    for arguments in (
        ("--ignore", "leftover-marker"),
        ("--ignore", "answer-cut, leftover-marker"),
        ("--ignore", "answer-cut", "--ignore", "leftover-marker"),
        ("--select", "answer-cut"),
        ("--select", "leftover-marker", "--ignore", "leftover-marker"),
    ):
        assert run(tmp_path, "--check", *arguments) == Ran(0, GOOD_LINE, "")
    assert run(tmp_path, "--check", "--select", "answer-cut,leftover-marker") == Ran(1, LEFT_OVER_LINE, "")


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
def test_a_check_that_does_not_exist_is_answered_with_the_nearest(option: str, tmp_path: Path) -> None:
    check = () if option == "--explain" else ("--check",)
    said = 'report-ls: there is no check "answer-to-short"; the nearest is answer-too-short\n'
    assert run(tmp_path, *check, option, "answer-to-short") == Ran(2, "", said)
    assert run(tmp_path, *check, option, "Answer-TO-short") == Ran(2, "", said.replace("answer-to-", "Answer-TO-"))


def test_an_empty_selection_of_checks_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    ran = run(tmp_path, "--check", "--select", "")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith('report-ls: there is no check ""; the nearest is ')


def test_a_check_is_explained_by_its_page(tmp_path: Path) -> None:
    short, unanswered = (check for check in all_checks() if check.code in ("answer-too-short", "unanswered"))
    assert run(tmp_path, "--explain", "answer-too-short") == Ran(
        0, f"answer-too-short (warning, while a draft hint)\n\n{short.page.rstrip()}\n", ""
    )
    assert run(tmp_path, "--explain", "unanswered").out.startswith("unanswered (error, while a draft hint)\n\n")
    assert unanswered.title in run(tmp_path, "--explain", "unanswered").out
    assert run(tmp_path, "--explain", "leftover-marker").out.startswith("leftover-marker (error)\n\n")


def test_the_packs_are_listed(tmp_path: Path) -> None:
    ran = run(tmp_path, "--list-packs")
    assert (ran.status, ran.err) == (0, "")
    assert [line.split("  ", 1)[0].strip() for line in ran.out.split("\n")] == [*(pack.id for pack in packs()), ""]
    assert "generic            any form whose questions say how long an answer should be\n" in ran.out


def test_the_version_is_told(tmp_path: Path) -> None:
    ran = run(tmp_path, "--version")
    assert (ran.status, ran.err) == (0, "")
    assert re.fullmatch(r"report-ls \d+\.\d+\.\d+\n", ran.out)


@pytest.mark.parametrize("alone", [("--explain", "answer-cut"), ("--list-packs",), ("--version",)])
def test_options_that_must_be_alone_refuse_all_others(alone: tuple[str, ...], tmp_path: Path) -> None:
    said = f"report-ls: use {alone[0]} alone, without paths and other options\n"
    assert run(tmp_path, *alone, "--check") == Ran(2, "", said)
    assert run(tmp_path, *alone, "report.md") == Ran(2, "", said)


def test_a_pack_is_named_by_its_id(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    ran = run(tmp_path, "--check", "--pack", "dtu-mlops-2026-01", "--select", "answer-too-long")
    assert ran == Ran(0, "report.md: dtu-mlops-2026-01, final: 1 of 31 questions answered; no problems found\n", "")


def test_a_pack_is_named_by_its_file(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT, essay="### Question 1\n> Why?\n>\n> Answer:\n\nOne two three four.\n")
    (tmp_path / "ours.yaml").write_text(PACK, "utf-8")
    assert run(tmp_path, "--check", "report.md", "--pack", "ours.yaml") == Ran(
        0, "report.md: cameras, final: 1 of 1 question answered; no problems found\n", ""
    )
    assert run(tmp_path, "--check", "essay.md", "--pack", "ours.yaml").out == (
        "essay.md:6:15: warning: Q1: 4 words, but 2-3 are asked: "
        "cut 1 (too many from here on) [answer-too-long]\n"
        "essay.md: cameras, final: 1 of 1 question answered; 1 warning; 1 word too many in 1 answer\n"
    )


def test_a_pack_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    (tmp_path / "ours.yaml").write_text("id: ours\ntitel: Ours\n", "utf-8")
    wrong = run(tmp_path, "--check", "--pack", "ours.yaml")
    assert (wrong.status, wrong.out) == (2, "")
    assert wrong.err.startswith('report-ls: ours.yaml:2:1: there is no key "titel" here, only id, title, ')
    assert run(tmp_path, "--check", "--pack", "gone.yaml") == Ran(
        2, "", "report-ls: gone.yaml: there is no such file\n"
    )
    assert run(tmp_path, "--check", "--pack", "dtu-mlops-2026") == Ran(
        2,
        "",
        'report-ls: there is no pack "dtu-mlops-2026"; the nearest is dtu-mlops-2026-01 (see report-ls --list-packs)\n',
    )


def test_a_pack_that_lies_in_a_file_of_its_name_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "ours.yml").write_text(PACK, "utf-8")
    said = 'report-ls: there is no pack "ours"; did you mean the file ours.yml?\n'
    assert Ran(2, "", said) == run(tmp_path, "--check", "--pack", "ours")


def test_a_pack_is_drafted_from_a_form_and_the_script_beside_it(tmp_path: Path) -> None:
    write(tmp_path, form=SHORT)
    (tmp_path / "report.py").write_text(objects([(Limit(5, 20), Limit(1, 2))], Style()), "utf-8")
    drafted = run(tmp_path, "--infer-pack", "form.md").out
    assert "\nscript: {parts: 1}  # as report.py has it\n" in drafted
    taken = "\n  # question 1: images: 1-2 is from report.py\n  - {number: 1, words: 5-20, images: 1-2, prompts: ["
    assert taken in drafted
    (tmp_path / "report.py").unlink()
    (tmp_path / "report.py").symlink_to("/dev/zero")
    assert "report.py" not in run(tmp_path, "--infer-pack", "form.md").out


@pytest.mark.parametrize("heading", ["## Where", "### Question 1"])
def test_the_pictures_of_a_form_are_known_again_in_its_reports(heading: str, tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    put_picture(tmp_path / "img/map.png")
    put_picture(tmp_path / "unused.jpg")
    shown = "![ours](img/map.png) ![elsewhere](https://example.org/a.png) ![out](../b.png) ![gone](img/none.png)"
    asked = f"# Maps\n\n{heading}\n\n> Show it in an image.\n"
    write(tmp_path, form=f"{asked}\nReplace this picture. {shown}\n", report=f"{asked}\nHere: ![a](img/map.png)\n")
    drafted = run(tmp_path, "--infer-pack", "form.md").out
    (tmp_path / "ours.yaml").write_text(drafted, "utf-8")
    data = tmp_path.joinpath("img/map.png").read_bytes()
    assert (
        "# examples lists the form's own pictures: an answer needs others\n"
        "images:\n"
        "  examples:\n"
        f'    - {{bytes: {len(data)}, sha256: "{sha256(data).hexdigest()}"}}\n'
        "#"
    ) in drafted
    name = "Where" if heading == "## Where" else "Q1"
    said = f"information: {name}: this is the template's example: show a picture of your own [image-example]\n"
    assert said in run(tmp_path, "--check", "--pack", "ours.yaml", "report.md").out


def test_a_pack_is_drafted_checked_and_compared(tmp_path: Path) -> None:
    write(tmp_path, form=SHORT, notes="# Notes\n")
    drafted = run(tmp_path, "--infer-pack", "form.md")
    assert (0, "") == (drafted.status, drafted.err)
    (tmp_path / "ours.yaml").write_text(drafted.out, "utf-8")
    checked = run(tmp_path, "--check-pack", "ours.yaml", "form.md", "notes.md")
    assert checked == Ran(
        1,
        "our-project: 1 question, 1 with a limit of words, 0 with one of images\n"
        "form.md: fits\n"
        "notes.md: not recognised as a report of this edition\n"
        "notes.md: question 1: the report does not have it\n",
        "",
    )
    assert 0 == run(tmp_path, "--check-pack", "ours.yaml").status
    for name in "abc":
        (tmp_path / "class" / name).mkdir(parents=True)
    write(tmp_path, **{"class/a/report": SHORT, "class/b/report": SHORT, "class/b/notes": "# Notes\n"})
    assert run(tmp_path, "--check-pack", "ours.yaml", "class") == Ran(
        0,
        "our-project: 1 question, 1 with a limit of words, 0 with one of images\n"
        "class/a/report.md: fits\n"
        "class/b/report.md: fits\n",
        "",
    )
    assert run(tmp_path, "--check-pack", "ours.yaml", "class/c") == Ran(
        2, "", "report-ls: class/c: no report found in this folder or below; name the file if there is one\n"
    )
    (tmp_path / "theirs.yaml").write_text(drafted.out.replace("5-20", "5-30"), "utf-8")
    changed = run(tmp_path, "--diff-packs", "ours.yaml", "theirs.yaml")
    assert changed == Ran(1, "question 1: words 5-20 -> 5-30\n", "")
    assert run(tmp_path, "--diff-packs", "ours.yaml", "ours.yaml") == Ran(0, "", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--infer-pack", "gone.md"), "gone.md: there is no such file"),
        (
            ("--infer-pack", "notes.md"),
            'notes.md: 1 heading, none is "### Question n" or has a place for an answer below it',
        ),
        (("--check-pack", "gone.yaml"), "gone.yaml: there is no such file"),
        (("--check-pack", "bad.yaml"), 'bad.yaml:1:1: the key "title" is missing here'),
        (("--check-pack", "generic", "gone.md"), "gone.md: there is no such file"),
        (
            ("--check-pack", "generic", "--format", "csv"),
            "--check-pack takes a pack and reports, and no other options",
        ),
        (("--diff-packs", "generic", "gone.yaml"), "gone.yaml: there is no such file"),
    ],
)
def test_packs_that_cannot_be_had_are_said(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    write(tmp_path, notes="# Notes\n")
    (tmp_path / "bad.yaml").write_text("id: x\n", "utf-8")
    assert run(tmp_path, *arguments) == Ran(2, "", f"report-ls: {said}\n")


def configure(folder: Path, text: str, name: str = "report-ls.toml") -> None:
    """Write a configuration."""
    (folder / name).write_bytes(text.encode())


def test_the_configuration_is_obeyed_and_the_options_stand_above_it(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    configure(tmp_path, 'stage = "draft"\npack = "ours.yaml"\n')
    (tmp_path / "ours.yaml").write_text(PACK.replace("2-3", "5-9"), "utf-8")
    place, said = "report.md:7:3", "Q1: 3 words, but 5-9 are asked: 2 words are missing [answer-too-short]"
    waiting = f"1 problem when you finish; {SHORT_OF}"
    draft = f"{place}: hint: {said}\nreport.md: cameras, draft: 1 of 1 question answered; {waiting}\n"
    final = f"{place}: warning: {said}\nreport.md: cameras, final: 1 of 1 question answered; 1 warning; {SHORT_OF}\n"
    assert run(tmp_path, "--check") == Ran(0, draft, "")
    assert run(tmp_path, "--check", "--stage", "auto") == Ran(1, final, "")
    assert run(tmp_path, "--check", "--stage", "final", "--pack", "generic") == Ran(1, SHORT_LINE, "")
    assert run(tmp_path, "--check", "--stdin-filename", "report.md", stdin=SHORT) == Ran(0, draft, "")


def test_a_configured_severity_overrides_the_pack_s(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    (tmp_path / "ours.yaml").write_text(
        f"{PACK}severities: {{answer-too-short@1: error}}\n".replace("2-3", "5-9"), "utf-8"
    )
    for severity, status in (("error", 1), ("hint", 0)):
        configure(tmp_path, f'pack = "ours.yaml"\nseverity.answer-too-short = "{severity}"\n')
        ran = run(tmp_path, "--check")
        assert (ran.status, ran.out.split(": ")[1]) == (status, severity)
    configure(tmp_path, 'pack = "ours.yaml"\nseverity."answer-too-short@2" = "off"\n')
    assert run(tmp_path, "--check").out.split(": ")[1] == "error"
    configure(tmp_path, 'pack = "ours.yaml"\nseverity."answer-too-short@1" = "off"\n')
    good = "report.md: cameras, final: 1 of 1 question answered; no problems found\n"
    assert run(tmp_path, "--check") == Ran(0, good, "")


def test_what_is_switched_off_is_not_fixed(tmp_path: Path) -> None:
    write(tmp_path, report=LEFT_OVER)
    configure(tmp_path, '[tool.report-ls.severity]\nleftover-marker = "off"\n', "pyproject.toml")
    assert run(tmp_path, "--fix") == Ran(0, GOOD_LINE, "")
    assert run(tmp_path, "--diff") == Ran(0, "", "")
    assert (tmp_path / "report.md").read_bytes() == LEFT_OVER.encode()


def test_each_report_has_the_configuration_of_its_folder(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, report=SHORT)
    configure(tmp_path, 'stage = "draft"\n')
    configure(tmp_path / "b", 'severity.answer-too-short = "error"\n')
    ran = run(tmp_path, "--check", ".")
    assert (ran.status, ran.err) == (1, "")
    assert [": ".join(line.split(": ")[:2]) for line in ran.out.split("\n")] == [
        "a/report.md:7:3: hint",
        "a/report.md: generic, draft",
        "b/report.md:7:3: error",
        "b/report.md: generic, final",
        "2 reports: 1 error, 1 more when you finish",
        "",
    ]
    assert json.loads(run(tmp_path, "--check", ".", "--format", "json").out)["stage"] == "auto"


def test_a_report_that_only_the_configured_pack_knows_is_found(tmp_path: Path) -> None:
    (tmp_path / "deep/er").mkdir(parents=True)
    write(tmp_path / "deep/er", essay="### Question 1\n> Why?\n>\n> Answer:\n\nOne two.\n", notes="# Notes\n")
    assert run(tmp_path, "--check").status == 2
    configure(tmp_path / "deep", 'pack = "ours.yaml"\n')
    (tmp_path / "deep/ours.yaml").write_text(PACK, "utf-8")
    good = "deep/er/essay.md: cameras, final: 1 of 1 question answered; no problems found\n"
    assert run(tmp_path, "--check") == Ran(0, good, "")


def test_a_wrong_configuration_is_reported_once(tmp_path: Path) -> None:
    for name in ("a", "b", "b/c"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, report=GOOD)
    (tmp_path / "b/notes.md").write_text("# Notes\n", "utf-8")
    configure(tmp_path / "b", '[severity]\nanswer-to-short = "off"\n')
    ran = run(tmp_path, "--check", ".")
    assert ran == Ran(
        2,
        GOOD_LINE.replace("report.md", "a/report.md"),
        'b/report-ls.toml:2:1: there is no check "answer-to-short"; did you mean "answer-too-short"?\n'
        "b/c/report.md: not judged until b/report-ls.toml is fixed; --isolated judges it without\n"
        "b/report.md: not judged until b/report-ls.toml is fixed; --isolated judges it without\n",
    )
    assert run(tmp_path, "--fix", ".").status == 2
    (tmp_path / "b/ours.yaml").write_text("id: ours\n", "utf-8")
    configure(tmp_path / "b", 'pack = "ours.yaml"\n')
    assert run(tmp_path / "b", "--check", "report.md") == Ran(
        2,
        "",
        'ours.yaml:1:1: the key "title" is missing here\n'
        "report.md: not judged until ours.yaml is fixed; --isolated judges it without\n",
    )


TITLED = 'id: bees\ntitle: Bees\nopening: heading\nquestions:\n  - {number: 1, title: "%s", words: 1-}\n'


@pytest.mark.parametrize(
    ("written", "mistake"),
    [
        ("pack = bees.yaml", "report-ls.toml:1:8: this is not TOML: invalid value; write a text in quotes, such as "),
        (
            "packs = 'bees.yaml'",
            'report-ls.toml:1:1: there is no key "packs" here, only pack, stage, template, severity',
        ),
        (
            "pack = 'wasps.yaml'",
            'report-ls.toml:1:8: "wasps.yaml" is no known pack, and is not a file in the folder of ',
        ),
    ],
)
@pytest.mark.parametrize("stage", ["draft", "final"])
def test_a_broken_configuration_is_reported_and_not_a_missing_report(
    stage: str, written: str, mistake: str, tmp_path: Path
) -> None:
    (tmp_path / "notes").mkdir()
    for name in ("report.md", "notes/todo.md"):
        (tmp_path / name).write_text("## Why bees?\n\nThey hum.\n", "utf-8")
    (tmp_path / "bees.yaml").write_text(TITLED % fingerprint("Why bees?"), "utf-8")
    configure(tmp_path, 'pack = "bees.yaml"\n')
    assert 0 == run(tmp_path, "--check", "--stage", stage).status
    configure(tmp_path, f"{written}\n")
    until = "not judged until report-ls.toml is fixed; --isolated judges it without"
    ran = run(tmp_path, "--check", "--stage", stage)
    assert (2, "", [f".: {until}"]) == (ran.status, ran.out, ran.err.splitlines()[1:])
    assert ran.err.startswith(mistake)
    # A named pack decides which files are reports; the configuration may switch checks off.
    ran = run(tmp_path, "--check", "--stage", stage, "--pack", "bees.yaml", ".")
    assert (2, "", [f"notes/todo.md: {until}", f"report.md: {until}"]) == (
        ran.status,
        ran.out,
        ran.err.splitlines()[1:],
    )
    ran = run(tmp_path, "--check", "--stage", stage, "--pack", "bees.yaml", "--isolated", "report.md")
    assert (0, f"report.md: bees, {stage}: 1 of 1 question answered; no problems found\n") == (ran.status, ran.out)


def test_standard_input_comes_back_when_its_configuration_is_wrong(tmp_path: Path) -> None:
    configure(tmp_path, "nonsense")
    ran = run(tmp_path, "--fix", "--stdin-filename", "report.md", stdin=LEFT_OVER)
    assert (ran.status, ran.out) == (2, LEFT_OVER)


def test_a_path_without_check_is_asked_back(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    said = "report-ls: did you mean --check? report-ls --check report.md\n"
    assert run(tmp_path, "report.md") == Ran(2, "", said)
    assert run(tmp_path, "--format", "json", "report.md") == Ran(2, "", said)
    assert run(tmp_path, "--stage", "draft") == Ran(2, "", said.replace("report.md", "PATH"))


def test_without_arguments_it_is_a_server_that_ends_without_client(tmp_path: Path) -> None:
    assert run(tmp_path) == Ran(1, "", "")


def test_a_server_for_debugging_needs_to_know_where(tmp_path: Path) -> None:
    said = "report-ls: --tcp takes HOST:PORT, such as 127.0.0.1:2087\n"
    assert run(tmp_path, "--tcp") == Ran(2, "", said)
    assert run(tmp_path, "--tcp", "localhost") == Ran(2, "", said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--check", "--nonsense"), "unrecognized arguments: --nonsense (see report-ls --help)"),
        (("--fix", "--diff"), "argument --diff: not allowed with argument --fix (see report-ls --help)"),
        (("--diff", "--format", "json"), "--diff prints a diff, so it takes no --format"),
        (
            ("--check", "--stdin-filename", "report.md", "report.md"),
            "with --stdin-filename the report comes from standard input: leave the paths out",
        ),
    ],
)
def test_wrong_use_is_told_in_one_line(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    assert run(tmp_path, *arguments) == Ran(2, "", f"report-ls: {said}\n")


def test_options_and_paths_come_in_any_order(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD, other=GOOD)
    one = run(tmp_path, "--check", "report.md", "other.md", "--format", "json")
    assert one == run(tmp_path, "report.md", "--format", "json", "other.md", "--check")
    assert (one.status, json.loads(one.out)["summary"]["reports"]) == (0, 2)


def test_fix_writes_what_is_safe_and_says_what_remains(tmp_path: Path) -> None:
    write(tmp_path, report=LEFT_OVER)
    assert run(tmp_path, "--fix") == Ran(0, GOOD_LINE, "report.md: fixed what is safe to fix\n")
    assert (tmp_path / "report.md").read_bytes() == GOOD.encode()
    assert run(tmp_path, "--fix") == Ran(0, GOOD_LINE, "")


def test_fix_exits_by_what_remains(tmp_path: Path) -> None:
    write(tmp_path, report=LEFT_OVER.replace("by the people on them", ""))
    ran = run(tmp_path, "--fix", "report.md")
    assert (ran.status, ran.err) == (1, "report.md: fixed what is safe to fix\n")
    lengths = "1 word short of the recommended lengths in 1 answer"
    assert ran.out.endswith(
        f"[answer-too-short]\nreport.md: generic, final: 1 of 1 question answered; 1 warning; {lengths}\n"
    )


def test_fix_only_fixes_what_is_selected(tmp_path: Path) -> None:
    write(tmp_path, report=LEFT_OVER)
    assert run(tmp_path, "--fix", "--ignore", "leftover-marker") == Ran(0, GOOD_LINE, "")
    assert (tmp_path / "report.md").read_bytes() == LEFT_OVER.encode()


def test_fix_keeps_line_ends_and_the_byte_order_mark(tmp_path: Path) -> None:
    write(tmp_path, report="\ufeff" + LEFT_OVER.replace("\n", "\r\n"))
    assert run(tmp_path, "--fix").status == 0
    assert (tmp_path / "report.md").read_bytes() == ("\ufeff" + GOOD.replace("\n", "\r\n")).encode()


WESTERN = LEFT_OVER.replace("people on them", "people in K\u00f8benhavn").encode("cp1252")


def test_a_report_that_is_not_utf8_is_read_and_said(tmp_path: Path) -> None:
    write(tmp_path, report=WESTERN)
    out = (
        "report.md:11:35: error: the file is not UTF-8, it looks like Windows-1252: save it as UTF-8 [not-utf8]\n"
        "report.md: generic, final: 1 of 1 question answered; 1 error\n"
    )
    assert run(tmp_path, "--check", "--ignore", "leftover-marker") == Ran(1, out, "")


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_report_that_is_not_utf8_is_not_fixed(option: str, tmp_path: Path) -> None:
    write(tmp_path, report=WESTERN)
    ran = run(tmp_path, option, "--select", "leftover-marker")
    out = LEFT_OVER_LINE.replace(", of which report-ls --fix repairs 1", "") if option == "--fix" else ""
    said = "report.md: not UTF-8, so it is not fixed until it is saved as UTF-8\n"
    assert ran == Ran(int(option == "--fix"), out, said)
    assert (tmp_path / "report.md").read_bytes() == WESTERN


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("options", [("--fix", "."), ("--fix",), ("--check", "."), ("--diff", "."), ("--check",)])
def test_a_link_out_of_the_folder_is_followed_only_where_it_is_named(options: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    write(tmp_path, victim=LEFT_OVER)
    (tmp_path / "project/report.md").symlink_to("../victim.md")
    assert run(tmp_path / "project", *options) == Ran(
        2,
        "",
        "report.md: a link that leads out of the folder is not followed: name it to check it\n"
        ".: no report found in this folder or below; name the file if there is one\n",
    )
    assert (tmp_path / "victim.md").read_text("utf-8") == LEFT_OVER
    assert run(tmp_path / "project", "--fix", "report.md").status == 0
    assert (tmp_path / "victim.md").read_text("utf-8") == GOOD


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    write(tmp_path / "reports", README=GOOD)
    (tmp_path / "report.md").symlink_to("reports/README.md")
    for options in (("--check",), ("--check", "report.md")):
        assert run(tmp_path, *options) == Ran(0, GOOD_LINE, "")


def test_a_file_too_large_for_a_report_is_one_only_where_it_is_named(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    with (tmp_path / "data.md").open("wb") as file:
        file.truncate(1_500_000_000)
    said = "data.md: it is larger than 4 megabytes\n"
    assert run(tmp_path, "--check", ".") == Ran(0, GOOD_LINE, said)
    assert run(tmp_path, "--check", "report.md", "data.md") == Ran(2, GOOD_LINE, said)
    assert run(tmp_path, "--check-pack", "generic", ".").err == ""


@pytest.mark.skipif(os.name != "posix", reason="needs a named pipe")
@pytest.mark.parametrize("name", ["pipe.md", "/dev/zero"])
@pytest.mark.parametrize(
    "options", [("--check",), ("--fix",), ("--render",), ("--handin",), ("--infer-pack",), ("--check-pack", "generic")]
)
def test_nothing_waits_for_what_is_no_file(name: str, options: tuple[str, ...], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    ran = run(tmp_path, *options, name)
    assert (2, "") == (ran.status, ran.out)
    assert ran.err.endswith(f"{name if name[0] == '/' else 'pipe.md'}: it is not a file\n") or name == "/dev/zero"
    assert ran.err.endswith(": it is not a file\n")


@pytest.mark.skipif(os.name != "posix", reason="needs a named pipe")
def test_no_baseline_is_a_pipe(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    os.mkfifo(tmp_path / "pipe")
    said = "report-ls: --baseline pipe: it is not a file\n"
    assert run(tmp_path, "--check", "--baseline", "pipe") == Ran(2, "", said)


SHOWN_LEFT_OVER = SHOWN.replace("\nIt sorts", "\n--- question 1 fill here ---\n\nIt sorts")


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize(
    "saved", ["", SHORT, f"{SHOWN_LEFT_OVER}One more line.\n", SHOWN_LEFT_OVER.replace("\n", "\r\n")]
)
def test_what_is_saved_while_fixes_are_made_is_never_lost(saved: str, tmp_path: Path) -> None:
    write(tmp_path, report=SHOWN_LEFT_OVER, saved=saved)
    path = asking_git(tmp_path, f"cp {tmp_path}/saved.md {tmp_path}/report.md")
    assert run(tmp_path, "--fix", "report.md", PATH=path) == Ran(
        2, LEFT_OVER_LINE, "report.md: cannot write its fixes: it was saved meanwhile, so run this again\n"
    )
    assert saved.encode() == (tmp_path / "report.md").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_fixes_of_a_report_that_was_deleted_do_not_bring_it_back(tmp_path: Path) -> None:
    write(tmp_path, report=SHOWN_LEFT_OVER)
    path = asking_git(tmp_path, f"rm -f {tmp_path}/report.md")
    assert run(tmp_path, "--fix", "report.md", PATH=path) == Ran(
        2, LEFT_OVER_LINE, "report.md: cannot write its fixes: there is no such file\n"
    )
    assert not (tmp_path / "report.md").exists()


def test_diff_shows_what_fix_would_do_and_does_nothing(tmp_path: Path) -> None:
    write(tmp_path, report=LEFT_OVER)
    assert run(tmp_path, "--diff") == Ran(1, LEFT_OVER_DIFF, "")
    assert (tmp_path / "report.md").read_bytes() == LEFT_OVER.encode()


def test_diff_is_silent_where_there_is_nothing_to_fix(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    assert run(tmp_path, "--diff") == Ran(0, "", "")


def test_diff_keeps_line_ends_and_says_where_there_is_none(tmp_path: Path) -> None:
    write(tmp_path, report=LEFT_OVER.replace("\n", "\r\n").removesuffix("\r\n"))
    lines = [line if line.startswith(("---", "+++", "@@")) else f"{line}\r" for line in LEFT_OVER_DIFF.split("\n")]
    lines[6] += "\r"
    lines[8:] = [lines[8].removesuffix("\r"), "\\ No newline at end of file", ""]
    assert run(tmp_path, "--diff") == Ran(1, "\n".join(lines), "")


def test_a_diff_is_one_that_git_applies(tmp_path: Path) -> None:
    write(tmp_path, report=LEFT_OVER, other="\ufeff" + LEFT_OVER.replace("\n", "\r\n").removesuffix("\r\n"))
    ran = run(tmp_path, "--diff", ".")
    applied = run(tmp_path, "apply", "-p0", "--whitespace=nowarn", stdin=ran.out, command=("git",))
    assert (ran.status, applied.status) == (1, 0)
    assert (tmp_path / "report.md").read_bytes() == GOOD.encode()
    other = "\ufeff" + GOOD.replace("\n", "\r\n").removesuffix("\r\n")
    assert (tmp_path / "other.md").read_bytes() == other.encode()


def test_a_report_is_read_from_standard_input(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    assert run(tmp_path, "--check", "--stdin-filename", "report.md", stdin=SHORT) == Ran(1, SHORT_LINE, "")
    assert run(tmp_path, "--diff", "--stdin-filename", "report.md", stdin=LEFT_OVER) == Ran(1, LEFT_OVER_DIFF, "")


def test_standard_input_has_the_files_beside_its_name(tmp_path: Path) -> None:
    (tmp_path / "ours/figures").mkdir(parents=True)
    (tmp_path / "ours/figures/a.png").touch()
    text = GOOD.replace("people on them", "people on them ![a](figures/a.png) ![b](figures/b.png)")
    ran = run(tmp_path, "--check", "--select", "image-not-found", "--stdin-filename", "ours/report.md", stdin=text)
    assert ran.status == 1
    assert [line.split(": ")[0] for line in ran.out.split("\n")] == ["ours/report.md:9:64", "ours/report.md", ""]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fix_of_standard_input_prints_the_fixed_text(newline: str, tmp_path: Path) -> None:
    before, after = ("\ufeff" + text.replace("\n", newline) for text in (LEFT_OVER, GOOD))
    command = tmp_path, "--fix", "--stdin-filename", "report.md"
    assert run(*command, stdin=before) == Ran(0, after, GOOD_LINE)
    assert run(*command, stdin=before, PYTHONIOENCODING="cp1252").out == after
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", [GOOD.encode(), WESTERN, b"# Notes\r\n\xff\xff\x00"])
def test_standard_input_that_cannot_be_fixed_is_never_lost(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "in.md").write_bytes(text)
    with (tmp_path / "in.md").open("rb") as read, (tmp_path / "out.md").open("wb") as written:
        command = [*COMMAND, "--fix", "--stdin-filename", "report.md"]
        subprocess.run(command, cwd=tmp_path, stdin=read, stdout=written, stderr=subprocess.DEVNULL, check=False)
    assert (tmp_path / "out.md").read_bytes() == text


RENDER_TAKES = "--render takes one report, and only the options --marked, -o, --pack and --isolated"

HANDED_IN = """\
id: cameras
title: Cameras
handin: python-markdown
handin-cut: 2
questions:
  - {number: 1}
"""


def page_of(folder: Path, *arguments: str) -> str:
    """Return the body of the printed page."""
    ran = run(folder, "--render", "report.md", "--pack", "pack.yaml", *arguments)
    assert (ran.status, ran.err) == (0, "")
    return ran.out.partition("<body>\n")[2].partition("\n</body>")[0]


def test_the_page_that_is_handed_in_is_printed(tmp_path: Path) -> None:
    report = "12# Title\n\n### Question 1\n> Why?\n>\n> Answer:\n\nTwo:\n- a\n\n![b](figures/c.png)<script>d</script>\n"
    write(tmp_path, report=report)
    (tmp_path / "pack.yaml").write_text(HANDED_IN, encoding="utf-8")
    assert page_of(tmp_path) == (
        "<h1>Title</h1>\n<h3>Question 1</h3>\n<blockquote>\n<p>Why?</p>\n<p>Answer:</p>\n</blockquote>\n"
        '<p>Two:\n- a</p>\n<p><img src="figures/c.png" alt="b"></p>'
    )


def test_the_pictures_of_a_page_are_found_from_where_it_lies(tmp_path: Path) -> None:
    write(tmp_path, report=f"12{GOOD}\n![a](figures/b.png) [c](#d)\n")
    (tmp_path / "pack.yaml").write_text(HANDED_IN, encoding="utf-8")
    (tmp_path / "out" / "here").mkdir(parents=True)
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "report.md").write_bytes((tmp_path / "report.md").read_bytes())
    for report, output, source in (
        ("report.md", "page.html", "figures/b.png"),
        ("report.md", "out/here/page.html", "../../figures/b.png"),
        ("a b/report.md", "out/page.html", "../a%20b/figures/b.png"),
    ):
        ran = run(tmp_path, "--render", report, "-o", output, "--pack", "pack.yaml")
        assert ran == Ran(0, "", "")
        page = (tmp_path / output).read_text("utf-8")
        assert f'<img src="{source}" alt="a"> <a href="#d"' in page
        assert "<title>report.md, as it is handed in</title>" in page


def test_a_page_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD, notes="# Notes\n", deep=f"12{GOOD}\n\n{'- ' * 3000}a\n")
    (tmp_path / "pack.yaml").write_text(HANDED_IN, encoding="utf-8")
    for arguments, said in (
        (("none.md",), "none.md: there is no such file"),
        ((".",), ".: is a directory"),
        (("notes.md",), f"notes.md: {NO_QUESTION}"),
        (("report.md",), "report.md: report-ls does not know its hand-in page; name its course with --pack"),
        (("deep.md", "--pack", "pack.yaml"), "deep.md: it is nested too deeply for a page"),
        (
            ("report.md", "--pack", "pack.yaml", "-o", "report.md"),
            "report.md: the page cannot be written: that is the report itself",
        ),
        (
            ("report.md", "--pack", "pack.yaml", "-o", "none/page.html"),
            "none/page.html: the page cannot be written: there is no such folder",
        ),
        (("report.md", "--check"), RENDER_TAKES),
        (("report.md", "report.md"), RENDER_TAKES),
    ):
        assert run(tmp_path, "--render", *arguments) == Ran(2, "", f"report-ls: {said}\n")
    for option, said in (
        ("-o", "-o says where --render writes a page: report-ls --render REPORT -o FILE"),
        ("--marked", "--marked marks the page of --render: report-ls --render REPORT --marked -o FILE"),
    ):
        arguments = ("-o", "page.html") if option == "-o" else (option,)
        assert run(tmp_path, *arguments) == Ran(2, "", f"report-ls: {said}\n")
    assert (tmp_path / "report.md").read_text("utf-8") == GOOD


def test_isolated_from_a_configuration_only_the_options_count(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    configuration = tmp_path / "report-ls.toml"
    configuration.write_text('stage = "draft"\n[severity]\nanswer-too-short = "off"\n', encoding="utf-8")
    switched_off = GOOD_LINE.replace("final", "draft")
    assert run(tmp_path, "--check") == run(tmp_path, "--check", ".") == Ran(0, switched_off, "")
    for text in (configuration.read_text("utf-8"), "mistaken = true\n", 'pack = "dtu-mlops-2026-01"\n'):
        configuration.write_text(text, "utf-8")
        for paths in ((), (".",), ("report.md",)):
            assert run(tmp_path, "--check", "--isolated", *paths) == Ran(1, SHORT_LINE, "")
    configuration.write_text("mistaken = true\n", "utf-8")
    ran = run(tmp_path, "--handin", "--isolated")
    title = f"report.md: ready to hand in, as far as can be seen from here; {SHORT_OF}"
    assert (0, title) == (ran.status, ran.out.partition("\n")[0])


def test_isolated_no_configuration_makes_a_text_a_report(tmp_path: Path) -> None:
    write(tmp_path, report="### Question 1\n\n### Question 2\n")
    (tmp_path / "pack.yaml").write_text(HANDED_IN, encoding="utf-8")
    (tmp_path / "report-ls.toml").write_text('pack = "pack.yaml"\n', encoding="utf-8")
    assert "report.md: cameras, final: " in run(tmp_path, "--check").out
    said = ".: no report found in this folder or below; name the file if there is one\n"
    for paths in ((), (".",)):
        assert run(tmp_path, "--check", "--isolated", *paths) == Ran(2, "", said)


def test_a_page_is_isolated_from_a_configuration(tmp_path: Path) -> None:
    write(tmp_path, report=f"12{GOOD}")
    (tmp_path / "pack.yaml").write_text(HANDED_IN, encoding="utf-8")
    (tmp_path / "report-ls.toml").write_text('pack = "pack.yaml"\n', encoding="utf-8")
    assert 0 == run(tmp_path, "--render", "report.md").status
    said = "report-ls: report.md: report-ls does not know its hand-in page; name its course with --pack\n"
    assert run(tmp_path, "--render", "report.md", "--isolated") == Ran(2, "", said)
    (tmp_path / "report-ls.toml").write_text("mistaken = true\n", encoding="utf-8")
    assert 2 == run(tmp_path, "--render", "report.md", "--pack", "pack.yaml").status
    assert "<h3>Question 1</h3>" in page_of(tmp_path, "--isolated")


def test_a_page_of_a_report_that_is_not_utf8_is_said(tmp_path: Path) -> None:
    write(tmp_path, report=f"12{GOOD}caf\u00e9".encode("cp1252"))
    (tmp_path / "pack.yaml").write_text(HANDED_IN, encoding="utf-8")
    ran = run(tmp_path, "--render", "report.md", "--pack", "pack.yaml")
    assert (ran.status, ran.err) == (0, "report.md: not UTF-8, read as Windows-1252, so some letters may be wrong\n")
    assert "caf\u00e9" in ran.out


def test_json_is_one_document(tmp_path: Path) -> None:
    write(tmp_path, report=LEFT_OVER)
    ran = run(tmp_path, "--check", "--format", "json", "report.md", "gone.md")
    assert (ran.status, ran.err) == (2, "gone.md: there is no such file\n")
    document = json.loads(ran.out)
    assert list(document) == ["version", "stage", "reports", "unreadable", "summary"]
    assert [report["path"] for report in document["reports"]] == ["report.md"]
    assert document["reports"][0]["diagnostics"][0]["fixes"][0]["safe"] is True
    assert document["unreadable"] == [{"path": "gone.md", "error": "there is no such file"}]
    assert document["summary"] == {"reports": 1, "error": 1, "warning": 0, "information": 0, "hint": 0}


def test_results_are_also_written_into_files(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    (tmp_path / "ci").mkdir()
    outputs = "--output", "json=ci/report.json", "--output=html=page.html", "--output", "text=said.txt"
    assert run(tmp_path, "--check", *outputs) == Ran(1, SHORT_LINE, "")
    assert (tmp_path / "ci" / "report.json").read_text("utf-8") == run(tmp_path, "--check", "--format", "json").out
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "said.txt").read_text("utf-8") == SHORT_LINE


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("html=ci/page.html", "cannot write ci/page.html: there is no folder ci: make it first"),
        ("csv=there", "cannot write there: it is a folder: name a file in it, such as there/report.csv"),
    ],
)
def test_an_unwritable_file_is_reported_and_the_results_are_printed(output: str, said: str, tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    (tmp_path / "there").mkdir()
    assert run(tmp_path, "--check", "--output", output) == Ran(2, GOOD_LINE, f"report-ls: --output {said}\n")
    assert run(tmp_path, "--diff", "--output", output) == Ran(2, "", f"report-ls: --output {said}\n")


def test_no_output_takes_the_place_of_a_report(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT, other=GOOD)
    ran = run(tmp_path, "--check", "report.md", "other.md", "--output", "markdown=./report.md")
    assert (2, "report-ls: --output cannot write report.md: that is the report itself\n") == (ran.status, ran.err)
    assert SHORT == (tmp_path / "report.md").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize(
    "option",
    [
        ("--check", "--output", "html=page.html"),
        ("--render", "report.md", "--pack", "dtu-mlops-2026-01", "-o", "page.html"),
    ],
)
def test_no_output_is_written_through_a_link(option: tuple[str, ...], tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    write(project, report=GOOD)
    write(tmp_path, victim="mine")
    (project / "page.html").symlink_to("../victim.md")
    said = run(project, *option).err
    assert said.endswith(" page.html: it is a link to another file\n") or said == (
        "report-ls: page.html: the page cannot be written: it is a link to another file\n"
    )
    assert (tmp_path / "victim.md").read_text("utf-8") == "mine"


WRITING = [
    ("--check", "--output", "html={}"),
    ("--render", "report.md", "--pack", "dtu-mlops-2026-01", "-o", "{}"),
]


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("options", WRITING, ids=["output", "page"])
@pytest.mark.parametrize("page", ["out/page.html", "./out/deep/page.html", "out/../page.html", "in/out/page.html"])
def test_no_output_is_written_into_a_linked_folder(page: str, options: tuple[str, ...], tmp_path: Path) -> None:
    project, victim = tmp_path / "project", tmp_path / "victim" / "inner"
    (project / "in").mkdir(parents=True)
    (victim / "deep").mkdir(parents=True)
    write(project, report=GOOD)
    (project / "out").symlink_to(victim)
    (project / "in" / "out").symlink_to(victim)
    for name in (page, str(project / page)):
        ran = run(project, *(option.format(name) for option in options))
        assert ran.err.endswith(": a link on the way leads out of the current folder\n")
        assert 2 == ran.status
    assert [victim / "deep", victim] == sorted((tmp_path / "victim").rglob("*"), reverse=True)


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("options", WRITING, ids=["output", "page"])
def test_a_link_that_leads_nowhere_out_of_the_folder_keeps_no_output(options: tuple[str, ...], tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "made" / "deep").mkdir(parents=True)
    write(project, report=GOOD)
    (project / "out").symlink_to("made")
    (tmp_path / "elsewhere").symlink_to(project / "made")
    (project / "made" / "gone.html").symlink_to("nothing.html")
    for number, place in enumerate(
        ["out/{}.html", "out/deep/{}.html", "../elsewhere/{}.html", f"{tmp_path}/{{}}.html"]
    ):
        page = place.format(number)
        assert "" == run(project, *(option.format(page) for option in options)).err
        assert (project / page).read_text("utf-8").startswith("<!DOCTYPE html>")
    said = run(project, *(option.format("out/gone.html") for option in options)).err
    assert said.endswith(": it is a link to another file\n")


LITTLE_ROOM = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); \
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); from report_ls.__main__ import main; sys.exit(main())"


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
@pytest.mark.parametrize(
    ("options", "name", "said"),
    [
        (
            ("--check", "--output", "html=page.html"),
            "page.html",
            "report-ls: --output cannot write page.html: file too large\n",
        ),
        (
            ("--render", "report.md", "--pack", "dtu-mlops-2026-01", "-o", "page.html"),
            "page.html",
            "report-ls: page.html: the page cannot be written: file too large\n",
        ),
        (("--fix",), "report.md", "report.md: cannot write its fixes: file too large\n"),
        (("--init",), "report-ls.toml", "report-ls: file too large\n"),
    ],
)
@pytest.mark.parametrize("before", ["an earlier one", None])
def test_without_room_what_was_there_stays(
    options: tuple[str, ...], name: str, said: str, before: str | None, tmp_path: Path
) -> None:
    write(tmp_path, report=LEFT_OVER)
    if before is not None and name == "page.html":
        (tmp_path / name).write_text(before, "utf-8")
    there = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    ran = run(tmp_path, *options, command=(*PYTHON, "-c", LITTLE_ROOM), stdin="y\n")
    assert (2, said) == (ran.status, ran.err)
    assert there == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def test_two_outputs_need_two_files(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    said = "report-ls: --output names a.txt twice, for one result each\n"
    assert run(tmp_path, "--check", "--output", "text=a.txt", "--output", "csv=./a.txt") == Ran(2, "", said)


@pytest.mark.skipif(os.name != "posix", reason="needs names that only POSIX allows")
def test_no_name_makes_a_terminal_do_something(tmp_path: Path) -> None:
    folder = tmp_path / "\x1b[31mred\nall is fine"
    folder.mkdir()
    write(folder, report=GOOD)
    (folder / "report-ls.toml").write_text('"\\u001bkey" = 1', "utf-8")
    ran = run(tmp_path, "--check", f"{folder.name}/report.md", f"{folder.name}/gone.md")
    shown = "?[31mred?all is fine"
    assert [shown] * 3 == [line[: len(shown)] for line in ran.err.splitlines()]
    assert "\x1b" not in ran.err


CONTROL = "\x1b]0;OWNED\a\x1b[2J\x9b1m\u202e\u2066\u2028\x7f"
HOSTILE_PACK = f"""\
id: hostile
title: Cameras
questions:
  - {{number: 1, topic: {json.dumps(CONTROL)}, words: 2-3}}
"""


@pytest.mark.skipif(os.name != "posix", reason="needs names that only POSIX allows")
@pytest.mark.parametrize(
    "arguments",
    [
        *(("--check", ".", "--pack", "pack.yaml", "--format", form) for form in FORMATS),
        ("--check", ".", "--pack", "pack.yaml", "--statistics"),
        ("--diff-packs", "pack.yaml", "other.yaml"),
        ("--check-pack", "pack.yaml", "."),
        ("--handin", ".", "--pack", "pack.yaml"),
        ("--render", "report.md", "--pack", "dtu-mlops-2026-01"),
        ("--diff", ".", "--pack", "pack.yaml"),
        ("--infer-pack", "report.md"),
        ("--check", CONTROL),
    ],
    ids=" ".join,
)
def test_nothing_that_is_printed_controls_a_terminal(arguments: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, report=LEFT_OVER.replace("photos", f"![a](figures/{CONTROL}.png) photos {CONTROL}"))
    (tmp_path / "figures").mkdir()
    put_picture(tmp_path / f"figures/{CONTROL.replace('/', '')}x.png")
    (tmp_path / "pack.yaml").write_text(HOSTILE_PACK, "utf-8")
    (tmp_path / "other.yaml").write_text(HOSTILE_PACK.replace("2-3", "2-4").replace("OWNED", "MINE"), "utf-8")
    _, shown = on_terminal(tmp_path, *arguments, NO_COLOR="1")
    assert shown != ""
    assert set() == set(CONTROL) & set(shown) - set("]0;OWNED[2J1m")


@pytest.mark.skipif(os.name != "posix", reason="needs names that only POSIX allows")
@pytest.mark.parametrize("arguments", [("--check", "."), ("--fix", "."), ("--handin", ".")], ids=" ".join)
@pytest.mark.parametrize("name", ["::stop-commands::x", " ::stop-commands::x", "##[stop-commands]x"])
@pytest.mark.parametrize("configuration", ["", "mistake = 1"])
def test_no_name_is_a_command_in_a_job(
    name: str, configuration: str, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    write(folder, report=LEFT_OVER)
    (folder / "report-ls.toml").write_text(configuration, "utf-8")
    ran = run(tmp_path, *arguments)
    lines = f"{ran.out}{ran.err}".splitlines()
    assert any("stop-commands" in line for line in lines)
    assert [] == [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


@pytest.mark.skipif(os.name != "posix", reason="needs a deep folder")
def test_a_folder_too_deep_to_read_does_not_hide_other_findings(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    place = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("deep", dir_fd=place)
        inner = os.open("deep", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(place)
    try:
        assert run(tmp_path, "--check", ".") == Ran(1, SHORT_LINE, "")
        said = re.sub(r"(deep/)+deep", "deep/deep", run(tmp_path, "--check", "deep").err)
        assert said == "deep: deep/deep cannot be read: file name too long\n"
    finally:
        # Python cannot remove a folder that is deeper than its stack.
        subprocess.run(["rm", "-r", "deep"], cwd=tmp_path, check=True)  # noqa: S607 - a tool of POSIX


@pytest.mark.parametrize("text", ["[" * 100_000, '{"version": 1, "reports": [1]}', "[]", "1"])
def test_no_baseline_is_a_traceback(text: str, tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    (tmp_path / "before.json").write_text(text, "utf-8")
    said = "report-ls: --baseline before.json: it is not an output of --format json\n"
    assert run(tmp_path, "--check", "--baseline", "before.json") == Ran(2, "", said)


def test_an_unexpected_error_is_no_finding(tmp_path: Path) -> None:
    one_more = (
        "import sys, report_ls.cli.check as check; from report_ls.__main__ import main; "
        "del check.read_outputs; sys.exit(main())"
    )
    write(tmp_path, report=SHORT)
    ran = run(tmp_path, "--check", command=(*PYTHON, "-c", one_more))
    assert (2, "") == (ran.status, ran.out)
    assert ran.err.startswith("Traceback (most recent call last):\n")
    assert ran.err.endswith(
        "\nreport-ls failed because of a bug in it: NameError: name 'read_outputs' is not defined\n"
    )


@pytest.mark.parametrize(
    ("output", "fault"),
    [
        ("page.html", '"page.html" names no file'),
        ("html=", '"html=" names no file'),
        ("pdf=page.pdf", f'there is no format "pdf"; choose one of {", ".join(FORMATS)}'),
    ],
)
def test_an_output_names_a_format_and_a_file(output: str, fault: str, tmp_path: Path) -> None:
    said = f"report-ls: --output takes FORMAT=FILE, such as html=report.html: {fault}\n"
    assert run(tmp_path, "--check", "--output", output) == Ran(2, "", said)


def test_annotations_name_files_as_the_repository_does(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    (tmp_path / ".git").mkdir()
    (tmp_path / "ci" / "deep").mkdir(parents=True)
    ran = run(tmp_path / "ci" / "deep", "--check", "../../report.md", "--format", "github")
    assert ran.out.startswith("::warning file=report.md,line=7,")


def test_github_gets_annotations(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/README.md").write_bytes(SHORT.encode())
    assert run(tmp_path, "--check", "--format", "github") == Ran(
        1,
        "::warning file=reports/README.md,line=7,col=3,endLine=7,endColumn=10,title=answer-too-short::"
        "Q1: 3 words, but 5-20 are asked: 2 words are missing\n",
        "",
    )


ENCODINGS = pytest.mark.parametrize("encoding", ["cp1252", "ascii", ""])
"""Environment variables for Python; without any the locale's encoding is ASCII."""
ARROW = GOOD.replace("on them", "on them, ![them](figures/\u2192.png)")


@ENCODINGS
@pytest.mark.parametrize("form", FORMATS)
def test_what_goes_into_a_file_is_utf8(form: str, encoding: str, tmp_path: Path) -> None:
    write(tmp_path, report=ARROW)
    arguments = "--check", "--select", "image-not-found", "--format", form, "--output", f"{form}=file"
    written = run(tmp_path, *arguments, PYTHONIOENCODING=encoding, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (1, "") == (written.status, written.err)
    assert (tmp_path / "file").read_text("utf-8") == written.out


@ENCODINGS
@pytest.mark.parametrize(
    "arguments",
    [
        ("--diff", "report.md"),
        ("--infer-pack", "report.md"),
        ("--render", "report.md", "--pack", "dtu-mlops-2026-01"),
    ],
)
def test_whatever_is_said_goes_into_a_file_as_utf8(arguments: tuple[str, ...], encoding: str, tmp_path: Path) -> None:
    text = LEFT_OVER.replace("What", "What \u2192").replace("It sorts", "It sorts \u2192")
    write(tmp_path, report=text.replace("Our project", "### \u2192"))
    ran = run(tmp_path, *arguments, PYTHONIOENCODING=encoding, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "\u2192" in ran.out
    assert "\\u2192" not in ran.out


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8:strict"])
def test_no_encoding_of_the_terminal_stops_a_message(form: str, encoding: str, tmp_path: Path) -> None:
    write(tmp_path, report=ARROW)
    arguments = "--check", "--select", "image-not-found", "--format", form
    status, shown = on_terminal(tmp_path, *arguments, PYTHONIOENCODING=encoding)
    arrow = "\u2192" if encoding.startswith("utf-8") and form != "json" else "\\u2192"
    assert status == 1
    assert f"there is no file figures/{arrow}.png" in shown


def test_a_check_that_fails_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks/breaks.py").write_text(
        "from report_ls.base.diagnostic import Severity\n"
        "SEVERITY = Severity.ERROR, Severity.ERROR\n"
        "def run(context):\n"
        "    raise ValueError('it is broken')\n",
        "utf-8",
    )
    write(tmp_path, report=SHORT)
    one_more = (
        "import sys, report_ls.checks; report_ls.checks.__path__.append('checks'); "
        "from report_ls.__main__ import main; sys.exit(main())"
    )
    assert run(tmp_path, "--check", "report.md", command=(*PYTHON, "-c", one_more)) == Ran(
        2,
        SHORT_LINE,
        "report.md: the check breaks failed because of a bug in report-ls: ValueError: it is broken\n",
    )


def test_a_fix_that_fails_costs_its_report_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks/breaks.py").write_text(
        "from report_ls.checks._context import Finding\n"
        "from report_ls.base.diagnostic import Fixes, Severity\n"
        "SEVERITY = Severity.ERROR, Severity.ERROR\n"
        "def run(context):\n"
        "    question = context.report.questions[0]\n"
        "    if 'Broken' in context.report.source.text:\n"
        "        yield Finding(question.heading, 'look', question, Fixes(lambda: [1 / 0]))\n",
        "utf-8",
    )
    write(tmp_path, report=SHORT, other=SHORT.replace("Question 1", "Question 1 Broken"))
    one_more = (
        "import sys, report_ls.checks; report_ls.checks.__path__.append('checks'); "
        "from report_ls.__main__ import main; sys.exit(main())"
    )
    ran = run(tmp_path, "--check", "report.md", "other.md", "--format", "json", command=(*PYTHON, "-c", one_more))
    assert (ran.status, ran.err) == (
        2,
        "other.md: report-ls failed because of a bug in it: ZeroDivisionError: division by zero\n",
    )
    assert ["report.md"] == [report["path"] for report in json.loads(ran.out)["reports"]]


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([*COMMAND, "--check"], cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_results_that_cannot_be_written_are_said(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "--check"], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (2, b"report-ls: no space left on device\n")


@pytest.mark.skipif(os.name != "posix", reason="needs a named pipe")
def test_ctrl_c_is_no_traceback(tmp_path: Path) -> None:
    write(tmp_path, report=SHOWN)
    os.mkfifo(tmp_path / "pipe")
    path = asking_git(tmp_path, f"cat {tmp_path}/pipe")
    command = [*COMMAND, "--check", "report.md"]
    with (
        subprocess.Popen(
            command,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PATH": path},
        ) as process,
        # Opening a pipe waits until the other side has opened it: now the command waits for its git.
        (tmp_path / "pipe").open("wb"),
    ):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")


HEAVY = {"asyncio", "cattrs", "concurrent.futures", "importlib.metadata", "yaml", "lsprotocol", "markdown", "pygls"}
HEAVY |= {"attr", "attrs", "shutil", "subprocess", "tempfile", "tomllib", "tomli", "difflib", "hashlib"}


def test_check_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    configure(tmp_path, "[tool.other]\n", "pyproject.toml")
    ran, imported = run_and_imported(tmp_path)
    assert (ran.status, ran.out) == (0, GOOD_LINE)
    assert {"argparse", "report_ls.cli.main"} <= imported
    assert imported & HEAVY == set()


def run_and_imported(folder: Path) -> tuple[Ran, set[str]]:
    """Judge the report of a folder; return what was said, and the modules that were imported."""
    ran = run(folder, "--check", command=(*PYTHON, "-X", "importtime", "-m", "report_ls"))
    return ran, {line.rpartition("|")[2].strip() for line in ran.err.split("\n")}


def test_check_imports_no_attrs_for_a_configured_report_of_a_new_form_either(tmp_path: Path) -> None:
    """Its classes take a fifth of a run to make."""
    write(tmp_path, report=LIKE)
    configure(tmp_path, '[severity]\nunanswered = "hint"\n')
    ran, imported = run_and_imported(tmp_path)
    assert "new form" in ran.out
    assert {"report_ls.data.toml", "report_ls.packs.prompt_sentences", "report_ls.packs.script_limits"} <= imported
    assert imported & {"attr", "attrs"} == set()


def on_terminal(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run the command on a terminal of forty columns; return the exit status and the text on the terminal."""
    pty = pytest.importorskip("pty", reason="needs a terminal")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "40", "TERM": "xterm", "NO_COLOR": "", **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:  # On Linux this means that the other side has closed the terminal.
            pass
        os.close(ours)
    return process.returncode, shown.decode().replace("\r\n", "\n")


def test_on_a_terminal_the_place_is_shown(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT.replace("> Answer:", "> What would you say? Write here. > Answer:"))
    shown = (
        "report.md:7:37: warning: Q1: 3 words, but 5-20 are asked: 2 words are missing [answer-too-short]\n"
        "    ...ou say? Write here. > Answer:\n"
        "                             ^^^^^^^\n"
        f"report.md: generic, final: 1 of 1 question answered; 1 warning; {SHORT_OF}\n"
    )
    for plain in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert on_terminal(tmp_path, "--check", "--select", "answer-too-short", **plain) == (1, shown)


def test_on_a_terminal_severities_have_colours_and_nowhere_else(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    status, shown = on_terminal(tmp_path, "--check", "--output", "text=said.txt")
    first, _, carets, _, _ = shown.split("\n")
    message = "Q1: 3 words, but 5-20 are asked: 2 words are missing [answer-too-short]"
    assert (1, f"report.md:7:3: \x1b[33mwarning\x1b[0m: {message}") == (status, first)
    assert "\x1b[33m      ^^^^^^^\x1b[0m" == carets
    assert SHORT_LINE == (tmp_path / "said.txt").read_text("utf-8")


def test_help_fits_a_terminal_of_eighty_columns(tmp_path: Path) -> None:
    lines = run(tmp_path, "--help").out.split("\n")
    assert [] == [line for line in lines if len(line) > 80]


def test_on_a_terminal_without_arguments_help_is_shown(tmp_path: Path) -> None:
    status, shown = on_terminal(tmp_path)
    assert status == 2
    assert shown.startswith("usage: report-ls --check [PATH ...] [options]\n")
    assert run(tmp_path, "--help") == Ran(0, shown, "")
