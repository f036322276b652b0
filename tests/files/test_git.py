"""What a real git says of real repositories, hostile ones too."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize

import pytest
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.files import git
from report_ls.files.branches import Branch, branch
from report_ls.files.disk import DiskFiles
from report_ls.files.git_network import _MAX_DEPTH, is_on_network
from report_ls.files.grounds import read_grounds
from report_ls.files.port import Tracking
from report_ls.project.packs import parse_pack
from support.repositories import run_git, write

if shutil.which("git") is None:
    pytest.skip("there is no git", allow_module_level=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit."""
    folder = tmp_path / "project"
    write(folder, "report/report.md", "report/figures/a b.png", "report/figures/æ.png", "other.txt")
    run_git(folder, "init", "-q")
    run_git(folder, "add", ".")
    run_git(folder, "commit", "-qm", "All")
    return folder


def tracked(folder: Path) -> set[str]:
    now = git.repository_state(folder)
    found = git.tracked(now) if now else None
    return set(found or ())


def test_what_is_tracked_is_seen_from_the_folder(repository: Path) -> None:
    write(repository, "report/figures/new.png")
    assert {"report.md", "figures/a b.png", "figures/æ.png"} == tracked(repository / "report")
    run_git(repository, "add", ".")
    assert {"report.md", "figures/a b.png", "figures/æ.png", "figures/new.png"} == tracked(repository / "report")


def test_an_accent_is_spelled_as_git_has_it(repository: Path) -> None:
    one, two, both, new = "m\u00e5l.png", "o\u0308l.png", "\u00e9.png", "\u00fc.png"
    one_on_disk, two_on_disk = normalize("NFD", one), normalize("NFC", two)
    folder = repository / "report/figures"
    for name in (one, two, both):
        write(repository, f"report/figures/{name}")
    run_git(repository, "add", ".")
    (folder / one).rename(folder / one_on_disk)
    (folder / two).rename(folder / two_on_disk)
    write(repository, f"report/figures/{normalize('NFD', both)}", f"report/figures/{normalize('NFD', new)}")
    files = DiskFiles(repository / "report")
    assert files.files("figures") >= {one_on_disk, two_on_disk, both, normalize("NFD", both)}, "two look the same"
    (folder / normalize("NFD", both)).unlink()
    files = DiskFiles(repository / "report")
    assert files.files("figures") == {"a b.png", "\u00e6.png", one, two, both, normalize("NFD", new)}
    assert files.content(f"figures/{one}") == f"report/figures/{one}".encode()
    assert files.tracking(f"figures/{two}") is Tracking.TRACKED
    assert files.tracking(f"figures/{normalize('NFD', new)}") is Tracking.UNTRACKED
    assert files.content(f"figures/{one_on_disk}") is None


def test_the_accents_of_folders_are_spelled_as_git_has_them(repository: Path) -> None:
    one, two, new = "m\u00e5l", "o\u0308l", "\u00fc"
    write(repository, f"report/{one}/{two}/a.png", f"report/{one}/{two}/{one}.png")
    run_git(repository, "add", ".")
    report = repository / "report"
    (report / one / two / f"{one}.png").rename(report / one / two / f"{normalize('NFD', one)}.png")
    (report / one / two).rename(report / one / normalize("NFC", two))
    (report / one).rename(report / normalize("NFD", one))
    write(report, f"{normalize('NFD', new)}/b.png")
    files = DiskFiles(report)
    assert files.folders("") == {"figures", one, normalize("NFD", new)}
    assert files.folders(one) == {two}
    assert files.files(f"{one}/{two}") == {"a.png", f"{one}.png"}
    assert files.content(f"{one}/{two}/{one}.png") == f"report/{one}/{two}/{one}.png".encode()
    assert files.tracking(f"{one}/{two}/a.png") is Tracking.TRACKED
    assert files.files(f"{normalize('NFD', one)}/{two}") == frozenset()
    write(report, f"{one}/c.png")
    files = DiskFiles(report)
    assert files.folders("") == {"figures", one, normalize("NFD", one), normalize("NFD", new)}, "two look the same"
    assert files.files(one) == {"c.png"}


def test_a_moment_changes_with_the_index_and_not_with_the_files(repository: Path) -> None:
    before = git.repository_state(repository)
    write(repository, "report/figures/new.png")
    assert before == git.repository_state(repository)
    run_git(repository, "add", ".")
    assert before != git.repository_state(repository)


def test_the_repository_of_the_current_folder_is_found(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "report")
    assert git.repository_state(repository / "report") == git.repository_state(Path())
    assert "report.md" in tracked(Path())


