"""The GitHub action and the pre-commit hook do what the documents say, as far as that can be run without GitHub."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from test_git import run

ROOT = Path(__file__).parent.parent
REPORT = "### Question 1\n> Why? Answer length: 1-9 words.\n>\n> Answer:\n\n{answer}\n"
WRONG = REPORT.format(answer="![a](figures/none.png)")
RIGHT = REPORT.format(answer="Because we can.")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a job whose first step, the installation, has run."""
    temporary = tmp_path_factory.mktemp("runner")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTHON"))}
    environment = {
        **kept,
        "RUNNER_TEMP": str(temporary),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_PATH": str(temporary / "path"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    install, _ = steps()
    subprocess.run(["bash", "-e", "-c", install["run"]], env=environment, check=True, cwd=temporary)  # noqa: S607
    added = (temporary / "path").read_text("utf-8").split()
    return {**environment, "PATH": os.pathsep.join([*added, kept["PATH"]])}


def steps() -> list[dict[str, str]]:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    found: list[dict[str, str]] = action["runs"]["steps"]
    return found


@pytest.mark.parametrize(
    ("text", "status", "outputs", "annotations"),
    [
        (WRONG, 1, "reports=1\nerrors=1\nwarnings=0\n", 1),
        (RIGHT, 0, "reports=1\nerrors=0\nwarnings=0\n", 0),
    ],
    ids=["wrong", "right"],
)
def test_the_action_annotates_counts_and_summarises(  # noqa: PLR0913, PLR0917 - cases
    runner: dict[str, str], tmp_path: Path, text: str, status: int, outputs: str, annotations: int
) -> None:
    (tmp_path / "report.md").write_text(text, "utf-8")
    inputs = {"REPORT_PATH": "report.md", "REPORT_STAGE": "final", "REPORT_PACK": "", "REPORT_FAIL_ON": "error"}
    files = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    _, check = steps()
    assert set(inputs) == set(check["env"])
    done = subprocess.run(
        ["bash", "-e", "-c", check["run"]],  # noqa: S607
        env={**runner, **inputs, **files},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (status, "") == (done.returncode, done.stderr)
    assert annotations == done.stdout.count("::error file=report.md,line=6")
    assert outputs == Path(files["GITHUB_OUTPUT"]).read_text("utf-8")
    assert Path(files["GITHUB_STEP_SUMMARY"]).read_text("utf-8").startswith("|")


def test_the_hook_stops_a_commit(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "report.md").write_text(WRONG, "utf-8")
    run(project, "init", "-q")
    run(project, "add", ".")
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "report-ls", "--verbose"]
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert 1 == done.returncode, done.stdout + done.stderr
    assert "report.md:6:6: error: there is no file figures/none.png" in done.stdout
