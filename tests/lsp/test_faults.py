"""Faults around a server: of the disk, of the client, and strange texts."""

import os
import shutil
import struct
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import nullcontext
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from lsp.client import PATIENCE, Client, Json, call, drawn, framed, pushing, range_of
from lsp.driver import Driver
from report_ls.lsp.features import workspace_diagnostics
from report_ls.lsp.wire.loop import ReadingLoop
from report_ls.lsp.wire.worker import DiskThread
from support.pictures import png, put_picture

PUSHED: Json = {"textDocument": {"publishDiagnostics": {}, "hover": {"contentFormat": ["plaintext"]}}}
PULLED: Json = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}

NO_UNUSED: Json = {"settings": {"severity": {"image-unused": "off"}}}
"""Switches off a check that these tests are not about."""

HEAD = "### Question 1\n> Show your results. Insert 1 to 9 images.\n>\n> Answer:\n\n"
"""Text after it starts on line 5."""


def missing(line: int, start: int, path: str) -> str:
    written = path.replace(" ", "%20")
    place = f"{line}:{start}-{line}:{start + len(written)}"
    return f"{place} error image-not-found: Q1: there is no file {path} beside the report: add it, or correct the name"


_by_others = pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root may look everywhere")


def uri_of(folder: Path) -> str:
    return folder.joinpath("report.md").as_uri()


def said(driver: Driver, uri: str) -> list[str]:
    """Return the last pushed diagnostics of a document."""
    return drawn(driver.published(uri) or [])


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    """A client that diagnostics are pushed to, in a folder with one picture."""
    tmp_path.joinpath("figures").mkdir()
    put_picture(tmp_path.joinpath("figures", "a.png"))
    with Driver(PUSHED, tmp_path, NO_UNUSED) as driver:
        yield driver


def open_images(driver: Driver, folder: Path, *targets: str) -> str:
    """Open a report with some images, one on each line, and return its URI."""
    uri = uri_of(folder)
    driver.open(uri, HEAD + "".join(f"![w]({target})\n" for target in targets))
    return uri


def save(driver: Driver, uri: str) -> None:
    driver.notify("textDocument/didSave", {"textDocument": {"uri": uri}})


def hovered(driver: Driver, uri: str) -> str:
    """Return the diagnostics of the first image."""
    place = {"textDocument": {"uri": uri}, "position": {"line": 5, "character": 7}}
    return str(driver.request("textDocument/hover", place)["contents"]["value"])


X: Json = {"range": range_of(0, 14, 0, 14), "text": "x"}
"""A keystroke after the heading."""


# The disk


def test_a_picture_that_vanishes_after_it_was_listed_has_no_size(driver: Driver, tmp_path: Path) -> None:
    uri = open_images(driver, tmp_path, "figures/a.png")
    tmp_path.joinpath("figures", "a.png").unlink()
    assert hovered(driver, uri) == "figures/a.png"
    save(driver, uri)
    assert said(driver, uri) == [missing(5, 5, "figures/a.png")]


def test_a_report_that_vanishes_before_it_is_read_is_left_out(tmp_path: Path) -> None:
    other, gone = tmp_path / "a.md", tmp_path / "b.md"
    for path in (gone, other):
        path.write_text(f"{HEAD}![w](c.png)\n")
    with Driver(PULLED, tmp_path) as driver:
        driver.send_only(call("workspace/diagnostic", {"previousResultIds": []}) | {"id": "all"})
        driver.step()  # Both are found, and only the first is read.
        gone.unlink()
        driver.settle()
        (answer,) = driver.answers["all"]
    (report,) = answer["result"]["items"]
    assert report["uri"] == other.as_uri()
    assert drawn(report["items"]) == [missing(5, 5, "c.png")]


@_by_others
def test_an_unreadable_folder_is_empty(driver: Driver, tmp_path: Path) -> None:
    tmp_path.joinpath("figures").chmod(0)
    uri = open_images(driver, tmp_path, "figures/a.png")
    tmp_path.joinpath("figures").chmod(0o755)
    assert said(driver, uri) == [missing(5, 5, "figures/a.png")]


