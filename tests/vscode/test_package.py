"""The extension's own code, and what its package holds."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from vscode.editor import EXTENSION


@pytest.fixture(scope="module")
def packages(installed: Path) -> None:
    """What the extension is built and tested with."""
    assert installed
    subprocess.run([sys.executable, EXTENSION / "build.py", "--packages"], check=True)


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize("script", ["check", "test"])
def test_the_code(script: str) -> None:
    subprocess.run([shutil.which("npm") or "npm", "run", script], cwd=EXTENSION, check=True)


def test_the_package_holds_what_it_needs_and_nothing_else(vsix: Path) -> None:
    with ZipFile(vsix) as package:
        names = {name.removeprefix("extension/") for name in package.namelist()}
        notices = package.read("extension/THIRD-PARTY-NOTICES.txt").decode()
    top = {name.partition("/")[0] for name in names}
    documents = {"LICENSE.txt", "THIRD-PARTY-NOTICES.txt", "changelog.md", "readme.md"}
    made = {"[Content_Types].xml", "extension.vsixmanifest"}
    assert {"bundled", "dist", "docs", "images", "media", "package.json", "start.py"} | documents | made == top
    assert {"dist/extension.js"} == {name for name in names if name.startswith("dist/")}
    libraries = {name.split("/")[1].removesuffix(".dist-info") for name in names if ".dist-info/" in name}
    others = {library.replace("-", " ") for library in libraries if not library.startswith("report_ls-")}
    titles = {line.removesuffix(" (Python)").replace("-", "_") for line in notices.splitlines() if "(Python)" in line}
    assert {name.lower() for name in others} == {title.lower() for title in titles}
    endings = {Path(name).suffix for name in names}
    assert not endings & {".so", ".pyd", ".pyc", ".ts", ".map"}
