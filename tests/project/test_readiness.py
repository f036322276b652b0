"""Whether a report is ready to hand in, with a real repository and the command itself."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Stage
from report_ls.checks import Failure
from report_ls.files.disk import DiskFiles
from report_ls.files.git_objects import lfs_pointer
from report_ls.files.pictures import MAX_PICTURE_BYTES
from report_ls.files.text_files import read_text
from report_ls.packs.gaps import Gap, Lengths
from report_ls.project.packs import parse_pack
from report_ls.project.readiness import Answer, Readiness, Requirement, readiness
from support.command import NO_QUESTION
from support.pictures import png
from support.repositories import run_git

if shutil.which("git") is None:
    pytest.skip("there is no git", allow_module_level=True)

REPORT = """\
### Question 1
> What does it do? Answer length: 2-20 words. Insert 1-2 images.
>
> Answer:

It sorts. ![how it sorts](figures/a.png) ![what is sorted](figures/b.png)
"""
COMMITTED = Requirement(True, "the report and its 2 pictures are committed")
COMMIT = 'git commit -m "Report"'
NEWS = "the last commit does not have the whole report: add and commit these files"


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
    run_git(folder.parent, "init", "-q")
    run_git(folder, "add", ".")
    run_git(folder, "commit", "-qm", "The report")


def commit_again(folder: Path) -> None:
    run_git(folder, "commit", "-qam", "More")
    run_git(folder, "push", "-q")


def push(folder: Path) -> None:
    remote = folder.parent.parent / "remote.git"
    run_git(folder, "init", "-q", "--bare", str(remote))
    run_git(folder, "remote", "add", "origin", str(remote))
    run_git(folder, "push", "-qu", "origin", "main")


def judged(folder: Path, text: str | None = None, *, severities: str = "{}") -> Readiness:
    path = folder / "README.md"
    source = read_text(path)
    if text is not None:
        source = type(source)(text)
    pack = parse_pack(f"id: test\ntitle: Test\nseverities: {severities}\n", "test")
    return readiness(analyze(source, pack, DiskFiles(folder), Stage.FINAL), path)


def gets(*points: Requirement) -> Readiness:
    """What is said of the report above where the course gets it as these points say."""
    return Readiness(Answer("the course gets it", points), Answer("it is as you meant it", ()), Lengths(()))


def test_what_is_committed_and_pushed_is_ready(folder: Path) -> None:
    commit(folder)
    push(folder)
    ready = judged(folder)
    pushed = Requirement(True, "all commits are pushed to origin/main (the network was not asked)")
    assert gets(COMMITTED, pushed) == ready
    assert ready.is_ready
    assert ready.title == "ready to hand in"


def test_what_is_lost_is_named_and_a_length_is_no_reason_to_wait(folder: Path) -> None:
    commit(folder)
    push(folder)
    (folder / "README.md").write_text(REPORT.replace("2-20", "30-50"), "utf-8")
    commit_again(folder)
    ready = judged(folder)
    assert Lengths((Gap(1, "", -22, 0),)) == ready.lengths
    assert ready.is_ready
    assert ready.title == "ready to hand in; 22 words short of the recommended lengths in 1 answer"
    (folder / "README.md").write_text(
        REPORT.replace("figures/b.png", "figures/c.jpg").replace("2-20", "30-50"), "utf-8"
    )
    commit_again(folder)
    ready = judged(folder)
    missing = "there is no file figures/c.jpg beside the report: add it, or correct the name"
    said = f"line 6: error: Q1: {missing} [image-not-found]"
    assert Answer("it is as you meant it", (Requirement(False, said),)) == ready.loss
    assert ready.course.is_met
    assert ready.title == "not ready to hand in; 22 words short of the recommended lengths in 1 answer"


def test_no_command_commits_two_versions_of_an_answer(folder: Path) -> None:
    commit(folder)
    push(folder)
    pushed = Requirement(True, "all commits are pushed to origin/main (the network was not asked)")
    both = NEWS.replace("add and", "keep one of git's two versions, then add and")
    report, changed = folder / "README.md", ("README.md has changed since",)
    report.write_text(f"{REPORT}\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> theirs\n", "utf-8")
    assert (Requirement(False, both, changed), pushed) == judged(folder).course.points
    report.write_text(f"{REPORT}\nours\n", "utf-8")
    commands = ("git add reports/README.md", 'git commit -m "Report"')
    assert (Requirement(False, NEWS, changed, commands), pushed) == judged(folder).course.points


def form(*limits: str) -> str:
    """An empty form, and what each of its questions asks."""
    prompts = (f"> Answer length: {limit} words.\n> Answer:" for limit in limits)
    return "".join(f"### Question {n}\n{prompt}\n\n" for n, prompt in enumerate(prompts, 1))


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (["2-20"], ["line 3: error: Q1: not answered yet (asked: 2-20 words)"]),
        (
            ["2-20", "3-20", "4-20"],
            [f"line {4 * n + 3}: error: Q{n + 1}: not answered yet (asked: {n + 2}-20 words)" for n in range(3)],
        ),
        (["2-20", "2-20"], ["line 3: error: questions 1 and 2 are not answered yet"]),
        (["2-20", "3-20", "4-20", "5-20"], ["line 3: error: questions 1 to 4 are not answered yet"]),
        (["2-20"] * 31, ["line 3: error: questions 1 to 31 are not answered yet"]),
    ],
)
def test_of_many_unanswered_questions_one_point_is_made(limits: list[str], expected: list[str], folder: Path) -> None:
    (folder / "README.md").write_text(form(*limits), "utf-8")
    points = judged(folder).course.points
    nowhere = "not a git repository: report-ls cannot tell whether the course has the report"
    n_things = len(limits) // len(expected)
    unanswered = (Requirement(False, f"{text} [unanswered]", n_things=n_things) for text in expected)
    assert (*unanswered, Requirement(None, nowhere)) == points
    assert len(limits) == judged(folder).n_unmet


@pytest.mark.parametrize("n_lost", [3, 4])
def test_of_many_of_a_kind_one_point_is_made_with_their_places(n_lost: int, folder: Path) -> None:
    images = "".join(f"![picture {n}](figures/lost{n}.png)\n\n" for n in range(n_lost))
    (folder / "README.md").write_text(f"{REPORT}\n{images}<<<<<<< ours\n", "utf-8")
    said = [
        f"Q1: there is no file figures/lost{n}.png beside the report: add it, or correct the name" for n in range(4)
    ]
    *lost, conflict = judged(folder).loss.points
    assert "[conflict-marker]" in conflict.text
    if n_lost == 3:
        assert [Requirement(False, f"line {8 + 2 * n}: error: {said[n]} [image-not-found]") for n in range(3)] == lost
    else:
        first = f"line 8: error: {said[0]} (and 3 more like this) [image-not-found]"
        assert [Requirement(False, first, tuple(f"line {8 + 2 * n}: {said[n]}" for n in (1, 2, 3)), n_things=4)] == lost


OFF = "so it is not known what it would find"
ALL_OFF = "so it is not known what they would find"


@pytest.mark.parametrize(
    ("severities", "course", "loss"),
    [
        ("{mojibake: off}", (), (Requirement(None, f"1 check is off, {OFF}", ("mojibake",)),)),
        (
            "{unanswered@3: off, mojibake: off, image-unused: off, image-text: hint}",
            (Requirement(None, f"1 check is off, {OFF}", ("unanswered@3",)),),
            (Requirement(None, f"2 checks are off, {ALL_OFF}", ("image-unused", "mojibake")),),
        ),
        ("{answer-too-short: off, too-many-images@1: off, image-text: hint}", (), ()),
    ],
)
def test_what_is_switched_off_is_said_and_makes_nothing_certain(
    severities: str, course: tuple[Requirement, ...], loss: tuple[Requirement, ...], folder: Path
) -> None:
    commit(folder)
    push(folder)
    ready = judged(folder, severities=severities)
    pushed = Requirement(True, "all commits are pushed to origin/main (the network was not asked)")
    assert (*course, COMMITTED, pushed) == ready.course.points
    assert loss == ready.loss.points
    assert ready.is_ready
    uncertain = ", as far as can be seen from here" if course or loss else ""
    assert f"ready to hand in{uncertain}" == ready.title


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            "[unanswered]",
            "line 4: error: Q1: not answered yet (asked: 2-20 words and 1-2 images) [unanswered]",
        ),
        (
            "It sorts.",
            "line 4: error: Q1: no images, but 1-2 are asked: insert ![description](figures/...) [too-few-images]",
        ),
    ],
)
def test_an_answer_or_a_picture_that_is_not_there_is_nothing_the_course_gets(
    answer: str, said: str, folder: Path
) -> None:
    text = REPORT.partition("It sorts.")[0] + ("" if answer == "[unanswered]" else f"{answer}\n")
    (folder / "README.md").write_text(text, "utf-8")
    commit(folder)
    push(folder)
    ready = judged(folder)
    assert Answer("it is as you meant it", ()) == ready.loss
    assert [Requirement(False, said)] == [point for point in ready.course.points if not point.is_met]
    assert not ready.is_ready


@pytest.mark.parametrize(("n_asked", "is_met"), [(1, True), (2, False)])
def test_what_the_course_s_script_refuses_the_course_does_not_get(n_asked: int, is_met: bool, folder: Path) -> None:  # noqa: FBT001
    pack = parse_pack(f"id: test\ntitle: Test\nscript: {{parts: {n_asked}}}\n", "test")
    source = read_text(folder / "README.md")
    text = type(source)(f"{source.text}\n### End\n".replace("### End", "## End"))
    ready = readiness(analyze(text, pack, DiskFiles(folder), Stage.FINAL), folder / "README.md")
    said = (
        "the course's script finds 1 answer"
        if is_met
        else ("the course's script refuses the report: it finds 1 answer, not 2")
    )
    assert Requirement(is_met, said) == ready.course.points[0]


def test_without_a_repository_it_is_ready_as_far_as_can_be_seen(folder: Path) -> None:
    unknown = Requirement(None, "not a git repository: report-ls cannot tell whether the course has the report")
    ready = judged(folder)
    assert gets(unknown) == ready
    assert ready.is_ready
    assert ready.title == "ready to hand in, as far as can be seen from here"


def test_a_repository_that_git_cannot_read_says_nothing(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("nonsense", "utf-8")
    unknown = Requirement(None, "git does not answer: report-ls cannot tell whether the course has the report")
    assert gets(unknown) == judged(folder)


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
    linked = Requirement(None, "the report is a link to another file: report-ls cannot tell whether the course has it")
    assert gets(linked) == judged(folder)


def test_what_is_not_committed_is_listed(folder: Path) -> None:
    nowhere = Requirement(False, "there is no branch with a commit to push")
    run_git(folder, "init", "-q")
    every = ("README.md is not in it", "figures/a.png is not in it", "figures/b.png is not in it")
    add = "git add README.md figures/a.png figures/b.png"
    assert gets(Requirement(False, NEWS, every, (add, COMMIT)), nowhere) == judged(folder)
    run_git(folder, "add", ".")
    assert gets(Requirement(False, NEWS, every, (COMMIT,)), nowhere) == judged(folder), "added is not committed"
    (folder / "figures" / "b.png").write_bytes(png(11, 20))
    again = "git add figures/b.png"
    assert gets(Requirement(False, NEWS, every, (again, COMMIT)), nowhere) == judged(folder), (
        "what is added has changed"
    )
    run_git(folder, "add", ".")
    commit(folder)
    here = Requirement(False, "the branch main is not pushed: make a repository on GitHub, and add it here")
    assert gets(COMMITTED, here) == judged(folder)
    (folder / "figures" / "b.png").write_bytes(png(12, 20))
    (folder / "README.md").write_text(f"# Ours\n\n{REPORT}", "utf-8")
    some = ("README.md has changed since", "figures/b.png has changed since")
    add = "git add README.md figures/b.png"
    assert gets(Requirement(False, NEWS, some, (add, COMMIT)), here) == judged(folder)


@pytest.mark.parametrize(
    ("name", "rule", "commands"),
    [
        ("a.png", "", ("git add reports/README.md reports/figures/a.png reports/figures/b.png",)),
        ("a b.png", "", ('git add reports/README.md "reports/figures/a b.png" reports/figures/b.png',)),
        ("a.png", "*.png", ("git add -f reports/README.md reports/figures/a.png reports/figures/b.png",)),
        ("a$b.png", "", ()),
    ],
)
def test_what_commits_the_report_runs_at_the_top_of_the_repository(
    name: str, rule: str, commands: tuple[str, ...], folder: Path
) -> None:
    (folder / "figures" / "a.png").rename(folder / "figures" / name)
    (folder / "README.md").write_text(REPORT.replace("figures/a.png", f"<figures/{name}>"), "utf-8")
    run_git(folder.parent, "init", "-q")
    (folder / "other.txt").write_text("", "utf-8")
    run_git(folder, "add", "other.txt")
    run_git(folder, "commit", "-qm", "Other")
    (folder / ".gitignore").write_text(rule, "utf-8")
    ready = judged(folder)
    point = ready.course.points[0]
    assert (NEWS, commands) == (point.text, point.commands[:1])
    assert bool(ready.loss.points) is not bool(commands), "it is said once"
    for command in point.commands:
        run_git(folder.parent, *shlex.split(command)[1:])
    assert (COMMITTED == judged(folder).course.points[0]) is bool(commands)


def test_without_pictures_only_the_report_is_committed(folder: Path) -> None:
    (folder / "README.md").write_text(
        "### Question 1\n> Why? Answer length: 2-20 words.\n> Answer:\n\nSo it is.\n", "utf-8"
    )
    commit(folder)
    assert Requirement(True, "the report is committed") == judged(folder).course.points[0]


def test_what_is_not_saved_is_not_handed_in(folder: Path) -> None:
    commit(folder)
    push(folder)
    assert (
        Requirement(False, "the text in the editor is not saved")
        == judged(folder, f"# Ours\n\n{REPORT}").course.points[0]
    )


def test_line_ends_that_git_changes_are_no_change(folder: Path) -> None:
    commit(folder)
    push(folder)
    (folder / "README.md").write_bytes(REPORT.replace("\n", "\r\n").encode())
    assert judged(folder).title == "ready to hand in"


def test_a_picture_in_git_lfs_is_committed_and_said(folder: Path) -> None:
    path = folder / "figures" / "a.png"
    path.write_bytes(lfs_pointer(png()))
    commit(folder)
    push(folder)
    path.write_bytes(png())
    elsewhere = Requirement(
        None, "Git LFS stores pictures elsewhere: without Git LFS they do not show", ("figures/a.png",)
    )
    ready = judged(folder)
    assert elsewhere == ready.course.points[1]
    assert ready.title == "ready to hand in, as far as can be seen from here"


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        (
            ["commit -qm More --allow-empty"],
            [Requirement(False, "1 commit of main not pushed to origin/main", commands=("git push",))],
        ),
        (
            ["commit -qm More --allow-empty", "push -q", "reset -q --hard HEAD~1"],
            [
                Requirement(
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
                Requirement(
                    False,
                    "2 commits of main not pushed to origin/main, and 1 commit of others not pulled",
                    commands=("git pull", "git push"),
                )
            ],
        ),
        (
            ["checkout -q -b draft"],
            [Requirement(True, "all commits are pushed to origin/main (the network was not asked)")],
        ),
        (
            ["checkout -q -b draft --track main"],
            [Requirement(True, "all commits are pushed to origin/main (the network was not asked)")],
        ),
        (
            ["checkout -q -b draft", "commit -qm Else --allow-empty"],
            [Requirement(False, "the branch draft is not pushed", commands=("git push -u origin draft",))],
        ),
        (["checkout -q --detach"], [Requirement(False, "there is no branch with a commit to push")]),
        (
            ["update-ref -d refs/remotes/origin/main"],
            [Requirement(False, "the branch main was pushed to origin/main, which this computer does not know")],
        ),
        (
            ["remote set-head origin main", "checkout -q -b draft", "push -qu origin draft"],
            [
                Requirement(True, "all commits are pushed to origin/draft (the network was not asked)"),
                Requirement(None, "a clone checks out origin/main, not origin/draft"),
            ],
        ),
    ],
)
def test_what_is_not_pushed_is_said(commands: list[str], expected: list[Requirement], folder: Path) -> None:
    commit(folder)
    push(folder)
    for command in commands:
        run_git(folder, *command.split(" "))
    assert gets(COMMITTED, *expected) == judged(folder)


def test_what_is_too_large_to_be_read_is_not_compared(folder: Path) -> None:
    commit(folder)
    push(folder)
    with (folder / "figures" / "b.png").open("r+b") as file:
        file.truncate(MAX_PICTURE_BYTES + 1)
    has = Requirement(True, "the report and its 1 picture are committed")
    said = "files that cannot be read or are too large are not compared with the last commit"
    pushed = Requirement(True, "all commits are pushed to origin/main (the network was not asked)")
    ready = judged(folder)
    assert (has, Requirement(None, said, ("figures/b.png",)), pushed) == ready.course.points
    assert "ready to hand in, as far as can be seen from here" == ready.title


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
    run_git(folder, "remote", "add", "origin", "https://github.com/owner/name")
    assert report_ls(folder) == (
        1,
        """\