@_by_others
def test_an_unreadable_pack_is_not_used(tmp_path: Path) -> None:
    tmp_path.joinpath("course.yaml").touch(0)
    with Driver(PUSHED, tmp_path, {"settings": {"pack": "course.yaml"}}) as driver:
        uri = open_images(driver, tmp_path, "figures/a.png")
        assert said(driver, uri) == [missing(5, 5, "figures/a.png")]


def test_a_file_in_the_place_of_the_folder_holds_nothing(driver: Driver, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "figures")
    tmp_path.joinpath("figures").touch()
    uri = open_images(driver, tmp_path, "figures/a.png")
    assert said(driver, uri) == [missing(5, 5, "figures/a.png")]


def test_links_that_lead_in_circles_lead_nowhere(driver: Driver, tmp_path: Path) -> None:
    figures = tmp_path / "figures"
    figures.joinpath("round").symlink_to(figures, target_is_directory=True)
    figures.joinpath("self").symlink_to(figures / "self")
    figures.joinpath("x.png").symlink_to(figures / "y.png")
    figures.joinpath("y.png").symlink_to(figures / "x.png")
    targets = ["figures/round/a.png", f"figures/{'round/' * 300}a.png", "figures/self/a.png", "figures/x.png"]
    uri = open_images(driver, tmp_path, *targets, "figures/a.png")
    expected = [f"{line}:5-{line}:{5 + len(target)} error image-not-found" for line, target in enumerate(targets, 5)]
    assert drawn(driver.published(uri) or [], expected) == expected


def test_a_link_out_of_the_folder_is_not_followed(driver: Driver, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    put_picture(outside.joinpath("b.png"))
    tmp_path.joinpath("figures", "out").symlink_to(outside, target_is_directory=True)
    uri = open_images(driver, tmp_path, "figures/out/b.png")
    assert said(driver, uri) == [missing(5, 5, "figures/out/b.png")]


def test_a_picture_of_200_megabytes_is_a_picture(driver: Driver, tmp_path: Path) -> None:
    whole, n_extra = png(), 200_000_000
    with tmp_path.joinpath("figures", "a.png").open("wb") as file:
        file.write(whole[:-12] + struct.pack(">I", n_extra) + b"tEXt")
        file.seek(n_extra, os.SEEK_CUR)  # A sparse file, which takes no space.
        file.write(b"\0\0\0\0" + whole[-12:])
    uri = open_images(driver, tmp_path, "figures/a.png")
    assert said(driver, uri) == []
    hovered(driver, uri)  # The disk is asked, and may be late.
    assert hovered(driver, uri) == "figures/a.png, 200 MB, 3 × 4"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_is_no_picture_and_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.png")
    os.mkfifo(tmp_path / "README.md")
    os.mkfifo(tmp_path / "course.yaml")
    with Driver({**PULLED, **PUSHED}, tmp_path, {"settings": {"pack": "course.yaml"}}) as driver:
        uri = open_images(driver, tmp_path, "x.png")
        assert said(driver, uri) == [missing(5, 5, "x.png")]
    with Driver(PULLED, tmp_path) as driver:
        assert driver.request("workspace/diagnostic", {"previousResultIds": []}) == {"items": []}


def test_a_folder_that_disappears_takes_its_pictures_along(driver: Driver, tmp_path: Path) -> None:
    uri = open_images(driver, tmp_path, "figures/a.png")
    assert said(driver, uri) == []
    shutil.rmtree(tmp_path)
    driver.change(uri, 2, X)
    assert said(driver, uri) == [missing(5, 5, "figures/a.png")]
    tmp_path.joinpath("figures").mkdir(parents=True)
    put_picture(tmp_path.joinpath("figures", "a.png"))
    driver.change(uri, 2, X)
    assert said(driver, uri) == []


def test_a_report_that_is_deleted_stays_open(driver: Driver, tmp_path: Path) -> None:
    tmp_path.joinpath("report.md").touch()
    uri = open_images(driver, tmp_path, "figures/b.png")
    tmp_path.joinpath("report.md").unlink()
    event = {"changes": [{"uri": uri, "type": 3}]}
    driver.notify("workspace/didChangeWatchedFiles", event)
    driver.change(uri, 2, X)
    assert said(driver, uri) == [missing(5, 5, "figures/b.png")]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Event]:
    """A disk that does not answer until the gate is opened, like a network drive that is gone."""
    is_open, look = Event(), os.scandir

    def scandir(path: Any = ".") -> Any:  # noqa: ANN401 - as os.scandir
        if not str(path).startswith(str(tmp_path)):
            return look(path)
        with look(path) as entries:
            seen = list(entries)
        is_open.wait()
        return nullcontext(seen)

    monkeypatch.setattr(os, "scandir", scandir)
    yield is_open
    is_open.set()


