"""A picture that comes or goes is noticed: at once where files are watched, else at the next edit or save."""

import shutil
import subprocess
from pathlib import Path
from threading import Event

import pytest
from lsp.client import PATIENT, Client, Json, capabilities, drawn, pushing
from report_ls.lsp.session.live_files import LiveFiles
from report_ls.lsp.wire.loop import ReadingLoop
from report_ls.lsp.wire.worker import DISK_TIMEOUT_SECONDS, DiskThread
from support.pictures import put_picture

REPORT = """\
### Question 1
> Show your result. Insert 1-2 images.
>
> Answer:

So it looks: ![result](figures/result.png)
"""
_NO_FILE = "5:23-5:41 error image-not-found: Q1: there is no file figures/result.png beside the report"
MISSING = [f"{_NO_FILE}: add it, or correct the name"]
CREATED, CHANGED, DELETED = 1, 2, 3


@pytest.fixture
def pushed(shared_pushed: Client, tmp_path: Path) -> Client:
    """The client that diagnostics are pushed to, in a folder of its own."""
    shared_pushed.folder = tmp_path
    return shared_pushed


@pytest.fixture
def pulling(shared: Client, tmp_path: Path) -> Client:
    """The client that pulls, in a folder of its own."""
    shared.folder = tmp_path
    return shared


def picture(client: Client, name: str = "figures/result.png") -> Path:
    path = client.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    put_picture(path)
    return path


def tell(client: Client, path: Path, kind: int) -> None:
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": kind}]})


def test_pictures_and_packs_are_watched_where_the_client_offers_it(pulling: Client) -> None:
    registrations = pulling.wait_for("client/registerCapability")["registrations"]
    endings = "png,jpg,jpeg,gif,svg,webp,bmp,tif,tiff"
    assert {
        "id": "report-ls-files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": {
            "watchers": [
                {"globPattern": f"**/*.{{{endings},{endings.upper()},yaml,yml,toml}}"},
                {"globPattern": "**/report.py"},
                {"globPattern": "**/.git/index"},
                {"globPattern": "**/figures", "kind": 5},
                {"globPattern": "**/figures/**", "kind": 5},
            ]
        },
    } in registrations
    configurations = [{"pattern": "**/report-ls.toml"}, {"pattern": "**/pyproject.toml"}]
    told = {
        registration["method"]: registration["registerOptions"]["documentSelector"]
        for registration in registrations
        if "-toml-" in registration["id"]
    }
    assert dict.fromkeys((f"textDocument/did{done}" for done in ("Open", "Change", "Close")), configurations) == told


def test_what_git_tracks_is_noticed_when_its_index_has_changed(pushed: Client) -> None:
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    uri = pushed.write_and_open("report.md", REPORT)
    path = picture(pushed)
    for command in (["init", "-q"], ["add", "report.md"]):
        subprocess.run(["git", *command], cwd=pushed.folder, check=True)  # noqa: S607 - the one that the user has
    pushed.save(uri)
    pushed.expect_pushed(uri, ["5:23-5:41 warning image-untracked"])
    subprocess.run(["git", "add", "."], cwd=pushed.folder, check=True)  # noqa: S607 - likewise
    tell(pushed, path.parents[1] / ".git/index", CHANGED)
    pushed.expect_pushed(uri, [])


def test_where_nothing_can_be_registered_nothing_is(tmp_path: Path) -> None:
    takes = pushing(
        workspace__didChangeWatchedFiles={}, workspace__didChangeConfiguration={}, textDocument__synchronization={}
    )
    with Client(tmp_path, takes) as client:
        client.initialize()
        client.expect_pushed(client.open_new(REPORT), MISSING)
        client.stop()
        assert [] == client.of("client/registerCapability")


def test_a_watched_picture_is_noticed_at_once(pushed: Client) -> None:
    uri = pushed.write_and_open("report.md", REPORT)
    pushed.expect_pushed(uri, MISSING)
    path = picture(pushed)
    tell(pushed, path, CREATED)
    pushed.expect_pushed(uri, [])
    path.unlink()
    tell(pushed, path, DELETED)
    pushed.expect_pushed(uri, MISSING)


