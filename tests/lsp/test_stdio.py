"""Bytes are cut into messages as they come, and everything that is put into the loop is done, once and in order."""

from collections import deque
from collections.abc import Iterator
from io import BytesIO
from threading import Event

import pytest
from report_ls.lsp.wire.loop import FrameError, Frames, ReadingLoop, StreamWriter


def frame(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


BODIES = [b"{}", b"", b"\xff\r\n\r\n", "\U0001f4f7".encode(), b"x" * 70_000]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 4096, 1 << 20])
def test_pieces_of_any_size_make_the_same_messages(size: int) -> None:
    stream, frames = b"".join(map(frame, BODIES)), Frames()
    pieces = [stream[start : start + size] for start in range(0, len(stream), size)]
    assert BODIES == [body for piece in pieces for body in frames.feed(piece)]


def test_a_header_may_hold_more_and_be_written_otherwise() -> None:
    header = b"content-type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:2 \r\n\r\n"
    assert [b"{}"] == list(Frames().feed(header + b"{}"))


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        (b"Content-Length: ten\r\n\r\n{}", "a length that is no number: b' ten'"),
        (b"Content-Length: -2\r\n\r\n{}", "a length that is no number: b' -2'"),
        (b"Content-Length: +2\r\n\r\n{}", "a length that is no number: b' +2'"),
        (b"Content-Length: 2.0\r\n\r\n{}", "a length that is no number: b' 2.0'"),
        (b"Content-Length: \r\n\r\n{}", "a length that is no number: b' '"),
        (b"Content-Type: text\r\n\r\n{}", "a header without a sensible Content-Length: b'Content-Type: text'"),
        (
            b"Content-Length: 99999999999\r\n\r\n{}",
            "a header without a sensible Content-Length: b'Content-Length: 99999999999'",
        ),
        (b"\r\n\r\n{}", "a header line without a colon: b''"),
        (b"hello\r\n\r\n", "a header line without a colon: b'hello'"),
        (b"hello\r\n", "a header line without a colon: b'hello\\r'"),
        (b"Content-Length: 2\n\n{}", "a header line that does not end in CR LF: b'Content-Length: 2'"),
        (b'{"method": "exit"}\n', 'a body without a header: b\'{"method": "exit"}\''),
        (b"a" * 4097, "a header without an end"),
        (b"Content-Length: " + b"1" * 5000 + b"\r\n\r\n{}", "a header without an end"),
    ],
)
def test_what_cannot_become_a_message_is_refused_at_once(stream: bytes, reason: str) -> None:
    frames = Frames()
    assert [b"{}"] == list(frames.feed(frame(b"{}")))
    with pytest.raises(FrameError) as refusal:
        list(frames.feed(stream))
    assert reason == str(refusal.value)


def run(pieces: list[bytes]) -> list[str]:
    """Have a loop read and return what was done; a message `post` puts a task into the loop."""
    done: list[str] = []
    waiting = iter(pieces)
    loop = ReadingLoop(lambda _size: next(waiting, b""))

    def receive(messages: deque[bytes]) -> None:
        body = messages.popleft().decode()
        done.append(body)
        if body == "post":
            loop.post(lambda: done.append("task"))
        if body == "fail":
            raise ValueError("a defect")

    loop.run(receive, lambda: False, lambda: None)
    return done


def test_a_task_that_is_put_in_while_messages_wait_is_done_after_them() -> None:
    stream = frame(b"post") + frame(b"a") + frame(b"b")
    assert ["post", "a", "b", "task"] == run([stream])


def test_what_came_before_the_end_is_done() -> None:
    assert [str(number) for number in range(99)] == run([frame(b"%d" % number) for number in range(99)])


def test_a_defect_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    assert ["a", "fail", "b"] == run([frame(b"a") + frame(b"fail"), frame(b"b")])
    assert "ValueError: a defect" in caplog.text


def test_what_came_before_a_bad_frame_is_done() -> None:
    done: list[bytes] = []
    waiting = iter([frame(b"a") + b"bad\r\n\r\n"])
    with pytest.raises(FrameError):
        ReadingLoop(lambda _size: next(waiting, b"")).run(
            lambda got: done.append(got.popleft()), lambda: False, lambda: None
        )
    assert [b"a"] == done


def test_it_is_idle_when_nothing_more_is_there() -> None:
    is_idle, n_idle = Event(), list[int]()

    def chunks() -> Iterator[bytes]:
        yield frame(b"a") + frame(b"b")
        is_idle.wait()
        yield b""

    def when_idle() -> bool:
        n_idle.append(1)
        is_idle.set()
        return False

    source = chunks()
    ReadingLoop(lambda _size: next(source)).run(lambda got: got.clear(), when_idle, lambda: None)
    assert [1] == n_idle


def test_what_arrives_is_taken_between_two_things_that_can_wait() -> None:
    is_idle, is_there, done = Event(), Event(), list[str]()

    def chunks() -> Iterator[bytes]:
        yield frame(b"a")
        is_idle.wait()
        yield frame(b"b")
        is_there.set()  # Who asks for more has passed on what was before.
        yield b""

    def when_idle() -> bool:
        done.append("idle")
        is_idle.set()
        is_there.wait()
        return len(done) < 6

    source = chunks()
    loop = ReadingLoop(lambda _size: next(source))
    loop.run(lambda got: done.append(got.popleft().decode()), when_idle, lambda: None)
    assert ["a", "idle", "b"] == done[:3]


def test_it_is_quiet_once_when_nothing_has_come_for_a_while() -> None:
    is_quiet, done = Event(), list[str]()

    def chunks() -> Iterator[bytes]:
        for _ in range(2):
            yield frame(b"a")
            is_quiet.wait()
            is_quiet.clear()
        yield b""

    def when_quiet() -> None:
        done.append("quiet")
        is_quiet.set()

    def when_idle() -> bool:
        done.append("idle")
        return False

    source = chunks()
    ReadingLoop(lambda _size: next(source)).run(lambda got: got.clear(), when_idle, when_quiet)
    assert ["idle", "quiet", "idle", "quiet"] == done


class Gone(BytesIO):
    """A pipe that nobody reads any more."""

    def flush(self) -> None:
        """Find out."""
        raise BrokenPipeError


def test_a_client_that_is_gone_is_noticed_once(caplog: pytest.LogCaptureFixture) -> None:
    gone: list[int] = []
    writer = StreamWriter(Gone(), lambda: gone.append(1))
    writer.write(b"a")
    writer.write(b"b")
    writer.close()
    assert [1] == gone
    assert ["the client is gone"] == caplog.messages
