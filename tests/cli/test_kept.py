"""The cache of a class's results: a cached result equals a fresh one, or is not used."""

import os
import random
import subprocess
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_ls.cli.arguments import read_arguments
from report_ls.cli.candidates import Candidate, candidates
from report_ls.cli.judge_report import judge_candidate, judge_to_keep
from report_ls.cli.kept import Kept, kept_answers
from report_ls.cli.outcomes import CheckedReport
from report_ls.cli.processes import MIN_TASKS_FOR_PROCESSES
from report_ls.cli.results import Judged
from report_ls.cli.tasks import checking
from report_ls.files.cache_folder import cache_folder, forget_oldest, put, recall
from report_ls.files.git import home
from report_ls.packs.gaps import Lengths
from report_ls.packs.limits import Limit
from support.command import COMMAND, GOOD, LEFT_OVER, Ran, run
from support.course_scripts import Style, functions
from support.pictures import png
from support.repositories import run_git

_HOUR = 3_600_000_000_000


def answers(*options: str) -> Kept:
    """Return the cache for some options, of a run that begins long after all files were written."""
    kept = kept_answers(read_arguments(["--check", *options]))
    return kept._replace(began=kept.began + _HOUR)


def in_words(judged: list[Judged]) -> str:
    """Return all of some results except their paths."""
    tallies = [report.tally for report in judged]
    plain = [
        report._replace(
            path="",
            text=None,
            findings=tuple(report.findings),
            questions=tuple(report.questions),
            lengths=Lengths(tuple(report.lengths.gaps)),
        )
        for report in judged
    ]
    scripts = [report.script and report.script._replace(answers=tuple(report.script.answers)) for report in plain]
    return "\n".join(map(repr, ([report._replace(script=None) for report in plain], scripts, tallies)))


def judge(candidate: Candidate, *options: str) -> list[Judged]:
    task = checking(read_arguments(["--check", *options]), tells_fixes=False)
    return [outcome.judged for outcome in judge_candidate(task, candidate) if isinstance(outcome, CheckedReport)]


def judge_and_keep(candidate: Candidate, *options: str) -> None:
    judge_to_keep(checking(read_arguments(["--check", *options]), tells_fixes=False), answers(*options), candidate)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return Path(cache_folder())


def a_class(folder: Path, n_reports: int = MIN_TASKS_FOR_PROCESSES, text: str = LEFT_OVER) -> Path:
    for number in range(n_reports):
        (folder / f"class/group-{number}").mkdir(parents=True)
        (folder / f"class/group-{number}/report.md").write_text(f"{text}\nUnmistakable {number}.\n", "utf-8")
    return folder / "class"


def check(folder: Path, cache: Path, *options: str) -> Ran:
    return run(folder, "--check", *options, "class", XDG_CACHE_HOME=str(cache.parent), LOCALAPPDATA=str(cache.parent))


def run_until_kept(folder: Path, cache: Path, n_reports: int = MIN_TASKS_FOR_PROCESSES) -> Ran:
    """Run again until all results are cached: those of files younger than two seconds are not."""
    while True:
        ran = check(folder, cache)
        if cache.is_dir() and len([*cache.iterdir()]) == n_reports:
            return ran


def imported(folder: Path, cache: Path, *options: str) -> set[str]:
    """Return the modules that a run imports."""
    command = (*COMMAND[:1], "-X", "importtime", *COMMAND[1:])
    ran = run(
        folder,
        "--check",
        *options,
        "class",
        command=command,
        XDG_CACHE_HOME=str(cache.parent),
        LOCALAPPDATA=str(cache.parent),
    )
    return {line.rpartition("|")[2].strip() for line in ran.err.splitlines()}


