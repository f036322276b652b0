"""The page, built once, and a browser that shows it from our own server."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser
from vscode.editor import CHROMIUM
from web.visitor import Visitor

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
NODE = Path(os.environ.get("REPORT_LS_VSCODE", ROOT / ".vscode-test")) / "node" / "bin"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder as slow, and have them run one after the other: they share a build."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.alone)


@pytest.fixture(scope="session")
def node() -> None:
    """Node, on PATH."""
    if NODE.is_dir():
        os.environ["PATH"] = f"{NODE}{os.pathsep}{os.environ['PATH']}"
    if shutil.which("npm") is None or not Path(CHROMIUM).exists():
        pytest.skip("NOT TESTED: the page for browsers. It needs Node and Chromium: run tests/vscode/setup.sh")


@pytest.fixture(scope="session")
def dist(node: None) -> Path:  # noqa: ARG001 - it is on PATH then
    """The files of the page, as any host gets them."""
    subprocess.run([sys.executable, WEB / "build.py"], check=True)
    return WEB / "dist"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is: below the top of its host, as on GitHub Pages."""
    host = tmp_path_factory.mktemp("host")
    (host / "report-ls").symlink_to(dist)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=host)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/report-ls/"
        server.shutdown()


@pytest.fixture(scope="module")
def visitor(browser: Browser, address: str, dist: Path) -> Iterator[Visitor]:
    """A visitor with the page open; for all tests of a module, because Python takes seconds to start."""
    with Visitor(browser, address, dist) as one:
        yield one


@pytest.fixture
def visitors(browser: Browser, address: str, dist: Path) -> partial[Visitor]:
    """What makes further visitors."""
    return partial(Visitor, browser, address, dist)
