"""What git tracks round a report, in repositories that a real git made, hostile ones too."""

import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from lsp.client import Client, capabilities
from report_ls.cli.main import run as report_ls
from report_ls.files.disk import DiskFiles
from report_ls.files.port import Home, Tree
from report_ls.repository.paths import from_report, guess_path, is_near, is_there, named_elsewhere, place_of
from report_ls.repository.project_files import ProjectFiles
from support.repositories import run_git, write

if shutil.which("git") is None:
    pytest.skip("there is no git", allow_module_level=True)

REPORT = """\
### Question 15
> Link to one of your Dockerfiles. Answer length: 2-20 words.
>
> Answer:

We train in [this image]({}), on a computer.
"""
WRONG, RIGHT = "dockerfiles/train.dockerfile", "../dockerfiles/train.dockerfile"
SAID = f"5:25-5:53 warning link-not-found: Q15: this link leads nowhere: from here it is {RIGHT}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a report in `reports/`."""
    folder = tmp_path / "hives"
    write(folder, "dockerfiles/train.dockerfile", "src/bees/train.py", "README.md", "reports/æ.txt")
    (folder / "reports/README.md").write_text(REPORT.format(WRONG), "utf-8")
    run_git(folder, "init", "-q")
    run_git(folder, "config", "core.ignorecase", "false")  # Whatever the disk of this computer is like.
    run_git(folder, "add", ".")
    return folder


def tree_of(folder: Path) -> Tree | None:
    return DiskFiles(folder).tree()


def test_the_tree_is_what_the_index_holds_wherever_the_report_lies(project: Path) -> None:
    names = {"dockerfiles/train.dockerfile", "src/bees/train.py", "README.md", "reports/æ.txt", "reports/README.md"}
    write(project, "new.py")
    (project / "src/bees/train.py").unlink()
    assert Tree("reports", frozenset(names)) == tree_of(project / "reports")
    assert Tree("", frozenset(names)) == tree_of(project)
    assert Tree("src/bees", frozenset(names)) == tree_of(project / "src/bees")
    run_git(project, "add", ".")
    assert Tree("reports", frozenset(names - {"src/bees/train.py"} | {"new.py"})) == tree_of(project / "reports")
    assert {"dockerfiles", "src", "src/bees", "reports"} == Tree("reports", frozenset(names)).folders


def test_nothing_is_known_without_git_or_where_it_tracks_nothing_beside_the_report(
    project: Path, tmp_path: Path
) -> None:
    write(project, "elsewhere/report.md")
    write(tmp_path, "alone/report.md")
    (tmp_path / "broken/.git").mkdir(parents=True)
    (tmp_path / "broken/.git/HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone/.git").write_text("gitdir: /nowhere\n")
    assert [None] * 4 == [
        tree_of(folder) for folder in (project / "elsewhere", *map(tmp_path.joinpath, ("alone", "broken", "gone")))
    ]


def test_what_is_linked_or_another_repository_is_not_looked_into(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write(other, "secret.py")
    run_git(other, "init", "-q")
    run_git(other, "add", ".")
    run_git(other, "commit", "-qm", "All")
    run_git(project, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "sub")
    (project / "away").symlink_to(tmp_path)
    (project / "loop").symlink_to("loop")
    run_git(project, "add", ".")
    tree = tree_of(project / "reports")
    assert tree
    assert {"sub", "away", "loop"} == tree.opaque
    places = ["sub/none.py", "away/x", "loop", "loop/x/y", "subway", "none.py"]
    assert [True, True, True, True, False, False] == [is_there(tree, place) for place in places]
    files = DiskFiles(project / "reports")
    lying = [
        files.lies(path) for path in ("loop", "away/none", "away", "src", "src/none", "a\0b", "src/bees/train.py/x")
    ]
    assert [True, True, True, True, False, False, False] == lying


def test_a_name_that_is_no_text_breaks_nothing(project: Path) -> None:
    with open(os.fsencode(project) + b"/bl\xe5.py", "wb"):  # noqa: PTH123 - bytes, which no Path takes
        pass
    write(project, "new\nline.py")
    run_git(project, "add", ".")
    tree = tree_of(project / "reports")
    assert tree
    assert {"bl\udce5.py", "new\nline.py"} < tree.files
    assert guess_path(tree, "blå.py") is None


def test_five_thousand_files_are_listed_and_one_is_found(project: Path) -> None:
    for i in range(5000):
        write(project, f"data/{i % 70}/{i}.txt")
    run_git(project, "add", ".")
    tree = tree_of(project / "reports")
    assert tree
    assert 5005 == len(tree.files)
    meant = guess_path(tree, "reports/data/3/4973.txt")
    assert meant
    assert "data/3/4973.txt" == meant.path


BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairwise("abcdefghi")
)
DEEP = "/".join("d" * 500)