def open_unheard(driver: Driver, folder: Path, answer: str) -> str:
    """Open a report without waiting for the disk, and return its URI."""
    item = {"uri": uri_of(folder), "languageId": "markdown", "version": 1, "text": f"{HEAD}{answer}\n"}
    driver.send_only(call("textDocument/didOpen", {"textDocument": item}))
    return uri_of(folder)


def test_a_slow_disk_does_not_delay_answers(driver: Driver, tmp_path: Path, gate: Event) -> None:
    uri = open_unheard(driver, tmp_path, "![w](figures/a.png) ![w](figures/b.png)")
    for number in range(100, 120):
        document = {"textDocument": {"uri": uri, "version": number}}
        driver.send_only(
            call("textDocument/didChange", document | {"contentChanges": [X]}),
            call("textDocument/documentSymbol", document) | {"id": number},
        )
        assert len(driver.answers[number]) == 1
    # Nothing is known about the disk yet, so no picture counts as missing.
    assert said(driver, uri) == []
    gate.set()
    driver.settle()
    assert said(driver, uri) == [missing(5, 25, "figures/b.png")]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("![w](figures/a.png)", []),
        ("![w](figures/b.png)", [missing(5, 5, "figures/b.png")]),
        ("![w](b.png)", [missing(5, 5, "b.png")]),
        ("![w](plots/b.png)", [missing(5, 5, "plots/b.png")]),
    ],
)
def test_what_the_disk_has_not_answered_is_neither_there_nor_missing(
    answer: str, expected: list[str], tmp_path: Path, gate: Event
) -> None:
    (tmp_path / "figures").mkdir()
    put_picture(tmp_path / "figures" / "a.png")
    place = {"textDocument": {"uri": uri_of(tmp_path)}, "position": {"line": 0, "character": 4}}
    pull, hover = (call(f"textDocument/{method}", place) | {"id": method} for method in ("diagnostic", "hover"))
    takes = {**PULLED, "textDocument": {**PULLED["textDocument"], **PUSHED["textDocument"]}}
    with Driver(takes, tmp_path, NO_UNUSED) as driver:
        open_unheard(driver, tmp_path, answer)
        driver.send_only(pull, hover)
        (pulled,), (hovered,) = driver.answers["diagnostic"], driver.answers["hover"]
        assert drawn(pulled["result"]["items"]) == []
        assert "not found" not in hovered["result"]["contents"]["value"]
        gate.set()
        driver.settle()
        assert "workspace/diagnostic/refresh" in [message["method"] for message in driver.received]
        assert drawn(driver.request("textDocument/diagnostic", place)["items"]) == expected
        said = driver.request("textDocument/hover", place)["contents"]["value"]
        assert bool(expected) == ("not found" in said)


def test_what_changes_while_a_slow_disk_is_asked_is_seen(driver: Driver, tmp_path: Path, gate: Event) -> None:
    gate.set()
    uri = open_images(driver, tmp_path, "new.png")
    gate.clear()
    driver.send_only(call("textDocument/didSave", {"textDocument": {"uri": uri}}))
    put_picture(tmp_path.joinpath("new.png"))
    driver.send_only(call("workspace/didChangeWatchedFiles", {"changes": []}))
    gate.set()
    driver.settle()
    assert driver.published(uri) == []


