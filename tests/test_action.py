"""The GitHub action and the pre-commit hook do what the documents say, as far as that can be run without GitHub."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from report_ls.arguments import make_parser
from test_git import run

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]
REPORT = "### Question 1\n> Why? Answer length: 1-9 words.\n>\n> Answer:\n\n{answer}\n"
WRONG = REPORT.format(answer="![a](figures/none.png)")
RIGHT = REPORT.format(answer="Because we can.")


def run_step(
    step: Mapping[str, Any], environment: Mapping[str, str], folder: Path, values: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a step in a folder that also holds files in the way of Python's modules, with values for its expressions."""
    for module in ("json", "pip", "report_ls", "venv"):
        (folder / f"{module}.py").write_text("raise SystemExit('this is no module')\n", "utf-8")
    written = {
        name: re.sub(r"\$\{\{ (\S+) \}\}", lambda match: values[match[1]], text)
        for name, text in step.get("env", {}).items()
    }
    return subprocess.run(
        ["bash", "-e", "-c", step["run"]],  # noqa: S607
        env={**environment, **written},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a job whose first step, the installation, has run; its outputs lie in GITHUB_OUTPUT."""
    temporary = tmp_path_factory.mktemp("runner")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTHON"))}
    environment = {
        **kept,
        "RUNNER_TEMP": str(temporary),
        "GITHUB_ACTION_PATH": str(ROOT),
        **{name: str(temporary / name) for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH")},
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    done = run_step(INSTALL, environment, temporary, {})
    assert 0 == done.returncode, done.stderr
    return environment


@pytest.mark.slow
def test_the_other_steps_of_a_job_keep_their_own_programs(runner: dict[str, str]) -> None:
    added, variables = (Path(runner[name]) for name in ("GITHUB_PATH", "GITHUB_ENV"))
    folders = added.read_text("utf-8").splitlines() if added.exists() else []
    later = os.pathsep.join([*folders, runner["PATH"]])
    for program in ("python", "python3", "pip", "pytest"):
        assert shutil.which(program, path=runner["PATH"]) == shutil.which(program, path=later)
    assert not variables.exists()


@pytest.mark.slow
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
    values = {f"inputs.{name}": str(given["default"]) for name, given in ACTION["inputs"].items()}
    values["inputs.path"] = "report.md"
    for line in Path(runner["GITHUB_OUTPUT"]).read_text("utf-8").splitlines():
        name, _, value = line.partition("=")
        values[f"steps.{INSTALL['id']}.outputs.{name}"] = value
    files = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    # What the job has on its PATH does not matter, and is not enough.
    done = run_step(CHECK, {**runner, **files, "PATH": os.defpath}, tmp_path, values)
    assert (status, "") == (done.returncode, done.stderr)
    assert annotations == done.stdout.count("::error file=report.md,line=6")
    assert outputs == Path(files["GITHUB_OUTPUT"]).read_text("utf-8")
    assert Path(files["GITHUB_STEP_SUMMARY"]).read_text("utf-8").startswith("|")


@pytest.mark.parametrize("name", ["stage", "fail-on"])
def test_the_inputs_take_what_the_command_takes(name: str) -> None:
    actions = make_parser()._actions  # noqa: SLF001 - argparse has no other way to ask
    (choices,) = (action.choices or () for action in actions if f"--{name}" in action.option_strings)
    *first, last = choices
    given = ACTION["inputs"][name]
    assert f"{', '.join(first)} or {last}." == given["description"].partition(": ")[2]
    assert given["default"] in choices
    *first, last = (f"`{choice}`" for choice in choices)
    page = " ".join((ROOT / "docs" / "ci.md").read_text("utf-8").split())
    assert f"`{name}` ({', '.join(first)} or {last}; default `{given['default']}`)" in page


@pytest.mark.slow
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