def test_a_second_run_says_the_same_and_imports_nothing_that_judges(tmp_path: Path, cache: Path) -> None:
    a_class(tmp_path)
    first = run_until_kept(tmp_path, cache)
    assert first == check(tmp_path, cache)
    judging = {"report_ls.analysis.analyze", "markdown_it"}
    assert set() == judging & imported(tmp_path, cache)
    assert judging == judging & imported(tmp_path, cache, "--no-cache")
    assert first == check(tmp_path, cache, "--no-cache")


@pytest.mark.slow
def test_every_format_that_uses_it_says_the_same(tmp_path: Path, cache: Path) -> None:
    a_class(tmp_path)
    run_until_kept(tmp_path, cache)
    for name in ("text", "lines", "github", "gitlab", "sarif", "junit", "markdown", "csv", "html"):
        for more in ((), ("--verbose", "--names")):
            asked = "--format", name, *more
            assert check(tmp_path, cache, *asked) == check(tmp_path, cache, *asked, "--no-cache"), asked
    assert check(tmp_path, cache, "--statistics") == check(tmp_path, cache, "--statistics", "--no-cache")


@pytest.mark.parametrize("asked", [("--no-cache",), ("--format", "json"), ("--diff",), ("--fix",)])
def test_what_uses_no_cache_keeps_nothing(asked: tuple[str, ...], tmp_path: Path, cache: Path) -> None:
    a_class(tmp_path)
    check(tmp_path, cache, *asked)
    assert not cache.exists()


@pytest.mark.parametrize(
    ("n_reports", "is_kept"), [(MIN_TASKS_FOR_PROCESSES - 1, False), (MIN_TASKS_FOR_PROCESSES, True)]
)
def test_a_few_reports_are_judged_anew(n_reports: int, is_kept: bool, tmp_path: Path, cache: Path) -> None:  # noqa: FBT001
    a_class(tmp_path, n_reports)
    if is_kept:
        run_until_kept(tmp_path, cache)
    else:
        modules = imported(tmp_path, cache)
        assert "report_ls.analysis.analyze" in modules
        assert "report_ls.cli.kept" not in modules
    assert is_kept == cache.exists()


def test_the_cache_has_no_text_of_a_report(tmp_path: Path, cache: Path) -> None:
    a_class(tmp_path)
    run_until_kept(tmp_path, cache)
    held = "".join(path.read_text("ascii") for path in cache.iterdir())
    assert "this marker is left over from the template" in held
    assert [] == [word for word in ("Unmistakable", "photos", "What does it do") if word in held]


def _replaced(path: Path, make: Callable[[Path], None]) -> None:
    path.unlink()
    make(path)


_SPOILT: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "changed": lambda path: path.write_bytes(path.read_bytes().replace(b"marker", b"market")),
    "of another program": lambda path: path.write_bytes(b"\0\xff SQLite"),
    "another's": lambda path: path.write_bytes(b"[]\n{}\n"),
    "a folder": lambda path: _replaced(path, Path.mkdir),
    "a link in a circle": lambda path: _replaced(path, lambda gone: gone.symlink_to(gone)),
}


def test_a_damaged_cached_result_is_ignored(tmp_path: Path, cache: Path) -> None:
    a_class(tmp_path)
    ran = run_until_kept(tmp_path, cache)
    for path, spoil in zip([*cache.iterdir()], cycle(_SPOILT.values()), strict=False):
        spoil(path)
    assert ran == check(tmp_path, cache)


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, cache: Path) -> None:
    a_class(tmp_path)
    cache.parent.write_text("a file in the place of the folder", "utf-8")
    ran = check(tmp_path, cache)
    assert (ran.status, ran.err) == (1, "")
    assert ran == check(tmp_path, cache, "--no-cache")