README.md: not ready to hand in
  no   the course gets it
       yes  the report and its 2 pictures are committed
       no   the branch main is not pushed
            $ git push -u origin main
  yes  it is as you meant it
""",
        "",
    )
    run_git(folder, "remote", "remove", "origin")
    push(folder)
    assert report_ls(folder, "README.md") == (
        0,
        """\
README.md: ready to hand in
  yes  the course gets it
       yes  the report and its 2 pictures are committed
       yes  all commits are pushed to origin/main (the network was not asked)
  yes  it is as you meant it
""",
        "",
    )
    (folder / "figures" / "b.png").unlink()
    (folder / "README.md").write_text(REPORT.replace("2-20", "10-20"), "utf-8")
    missing = "there is no file figures/b.png beside the report: add it, or correct the name [image-not-found]"
    assert report_ls(folder.parent, "reports") == (
        1,
        f"""\
reports/README.md: not ready to hand in; 2 words short of the recommended lengths in 1 answer
  no   the course gets it
       no   the last commit does not have the whole report: add and commit these files
              README.md has changed since
            $ git add reports/README.md
            $ git commit -m "Report"
       yes  all commits are pushed to origin/main (the network was not asked)
  no   it is as you meant it
       no   line 6: error: Q1: {missing}
       2 words short of the recommended lengths in 1 answer
            question 1: 2 words short
