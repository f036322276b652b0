"""Whether a report is ready to hand in, with a real repository and the command itself."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Stage
from report_ls.files import git
from report_ls.files.disk import DiskFiles
from report_ls.files.text_files import read_text
from report_ls.project.packs import parse_pack
from report_ls.project.readiness import Point, Readiness, readiness
from samples import png
from test_git import run

if shutil.which("git") is None:
    pytest.skip("there is no git", allow_module_level=True)

REPORT = """\
### Question 1
> What does it do? Answer length: 2-20 words. Insert 1-2 images.
>
> Answer:

It sorts. ![how it sorts](figures/a.png) ![what is sorted](figures/b.png)
"""
FOUND_NOTHING = Point(True, "no errors and no warnings in the report")
COMMITTED = Point(True, "the last commit has the report and its 2 pictures as they are here")
NEWS = "the last commit does not have all of the report: add and commit what is listed"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report with its pictures."""
    folder = tmp_path / "project" / "reports"
    (folder / "figures").mkdir(parents=True)
    (folder / "README.md").write_bytes(REPORT.encode())
    (folder / "figures" / "a.png").write_bytes(png())
    (folder / "figures" / "b.png").write_bytes(png(10, 20))
    return folder


def commit(folder: Path) -> None:
    run(folder.parent, "init", "-q")
    run(folder, "add", ".")
    run(folder, "commit", "-qm", "The report")


def push(folder: Path) -> None:
    remote = folder.parent.parent / "remote.git"
    run(folder, "init", "-q", "--bare", str(remote))
    run(folder, "remote", "add", "origin", str(remote))
    run(folder, "push", "-qu", "origin", "main")


def judged(folder: Path, text: str | None = None) -> Readiness:
    path = folder / "README.md"
    source = read_text(path)
    if text is not None:
        source = type(source)(text)
    pack = parse_pack("id: test\ntitle: Test\n", "test")
    return readiness(analyze(source, pack, DiskFiles(folder), Stage.FINAL), path)


def test_what_is_committed_and_pushed_is_ready(folder: Path) -> None:
    commit(folder)
    push(folder)
    ready = judged(folder)
    pushed = Point(True, "all commits are pushed to origin/main (the network was not asked)")
    assert Readiness((FOUND_NOTHING, COMMITTED, pushed)) == ready
    assert ready.is_ready
    assert ready.title == "ready to hand in"


def test_errors_and_warnings_are_named(folder: Path) -> None:
    (folder / "README.md").write_text(
        REPORT.replace("figures/b.png", "figures/c.jpg").replace("2-20", "30-50"), "utf-8"
    )
    details = (
        "line 4: warning: 8 words where 30-50 are asked: 22 words are missing [answer-too-short]",
        (
            "line 6: error: there is no file figures/c.jpg beside the report: "
            "add it, or correct the name [image-not-found]"
        ),
    )
    assert Point(False, "1 error and 1 warning in the report", details) == judged(folder).points[0]
    assert judged(folder).title == "not ready to hand in"


def test_without_a_repository_it_is_ready_as_far_as_can_be_seen(folder: Path) -> None:
    unknown = Point(None, "this folder is in no git repository, so whether the course has the report cannot be seen")
    ready = judged(folder)
    assert Readiness((FOUND_NOTHING, unknown)) == ready
    assert ready.is_ready
    assert ready.title == "ready to hand in, as far as can be seen from here"