def test_a_search_for_reports_that_is_cancelled_enters_no_more_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (tmp_path / name).mkdir()
    is_open, entered, enter = Event(), [], os.scandir

    def scandir(path: Any = ".") -> Any:  # noqa: ANN401 - as os.scandir
        entered.append(Path(path))
        is_open.wait()
        return enter(path)

    with Driver(PULLED, tmp_path) as driver:
        monkeypatch.setattr(workspace_diagnostics, "_TURN_SECONDS", 0)  # A folder a turn.
        monkeypatch.setattr(os, "scandir", scandir)
        driver.send_only(call("workspace/diagnostic", {"previousResultIds": []}) | {"id": 100})
        driver.send_only(call("$/cancelRequest", {"id": 100}))
        is_open.set()
        driver.settle()
        assert [tmp_path] == entered
        assert [-32800] == [answer["error"]["code"] for answer in driver.answers[100]]


def test_a_slow_disk_does_not_mix_up_two_reports(driver: Driver, tmp_path: Path, gate: Event) -> None:
    other = tmp_path / "other"
    other.joinpath("figures").mkdir(parents=True)
    put_picture(other.joinpath("figures", "b.png"))
    for folder in (tmp_path, other):
        open_unheard(driver, folder, "![w](figures/b.png)")
    driver.send_only(call("textDocument/didClose", {"textDocument": {"uri": uri_of(tmp_path)}}))
    gate.set()
    driver.settle()
    assert said(driver, uri_of(tmp_path)) == []
    assert said(driver, uri_of(other)) == []


def test_the_report_that_the_user_writes_in_is_judged_first(driver: Driver, tmp_path: Path) -> None:
    uris = [(tmp_path / f"{number}.md").as_uri() for number in range(5)]
    for uri in uris:
        driver.open(uri, HEAD)
    driver.change(uris[3], 2, X)
    driver.received.clear()
    driver.notify("workspace/didChangeConfiguration", {"settings": {"reportLs": {"stage": "draft"}}})
    pushed = [
        message["params"]["uri"]
        for message in driver.received
        if message["method"] == "textDocument/publishDiagnostics"
    ]
    assert pushed == [uris[number] for number in (3, 0, 1, 2, 4)]


def test_a_call_that_has_its_answer_from_elsewhere_ends_no_thread() -> None:
    """As where a client answers a request of its own before the disk does."""
    thread = DiskThread(ReadingLoop(lambda _size: b""))
    is_asked, is_answered = Event(), Event()

    def ask() -> None:
        is_asked.set()
        is_answered.wait()

    future = thread.submit(ask)
    is_asked.wait(PATIENCE)
    future.set_result(None)
    is_answered.set()
    assert "heard" == thread.submit(lambda: "heard").result(PATIENCE)


