"""`--init` writes what is answered with yes, and nothing else; what is there already is not lost."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

FILES = ["report-ls.toml", ".github/workflows/report.yml", ".vscode/extensions.json", ".pre-commit-config.yaml"]


def init(folder: Path, answers: str) -> str:
    command = [sys.executable, "-m", "report_ls", "--init"]
    done = subprocess.run(command, cwd=folder, input=answers, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    return done.stdout


def written(folder: Path) -> list[str]:
    return [name for name in FILES if (folder / name).exists()]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The top of a repository."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "reports").mkdir()
    return tmp_path


def test_all_is_written_at_the_top_of_the_repository(project: Path) -> None:
    said = init(project / "reports", "y\nyes\nY\ny\n")
    assert written(project) == FILES
    assert said.count("[y/N]") == 4
    assert "[severity]" in (project / FILES[0]).read_text("utf-8")
    steps = yaml.safe_load((project / FILES[1]).read_text("utf-8"))["jobs"]["report"]["steps"]
    assert "report-ls --check" in steps[-1]["run"]
    assert json.loads((project / FILES[2]).read_text("utf-8")) == {"recommendations": ["report-ls.report-ls"]}
    (repository,) = yaml.safe_load((project / FILES[3]).read_text("utf-8"))["repos"]
    assert repository["hooks"][0]["entry"] == "report-ls --check --fail-on error"
    assert init(project, "") == "nothing to write: . has all that --init could add\n", "nothing is offered twice"


@pytest.mark.parametrize("answers", ["", "n\nn\nn\nn\n", "\n\n\n\n", "perhaps\n"])
def test_nothing_is_written_without_a_yes(project: Path, answers: str) -> None:
    assert init(project, answers).count("[y/N]") == 4
    assert written(project) == []


def test_what_is_there_is_kept(project: Path) -> None:
    (project / ".vscode").mkdir()
    (project / ".vscode/extensions.json").write_text('{"recommendations": ["a.b"], "unwantedRecommendations": ["c.d"]}')
    (project / ".pre-commit-config.yaml").write_text("repos: []  # ours\n")
    (project / "pyproject.toml").write_text('[tool.report-ls]\nstage = "draft"\n')
    said = init(project, "n\ny\n")
    assert "change it? [y/N]" in said
    assert "It stays as it is: add below its repos:\n  - repo: local\n" in said
    assert json.loads((project / ".vscode/extensions.json").read_text("utf-8")) == {
        "recommendations": ["a.b", "report-ls.report-ls"],
        "unwantedRecommendations": ["c.d"],
    }
    assert (project / ".pre-commit-config.yaml").read_text("utf-8") == "repos: []  # ours\n"
    assert written(project) == [".vscode/extensions.json", ".pre-commit-config.yaml"]


@pytest.mark.parametrize("text", ["// ours\n{}", "[]", '{"recommendations": 1}'])
def test_a_file_that_cannot_be_added_to_stays_as_it_is(project: Path, text: str) -> None:
    (project / ".vscode").mkdir()
    (project / ".vscode/extensions.json").write_text(text)
    assert 'It stays as it is: add "report-ls.report-ls" to its recommendations\n' in init(project, "n\nn\nn\n")
    assert (project / ".vscode/extensions.json").read_text("utf-8") == text