@pytest.fixture
def hostile(project: Path) -> Path:
    """The same with 50,000 files, names that are no text, links in a circle, another repository and too long lines."""
    for path, text in {
        ".github/workflows/bomb.yml": f"a: &a [x]\n{BOMB}",
        "bomb.yaml": f"a: &a [x]\n{BOMB}",
        "tests/test_long.py": f"x = '{'a' * 1_000_000}'\ndef test_a(): pass\n",
        "README.md": f"{'a' * 1_000_000} b\n",
        "deep/test_deep.py": "[" * 100_000,
    }.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text)
    (project / "loop").symlink_to("loop")
    (project / "round").symlink_to(".")
    run_git(project, "add", ".")
    git = shutil.which("git") or ""
    blob = subprocess.check_output([git, "hash-object", "-w", "src/bees/train.py"], cwd=project, text=True).strip()
    entries = [f"100644 {blob}\tdata/{i % 500}/{i}.txt\n".encode() for i in range(50_000)]
    entries += [f"100644 {blob}\t{DEEP}/x.py\n".encode(), f"160000 {blob}\tother/project\n".encode()]
    entries += [f"100644 {blob}\t".encode() + b'"bl\\345/bl\\345.py"\n']
    subprocess.run([git, "update-index", "--index-info"], cwd=project, input=b"".join(entries), check=True)
    return project


def test_a_hostile_repository_is_known_by_its_paths(hostile: Path) -> None:
    tree = tree_of(hostile / "reports")
    assert tree
    assert 50_011 == len(tree.files)
    assert {"loop", "round", "other/project"} == tree.opaque
    assert {f"{DEEP}/x.py", "bl\udce5/bl\udce5.py", "data/499/49999.txt"} < tree.files
    assert 500 + 500 + 10 == len(tree.folders)
    meant = guess_path(tree, "reports/data/3/49503.txt")
    assert meant
    assert "data/3/49503.txt" == meant.path
    assert guess_path(tree, f"reports/{DEEP}/y.py") is None
    assert ProjectFiles(hostile / "reports").tests() is None


@pytest.mark.parametrize("is_further", [False, True], ids=["its own", "a further working tree"])
def test_in_a_hostile_repository_the_same_is_said(
    hostile: Path,
    is_further: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(hostile)
    if is_further:  # Where `.git` is a file.
        run_git(hostile, "rm", "-q", "--cached", "--sparse", f"{DEEP}/x.py")  # No disk takes it.
        run_git(hostile, "commit", "-qm", "All")
        run_git(hostile, "worktree", "add", "-q", "--no-checkout", "../further")
        monkeypatch.chdir(hostile.parent / "further")
        run_git(Path.cwd(), "checkout", "-q", "HEAD", "--", "reports", "dockerfiles")
        run_git(Path.cwd(), "reset", "-q")
    report_ls(["--check", "reports/README.md"])
    lines = capsys.readouterr().out.splitlines()
    assert [f"reports/README.md:6:26: warning: {SAID.partition(': ')[2]} [link-not-found]"] == lines[:-1]
    report_ls(["--handin", "--pack", "dtu-mlops-2026-01", "reports/README.md"])
    said = capsys.readouterr().out
    n_python = 4 if is_further else 5
    assert f"counts 1 Dockerfile, {n_python} Python files, 1 workflow, no requirements.txt" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://github.com/Bees/hives.git", "bees/hives"),
        ("https://user:secret@github.com/bees/hives/", "bees/hives"),
        ("git@github.com:bees/hives.git", "bees/hives"),
        ("ssh://git@github.com/bees/hives.dk", "bees/hives.dk"),
        ("https://gitlab.com/bees/hives", None),
        ("https://notgithub.com/bees/hives", None),
        ("/srv/github.com", None),
    ],
)
def test_the_home_is_what_a_remote_says(address: str, expected: str | None, project: Path) -> None:
    assert DiskFiles(project).home() is None
    run_git(project, "remote", "add", "origin", address)
    write(project, "another")
    run_git(project, "add", ".")  # A moment of the index is what tells one state from another.
    assert (Home(frozenset([expected]), "main") if expected else None) == DiskFiles(project).home()


TREE = Tree("reports", frozenset(["reports/README.md", "a/b.py", "c.py"]))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("x.py", "reports/x.py"),
        ("./x//y/../z", "reports/x/z"),
        ("..", ""),
        ("../a/b.py", "a/b.py"),
        ("../../x", None),
        ("/a/b.py", "a/b.py"),
        ("/../a/b.py", "a/b.py"),
        ("/", ""),
        ("a" * 1024, f"reports/{'a' * 1024}"),
        ("a" * 1025, None),
    ],
)
def test_a_path_leads_to_a_place_of_the_repository(written: str, expected: str | None) -> None:
    assert expected == place_of(TREE, written)