def test_a_disk_that_answers_at_once_is_heard(driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def at_once(_worker: DiskThread, call: Callable[[], object]) -> "Future[object]":
        future: Future[object] = Future()
        future.set_result(call())
        return future

    monkeypatch.setattr(DiskThread, "submit", at_once)
    uri = open_images(driver, tmp_path, "figures/b.png")
    put_picture(tmp_path.joinpath("figures", "b.png"))
    driver.change(uri, 2, X)
    assert said(driver, uri) == []


# Packs


def test_while_a_pack_is_typed_the_last_good_one_stays(tmp_path: Path) -> None:
    pack, start, end = tmp_path / "course.yaml", "id: mine\ntitle: Mine\nquestions: [", "{number: 1, words: 3-}]\n"
    pack.write_text(start + end)
    with Driver(PUSHED, tmp_path, {"settings": {"pack": "course.yaml", "stage": "final"}}) as driver:
        uri = uri_of(tmp_path)
        driver.open(uri, "### Question 1\n> Answer:\n\none two\n")
        short = ["1:2-1:9 warning answer-too-short: Q1: 2 words, but at least 3 are asked: 1 word is missing"]
        assert said(driver, uri) == short
        for n_typed in range(len(end.rstrip("]\n")) + 1):
            pack.write_text(start + end[:n_typed])
            save(driver, uri)
            assert len(said(driver, pack.as_uri())) == 1
            assert said(driver, uri) == short
        pack.unlink()
        save(driver, uri)
        assert said(driver, uri) == short
        pack.write_text(start + end.replace("3", "2"))
        save(driver, uri)
        assert said(driver, pack.as_uri()) == []
        assert said(driver, uri) == []


# Paths


def test_a_drive_is_one_however_it_is_written(driver: Driver) -> None:
    driver.open("file:///c%3A/report.md", f"{HEAD}![w](a.png)\n")
    for number, uri in enumerate(["file:///C:/report.md", "file:///c:/report.md", "file:///C%3a/report.md"], 2):
        driver.change(uri, number, {"text": f"{HEAD}{'a' * number}![w]()\n"})
        place = f"5:{5 + number}-5:{5 + number}"
        message = "Q1: this image names no file: write its path, such as figures/name.png"
        assert said(driver, "file:///c%3A/report.md") == [f"{place} error image-not-found: {message}"]
    driver.notify("textDocument/didClose", {"textDocument": {"uri": "file:///C:/report.md"}})
    assert said(driver, "file:///c%3A/report.md") == []


def test_percent_signs_and_letters_of_all_kinds_stand_in_paths(tmp_path: Path) -> None:
    folder = tmp_path / "100% ø#?" / "報告 📷"
    folder.joinpath("figures").mkdir(parents=True)
    put_picture(folder.joinpath("figures", "å%20 b.png"))
    with Driver(PUSHED, folder, NO_UNUSED) as driver:
        uri = uri_of(folder)
        other = uri.replace("%20", " ").replace("%C3%B8", "ø")
        driver.open(other, HEAD)
        driver.change(uri, 2, {"text": f"{HEAD}![w](figures/%C3%A5%2520%20b.png) ![w](<figures/å%2520 b.png>)\n"})
        assert said(driver, other) == []
        driver.change(uri, 2, {"text": f"{HEAD}![w](figures/å%20b.png)\n"})
        assert said(driver, other) == [missing(5, 5, "figures/å b.png")]


# Texts


def test_ten_megabytes_are_kept_but_not_judged(driver: Driver, tmp_path: Path) -> None:
    uri = open_images(driver, tmp_path, "figures/b.png", "one two three four\n" * 500_000)
    (told,) = (message for message in driver.received if message["method"] == "window/logMessage")
    assert told["params"]["message"].endswith(" characters: report-ls does not look at more than 1000000")
    for number in range(2, 6):
        driver.change(uri, number, {"range": range_of(400_000, 3, 400_000, 3), "text": "![w](c.png)"})
    assert driver.document(uri).source.text.count("![w](c.png)") == 4
    assert driver.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}}) == []
    assert driver.published(uri) is None
    driver.change(uri, 6, {"text": f"{HEAD}![w](figures/b.png)\n"})
    assert said(driver, uri) == [missing(5, 5, "figures/b.png")]
    driver.change(uri, 7, {"text": "a" * 1_000_001})
    assert said(driver, uri) == []


def test_a_question_longer_than_any_fills_no_memory(driver: Driver, tmp_path: Path) -> None:
    uri = uri_of(tmp_path)
    driver.open(uri, HEAD + "one two three four\n" * 5_000)

    def type_on(n_edits: int) -> int:
        for number in range(n_edits):
            driver.change(uri, number, {"range": range_of(1_000, 3, 1_000, 3), "text": "x"})
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = type_on(5)
        assert type_on(20) < before + 2 * 100_000
    finally:
        tracemalloc.stop()


# Clients


def test_a_client_that_dies_within_a_message_takes_the_server_along(tmp_path: Path) -> None:
    with Client(tmp_path, pushing()) as client:
        client.initialize()
        client.write(framed(call("shutdown") | {"id": 99})[:-3])
        client.writer.close()
        assert client.wait_for_end() == 1


HUNG = """
import os, threading
look = os.scandir
os.scandir = lambda path=".": threading.Event().wait() if str(path).startswith(os.getcwd()) else look(path)
from report_ls.__main__ import main
raise SystemExit(main())
"""


