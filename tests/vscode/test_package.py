"""The extension's own code, and what its package holds."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import cache_from_source
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
    folders = {"bundled", "dist", "docs", "images", "media", "wasm"}
    assert folders | {"package.json", "start.py"} | documents | made == top
    wasm = {"server.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip", "site.zip"}
    assert wasm | {"THIRD-PARTY-NOTICES.txt"} == {Path(name).name for name in names if name.startswith("wasm/")}
    assert {"dist/extension.js"} == {name for name in names if name.startswith("dist/")}
    libraries = {name.split("/")[1].removesuffix(".dist-info") for name in names if ".dist-info/" in name}
    others = {library.replace("-", " ") for library in libraries if not library.startswith("report_ls-")}
    titles = {line.removesuffix(" (Python)").replace("-", "_") for line in notices.splitlines() if "(Python)" in line}
    assert {name.lower() for name in others} == {title.lower() for title in titles}
    endings = {Path(name).suffix for name in names}
    assert not endings & {".so", ".pyd", ".ts", ".map"}
    assert not [name for name in names if name.endswith("direct_url.json")], "it names the builder's folder"
    modules = {name for name in names if name.startswith("bundled/") and name.endswith(".py")}
    bytecode = {name for name in names if name.endswith(".pyc")}
    assert {cache_from_source(f"/{name}").removeprefix("/") for name in modules} == bytecode


@pytest.mark.usefixtures("vsix")
def test_the_bundled_libraries_make_the_same_page() -> None:
    """They may be older than those of the other tests: the extension pins what the oldest Python can run."""
    environment = {**os.environ, "PYTHONPATH": str(EXTENSION / "bundled")}
    tests = ("tests/analysis/test_rehearsal.py", "tests/course/test_safe_page.py", "tests/course/test_page_losses.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", *tests]
    done = subprocess.run(command, cwd=EXTENSION.parent, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout


def test_it_is_packed_without_an_option_and_without_a_warning(vsix: Path, tmp_path: Path) -> None:
    """What a marketplace's own tool says of the extension, run as its manual says."""
    plain = tmp_path / "plain.vsix"
    command = [shutil.which("npx") or "npx", "vsce", "package", "--out", str(plain)]
    done = subprocess.run(command, cwd=EXTENSION, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    assert "DONE" in done.stdout
    assert "WARN" not in done.stdout + done.stderr
    with ZipFile(plain) as package, ZipFile(vsix) as built:
        assert sorted(built.namelist()) == sorted(package.namelist())


def test_the_page_shows_no_picture_that_would_be_broken(vsix: Path) -> None:
    with ZipFile(vsix) as package:
        page = package.read("extension/readme.md").decode()
    assert [] == re.findall(r"!\[", page)
    assert "\n## Install\n" in page
    assert "\n\n\n" not in page


@pytest.mark.parametrize(("version", "word"), [("v18.20.8", "this is v18.20.8"), ("v19.9.0", "this is v19.9.0")])
def test_an_old_node_is_told(version: str, word: str, tmp_path: Path) -> None:
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {version}\n", "utf-8")
        program.chmod(0o755)
    done = _build({"PATH": str(tmp_path)})
    assert 1 == done.returncode
    assert f"the extension needs Node 20 or newer, and {word}: https://nodejs.org\n" == done.stderr


def test_no_node_is_told(tmp_path: Path) -> None:
    done = _build({"PATH": str(tmp_path)})
    assert (1, "the extension needs Node 20 or newer, with npm: https://nodejs.org\n") == (done.returncode, done.stderr)


def _build(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXTENSION / "build.py")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