def test_a_name_is_found_outside_of_the_report_s_folder() -> None:
    files = frozenset(["plots/new.png", "reports/new.png", "reports/old.png", "mål.png", "x/twice", "twice"])
    tree = Tree("reports", files, frozenset(["x/new.png"]))
    names = "new.png", "old.png", "ma\u030al.png", "twice", "plots"
    expected = [("../plots/new.png",), (), ("../mål.png",), ("../twice", "../x/twice"), ()]
    assert expected == [named_elsewhere(tree, name) for name in names]
    assert () == named_elsewhere(Tree("", files), "new.png")


def test_a_place_is_seen_from_the_report() -> None:
    assert ["../a/b.py", "README.md"] == [from_report(TREE, path) for path in ("a/b.py", "reports/README.md")]
    assert "a/b.py" == from_report(Tree("", TREE.files), "a/b.py")


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("config", "configs", True),
        ("conf.yaml", "conf.yml", True),
        ("train", "trainer", True),
        ("train", "training", False),
        ("test", "tests", False),
        ("plot1.py", "plot2.py", False),
        ("trian.py", "train.py", True),
    ],
)
def test_names_are_near_that_differ_in_two_letters(name: str, other: str, expected: bool) -> None:  # noqa: FBT001
    assert [expected] * 2 == [is_near(name, other), is_near(other, name)]


def test_a_link_that_leads_nowhere_is_said_and_corrected_by_the_command(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    assert 0 == report_ls(["--check", "--fail-on", "error", "reports/README.md"])
    lines = capsys.readouterr().out.splitlines()
    assert f"reports/README.md:6:26: warning: {SAID.partition(': ')[2]} [link-not-found]" == lines[0]
    report_ls(["--check", "--fix", "reports/README.md"])
    assert REPORT.format(RIGHT) == (project / "reports/README.md").read_text("utf-8")


def test_the_server_says_it_and_sees_what_git_learns(project: Path) -> None:
    with Client(project / "reports", capabilities()) as client:
        client.initialize()
        uri = client.write_and_open("README.md", REPORT.format(WRONG))
        client.expect_pulled(uri, [SAID])
        write(project, f"reports/{WRONG}")
        client.change(uri, 2, (0, 0, 0, 0, "\n"), (0, 0, 1, 0, ""))
        client.expect_pulled(uri, [])
        client.stop()


def asked_of_git(here: Path, *arguments: str) -> list[str]:
    """Return what a run of the command asks git, in order: the real one, that writes down what it is asked."""
    programs = here.parent / f"programs-{len([*here.parent.iterdir()])}"
    programs.mkdir()
    (programs / "git").write_text(
        f'#!/bin/sh\necho "$@" >> {programs}/asked\nexec {shutil.which("git")} "$@"\n', "utf-8"
    )
    (programs / "git").chmod(0o755)
    command = [sys.executable, "-m", "report_ls", "--check", *arguments]
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, cwd=here, env={**os.environ, "PATH": path}, capture_output=True, check=False)
    asked = (programs / "asked").read_text("utf-8") if (programs / "asked").exists() else ""
    return [line.partition("safe.bareRepository=explicit ")[2] for line in asked.splitlines()]


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_git_is_asked_what_is_needed_and_no_more(project: Path) -> None:
    (project / "reports/æ.txt").unlink()  # Its accent may be another one in git.
    run_git(project, "config", "--unset", "core.ignorecase")
    run_git(project, "add", ".")
    assert ["ls-files --stage -z"] == asked_of_git(project, "reports/README.md")
    (project / "reports/README.md").write_text(REPORT.format(RIGHT) + "\n![a](b.png)\n", "utf-8")
    (project / "reports/b.png").write_bytes(b"")
    assert ["ls-files --stage -z", "ls-files -z", "check-ignore -- ./b.png"] == asked_of_git(project, "reports")
    run_git(project, "config", "core.ignorecase", "true")
    assert "config --type=bool core.ignorecase" in asked_of_git(project, "reports")


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_the_repository_of_the_current_folder_is_not_asked_about_reports_elsewhere(project: Path) -> None:
    run_git(project, "add", ".")
    elsewhere = project.parent / "class/oak"
    elsewhere.mkdir(parents=True)
    (elsewhere / "report.md").write_text(REPORT.format(WRONG) + "\n![a](b.png)\n", "utf-8")
    (elsewhere / "b.png").write_bytes(b"")
    assert [] == asked_of_git(project, "../class")
    assert [] == asked_of_git(project / "reports", "../../class/oak/report.md")
