"""In VS Code without Python report-ls runs in Node: it says what it says everywhere, and changes no file."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from lsp.client import Client, Json, capabilities, pushing
from report_ls.lsp.wire import uris
from support.corpus import real_reports
from support.pictures import put_picture
from web.test_same import TEXTS, laid_out, native

WEB = Path(__file__).parents[2] / "web"
PICTURE = "### Question 1\n> Insert 1-2 images.\n> Answer:\n\n![one](figures/one.png)\n"
MISSING = ["4:7-4:22 error image-not-found"]

NewClient = Callable[..., Client]


@pytest.fixture(scope="session")
def built(node: None, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - it is on PATH then
    """What the extension carries."""
    folder = tmp_path_factory.mktemp("wasm")
    subprocess.run([sys.executable, WEB / "build.py", "--node", folder], check=True)
    return folder


def starting(folder: Path) -> NewClient:
    """Return what starts clients, each with a server of its own."""
    command = str(Path(__file__).parent / "piped.mjs"), str(folder / "server.mjs")
    return partial(Client, program="node", command=command)


@pytest.fixture
def new_client(built: Path) -> NewClient:
    """What starts a client with its server."""
    return starting(built)


@pytest.mark.parametrize("name", TEXTS)
def test_it_says_the_same_of_our_texts(name: str, new_client: NewClient, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_bytes(TEXTS[name].encode())
    with new_client(tmp_path, _PUBLISHING) as client:
        client.initialize()
        assert native(tmp_path, TEXTS[name]) == _said(client, tmp_path, TEXTS[name])


def test_it_says_the_same_of_real_reports(new_client: NewClient, tmp_path: Path) -> None:
    with new_client(tmp_path, _PUBLISHING) as client:
        client.initialize()
        for report in real_reports():
            folder = tmp_path / report.name
            text = laid_out(report, folder)
            assert native(folder, text) == _said(client, folder, text), report.name


_PUBLISHING = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}


def _said(client: Client, folder: Path, text: str) -> list[Json]:
    uri = client.open((folder / "report.md").as_uri(), text)
    client.until(lambda: bool(client.pushes(uri)), "diagnostics")
    found: list[Json] = client.pushes(uri)[-1]["diagnostics"]
    return found


def test_a_picture_that_comes_and_goes_is_seen(new_client: NewClient, tmp_path: Path) -> None:
    with new_client(tmp_path, pushing()) as client:
        client.initialize()
        uri = client.write_and_open("report.md", PICTURE)
        client.expect_pushed(uri, MISSING)
        (tmp_path / "figures").mkdir()
        put_picture(tmp_path / "figures" / "one.png")
        client.notify("workspace/didChangeWatchedFiles", {"changes": []})
        client.expect_pushed(uri, [])
        (tmp_path / "figures" / "one.png").unlink()
        client.notify("workspace/didChangeWatchedFiles", {"changes": []})
        client.expect_pushed(uri, MISSING)


def test_reports_that_are_not_open_are_judged_when_the_disk_has_rested(new_client: NewClient, tmp_path: Path) -> None:
    """As VS Code asks: the request is held, and no message comes that could wake it."""
    (tmp_path / "a.md").write_text(PICTURE, "utf-8")
    with new_client(tmp_path, capabilities()) as client:
        client.initialize()
        (item,) = client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
        known = [{"uri": item["uri"], "value": item["resultId"]}]
        held = client.ask("workspace/diagnostic", {"previousResultIds": known, "partialResultToken": "held"})
        (tmp_path / "b.md").write_text(PICTURE, "utf-8")
        assert {"items": []} == client.answer(held)
        told = [one["uri"] for part in client.of("$/progress") for one in part["value"]["items"]]
        assert {(tmp_path / name).as_uri() for name in ("a.md", "b.md")} == set(told)


def test_what_git_knows_is_not_known_and_never_no(new_client: NewClient, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)  # noqa: S607 - the one on PATH
    (tmp_path / "figures").mkdir()
    put_picture(tmp_path / "figures" / "one.png")
    with new_client(tmp_path, pushing()) as client:
        client.initialize()
        uri = client.write_and_open("report.md", PICTURE)
        client.expect_pushed(uri, [])
        said = client.request("workspace/executeCommand", {"command": "reportLs.handin", "arguments": [uri]})
        unknown = "git does not answer: report-ls cannot tell whether the course has the report"
        assert f"- **?**: the course gets it\n  - **?**: {unknown}\n" in said
        assert "**no**" not in said


def test_the_client_s_process_is_not_looked_for(new_client: NewClient, tmp_path: Path) -> None:
    with new_client(tmp_path, pushing()) as client:
        client.initialize(processId=client.process.pid)


WRITING = """
import json, os

def serve(send):
    return lambda *messages: [send(json.dumps(answer(json.loads(message)))) for message in messages]

def answer(message):
    os.chdir(message["params"]["folder"])
    return {"jsonrpc": "2.0", "method": "read", "params": [open("a").read(), *filter(None, map(done, ATTEMPTS))]}

def done(attempt):
    try:
        eval(attempt)
    except OSError:
        return ""
    return attempt

ATTEMPTS = [
    "open('a', 'w')", "open('a', 'a')", "open('a', 'r+')", "open('b', 'w')", "os.open('b', os.O_CREAT)",
    "os.truncate('a', 1)", "os.unlink('a')", "os.rename('a', 'b')", "os.rename('a', 'd/b')", "os.mkdir('b')",
    "os.rmdir('d')", "os.symlink('a', 'b')", "os.chmod('a', 0)", "os.utime('a', (1, 1))", "os.chmod('d', 0)",
]
"""


def test_nothing_on_the_disk_can_be_changed(built: Path, tmp_path: Path) -> None:
    wasm, folder = tmp_path / "wasm", tmp_path / "folder"
    shutil.copytree(built, wasm)
    with ZipFile(wasm / "site.zip", "w") as site:
        site.writestr("start.py", WRITING)
    (folder / "d").mkdir(parents=True)
    (folder / "a").write_text("text", "utf-8")
    before = _state(folder)
    with starting(wasm)(folder) as client:
        client.notify("write", {"folder": str(folder)})
        assert ["text"] == client.wait_for("read")
        client.writer.close()
        client.wait_for_end()
    assert before == _state(folder)


def _state(folder: Path) -> dict[Path, tuple[int, int, int]]:
    states = {path: path.stat() for path in folder.rglob("*")}
    return {path: (state.st_mode, state.st_size, state.st_mtime_ns) for path, state in states.items()}


def test_drives_of_windows_are_folders_there_and_what_is_on_a_network_is_not_on_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    for uri in ("file:///c%3A/Users/ida/report.md", "file:///C:/Users/ida/report.md"):
        assert Path("/c:/Users/ida/report.md") == uris.path_of(uri)
    assert "file:///c%3A/Users/ida/report.md" == Path("/c:/Users/ida/report.md").as_uri()
    assert Path("/home/ida/report.md") == uris.path_of("file:///home/ida/report.md")
    assert uris.path_of("file://server/home/report.md") is None