def test_a_client_that_pulls_is_asked_to_pull_and_its_hints_again(pulling: Client) -> None:
    uri = pulling.write_and_open("report.md", REPORT)
    pulling.expect_pulled(uri, MISSING)
    refreshes = ("workspace/diagnostic/refresh", "workspace/inlayHint/refresh")
    before = [len(pulling.of(refresh)) for refresh in refreshes]
    tell(pulling, picture(pulling), CREATED)
    for refresh, count in zip(refreshes, before, strict=True):
        pulling.wait_for(refresh, count + 1)
    pulling.expect_pulled(uri, [])


def test_events_that_change_nothing_ask_for_nothing(pulling: Client) -> None:
    uri = pulling.write_and_open("report.md", REPORT)
    pulling.expect_pulled(uri, MISSING)
    refreshes = ("workspace/diagnostic/refresh", "workspace/inlayHint/refresh")
    before = [len(pulling.of(refresh)) for refresh in refreshes]
    for _ in range(3):
        tell(pulling, pulling.folder / "figures/other.png", DELETED)
        pulling.expect_pulled(uri, MISSING)
    assert before == [len(pulling.of(refresh)) for refresh in refreshes]


def test_a_client_that_takes_no_refresh_gets_none(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(workspace__diagnostics=None, workspace__inlayHint=None)) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.expect_pushed(uri, MISSING)
        tell(client, picture(client), CREATED)
        client.expect_pushed(uri, [])
        client.stop()
        assert [] == client.of("workspace/diagnostic/refresh")
        assert [] == client.of("workspace/inlayHint/refresh")


def test_without_watching_the_next_save_shows_it(pushed: Client) -> None:
    uri = pushed.write_and_open("report.md", REPORT)
    pushed.expect_pushed(uri, MISSING)
    path = picture(pushed)
    pushed.save(uri)
    pushed.expect_pushed(uri, [])
    path.rename(path.with_name("Result.png"))
    pushed.save(uri)
    pushed.expect_pushed(uri, [f"{_NO_FILE}: did you mean figures/Result.png?"])


def test_without_watching_the_next_edit_shows_it(pushed: Client) -> None:
    uri = pushed.write_and_open("report.md", REPORT)
    pushed.expect_pushed(uri, MISSING)
    path = picture(pushed)
    pushed.change(uri, 2, (6, 0, 6, 0, "\nSee?\n"))
    pushed.expect_pushed(uri, [], version=2)
    path.unlink()
    pushed.change(uri, 3, (7, 3, 7, 3, "!"))
    pushed.expect_pushed(uri, MISSING, version=3)


def test_without_watching_the_next_edit_notices_a_picture(pulling: Client) -> None:
    uri = pulling.write_and_open("report.md", REPORT)
    pulling.expect_pulled(uri, MISSING)
    n_refreshes = len(pulling.of("workspace/diagnostic/refresh"))
    picture(pulling)
    pulling.change(uri, 2, (6, 0, 6, 0, "\nSee?\n"))
    if pulling.pull(uri)["items"]:
        # The disk is not waited for while somebody types; when it has answered, the client is told.
        pulling.wait_for("workspace/diagnostic/refresh", n_refreshes + 1)
    pulling.expect_pulled(uri, [])


def test_without_watching_a_save_that_changes_findings_makes_it_pull(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(workspace__didChangeWatchedFiles=None)) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.expect_pulled(uri, MISSING)
        n_refreshes = len(client.of("workspace/diagnostic/refresh"))
        client.save(uri)
        client.expect_pulled(uri, MISSING)
        assert n_refreshes == len(client.of("workspace/diagnostic/refresh")), "nothing has changed"
        picture(client)
        client.save(uri)
        client.wait_for("workspace/diagnostic/refresh", n_refreshes + 1)
        client.expect_pulled(uri, [])


