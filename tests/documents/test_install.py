"""What docs/students.md says of installing is true: each line is run in an environment with nothing else in it."""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.alone]

ROOT = Path(__file__).parents[2]
LINES = re.findall(r"\| `((?:uv|uvx|pipx|python) .*?)` \|", (ROOT / "docs/students.md").read_text("utf-8"))
ADDRESS = re.compile(r'"git\+https://github\.com/<OWNER>/report-ls@v[0-9.]+"')
REPORT = "### Question 1\n> What did you find? Answer length: 5-10 words.\n> Answer:\n\nNot much.\n"
SAID = """\
report.md:3:3: warning: Q1: 2 words, but 5-10 are asked: 3 words are missing [answer-too-short]
report.md: generic, final: 1 of 1 question answered; 1 warning; 3 words short of the recommended lengths in 1 answer
"""


def test_all_ways_but_that_of_windows_are_tested() -> None:
    assert ["uv", "uvx", "pipx", "python"] == [line.split()[0] for line in LINES]


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a Python that has uv and pipx."""
    folder = tmp_path_factory.mktemp("tools")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    install = "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "uv", "pipx"
    subprocess.run([programs / "python", *install], check=True)
    return programs


@pytest.mark.parametrize("line", LINES)
def test_one_line_installs_it_from_its_address(line: str, tools: Path, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(REPORT, "utf-8")
    (tmp_path / "home").mkdir()
    own = tmp_path / "home/.local/bin"
    path = os.pathsep.join((str(own), str(tools), os.environ["PATH"]))
    environment = {**os.environ, "HOME": str(tmp_path / "home"), "PIPX_DEFAULT_PYTHON": sys.executable, "PATH": path}
    command = ADDRESS.sub(f'"git+{ROOT.as_uri()}"', line)
    assert command != line
    done = subprocess.run(  # noqa: S602 - a line of the page, as a student types it
        command, shell=True, cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    if "--check" not in line:
        assert (0, done.stderr) == (done.returncode, done.stderr)
        check = ["report-ls", "--check"]
        done = subprocess.run(check, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (1, SAID) == (done.returncode, done.stdout.decode())
