"""The limits of this room: each is tested at the last value within it and at the first one beyond.

Nothing waits here: for a limit in seconds, the tests look at the time that the clock or the waiting code is given.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from queue import Empty
from threading import Event
from typing import Any, TypeVar

import pytest
from lsp.client import Json
from lsp.driver import Driver
from lsprotocol import types
from report_ls.lsp.features import workspace_diagnostics
from report_ls.lsp.features.hover import _BAR_CHARACTERS, _against, _Page
from report_ls.lsp.features.workspace_diagnostics import _TURN_SECONDS, _one_step
from report_ls.lsp.session import documents, live_files
from report_ls.lsp.session.configurations import Configurations
from report_ls.lsp.session.documents import _MAX_EARLY_CHANGES
from report_ls.lsp.session.live_files import LiveFiles
from report_ls.lsp.wire import client_process
from report_ls.lsp.wire.lenient import _MAX_INTEGER, _NO_VERSION, repaired_params, version_of
from report_ls.lsp.wire.loop import (
    _CHUNK_BYTES,
    _MAX_BODY_BYTES,
    _MAX_HEADER_BYTES,
    IDLE_SECONDS,
    FrameError,
    Frames,
    ReadingLoop,
    Task,
)
from report_ls.lsp.wire.worker import DISK_TIMEOUT_SECONDS, TooLate, Worker
from report_ls.packs.limits import Limit

T = TypeVar("T")

_TOP = Path(__file__).parents[2]
_PUSHED: Json = {"textDocument": {"publishDiagnostics": {}}}
_START: Json = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
_PULLED: Json = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}


class _Late(Future[T]):
    """A future that never has a result, and how long it was waited for."""

    def __init__(self, waited: list[float | None]) -> None:
        super().__init__()
        self._waited = waited

    def result(self, timeout: float | None = None) -> T:
        self._waited.append(timeout)
        raise TooLate


class _Clock:
    """A loop that does not run later tasks but records their times."""

    def __init__(self) -> None:
        self.later: list[float] = []

    def post(self, task: Task) -> None:
        pass

    def post_later(self, seconds: float, _task: Task) -> None:
        self.later.append(seconds)

    def end(self) -> None:
        pass

    def end_with(self, process_id: int) -> None:
        pass

    def run(self, *_: object) -> None:
        pass


class _Dead(Worker):
    """A disk that never answers, and how long it was waited for."""

    def __init__(self, clock: _Clock) -> None:
        super().__init__(clock)
        self.waited: list[float | None] = []

    def submit(self, call: Callable[[], T]) -> "Future[T]":
        del call
        return _Late(self.waited)


# The disk


def test_an_answer_waits_so_long_for_the_disk() -> None:
    worker = _Dead(_Clock())
    assert "otherwise" == worker.ask(lambda: "", "otherwise")
    assert [DISK_TIMEOUT_SECONDS] == worker.waited


def test_the_documents_name_the_times_that_count() -> None:
    platforms, architecture = (
        (_TOP / name).read_text("utf-8") for name in ("docs/platforms.md", "server/ARCHITECTURE.md")
    )
    assert f"waits for it at most {DISK_TIMEOUT_SECONDS * 1000:.0f} ms" in platforms
    assert f"When nothing has come for {IDLE_SECONDS * 1000:.0f} ms" in architecture


def test_a_configuration_is_waited_for_as_long_as_the_disk(tmp_path: Path) -> None:
    clock = _Clock()
    worker = _Dead(clock)
    configurations = Configurations(clock, worker, lambda: None, lambda _path, _error: None)
    configurations.of(tmp_path)
    configurations.refresh()
    configurations.refresh(0)
    assert [DISK_TIMEOUT_SECONDS, DISK_TIMEOUT_SECONDS, 0] == worker.waited


def test_a_picture_that_is_pasted_is_expected_for_so_long(tmp_path: Path) -> None:
    clock = _Clock()
    worker = _Dead(clock)
    files = LiveFiles(tmp_path, "report.md", lambda: None, True, clock, worker, worker, lambda: None)
    files.expect([])
    assert [] == clock.later
    files.expect(["figures/a.png"])
    assert [live_files.SECOND_LOOK_SECONDS] == clock.later


# The client


def test_the_clients_process_is_looked_for_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    class Clock(Event):
        def wait(self, timeout: float | None = None) -> bool:
            assert timeout
            waited.append(timeout)
            return False

    lives = iter([True, True, False])
    monkeypatch.setattr(client_process, "Event", Clock)
    monkeypatch.setattr(client_process, "_lives", lambda _process_id: next(lives))
    done: list[str] = []
    client_process._wait(1, lambda: done.append("done"))  # noqa: SLF001 - what its thread does
    assert ([client_process.INTERVAL_SECONDS] * 2, ["done"]) == (waited, done)


class _Inbox:
    """An inbox that records how long it was waited for, and ends the loop when nothing would wake it."""

    def __init__(self, *items: Task) -> None:
        self.items: list[Task | None] = [*items]
        self.waited: list[float | None] = []

    def put(self, _item: object) -> None:
        pass

    def empty(self) -> bool:
        return True

    def get(self, *, block: bool, timeout: float | None) -> Task | None:
        if block:
            self.waited.append(timeout)
        if self.items:
            return self.items.pop(0)
        if block and timeout is None:
            return None
        raise Empty


def test_it_is_quiet_when_nothing_has_come_for_so_long() -> None:
    inbox = _Inbox(lambda: None)
    quiet: list[str] = []
    reading = ReadingLoop(lambda _size: b"")
    reading._inbox = inbox  # type: ignore[assignment]  # noqa: SLF001 - its clock
    reading.run(lambda _messages: None, lambda: False, lambda: quiet.append("quiet"))
    assert ([None, IDLE_SECONDS, None], ["quiet"]) == (inbox.waited, quiet)


def test_so_much_is_read_at_once() -> None:
    sizes: list[int] = []

    def read(size: int) -> bytes:
        sizes.append(size)
        return b""

    ReadingLoop(read).run(lambda _messages: None, lambda: False, lambda: None)
    assert [_CHUNK_BYTES] == sizes


# Messages


@pytest.mark.parametrize("n_more", [0, 1])
def test_a_header_has_so_many_bytes(n_more: int) -> None:
    field, end = b"Content-Length: 0\r\nA: ", b"\r\n\r\n"
    header = field + b"a" * (_MAX_HEADER_BYTES + n_more - len(field + end)) + end
    if n_more:
        with pytest.raises(FrameError, match="a header without an end"):
            [*Frames().feed(header)]
    else:
        assert [b""] == [*Frames().feed(header)]


def test_a_body_has_so_many_bytes() -> None:
    assert [] == [*Frames().feed(b"Content-Length: %d\r\n\r\n" % _MAX_BODY_BYTES)], "it is waited for"
    with pytest.raises(FrameError, match="without a sensible Content-Length"):
        [*Frames().feed(b"Content-Length: %d\r\n\r\n" % (_MAX_BODY_BYTES + 1))]


@pytest.mark.parametrize(("version", "expected"), [(_MAX_INTEGER, _MAX_INTEGER), (_MAX_INTEGER + 1, None)])
def test_a_version_is_a_number_that_lsp_has(version: int, expected: int | None) -> None:
    for sign in (1, -1):
        params: Json = repaired_params(types.TEXT_DOCUMENT_DID_OPEN, {"textDocument": {"version": sign * version}})
        assert (expected and sign * expected) == version_of(params["textDocument"]["version"])
    assert _NO_VERSION == -_MAX_INTEGER - 1, "which no client gives"


@pytest.mark.parametrize("n_more", [0, 1])
def test_a_place_that_lsp_does_not_have_is_the_last_that_it_has(n_more: int) -> None:
    place = {"line": _MAX_INTEGER + n_more, "character": _MAX_INTEGER + n_more}
    change = {"range": {"start": place, "end": place}, "text": ""}
    params: Json = repaired_params(
        types.TEXT_DOCUMENT_DID_CHANGE, {"textDocument": {"version": 1}, "contentChanges": [change]}
    )
    last = {"line": _MAX_INTEGER, "character": _MAX_INTEGER}
    assert [{"start": last, "end": last}] == [change["range"] for change in params["contentChanges"]]


# Reports

_SHORT = "### Question 1\n> Why? Answer length: 2-5 words.\n> Answer:\n\nYes.\n"


def _text(n_characters: int) -> str:
    """Return a report with one finding, below some lines of any length."""
    return "a" * 80 + "\n" * (n_characters - 80 - len(_SHORT)) + _SHORT


@pytest.mark.parametrize(("n_more", "expected"), [(0, "{early}late"), (1, "late{early}")])
def test_a_change_that_comes_late_is_put_before_so_many(n_more: int, expected: str, tmp_path: Path) -> None:
    uri = (tmp_path / "report.md").as_uri()
    early = range(3, 3 + _MAX_EARLY_CHANGES + n_more)
    with Driver(_PUSHED) as driver:
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": ""}
        driver.notify("textDocument/didOpen", {"textDocument": item})
        for version, text in (*((version, f"{version} ") for version in early), (2, "late")):
            change = {"range": _START, "text": text}
            of = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}
            driver.notify("textDocument/didChange", of)
        written = "".join(f"{version} " for version in reversed(early))
        assert expected.format(early=written) == driver.document(uri).source.text


@pytest.mark.parametrize("n_more", [0, 1])
def test_an_open_report_has_so_many_characters(n_more: int, tmp_path: Path) -> None:
    with Driver(_PUSHED, tmp_path) as driver:
        uri = (tmp_path / "report.md").as_uri()
        driver.open(uri, _text(documents.MAX_DOCUMENT_CHARACTERS + n_more))
        codes = [diagnostic["code"] for diagnostic in driver.published(uri) or []]
        assert ([] if n_more else ["answer-too-short"]) == codes


@pytest.mark.parametrize("n_more", [0, 1])
def test_a_report_that_is_not_open_has_so_many_characters(n_more: int, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(_text(documents.MAX_DOCUMENT_CHARACTERS + n_more), "utf-8")
    with Driver(_PULLED, tmp_path) as driver:
        answer = driver.request("workspace/diagnostic", {"previousResultIds": []})
        codes = [diagnostic["code"] for item in answer["items"] for diagnostic in item["items"]]
        assert ([] if n_more else ["answer-too-short"]) == codes


def test_a_walk_lets_others_by_when_so_much_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(clock: list[float], *times: float) -> Iterator[None]:
        for time in times:
            clock[0] = time
            yield

    for last, n_found in ((_TURN_SECONDS, 2), (_TURN_SECONDS / 2, 3)):
        clock = [0.0]
        monkeypatch.setattr(workspace_diagnostics, "monotonic", lambda clock=clock: clock[0])
        walking: Iterator[Any] = walk(clock, 0.0, last, 2 * _TURN_SECONDS, 3 * _TURN_SECONDS)
        assert n_found == len(_one_step(walking))


def test_a_bar_is_full_when_as_much_is_there_as_is_asked() -> None:
    asked = Limit(_BAR_CHARACTERS, None)
    numbers = (0, _BAR_CHARACTERS - 1, _BAR_CHARACTERS, _BAR_CHARACTERS + 1)
    bars = [_against(_Page(types.MarkupKind.PlainText), number, asked, "").split()[-1] for number in numbers]
    empty, full = "░", "█"
    assert [empty * _BAR_CHARACTERS, full * (_BAR_CHARACTERS - 1) + empty, *[full * _BAR_CHARACTERS] * 2] == bars