@pytest.mark.parametrize("way", ["../../class", "link"])
def test_a_repository_is_not_asked_of_folders_outside(
    repository: Path, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "class/report.md")
    repository.joinpath("report", "link").symlink_to(tmp_path / "class", target_is_directory=True)
    monkeypatch.chdir(repository / "report")
    assert git.repository_state(Path(way)) is None
    assert git.repository_state(Path()) is not None


@pytest.mark.skipif(os.name == "nt", reason="git is stood in for by a shell script")
def test_no_git_is_started_for_a_class_outside_of_the_current_repository(repository: Path, tmp_path: Path) -> None:
    folder, calls = tmp_path / "programs", tmp_path / "calls"
    real = shutil.which("git")
    write(folder, "git")
    folder.joinpath("git").write_text(f'#!/bin/sh\necho "$@" >> {calls}\nexec {real} "$@"\n', "utf-8")
    folder.joinpath("git").chmod(0o755)
    picture = "### Question 1\n> Why?\n>\n> Answer:\n\n![a](figures/a.png)\n"
    for place in (tmp_path / "class" / "one", repository / "report"):
        write(place, "figures/a.png")
        place.joinpath("report.md").write_text(picture, "utf-8")
    environment = {**os.environ, "PATH": str(folder)}

    def n_started(path: str) -> int:
        calls.write_text("", "utf-8")
        command = [sys.executable, "-m", "report_ls", "--check", "--pack", "generic", path]
        subprocess.run(command, cwd=repository / "report", env=environment, capture_output=True, check=False)
        return len(calls.read_text("utf-8").splitlines())

    assert n_started("../../class") == 0
    assert n_started("report.md") > 0


def test_git_is_asked_once_in_a_moment(repository: Path) -> None:
    assert tracked(repository)
    n_asked = git.tracked.cache_info().misses
    assert tracked(repository)
    assert n_asked == git.tracked.cache_info().misses


def test_where_there_is_no_repository_nothing_is_known(tmp_path: Path) -> None:
    write(tmp_path, "real/HEAD")
    assert git.repository_state(tmp_path) is None
    for elsewhere in ("nowhere", "no\0where", "", f"/{tmp_path}/real", r"\\computer\share"):
        (tmp_path / ".git").write_text(f"gitdir: {elsewhere}\n", "utf-8")
        assert git.repository_state(tmp_path) is None, elsewhere
    (tmp_path / ".git").unlink()
    (tmp_path / ".git").mkdir()
    assert git.repository_state(tmp_path) is None
    (tmp_path / ".git" / "HEAD").write_text("nonsense", "utf-8")
    assert tracked(tmp_path) == set()
    assert git.committed(tmp_path) == {}
    assert branch(tmp_path) is None


@pytest.mark.parametrize("elsewhere", ["nowhere", "/{}/other/.git", r"\\computer\share", "{}/other/.git/"])
def test_a_folder_that_says_where_its_repository_is_belongs_to_no_other(
    elsewhere: str, repository: Path, tmp_path: Path
) -> None:
    inner, other = repository / "inner", tmp_path / "other"
    inner.mkdir()
    other.mkdir()
    run_git(other, "init", "-q")
    (inner / ".git").write_text(f"gitdir: {elsewhere.format(tmp_path)}\n", "utf-8")
    now = git.repository_state(inner)
    assert (inner if elsewhere.startswith("{") else None) == (now and now.top)
    (inner / ".git").unlink()
    now = git.repository_state(inner)
    assert now
    assert now.top == repository


ON_NETWORK = [
    r"\\computer\share",
    "//computer/share",
    r"\\?\UNC\computer\share",
    '"//computer/share"',
    " /\\computer/share ",
]


@pytest.mark.parametrize("path", ON_NETWORK)
def test_a_path_of_another_computer_is_known_however_it_is_written(path: str) -> None:
    assert is_on_network(path)


@pytest.mark.parametrize("path", ["", ".", "../objects", "/home/objects", r"C:\objects", "~/objects", "a//b", r"a\\b"])
def test_other_paths_are_of_this_computer(path: str) -> None:
    assert not is_on_network(path)