def test_two_runs_at_once_do_each_other_no_harm(tmp_path: Path, cache: Path) -> None:
    a_class(tmp_path)
    expected = check(tmp_path, cache, "--no-cache")
    variables = {**os.environ, "XDG_CACHE_HOME": str(cache.parent), "LOCALAPPDATA": str(cache.parent)}
    runs = [
        subprocess.Popen([*COMMAND, "--check", "class"], cwd=tmp_path, env=variables, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert {expected.out} == {process.communicate()[0].decode() for process in runs}
    assert expected == run_until_kept(tmp_path, cache)
    assert expected == check(tmp_path, cache)


def test_the_oldest_is_forgotten_where_it_is_too_much(tmp_path: Path) -> None:
    for number in range(4):
        put(str(tmp_path), f"{number}", b"x" * 10)
        os.utime(tmp_path / f"{number}", (number, number))
    forget_oldest(str(tmp_path), 40)
    assert {"0", "1", "2", "3"} == {path.name for path in tmp_path.iterdir()}
    forget_oldest(str(tmp_path), 39)
    assert {"1", "2", "3"} == {path.name for path in tmp_path.iterdir()}
    forget_oldest(str(tmp_path), 9)
    assert [] == [*tmp_path.iterdir()]
    forget_oldest(str(tmp_path / "none"), 9)
    assert recall(str(tmp_path), "1") is None


def test_what_was_written_just_before_a_run_is_not_kept(tmp_path: Path, cache: Path) -> None:
    (candidate, *_) = candidates(a_class(tmp_path))
    task, kept = checking(read_arguments(["--check"]), tells_fixes=False), answers()
    written = max(path.stat().st_ctime_ns for path in (candidate.path, candidate.path.parent))
    judge_to_keep(task, kept._replace(began=written + 2_000_000_000), candidate)
    assert kept.find(candidate) is None
    judge_to_keep(task, kept._replace(began=written + 2_000_000_001), candidate)
    found = kept.find(candidate)
    assert found is not None
    assert in_words(found) == in_words(judge(candidate))
    assert 1 == len([*cache.iterdir()])


REPORT = """\
### Question 1
> What does it do? Answer length: 5-20 words.
>
> Answer:

It sorts photos by the people on them{}.

![the people](figures/a.png)

### Question 2
> Insert 1-2 images of it, and link to its docker file.
>
> Answer:

![photos](figures/b.png) made by [this image](../docker/train.dockerfile)

### Question 3
> How many tests are there? Answer length: 5-20 words.
>
> Answer:

In total we have implemented {} tests, which all pass.
"""
PACK = """\
id: cameras
title: Cameras
script: {{parts: {}}}
images: {{folder: figures}}
questions:
  - {{number: 1, topic: purpose, words: 2-{}}}
  - {{number: 2, topic: Docker, images: 1-2, links: dockerfile}}
  - {{number: 3, topic: tests, words: 2-30, counts: tests}}
"""
_ENDINGS = "", " ", " and places", " <!-- no", "\n\n--- question 1 fill here ---", "\n```\nopen"
_PICTURES = png(), png()[:-8], b"no picture"


class Project:
    """A report in a repository in which everything may change; each change has a different time."""

    def __init__(self, top: Path, seed: int) -> None:
        self.top = top
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.options: tuple[str, ...] = ()
        self._time = 1_000_000_000
        self.write("reports/report.md", REPORT.format("", 2))
        self.write("cameras.yaml", PACK.format(3, 9))
        self.write("report-ls.toml", 'pack = "cameras.yaml"\n')
        self.write("docker/train.dockerfile", "FROM scratch\n")
        self.write("tests/test_it.py", "def test_0(): pass\ndef test_1(): pass\n")
        for name in ("a", "b"):
            self.write(f"reports/figures/{name}.png", png())
        run_git(self.top, "init", "-q")
        self.git("add", ".")
        self.git("commit", "-qm", "One")

    @property
    def report(self) -> Path:
        """The folder of the report in the repository."""
        return self.top / "reports/report.md"

    def write(self, name: str, data: str | bytes) -> None:
        """Write a file, and create its folders if they do not exist."""
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        self.touch(path, *([path.parent] if is_new else ()))

    def touch(self, *paths: Path) -> None:
        """Give each file a time that no file had before."""
        for path in paths:
            self._time += 1
            os.utime(path, (self._time, self._time))

    def remove(self, name: str) -> None:
        """Remove a file, if it exists."""
        if os.path.lexists(self.top / name):
            (self.top / name).unlink()
            self.touch((self.top / name).parent)

    def git(self, *arguments: str) -> None:
        """Run git in the repository; do nothing if it fails."""
        places = [self.top / ".git" / name for name in ("index", "HEAD", "config")]
        before = [path.read_bytes() for path in places if path.exists()]
        with suppress(subprocess.CalledProcessError):  # Such as a commit without changes.
            run_git(self.top, *arguments)
        self.touch(*(path for path in places if path.exists() and path.read_bytes() not in before))


def text(project: Project) -> None:
    n_tests = project.chance.choice((1, 2, 30))
    project.write("reports/report.md", REPORT.format(project.chance.choice(_ENDINGS), n_tests))


def no_report(project: Project) -> None:
    project.write("reports/report.md", "# Notes\n\nNothing.\n")


def picture(project: Project) -> None:
    name = project.chance.choice(("a", "a", "b", "B", "c"))
    project.write(f"reports/figures/{name}.png", project.chance.choice(_PICTURES))


def no_picture(project: Project) -> None:
    project.remove(f"reports/figures/{project.chance.choice('ab')}.png")


def link(project: Project) -> None:
    project.remove("reports/figures/b.png")
    if (project.top / "reports/figures").is_dir():
        (project.top / "reports/figures/b.png").symlink_to("a.png")
        project.touch(project.top / "reports/figures")


def add(project: Project) -> None:
    project.git("add", project.chance.choice((".", "reports/report.md")))


def commit(project: Project) -> None:
    project.git("commit", "-qm", "One")


def branch(project: Project) -> None:
    project.git("checkout", "-q", *project.chance.choice((("-B", "a"), ("-B", "b"), ("-",), ("--detach",))))


def untrack(project: Project) -> None:
    project.git("rm", "-q", "--cached", "-r", "--ignore-unmatch", "reports/figures")


def remote(project: Project) -> None:
    project.git("config", f"remote.{project.chance.choice('ab')}.url", "https://github.com/hives/bees.git")


def ignore(project: Project) -> None:
    project.write(".gitignore", project.chance.choice(("", "figures\n", "*.png\n")))


def docker(project: Project) -> None:
    if project.chance.random() < 0.5:
        project.write("docker/train.dockerfile", "FROM scratch\n")
    else:
        project.remove("docker/train.dockerfile")


def counted(project: Project) -> None:
    n_tests = project.chance.randint(0, 4)
    project.write("tests/test_it.py", "".join(f"def test_{number}(): pass\n" for number in range(n_tests)))


def script(project: Project) -> None:
    most = project.chance.choice((20, 30))
    script = functions([(Limit(5, most), None), (None, Limit(1, 2)), (Limit(5, 20), None)], Style())
    project.write("reports/report.py", project.chance.choice(("", script)))


def configuration(project: Project) -> None:
    place = project.chance.choice(("", "", "reports/"))
    pack, severity = 'pack = "cameras.yaml"\n', '[severity]\nimage-not-found = "off"\n'
    lines = "", pack, pack, pack + severity, severity, 'pack = "nowhere"\n'
    project.write(f"{place}report-ls.toml", project.chance.choice(lines))


def pack(project: Project) -> None:
    n_parts, most = project.chance.choice((3, 4)), project.chance.choice((3, 9, "no"))
    project.write("cameras.yaml", PACK.format(n_parts, most))


def template(project: Project) -> None:
    project.write("report-ls.toml", 'template = "form.md"\n')
    project.write("form.md", REPORT.format("", 1).replace("sorts", project.chance.choice(("makes", "takes"))))


def option(project: Project) -> None:
    project.options = project.chance.choice(
        (
            (),
            ("--stage", "draft"),
            ("--isolated",),
            ("--select", "unanswered"),
            ("--ignore", "image-not-found,unanswered"),
            ("--pack", "generic"),
            ("--pack", str(project.top / "cameras.yaml")),
        )
    )


CHANGES = (
    *(text, no_report, picture, no_picture, link, add, commit, untrack, remote, ignore, docker, counted),
    *(branch, script, configuration, pack, template, option),
)


def says_what_is_fresh(project: Project) -> bool:
    """Compare the cached results with fresh ones, and cache these; return whether there were cached results."""
    candidate = Candidate(project.report, "report.md", named=False, below=str(project.top.resolve()))
    pack = project.options[1:] if project.options[:1] == ("--pack",) else ()
    if (
        pack
        and pack[0] != "generic"
        and "words: no" in (Path(pack[0]).read_text("utf-8") if Path(pack[0]).exists() else "words: no")
    ):
        return False  # Wrong use.
    fresh = in_words(judge(candidate, *project.options))
    known = answers(*project.options).find(candidate)
    assert known is None or in_words(known) == fresh
    judge_and_keep(candidate, *project.options)
    again = answers(*project.options).find(candidate)
    assert again is None or in_words(again) == fresh
    return known is not None


@settings(max_examples=100)
@given(changes=st.lists(st.sampled_from(CHANGES), min_size=1, max_size=10), seed=st.integers(0, 2**32))
def test_what_is_kept_is_what_a_fresh_judgement_says(
    changes: list[Callable[[Project], None]], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    top = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(top / "cache"))
        patched.setenv("LOCALAPPDATA", str(top / "cache"))
        project = Project(top / "project", seed)
        says_what_is_fresh(project)
        for change in changes:
            change(project)
            says_what_is_fresh(project)


LINKED = "\nSee [it](../docker/serve.dockerfile) and https://github.com/hives/bees/blob/main/docker/none.dockerfile.\n"


def _linked(project: Project) -> None:
    project.git("checkout", "-q", "-B", "main")
    project.git("config", "remote.origin.url", "https://github.com/hives/bees.git")
    project.write("reports/report.md", REPORT.format(LINKED, 2))
    project.git("add", ".")


def _without_picture(project: Project) -> None:
    project.remove("reports/figures/b.png")
    project.git("add", ".")


def _nothing(_project: Project) -> None:
    pass


def _asking_lengths(project: Project) -> None:
    project.write("reports/report.md", REPORT.format("", 2).replace("> Insert", "> Answer length: 5-20 words. Insert"))


def _with_script(project: Project) -> None:
    _asking_lengths(project)
    _script_of(20)(project)


def _script_of(most: int) -> Callable[[Project], None]:
    return lambda project: project.write("reports/report.py", functions([(Limit(5, most), None)] * 3, Style()))


# The files before, and the one change after which the results differ.
GROUNDS: dict[str, tuple[Callable[[Project], None], Callable[[Project], object]]] = {
    "the text": (_nothing, lambda project: project.write("reports/report.md", REPORT.format(" no" * 40, 2))),
    "a picture that goes": (_nothing, lambda project: project.remove("reports/figures/a.png")),
    "a picture that comes": (
        _without_picture,
        lambda project: project.write("reports/figures/b.png", png()),
    ),
    "a picture that is cut": (_nothing, lambda project: project.write("reports/figures/a.png", png()[:-8])),
    "a picture that none shows": (_nothing, lambda project: project.write("reports/figures/new.png", png())),
    "the index": (_nothing, lambda project: project.git("rm", "-q", "--cached", "reports/figures/b.png")),
    "the index, for a link": (_nothing, lambda project: project.git("rm", "-q", "docker/train.dockerfile")),
    "the addresses of remotes": (
        _linked,
        lambda project: project.git("config", "remote.origin.url", "https://github.com/wasps/bees.git"),
    ),
    "the branch": (_linked, lambda project: project.git("checkout", "-q", "-B", "other")),
    "a file that a link means": (_linked, lambda project: project.write("docker/serve.dockerfile", "FROM scratch\n")),
    "the tests": (
        _nothing,
        lambda project: project.write("tests/test_it.py", "def test_0(): pass\n"),
    ),
    "the configuration": (
        lambda project: project.remove("reports/figures/a.png"),
        lambda project: project.write("report-ls.toml", 'pack = "cameras.yaml"\n[severity]\nimage-not-found = "off"\n'),
    ),
    "a nearer configuration": (_nothing, lambda project: project.write("reports/report-ls.toml", 'stage = "draft"\n')),
    "the pack": (_nothing, lambda project: project.write("cameras.yaml", PACK.format(3, 3))),
    "the course's script": (_with_script, _script_of(30)),
    "a script that comes": (_asking_lengths, _script_of(30)),
    "the repository": (_linked, lambda project: (project.top / ".git").rename(project.top / "git")),
    "the report": (_nothing, no_report),
}


@pytest.mark.parametrize(("before", "change"), GROUNDS.values(), ids=GROUNDS)
def test_nothing_is_known_any_more_after_a_change_on_which_it_rests(
    before: Callable[[Project], None], change: Callable[[Project], None], tmp_path: Path, cache: Path
) -> None:
    project = Project(tmp_path / "project", 0)
    before(project)
    candidate = Candidate(project.report, "report.md", named=False, below=str(project.top.resolve()))
    fresh = in_words(judge(candidate))
    judge_and_keep(candidate)
    known = answers().find(candidate)
    assert known is not None
    assert in_words(known) == fresh
    change(project)
    home.cache_clear()  # The next run would be another process.
    assert in_words(judge(candidate)) != fresh, "this changes nothing"
    assert answers().find(candidate) is None
    assert cache.is_dir()


def test_a_report_in_a_repository_is_known_again(tmp_path: Path, cache: Path) -> None:
    """The property above is not trivially true: some results are cached."""
    project = Project(tmp_path / "project", 0)
    assert not says_what_is_fresh(project)
    assert says_what_is_fresh(project)
    picture(project)
    assert not says_what_is_fresh(project)
    assert cache.is_dir()


def test_another_program_or_version_knows_nothing(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (candidate, *_) = candidates(a_class(tmp_path))
    judge_and_keep(candidate)
    assert answers().find(candidate) is not None
    for module, name, value in (("report_ls.cli.kept", "__version__", "0.0.9"), ("sys", "version", "2.7")):
        with monkeypatch.context() as patched:
            patched.setattr(f"{module}.{name}", value)
            assert answers().find(candidate) is None
    with monkeypatch.context() as patched:
        patched.setenv("GIT_CONFIG_COUNT", "0")
        assert answers().find(candidate) is None
    assert answers("--stage", "draft").find(candidate) is None
    assert answers().find(candidate) is not None
    assert cache.is_dir()


def test_the_words_of_a_class_are_not_in_the_key(tmp_path: Path, cache: Path) -> None:
    (candidate, *_) = candidates(a_class(tmp_path, text=GOOD))
    judge_and_keep(candidate)
    (path,) = cache.iterdir()
    _, _, traces, *_ = path.read_text("ascii").split("\n")
    assert str(candidate.path) in traces.split("\t")[::2]


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [("Århus", True), ("a\udce9b", True), ("a b", True), ("a'b", True), ("a\tb", False), ("a\nb", False)],
)
def test_folders_may_be_called_anything(tmp_path: Path, cache: Path, name: str, *, is_kept: bool) -> None:
    if os.name == "nt" and (not is_kept or not name.isprintable()):
        pytest.skip("no disk of Windows has such a name")
    (candidate, *_) = candidates(a_class(tmp_path / name))
    judge_and_keep(candidate)
    found = answers().find(candidate)
    assert (found is not None) is is_kept is any(cache.iterdir() if cache.is_dir() else ())
    assert not found or in_words(found) == in_words(judge(candidate))
