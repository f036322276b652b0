"""`--init` writes only the files that the user wants, and never loses existing text.

That what it writes works is tested in `test_action.py`: it takes an installation from a repository.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from report_ls.cli.init import origin
from report_ls.cli.offers import Origin, offers

FILES = ["report-ls.toml", ".github/workflows/report.yml", ".vscode/extensions.json", ".pre-commit-config.yaml"]
HERE = [FILES[0], FILES[2]]
"""The files without a repository's address: in these tests report-ls is installed from a folder."""
NOT_WRITTEN = """\
  It is not written: it must say from which repository report-ls comes, and yours was not installed from one.
  First run uv tool install git+ADDRESS@REVISION
"""
ORIGIN = Origin("https://example.org/report-ls", "4f" * 20)
HOOK = f"""\
  - repo: https://example.org/report-ls
    rev: {"4f" * 20}
    hooks:
      - id: report-ls
"""


def init(folder: Path, answers: str) -> str:
    command = [sys.executable, "-m", "report_ls", "--init"]
    done = subprocess.run(command, cwd=folder, input=answers, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    return done.stdout


def written(folder: Path) -> list[str]:
    return [name for name in FILES if (folder / name).exists()]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The top folder of a repository."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "reports").mkdir()
    return tmp_path


def test_files_without_a_repository_s_address_are_written_at_the_top(project: Path) -> None:
    said = init(project / "reports", "y\nyes\n")
    assert written(project) == HERE
    assert (2, 2) == (said.count("[y/N]"), said.count(NOT_WRITTEN))
    assert "[severity]" in (project / FILES[0]).read_text("utf-8")
    assert json.loads((project / FILES[2]).read_text("utf-8")) == {"recommendations": ["report-ls.report-ls"]}
    (project / ".github/workflows").mkdir(parents=True)
    (project / FILES[1]).write_text("name: ours\n", "utf-8")
    (project / FILES[3]).write_text(f"repos:\n{HOOK}", "utf-8")
    assert init(project, "") == "nothing to write: . has all that --init could add\n", "nothing is offered twice"


@pytest.mark.parametrize("answers", ["", "n\nn\n", "\n\n", "perhaps\n"])
def test_nothing_is_written_without_a_yes(project: Path, answers: str) -> None:
    assert init(project, answers).count("[y/N]") == 2
    assert written(project) == []


def test_what_is_there_is_kept(project: Path) -> None:
    (project / ".vscode").mkdir()
    (project / ".vscode/extensions.json").write_text('{"recommendations": ["a.b"], "unwantedRecommendations": ["c.d"]}')
    (project / ".pre-commit-config.yaml").write_text("repos: []  # ours\n")
    (project / "pyproject.toml").write_text('[tool.report-ls]\nstage = "draft"\n')
    said = init(project, "y\n")
    assert "change it? [y/N]" in said
    assert said.count(NOT_WRITTEN) == 2
    assert json.loads((project / ".vscode/extensions.json").read_text("utf-8")) == {
        "recommendations": ["a.b", "report-ls.report-ls"],
        "unwantedRecommendations": ["c.d"],
    }
    assert (project / ".pre-commit-config.yaml").read_text("utf-8") == "repos: []  # ours\n"
    assert written(project) == [".vscode/extensions.json", ".pre-commit-config.yaml"]


def test_a_hook_is_never_written_into_a_file_that_has_others() -> None:
    def hook(text: str | None) -> list[tuple[str | None, str]]:
        offered = offers({FILES[3]: text}.get, ORIGIN)
        return [(offer.text, offer.advice) for offer in offered if offer.path == FILES[3]]

    assert [(f"repos:\n{HOOK}", "")] == hook(None)
    assert [(None, f"It is not changed: add below its repos:\n{HOOK}")] == hook("repos: []  # ours\n")
    assert [] == hook(f"repos:\n{HOOK}")


def test_a_folder_and_an_index_are_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert origin() is None
    record = tmp_path / "report_ls-0.1.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: report-ls\nVersion: 0.1.0\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    said = {
        None: None,
        '{"url": "file:///home/report-ls", "dir_info": {}}': None,
        '{"url": "https://example.org/report-ls.zip", "archive_info": {"hash": "sha256=00"}}': None,
        '{"url": "https://example.org/report-ls", "vcs_info": {"vcs": "hg", "commit_id": "00"}}': None,
        f'{{"url": "https://example.org/report-ls", "vcs_info": {{"vcs": "git", "commit_id": "{"4f" * 20}"}}}}': ORIGIN,
    }
    for text, expected in said.items():
        if text:
            (record / "direct_url.json").write_text(text, "utf-8")
        assert expected == origin()


@pytest.mark.parametrize("text", ["// ours\n{}", "[]", '{"recommendations": 1}'])
def test_a_file_that_cannot_be_added_to_stays_as_it_is(project: Path, text: str) -> None:
    (project / ".vscode").mkdir()
    (project / ".vscode/extensions.json").write_text(text)
    assert 'It is not changed: add "report-ls.report-ls" to its recommendations\n' in init(project, "n\n")
    assert (project / ".vscode/extensions.json").read_text("utf-8") == text


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("link", [FILES[0], FILES[2], ".vscode"])
def test_nothing_is_read_or_written_through_a_link_that_leads_out(link: str, project: Path) -> None:
    victim = project.parent / f"{project.name}-victim"
    (victim / "inner").mkdir(parents=True)
    for name in ("report-ls.toml", "inner/extensions.json"):
        (victim / name).write_text('{"recommendations": []}', "utf-8")
    before = {path: path.read_bytes() for path in victim.rglob("*") if path.is_file()}
    (project / link).parent.mkdir(exist_ok=True)
    (project / link).symlink_to(
        victim / {FILES[0]: "report-ls.toml", ".vscode": "inner"}.get(link, "inner/extensions.json")
    )
    command = [sys.executable, "-m", "report_ls", "--init"]
    done = subprocess.run(command, cwd=project, input="y\ny\n", capture_output=True, encoding="utf-8", check=False)
    said = f"report-ls: {link if link in FILES else FILES[2]}: a link that leads out of the project is not followed\n"
    assert (2, said) == (done.returncode, done.stderr)
    assert before == {path: path.read_bytes() for path in victim.rglob("*") if path.is_file()}
