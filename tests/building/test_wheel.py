"""What users install works without this checkout."""

import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.alone]

ROOT = Path(__file__).parents[2]

REPORT = """\
# A report of no course

### Question 1

> What did you find?
>
> Answer length: 5-10 words.
>
> Answer:

Not much.
"""

LENGTHS = "3 words short of the recommended lengths in 1 answer"
EXPECTED = f"""\
reports/README.md:9:3: warning: Q1: 2 words, but 5-10 are asked: 3 words are missing [answer-too-short]
reports/README.md: generic, final: 1 of 1 question answered; 1 warning; {LENGTHS}
"""

PIP = "-m", "pip", "--quiet", "--disable-pip-version-check"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, *PIP, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    (built,) = folder.iterdir()
    return built


def test_the_wheel_holds_all_packs_and_nothing_but_the_package(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    packs = {f"report_ls/rules/{path.name}" for path in (ROOT / "rules").glob("*.yaml")}
    modules = {path.relative_to(ROOT / "server").as_posix() for path in (ROOT / "server").rglob("*.py")}
    assert packs == {name for name in names if name.endswith(".yaml")}
    assert modules == {name for name in names if name.endswith(".py")}
    assert {"report_ls/py.typed", *(f"report_ls/completions/report-ls.{shell}" for shell in ("bash", "zsh"))} < {*names}
    assert {"report_ls"} == {name.partition("/")[0] for name in names if ".dist-info/" not in name}


def test_the_installed_command_checks_a_report(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([scripts / "python", *PIP, "install", wheel], check=True)
    project = tmp_path / "project"
    (project / "reports").mkdir(parents=True)
    (project / "reports" / "README.md").write_text(REPORT, "utf-8")
    without_ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [scripts / "report-ls", "--check"],
        cwd=project,
        env=without_ours,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (EXPECTED, "", 1) == (done.stdout.decode(), done.stderr.decode(), done.returncode)