def test_a_client_that_cannot_be_told_to_ask_again_is_pushed_to(tmp_path: Path) -> None:
    """As Neovim 0.11: it asks only after edits, and a picture that is there at the next save would not be seen."""
    with Client(tmp_path, capabilities(workspace__diagnostics=None)) as client:
        assert "diagnosticProvider" not in client.initialize()["capabilities"]
        uri = client.write_and_open("report.md", REPORT)
        client.expect_pushed(uri, MISSING)
        path = picture(client)
        client.save(uri)
        client.expect_pushed(uri, [])
        path.unlink()
        client.change(uri, 2, (6, 0, 6, 0, "\nSee?\n"))
        client.expect_pushed(uri, MISSING, version=2)


def test_a_folder_that_vanishes_takes_its_pictures_along(pushed: Client) -> None:
    path = picture(pushed)
    uri = pushed.write_and_open("report.md", REPORT)
    pushed.expect_pushed(uri, [])
    images = path.parent.rename(path.parent.with_name("images"))
    tell(pushed, path.parent, DELETED)  # As VS Code does: of what was in it it says nothing.
    pushed.expect_pushed(uri, MISSING)
    images.rename(path.parent)
    tell(pushed, path.parent, CREATED)
    pushed.expect_pushed(uri, [])


def test_a_picture_in_a_folder_that_was_never_looked_at_is_found(pushed: Client) -> None:
    picture(pushed, "figures/deep/er/result.png")
    uri = pushed.write_and_open("report.md", REPORT.replace("figures/", "figures/deep/er/"))
    pushed.expect_pushed(uri, [])


def test_each_report_has_its_own_folder(pushed: Client) -> None:
    picture(pushed, "one/figures/result.png")
    one = pushed.write_and_open("one/report.md", REPORT)
    two = pushed.write_and_open("two/report.md", REPORT)
    pushed.expect_pushed(one, [])
    pushed.expect_pushed(two, MISSING)
    tell(pushed, picture(pushed, "two/figures/result.png"), CREATED)
    pushed.expect_pushed(two, [])


@pytest.mark.parametrize("takes", [capabilities(), pushing()])
def test_a_pack_that_changes_is_read_again(takes: Json, tmp_path: Path) -> None:
    pack = tmp_path / "own.yaml"
    pack.write_text("id: own\ntitle: Own\nquestions: [{number: 1, words: 50-90}]\n", "utf-8")
    with Client(tmp_path, takes, settings={"pack": "own.yaml"}) as client:
        is_pulling = "diagnosticProvider" in client.initialize()["capabilities"]
        expect = client.expect_pulled if is_pulling else client.expect_pushed
        picture(client)
        uri = client.write_and_open("report.md", REPORT)
        expect(uri, ["3:2-3:9 warning answer-too-short"])
        n_refreshes = len(client.of("workspace/diagnostic/refresh"))
        pack.write_text("id: own\ntitle: Own\nquestions: [{number: 1, words: 2-9}]\n", "utf-8")
        tell(client, pack, CHANGED)
        if is_pulling:
            client.wait_for("workspace/diagnostic/refresh", n_refreshes + 1)
        expect(uri, [])


# A picture that is pasted: some editors write its name first, and its file a moment later


def waiting(seconds: float) -> tuple[str, str]:
    """Return how to start a server that waits so long for the file of a picture."""
    how, program = PATIENT
    return how, f"from report_ls.lsp.session import live_files\nlive_files.SECOND_LOOK_SECONDS = {seconds}\n{program}"


WITHOUT = REPORT.replace("![result](figures/result.png)", "")
PLACE = (5, 13, 5, 13)
FIRST = {"namesPicturesFirst": True}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([(*PLACE, "![result](figures/result.png)")], []),
        ([(*PLACE, "![alt text](figures/result.png)"), (5, 15, 5, 23, "result")], []),
        ([(*PLACE, "![result](x)"), (5, 23, 5, 24, "figures/result.png")], []),
        ([(*PLACE, "![result](figures/result.png"), (5, 41, 5, 41, ")")], MISSING),
        ([(*PLACE, "![result](figures/result.pn)"), (5, 40, 5, 40, "g")], MISSING),
        ([REPORT], MISSING),
    ],
)
@pytest.mark.parametrize("folder", ["figures", ""])
def test_a_picture_that_is_pasted_is_not_missed_while_it_is_written(
    changes: list[Json], expected: list[str], folder: str, tmp_path: Path
) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    with Client(tmp_path, capabilities(), options=FIRST, command=waiting(3600)) as client:
        client.initialize()
        uri = client.write_and_open("report.md", WITHOUT)
        client.expect_pulled(uri, ["3:2-3:9 error too-few-images"])
        for version, change in enumerate(changes, 2):
            client.change(uri, version, change)
        assert expected == drawn(client.pull(uri)["items"], expected)
        picture(client).write_bytes(b"")
        tell(client, tmp_path / "figures" / "result.png", CREATED)
        if not expected:
            assert [] == client.pull(uri)["items"], "it is not all written yet"