""",
        "",
    )


def test_no_name_makes_the_terminal_do_something(folder: Path) -> None:
    (folder / "README.md").write_text(REPORT.replace("figures/b.png", "figures/%1Bzzz.png"), "utf-8")
    _, said, _ = report_ls(folder)
    assert "       no   line 6: error: Q1: there is no file figures/?zzz.png beside the report: add it" in said


@pytest.fixture
def class_(tmp_path: Path) -> Path:
    """Groups: one has not pushed, one is ready, one has no git, one also misses a picture, one has nothing."""
    class_ = tmp_path / "class"
    texts = {
        "ash": REPORT.replace("2-20", "10-20"),
        "elm": REPORT,
        "fir": REPORT,
        "oak": REPORT.replace("/b.png", "/c.png"),
    }
    for name, text in texts.items():
        folder = class_ / name / "project" / "reports"
        (folder / "figures").mkdir(parents=True)
        (folder / "README.md").write_text(text, "utf-8")
        (folder / "figures" / "a.png").write_bytes(png())
        (folder / "figures" / "b.png").write_bytes(png(10, 20))
        if name != "fir":
            commit(folder)
    push(class_ / "elm" / "project" / "reports")
    (class_ / "yew").mkdir()
    return class_


def test_of_a_class_each_group_that_is_not_ready_has_a_line(class_: Path) -> None:
    nothing = "no report found in this folder or below; name the file if there is one"
    ready = "1 ready to hand in; 1 ready to hand in, as far as can be seen from here"
    short = "2 words short of the recommended lengths in 1 answer"
    assert report_ls(class_.parent, "class") == (
        2,
        f"""\