def test_a_repository_that_git_cannot_read_says_nothing(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("nonsense", "utf-8")
    unknown = Point(None, "git does not answer here, so whether the course has the report cannot be seen")
    assert Readiness((FOUND_NOTHING, unknown)) == judged(folder)


def test_a_byte_order_mark_that_no_editor_shows_is_no_difference(folder: Path) -> None:
    (folder / "README.md").write_bytes(f"\ufeff{REPORT}".encode())
    commit(folder)
    push(folder)
    assert judged(folder, REPORT) == judged(folder)
    assert judged(folder, REPORT).is_ready


def test_of_a_report_that_is_a_link_nothing_is_said_about_git(folder: Path) -> None:
    (folder / "README.md").rename(folder.parent / "elsewhere.md")
    (folder / "README.md").symlink_to("../elsewhere.md")
    commit(folder)
    linked = Point(None, "the report is a link to another file, so whether the course has that cannot be seen")
    assert Readiness((FOUND_NOTHING, linked)) == judged(folder)


def test_what_is_not_committed_is_listed(folder: Path) -> None:
    nowhere = Point(False, "there is no branch with a commit here that could be pushed")
    run(folder, "init", "-q")
    every = ("README.md is not in it", "figures/a.png is not in it", "figures/b.png is not in it")
    assert Readiness((FOUND_NOTHING, Point(False, NEWS, every), nowhere)) == judged(folder)
    run(folder, "add", ".")
    assert Readiness((FOUND_NOTHING, Point(False, NEWS, every), nowhere)) == judged(folder), "added is not committed"
    commit(folder)
    here = Point(False, "the branch main is pushed nowhere: git push -u origin main")
    assert Readiness((FOUND_NOTHING, COMMITTED, here)) == judged(folder)
    (folder / "figures" / "b.png").write_bytes(png(11, 20))
    (folder / "README.md").write_text(f"# Ours\n\n{REPORT}", "utf-8")
    some = ("README.md has changed since", "figures/b.png has changed since")
    assert Readiness((FOUND_NOTHING, Point(False, NEWS, some), here)) == judged(folder)


def test_without_pictures_only_the_report_is_committed(folder: Path) -> None:
    (folder / "README.md").write_text(
        "### Question 1\n> Why? Answer length: 2-20 words.\n> Answer:\n\nSo it is.\n", "utf-8"
    )
    commit(folder)
    assert Point(True, "the last commit has the report as it is here") == judged(folder).points[1]


def test_what_is_not_saved_is_not_handed_in(folder: Path) -> None:
    commit(folder)
    push(folder)
    assert Point(False, "what is judged here is not saved") == judged(folder, f"# Ours\n\n{REPORT}").points[1]


def test_line_ends_that_git_changes_are_no_change(folder: Path) -> None:
    commit(folder)
    push(folder)
    (folder / "README.md").write_bytes(REPORT.replace("\n", "\r\n").encode())
    assert judged(folder).title == "ready to hand in"


def test_a_picture_in_git_lfs_is_committed_and_said(folder: Path) -> None:
    path = folder / "figures" / "a.png"
    path.write_bytes(git.lfs_pointer(png()))
    commit(folder)
    push(folder)
    path.write_bytes(png())
    elsewhere = Point(None, "Git LFS keeps pictures elsewhere: who has no Git LFS sees nothing", ("figures/a.png",))
    ready = judged(folder)
    assert elsewhere == ready.points[2]
    assert ready.title == "ready to hand in, as far as can be seen from here"


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        (["commit -qm More --allow-empty"], [Point(False, "1 commit of main not pushed to origin/main: git push")]),
        (
            ["commit -qm More --allow-empty", "push -q", "reset -q --hard HEAD~1"],
            [
                Point(
                    True,
                    "all commits are pushed to origin/main, which has 1 commit more: "
                    "git pull (the network was not asked)",
                )
            ],
        ),
        (
            [
                "commit -qm More --allow-empty",
                "push -q",
                "reset -q --hard HEAD~1",
                "commit -qm Else --allow-empty",
                "commit -qm Else --allow-empty",
            ],
            [
                Point(
                    False,
                    "2 commits of main not pushed to origin/main: git push, after git pull for 1 commit of others",
                )
            ],
        ),
        (
            ["checkout -q -b draft"],
            [Point(True, "all commits are pushed to origin/main (the network was not asked)")],
        ),
        (
            ["checkout -q -b draft --track main"],
            [Point(True, "all commits are pushed to origin/main (the network was not asked)")],
        ),
        (
            ["checkout -q -b draft", "commit -qm Else --allow-empty"],
            [Point(False, "the branch draft is pushed nowhere: git push -u origin draft")],
        ),
        (["checkout -q --detach"], [Point(False, "there is no branch with a commit here that could be pushed")]),
        (
            ["update-ref -d refs/remotes/origin/main"],
            [Point(False, "the branch main was pushed to origin/main, which this computer does not know")],
        ),
        (
            ["remote set-head origin main", "checkout -q -b draft", "push -qu origin draft"],
            [
                Point(True, "all commits are pushed to origin/draft (the network was not asked)"),
                Point(None, "who clones the repository gets origin/main and not origin/draft"),
            ],
        ),
    ],
)
def test_what_is_not_pushed_is_said(commands: list[str], expected: list[Point], folder: Path) -> None:
    commit(folder)
    push(folder)
    for command in commands:
        run(folder, *command.split(" "))
    assert Readiness((FOUND_NOTHING, COMMITTED, *expected)) == judged(folder)


def report_ls(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "report_ls", "--handin", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_command_says_it_in_words_and_by_its_exit_status(folder: Path) -> None:
    commit(folder)
    assert report_ls(folder) == (
        1,
        """\
README.md: not ready to hand in
  yes  no errors and no warnings in the report
  yes  the last commit has the report and its 2 pictures as they are here
  no   the branch main is pushed nowhere: git push -u origin main
""",
        "",
    )
    push(folder)
    assert report_ls(folder, "README.md") == (
        0,
        """\
README.md: ready to hand in
  yes  no errors and no warnings in the report
  yes  the last commit has the report and its 2 pictures as they are here
  yes  all commits are pushed to origin/main (the network was not asked)
""",
        "",
    )
    (folder / "figures" / "b.png").unlink()
    status, said, _ = report_ls(folder.parent, "reports")
    assert (status, said.split("\n")[:3]) == (
        1,
        [
            "reports/README.md: not ready to hand in",
            "  no   1 error and no warnings in the report",
            (
                "         line 6: error: there is no file figures/b.png beside the report: "
                "add it, or correct the name [image-not-found]"
            ),
        ],
    )


def test_no_name_makes_the_terminal_do_something(folder: Path) -> None:
    (folder / "README.md").write_text(REPORT.replace("figures/b.png", "figures/%1Bzzz.png"), "utf-8")
    _, said, _ = report_ls(folder)
    assert "         line 6: error: there is no file figures/?zzz.png beside the report: add it" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.md"], "gone.md: there is no such file"),
        (["."], ".: no report found in this folder or below; name the file if there is one"),
        (["a.md", "b.md"], "report-ls: --handin takes one report, and these are 2"),
        (["a.md", "--fix"], "report-ls: --handin judges a report as it will be handed in: leave out --fix"),
        (["a.md", "--select", "x"], "report-ls: --handin judges a report as it will be handed in: leave out --select"),
        (["a.md"], 'a.md: no report: 1 heading, and it is not "### Question 1"'),
    ],
)
def test_what_cannot_be_judged_is_not_judged(arguments: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Notes\n", "utf-8")
    assert (2, "", f"{said}\n") == report_ls(tmp_path, *arguments)