@pytest.mark.parametrize(
    ("files", "is_known"),
    [
        ({}, True),
        ({"objects/info/alternates": "../further\n"}, True),
        ({"objects/info/alternates": "# further\n../further\n//computer/share/objects\n"}, False),
        ({"objects/info/alternates": '"\\\\\\\\computer\\\\share"\r\n'}, False),
        ({"objects/info/alternates": "../further\n", "further/info/alternates": "//computer/share\n"}, False),
        ({"commondir": r"\\computer\share"}, False),
        ({"commondir": ".\n"}, True),
        ({"config+": "[include]\n\tpath = //computer/share/config\n"}, False),
        ({"config+": '[includeIf "gitdir:a"] PATH=\\\n"\\\\\\\\computer\\\\share"\n'}, False),
        ({"config+": '[core]\n\texcludesFile = "/"/computer/share\n'}, False),
        ({"config+": "[core]\n\texcludesFile = ../ignored\n"}, True),
        ({"config+": "[include]\n\tpath = more\n", "more": "[core]\n\tattributesFile = //computer/share\n"}, False),
        ({"config+": "[include]\n\tpath = more\n", "more": "[core]\n\tattributesFile = mine\n"}, True),
        ({"config+": "[include]\n\tpath = config\n"}, False),
        ({"config.worktree": "[core]\n\tworktree = //computer/share\n"}, False),
        # A repository on another computer is one to push to.
        ({"config+": '[remote "origin"]\n\turl = //computer/share/course.git\n'}, True),
        ({"config+": '[remote "origin"]\n\turl = //computer/share/course.git\n\tpromisor = true\n'}, False),
    ],
)
def test_where_a_repository_leads_git_to_another_computer_git_is_not_asked(
    files: dict[str, str], repository: Path, *, is_known: bool
) -> None:
    (repository / ".git/further/info").mkdir(parents=True)
    for name, text in files.items():
        path = repository / ".git" / name.rstrip("+")
        path.write_text((path.read_text("utf-8") if name.endswith("+") else "") + text, "utf-8", newline="")
    assert is_known == (git.ask(repository, "--version") is not None)


def test_further_objects_are_followed_as_far_as_git_may_follow_them(repository: Path) -> None:
    objects = repository / ".git/objects"
    for depth in range(_MAX_DEPTH + 1):
        (objects / "info").mkdir(parents=True, exist_ok=True)
        (objects / "info/alternates").write_text("inner\n", "utf-8")
        assert (depth < _MAX_DEPTH) == (git.ask(repository, "--version") is not None)
        objects /= "inner"


def test_a_further_working_tree_is_asked_unless_its_repository_leads_away(repository: Path, tmp_path: Path) -> None:
    run_git(repository, "worktree", "add", "-q", str(tmp_path / "further"))
    assert git.ask(tmp_path / "further", "--version")
    (repository / ".git/objects/info").mkdir(exist_ok=True)
    (repository / ".git/objects/info/alternates").write_text("//computer/share\n", "utf-8")
    assert git.ask(tmp_path / "further", "--version") is None


def test_nobody_looks_where_a_head_leads_out_of_its_repository(repository: Path) -> None:
    for written, is_followed in (("refs/heads/main", True), ("//computer/share", False), ("refs/../../x", False)):
        (repository / ".git/HEAD").write_text(f"ref: {written}\n", "utf-8")
        found = read_grounds(repository / "report/report.md", [], [])
        assert found is not None
        assert is_followed == any(written in str(place) for place in found)


def test_without_git_nothing_is_known(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "program", lambda: None)
    assert branch(repository) is None
    assert git.committed(repository) == {}