def test_exit_does_not_wait_for_a_disk_that_hangs(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), command=("-c", HUNG)) as client:
        client.initialize()
        uri = client.write_and_open("report.md", f"{HEAD}![w](figures/a.png)\n")
        client.expect_pushed(uri, [])


def test_completion_is_not_complete_while_the_disk_hangs(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), command=("-c", HUNG)) as client:
        client.initialize()
        uri = client.write_and_open("report.md", f"{HEAD}![w](figures/a.png)\n")
        assert {"isIncomplete": True, "items": []} == client.at("completion", uri, 5, 8)


def test_the_server_ends_with_its_client_while_the_disk_hangs(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), command=("-c", HUNG)) as client:
        client.initialize()
        uri = client.write_and_open("report.md", f"{HEAD}![w](figures/a.png)\n")
        client.expect_pushed(uri, [])
        client.writer.close()
        assert client.wait_for_end() == 1


WATCHFUL = """
from report_ls.lsp.wire import client_process
client_process.INTERVAL_SECONDS = 0.05
from report_ls.__main__ import main
raise SystemExit(main())
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere only the end of standard input is seen")
def test_the_server_ends_with_its_client_even_if_its_input_is_open(tmp_path: Path) -> None:
    with (
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as editor,
        Client(tmp_path, pushing(), command=("-c", WATCHFUL)) as client,
    ):
        client.initialize(processId=editor.pid)
        client.expect_pushed(client.open_new(f"{HEAD}![w](a.png)\n"), [missing(5, 5, "a.png")])
        editor.kill()
        editor.wait()
        assert client.wait_for_end() == 1


@pytest.mark.parametrize("process_id", [0, -1, None, 2**31 - 1])
def test_a_client_of_another_world_is_served(process_id: int | None, tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), command=("-c", WATCHFUL)) as client:
        client.initialize(processId=process_id)
        client.expect_pushed(client.open_new(f"{HEAD}![w](a.png)\n"), [missing(5, 5, "a.png")])


@pytest.mark.skipif(os.name != "posix", reason="elsewhere no folder is deleted in which a process is")
@pytest.mark.parametrize("is_made_again", [False, True])
def test_the_folder_that_the_server_was_started_in_may_go(is_made_again: bool, tmp_path: Path) -> None:  # noqa: FBT001
    for name in ("start", "project"):
        (tmp_path / name).mkdir()
    with Client(tmp_path / "start", pushing()) as client:
        client.folder = tmp_path / "project"
        client.initialize()
        (tmp_path / "start").rmdir()
        if is_made_again:
            (tmp_path / "start").mkdir()
        (tmp_path / "project/report-ls.toml").write_text("mistake = 1\n", "utf-8")
        uri = client.write_and_open("report.md", f"{HEAD}![w](figures/a.png)\n")
        client.expect_pushed(uri, [missing(5, 5, "figures/a.png")])
        there_is_no = 'there is no key "mistake" here, only pack, stage, template, severity; did you mean "stage"?'
        client.expect_pushed((tmp_path / "project/report-ls.toml").as_uri(), [f"0:0-1:0 error -: {there_is_no}"])


@pytest.mark.skipif(os.name != "posix", reason="elsewhere no folder is deleted in which a process is")
def test_without_a_workspace_a_pack_is_looked_for_though_the_folder_of_the_server_is_gone(tmp_path: Path) -> None:
    (tmp_path / "start").mkdir()
    with Client(tmp_path / "start", pushing(), settings={"pack": "no such pack.yaml"}) as client:
        client.initialize(rootUri=None, workspaceFolders=None)
        there_is_no = "reportLs.pack: there is no pack and no file no such pack.yaml; "
        assert client.wait_for("window/logMessage")["message"].startswith(there_is_no)
        (tmp_path / "start").rmdir()
        client.settings = {"pack": "nor this.yaml"}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        there_is_no = "reportLs.pack: there is no pack and no file nor this.yaml; "
        assert client.wait_for("window/logMessage", 2)["message"].startswith(there_is_no)
