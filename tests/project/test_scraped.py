"""What the course counts in a repository is counted as it does, and said beside the verdict of --handin."""

import shutil
from pathlib import Path

import pytest
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Stage
from report_ls.cli.main import run as report_ls
from report_ls.files.disk import DiskFiles
from report_ls.files.port import Tree
from report_ls.files.text_files import read_text
from report_ls.packs.pack import Pack
from report_ls.project.counts import counts
from report_ls.project.packs import packs
from report_ls.project.readiness import Requirement, readiness
from report_ls.repository.scraped import misplaced, scraped
from support.repositories import run_git, write

if shutil.which("git") is None:
    pytest.skip("there is no git", allow_module_level=True)

PACK = next(pack for pack in packs() if pack.id == "dtu-mlops-2026-01")
NOTHING = [
    "no Dockerfile (it looks for that name only)",
    "no Python file",
    "no workflow",
    "no requirements.txt (it looks for that name only)",
    "no cloudbuild.yaml (it looks for that name only)",
    "no DVC file",
]
REPORT = "# Checklist\n\n{}\n### Question 1\n> Who?\n> Answer:\n\n7\n"
BOXES = "* [x] a\n* [X] b\n* [ ] c\n* [ ] d\n* [✓] e\n* [50%] f\n"


def counted(*paths: str, place: str = "reports") -> list[str]:
    assert PACK.scraper
    return [one.in_words for one in scraped(PACK.scraper, Tree(place, frozenset(paths)))]


@pytest.mark.parametrize(
    ("paths", "changed"),
    [
        (["src/a.py", "b.py"], {1: "2 Python files"}),
        ([".python-version", "a.pyc", "x.pytest/y"], {1: "3 Python files"}),
        (["PYPROJECT.PY"], {}),
        (["Dockerfile"], {0: "1 Dockerfile"}),
        (["docker/train.dockerfile", "Dockerfile.api", "Dockerfiles/notes.txt"], {0: "3 Dockerfiles"}),
        (["docker/dockerfile"], {0: "no Dockerfile (yours is docker/dockerfile)"}),
        ([".github/workflows/a.yml", ".github/workflows/x/b.yaml"], {2: "2 workflows"}),
        (["src/.github/workflows/a.yml", ".github/workflows/a.yaml.off", ".github/a.yml"], {}),
        (["requirements.txt", "docs/requirements.txt"], {3: "2 requirements.txt"}),
        (["my_requirements.txt"], {3: "1 requirements.txt"}),
        (["requirements_dev.txt"], {3: "no requirements.txt (yours is requirements_dev.txt)"}),
        (["a/cloudbuild.yaml"], {4: "1 cloudbuild.yaml"}),
        (["x/y/cloudbuild_b.yaml", "cloudbuild.yml"], {4: "no cloudbuild.yaml (yours is cloudbuild.yml)"}),
        ([".dvc/config", "data.dvc", ".dvcignore"], {5: "3 DVC files"}),
    ],
)
def test_files_are_counted_by_their_paths(paths: list[str], changed: dict[int, str]) -> None:
    assert [changed.get(index, nothing) for index, nothing in enumerate(NOTHING)] == counted(*paths)


def test_a_report_has_one_place() -> None:
    assert PACK.scraper
    places = [("reports", "README.md"), ("reports", "readme.md"), ("report", "README.md"), ("", "README.md")]
    found = [misplaced(PACK.scraper, Tree(place, frozenset()), name) for place, name in places]
    assert [None, "reports/readme.md", "report/README.md", "README.md"] == found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report in the place where the course looks for it."""
    write(tmp_path, "src/train.py", "cloudbuild_train.yaml")
    (tmp_path / "README.md").write_text("# Our hives\n\nThey are *good*.\n", "utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/README.md").write_text(REPORT.format(BOXES), "utf-8")
    run_git(tmp_path, "init", "-q")
    run_git(tmp_path, "add", ".")
    return tmp_path / "reports"


COUNTED = (
    "the course's scraper (as of January 2026) counts no Dockerfile (it looks for that name only), 1 Python file, "
    "no workflow, no requirements.txt (it looks for that name only), "
    "no cloudbuild.yaml (yours is cloudbuild_train.yaml), no DVC file"
)


def counts_of(folder: Path, name: str = "README.md", pack: Pack = PACK) -> tuple[str, ...]:
    path = folder / name
    return counts(analyze(read_text(path), pack, DiskFiles(folder), Stage.FINAL), DiskFiles(folder).tree(), path)


def test_what_is_counted_is_said(folder: Path) -> None:
    boxes = "3 of 6 boxes of the checklist are ticked"
    assert (boxes, f"{COUNTED}, 6 words in README.md") == counts_of(folder)
    (folder.parent / "README.md").write_text("a " * 100_000)
    assert (boxes, f"{COUNTED}, 100000 words in README.md") == counts_of(folder)
    (folder.parent / "README.md").write_text("a " * 100_000 + "b")
    assert (boxes, COUNTED) == counts_of(folder)
    (folder.parent / "README.md").unlink()
    assert (boxes, f"{COUNTED}, no README.md at the top of the repository") == counts_of(folder)
    (folder / "README.md").write_text(REPORT.format(""), "utf-8")
    assert 1 == len(counts_of(folder))


def test_nothing_is_said_where_nothing_is_known(folder: Path) -> None:
    generic = next(pack for pack in packs() if pack.id == "generic")
    assert () == counts_of(folder, pack=generic)
    shutil.rmtree(folder.parent / ".git")
    assert 1 == len(counts_of(folder))


def test_a_report_in_another_place_is_not_ready(folder: Path) -> None:
    def points(name: str) -> list[Requirement]:
        path = folder / name
        found = readiness(analyze(read_text(path), PACK, DiskFiles(folder), Stage.FINAL), path).course.points
        return [point for point in found if "takes only" in point.text]

    looks = "the course takes only reports/README.md"
    assert [Requirement(True, looks)] == points("README.md")
    run_git(folder, "mv", "README.md", "report.md")
    assert [Requirement(False, f"{looks}: move or rename reports/report.md")] == points("report.md")


def test_the_command_says_it(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(folder.parent)
    report_ls(["--handin", "--pack", PACK.id, "reports/README.md"])
    lines = capsys.readouterr().out.splitlines()
    assert "       yes  the course takes only reports/README.md" in lines
    assert ["       3 of 6 boxes of the checklist are ticked", f"       {COUNTED}, 6 words in README.md"] == lines[-2:]
