"""VS Code and a browser: started once, because that costs more than most tests."""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from vscode.editor import CHROMIUM, EXTENSION, Editor, Installation
from vscode.project import PACK, write_project

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("REPORT_LS_VSCODE", ROOT / ".vscode-test"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder as slow, and have them run one after the other: they share what is installed."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.alone)


@pytest.fixture(scope="session")
def installed() -> Path:
    """The folder into which `setup.sh` has installed Node and VS Code, with Node on PATH."""
    if not (FOLDER / "node").is_dir() or not Path(CHROMIUM).exists():
        pytest.skip(
            f"NOT TESTED: the VS Code extension. There is no VS Code in {FOLDER}: run tests/vscode/setup.sh "
            "and name its folder in REPORT_LS_VSCODE"
        )
    os.environ["PATH"] = f"{FOLDER / 'node' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return FOLDER


@pytest.fixture(scope="session")
def vsix(installed: Path) -> Path:
    """What users install, built now."""
    assert installed
    subprocess.run([sys.executable, EXTENSION / "build.py"], check=True)
    return EXTENSION / "report-ls.vsix"


@pytest.fixture(scope="session")
def installation(installed: Path, vsix: Path) -> Installation:
    """VS Code, and the extension to install in it."""
    return Installation(installed, vsix)


@pytest.fixture(scope="module")
def window(installation: Installation, browser: Browser) -> Iterator[Editor]:
    """One VS Code for all tests of a module."""
    with Editor(installation, browser, settings={"reportLs.pack": PACK}) as editor:
        yield editor


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note whether a test failed, for the fixtures that it used."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, default=False) or report.failed
    return report


@pytest.fixture
def editor(window: Editor, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Editor]:
    """The same with our report in its folder; what a test changes is gone after it."""
    write_project(window.folder)
    yield window
    if request.node.stash[_FAILED]:
        window.page.screenshot(path=tmp_path / "failed.png")
        print(f"{tmp_path}/failed.png shows the editor; its log:\n{window.log()}")  # noqa: T201 - pytest shows it
    window.close_all()
    for entry in window.folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name not in (PACK, "report.md"):  # Written anew; a deletion is heard late.
            entry.unlink()