group 004  2 to do  the course gets it: no  it is as you meant it: no
group 001  1 to do  the course gets it: no  it is as you meant it: yes  {short}
4 reports, 1 not read: 2 not ready to hand in; {ready} (--handin PATH says why; --names says whose they are)
""",
        f"group 005: {nothing}\n",
    )
    (class_ / "yew").rmdir()
    assert report_ls(class_.parent, "class", "--names") == (
        1,
        f"""\
class/oak/project/reports/README.md  2 to do  the course gets it: no  it is as you meant it: no
class/ash/project/reports/README.md  1 to do  the course gets it: no  it is as you meant it: yes  {short}
4 reports: 2 not ready to hand in; {ready} (--handin PATH says why)
""",
        "",
    )


def test_several_reports_that_are_ready_have_no_line(class_: Path) -> None:
    elm, fir = (f"{name}/project/reports/README.md" for name in ("elm", "fir"))
    ready = "1 ready to hand in; 1 ready to hand in, as far as can be seen from here"
    assert report_ls(class_, elm, fir) == (0, f"2 reports: {ready}\n", "")


def test_a_class_in_which_nothing_can_be_read_has_no_verdict(class_: Path) -> None:
    for report in class_.glob("*/project/reports/README.md"):
        report.write_bytes(b"")
    said = "no report found in this folder or below; name the file if there is one"
    assert report_ls(class_, "ash", "elm") == (2, "0 reports, 2 not read\n", f"ash: {said}\nelm: {said}\n")


def test_a_check_that_failed_is_said_and_makes_nothing_certain(folder: Path) -> None:
    commit(folder)
    push(folder)
    path = folder / "README.md"
    whole = analyze(read_text(path), parse_pack("id: test\ntitle: Test\n", "test"), DiskFiles(folder), Stage.FINAL)
    failures = (
        Failure("unanswered", ValueError()),
        Failure("mojibake", ValueError()),
        Failure("answer-cut", KeyError()),
    )
    ready = readiness(whole._replace(failures=failures), path)
    pushed = Requirement(True, "all commits are pushed to origin/main (the network was not asked)")
    assert (Requirement(None, f"1 check failed, {OFF}", ("unanswered",)), COMMITTED, pushed) == ready.course.points
    assert (Requirement(None, f"2 checks failed, {ALL_OFF}", ("mojibake", "answer-cut")),) == ready.loss.points
    assert "ready to hand in, as far as can be seen from here" == ready.title


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.md"], "gone.md: there is no such file"),
        (["."], ".: no report found in this folder or below; name the file if there is one"),
        (["a.md", "--fix"], "report-ls: --handin judges reports as they will be handed in: leave out --fix"),
        (
            ["a.md", "--select", "x"],
            "report-ls: --handin judges reports as they will be handed in: leave out --select",
        ),
        (["a.md"], f"a.md: {NO_QUESTION}"),
    ],
)
def test_what_cannot_be_judged_is_not_judged(arguments: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Notes\n", "utf-8")
    assert (2, "", f"{said}\n") == report_ls(tmp_path, *arguments)