@pytest.mark.parametrize("takes", [capabilities(), pushing()])
def test_a_picture_that_is_pasted_and_never_written_is_missed(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes, options=FIRST, command=waiting(0)) as client:
        is_pulling = "diagnosticProvider" in client.initialize()["capabilities"]
        expect = client.expect_pulled if is_pulling else client.expect_pushed
        uri = client.write_and_open("report.md", WITHOUT)
        expect(uri, ["3:2-3:9 error too-few-images"])
        n_refreshes = len(client.of("workspace/diagnostic/refresh"))
        client.change(uri, 2, (*PLACE, "![result](figures/result.png)"))
        if is_pulling:
            client.wait_for("workspace/diagnostic/refresh", n_refreshes + 1)
        expect(uri, MISSING)


def test_an_editor_that_writes_the_file_first_is_told_at_once(pulling: Client) -> None:
    uri = pulling.write_and_open("report.md", WITHOUT)
    pulling.change(uri, 2, (*PLACE, "![result](figures/result.png)"))
    assert MISSING == drawn(pulling.pull(uri)["items"], MISSING)


# The course's script


def beside(folder: Path, loop: ReadingLoop, worker: DiskThread, *, is_trusted: bool = True) -> LiveFiles:
    """Return the files beside a report; what comes late ends the loop."""
    return LiveFiles(folder, "report.md", lambda: None, is_trusted, loop, worker, worker, loop.end)


def test_the_script_is_what_it_was_until_it_is_looked_at_again(tmp_path: Path) -> None:
    loop = ReadingLoop(lambda _size: b"")
    files = beside(tmp_path, loop, DiskThread(loop))
    assert files.script() == ""
    (tmp_path / "report.py").write_text("first = 1", "utf-8")
    assert files.script() == ""
    files.refresh(60)
    assert files.script() == "first = 1"
    (tmp_path / "report.py").unlink()
    files.refresh(60)
    assert files.script() == ""


def test_a_script_that_comes_late_has_the_report_judged_again(tmp_path: Path) -> None:
    (tmp_path / "report.py").write_text("late = 1", "utf-8")
    is_free, is_over = Event(), Event()

    def read(_size: int) -> bytes:
        is_over.wait()
        return b""

    loop = ReadingLoop(read)
    worker = DiskThread(loop)
    files = beside(tmp_path, loop, worker)
    worker.submit(is_free.wait)
    assert files.script() == ""
    files.refresh(DISK_TIMEOUT_SECONDS)
    assert files.script() == ""
    files.refresh(0)
    assert files.script() == ""
    is_free.set()
    loop.run(lambda messages: messages.clear(), lambda: False, lambda: None)
    is_over.set()
    assert files.script() == "late = 1"


def test_in_an_untrusted_workspace_no_file_decides_how_to_judge(tmp_path: Path) -> None:
    (tmp_path / "report.py").write_text("mine = 1", "utf-8")
    if shutil.which("git"):
        (tmp_path / "report.md").write_text(REPORT, "utf-8")
        for command in (
            ["init", "-q"],
            ["add", "."],
            ["-c", "user.name=a", "-c", "user.email=b", "commit", "-qm", "c"],
        ):
            subprocess.run(["git", *command], cwd=tmp_path, check=True)  # noqa: S607 - the one that the user has
    loop = ReadingLoop(lambda _size: b"")
    files = beside(tmp_path, loop, DiskThread(loop), is_trusted=False)
    assert files.script() == ""
    assert files.forms() == ()
    files.refresh(60)
    assert files.script() == ""
    assert files.forms() == ()