def test_a_git_that_lies_in_a_folder_of_one_s_own_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("here", "there"):
        write(tmp_path, f"{folder}/git")
        tmp_path.joinpath(folder, "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "here", str(tmp_path / "there")]))
    git.program.cache_clear()
    assert str(tmp_path / "there" / "git") == git.program()
    monkeypatch.setenv("PATH", "here")
    git.program.cache_clear()
    assert git.program() is None
    git.program.cache_clear()


def test_git_that_never_answers_is_not_waited_for(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(git, "program", lambda: str(program))
    monkeypatch.setattr(git, "_TIMEOUT_SECONDS", 0.1)
    assert branch(repository) is None


def test_what_is_ignored_is_told_from_what_is_new(repository: Path) -> None:
    write(repository, "report/figures/new.png", "report/figures/old.png", "report/figures/-x.png")
    (repository / ".gitignore").write_text("old*\n", "utf-8")
    now = git.repository_state(repository / "report")
    assert now
    names = [f"figures/{name}.png" for name in ("new", "old", "-x", "a b")]
    assert [False, True, False, False] == [git.is_ignored(now, name) for name in names]
    (repository / ".gitignore").unlink()
    assert not git.is_ignored(now, "figures/old.png")
    (repository / "report" / "figures" / ".gitignore").write_text("new*\n", "utf-8")
    assert git.is_ignored(now, "figures/new.png")
    (repository / ".git" / "info" / "exclude").write_text("-*\n", "utf-8")
    assert git.is_ignored(now, "figures/-x.png")


def test_what_is_committed_is_known_by_its_bytes(repository: Path) -> None:
    write(repository, "report/new.md")
    names = "figures/a b.png", "figures/æ.png", "report.md"
    expected = {name: run_git(repository, "hash-object", f"report/{name}").strip() for name in names}
    assert expected == git.committed(repository / "report")


def test_what_is_committed_under_a_name_of_a_mac_is_known_by_it(repository: Path) -> None:
    write(repository, "report/figures/Zu\u0308rich.png")
    run_git(repository, "add", ".")
    run_git(repository, "commit", "-qm", "A picture")
    assert "figures/Z\u00fcrich.png" in git.committed(repository / "report")


def test_a_file_is_known_as_it_was_first_committed(repository: Path) -> None:
    folder = repository / "report"
    for text in ("second", "third\r\n"):
        folder.joinpath("report.md").write_bytes(text.encode())
        run_git(repository, "commit", "-qam", text)
    folder.joinpath("report.md").write_text("not committed", "utf-8")
    now = git.repository_state(folder)
    assert now
    assert (b"report/report.md", b"second", b"third\r\n") == git.first_versions(now, "report.md")
    assert git.first_versions(now, "never.md") == ()


def test_before_the_first_commit_nothing_is_committed(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q")
    write(tmp_path, "a.md")
    run_git(tmp_path, "add", ".")
    assert {"a.md"} == tracked(tmp_path)
    assert git.committed(tmp_path) == {}
    assert branch(tmp_path) is None


def test_a_branch_and_what_is_not_pushed(repository: Path, tmp_path: Path) -> None:
    assert Branch("main", "", is_gone=False, n_ahead=0, n_behind=0) == branch(repository)
    remote = tmp_path / "remote.git"
    run_git(tmp_path, "init", "-q", "--bare", str(remote))
    run_git(repository, "remote", "add", "origin", str(remote))
    run_git(repository, "push", "-qu", "origin", "main")
    assert Branch("main", "origin/main", is_gone=False, n_ahead=0, n_behind=0) == branch(repository)
    for _ in range(2):
        run_git(repository, "commit", "-qm", "More", "--allow-empty")
    assert Branch("main", "origin/main", is_gone=False, n_ahead=2, n_behind=0) == branch(repository)
    run_git(repository, "push", "-q")
    run_git(repository, "reset", "-q", "--hard", "HEAD~2")
    run_git(repository, "commit", "-qm", "Else", "--allow-empty")
    assert Branch("main", "origin/main", is_gone=False, n_ahead=1, n_behind=2) == branch(repository / "report")
    run_git(repository, "update-ref", "-d", "refs/remotes/origin/main")
    assert Branch("main", "origin/main", is_gone=True, n_ahead=0, n_behind=0) == branch(repository)
    run_git(repository, "checkout", "-q", "--detach")
    assert branch(repository) is None


def test_another_working_tree_has_an_index_of_its_own(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    run_git(repository, "worktree", "add", "-q", "-b", "second", str(other))
    write(other, "report/figures/new.png")
    before = git.repository_state(other)
    run_git(other, "add", ".")
    assert before != git.repository_state(other)
    assert {"report.md", "figures/a b.png", "figures/æ.png", "figures/new.png"} == tracked(other / "report")
    assert Branch("second", "", is_gone=False, n_ahead=0, n_behind=0) == branch(other)


def test_a_hook_s_environment_leads_nowhere_else(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index.lock")
    assert {"report.md", "figures/a b.png", "figures/æ.png"} == tracked(repository / "report")


def test_nothing_that_a_repository_names_is_run(repository: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\necho caught >>'{tmp_path}/caught'\n", "utf-8")
    trap.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "fsmonitor-watchman", "reference-transaction", "post-checkout"):
        shutil.copy(trap, hooks / name)
    names = """core.fsmonitor core.editor core.pager core.sshCommand core.askPass core.gitProxy filter.x.clean
        filter.x.smudge filter.x.process diff.external diff.x.command diff.x.textconv merge.x.driver gpg.program
        credential.helper sequence.editor interactive.diffFilter remote.origin.uploadpack pager.ls-files
        pager.for-each-ref alias.ls-files core.alternateRefsCommand uploadpack.packObjectsHook"""
    for name in names.split():
        run_git(repository, "config", name, str(trap))
    run_git(repository, "config", "core.hooksPath", str(hooks))
    run_git(repository, "config", "remote.origin.url", f"ext::{trap}")
    run_git(repository, "config", "remote.origin.promisor", "true")
    run_git(repository, "config", "protocol.ext.allow", "always")
    run_git(repository, "config", "extensions.partialClone", "origin")
    (repository / ".gitattributes").write_text("* filter=x diff=x merge=x\n", "utf-8")
    write(repository, "report/figures/new.png")
    (repository / "report" / "report.md").write_text("changed", "utf-8")
    folder = repository / "report"
    now = git.repository_state(folder)
    assert now
    assert git.tracked(now)
    assert not git.is_ignored(now, "figures/new.png")
    assert "report.md" in git.committed(folder)
    assert branch(folder)
    assert (b"report/report.md",) == git.first_versions(now, "report.md")
    # An object that is missing would be fetched from the remote.
    object_id = git.committed(folder)["report.md"]
    (repository / ".git" / "objects" / object_id[:2] / object_id[2:]).unlink()
    assert "report.md" in git.committed(folder)
    tree = run_git(repository, "rev-parse", "HEAD^{tree}").strip()
    (repository / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    assert git.committed(folder) == {}
    assert not tmp_path.joinpath("caught").exists()
    # The trap is one: what asks git without care falls into it.
    subprocess.run(["git", "status"], cwd=repository, capture_output=True, timeout=60, check=False)  # noqa: S607
    assert tmp_path.joinpath("caught").exists()


def test_what_another_computer_has_without_an_upstream_is_pushed(repository: Path, tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q", "--bare", str(tmp_path / "remote.git"))
    run_git(repository, "remote", "add", "origin", str(tmp_path / "remote.git"))
    assert Branch("main") == branch(repository)
    run_git(repository, "push", "-q", "origin", "main")
    assert Branch("main", "origin/main") == branch(repository)
    run_git(repository, "checkout", "-q", "-b", "draft")
    assert Branch("draft", "origin/main") == branch(repository)
    run_git(repository, "push", "-q", "origin", "draft")
    assert Branch("draft", "origin/draft") == branch(repository)
    write(repository, "new.txt")
    run_git(repository, "add", ".")
    run_git(repository, "commit", "-qm", "New")
    assert Branch("draft") == branch(repository)
    run_git(repository, "push", "-q", "origin", "draft:elsewhere")
    assert Branch("draft", "origin/elsewhere") == branch(repository)


@pytest.mark.parametrize(
    ("known", "shown", "setting", "remedy"),
    [
        ("figures/plot.png", "figures/Plot.png", "true", "git mv -f report/figures/plot.png report/figures/Plot.png"),
        ("figures/plot.png", "Figures/plot.png", "true", "git mv -f report/figures/plot.png report/Figures/plot.png"),
        (
            "figures/my plot.png",
            "figures/My plot.png",
            "true",
            'git mv -f "report/figures/my plot.png" "report/figures/My plot.png"',
        ),
        ("figures/plot.png", "figures/Plot.png", "false", "git add report/figures/Plot.png"),
        ("figures/plot.png", "figures/plot2.png", "true", "git add report/figures/plot2.png"),
        ("figures/\u00e6.png", "figures/\u00c6.png", "true", "git add report/figures/\u00c6.png"),
        ("plot.png", "figures/Plot.png", "true", "git add report/figures/Plot.png"),
    ],
)
def test_a_rename_in_case_only_is_one_that_git_is_told(
    known: str, shown: str, setting: str, remedy: str, repository: Path
) -> None:
    folder = repository / "report"
    write(folder, known)
    run_git(repository, "add", ".")
    run_git(repository, "config", "core.ignorecase", setting)
    folder.joinpath(known).unlink()
    write(folder, shown)
    text = f"### Question 1\n> Show it.\n>\n> Answer:\n\n![it](<{shown}>)\n"
    analysis = analyze(SourceText(text), parse_pack("id: test\ntitle: Test\n", "pack"), DiskFiles(folder), Stage.FINAL)
    (said,) = (one.message for one in analysis.diagnostics if one.code == "image-untracked")
    assert said.endswith(f": run {remedy} at the top of the repository")


def test_where_both_names_are_files_neither_is_a_rename(repository: Path) -> None:
    folder = repository / "report"
    run_git(repository, "config", "core.ignorecase", "true")
    write(folder, "figures/A b.png")
    text = "### Question 1\n> Show it.\n>\n> Answer:\n\n![it](<figures/A b.png>)\n"
    analysis = analyze(SourceText(text), parse_pack("id: test\ntitle: Test\n", "pack"), DiskFiles(folder), Stage.FINAL)
    (said,) = (one.message for one in analysis.diagnostics if one.code == "image-untracked")
    assert said.endswith(': run git add "report/figures/A b.png" at the top of the repository')
