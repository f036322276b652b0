r"""Messages in and out, and the loop that handles them one at a time.

A message is a header, an empty line and a body of `Content-Length` bytes. pygls reads line by line
and does not know whether more messages are waiting. Here, all bytes that have arrived are cut into messages at
once, so after a hundred edits only the last text is judged. A header that makes no sense ends the
server with a message in the log; pygls would wait forever.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from typing import BinaryIO, Protocol, TypeVar

from attrs import define, field

from report_ls.base.readable import readable_json
from report_ls.lsp.wire.client_process import when_it_ends

_LOG = logging.getLogger(__name__)

_MAX_HEADER_BYTES = 4096
_MAX_BODY_BYTES = 1 << 27
_CHUNK_BYTES = 1 << 16


class FrameError(Exception):
    """The bytes are no message, so the start of the next message is unknown."""


@define
class Frames:
    """Cuts a stream of bytes into the bodies of messages."""

    _bytes: bytearray = field(factory=bytearray, init=False)

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Add bytes and yield the bodies that are complete now. Raises `FrameError`."""
        self._bytes += chunk
        while True:
            end = self._bytes.find(b"\r\n\r\n", 0, _MAX_HEADER_BYTES)
            if end < 0:
                self._expect_header()
                return
            start = end + len(b"\r\n\r\n")
            length = _content_length(bytes(self._bytes[:end]))
            if len(self._bytes) < start + length:
                return
            body = bytes(self._bytes[start : start + length])
            del self._bytes[: start + length]
            yield body

    def _expect_header(self) -> None:
        """Raise `FrameError` for bytes that can no longer become a header: else the server would wait forever."""
        line, ended, _ = bytes(self._bytes[:_MAX_HEADER_BYTES]).partition(b"\n")
        if line[:1] in (b"{", b"["):
            raise FrameError(f"a body without a header: {line[:80]!r}")
        if ended and not line.endswith(b"\r"):
            raise FrameError(f"a header line that does not end in CR LF: {line[:80]!r}")
        if ended and b":" not in line:
            raise FrameError(f"a header line without a colon: {line[:80]!r}")
        if len(self._bytes) > _MAX_HEADER_BYTES:
            raise FrameError("a header without an end")


def _content_length(header: bytes) -> int:
    length = None
    for line in header.split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if not colon:
            raise FrameError(f"a header line without a colon: {line[:80]!r}")
        if name.strip().lower() == b"content-length":
            if not value.strip().isdigit():
                raise FrameError(f"a length that is no number: {value[:80]!r}")
            if length is not None:
                raise FrameError(f"two lengths: {header[:80]!r}")
            length = int(value)
    if length is None or length > _MAX_BODY_BYTES:
        raise FrameError(f"a header without a sensible Content-Length: {header[:80]!r}")
    return length


_T = TypeVar("_T")
Task = Callable[[], None]
Step = Callable[[], bool]
"""Does one piece of waiting work, and returns whether there was any."""


class Writer(Protocol):
    """Where pygls writes messages, each in one call."""

    def write(self, data: bytes) -> None:
        """Send bytes."""

    def close(self) -> None:
        """Send no more."""


@define
class StreamWriter:
    """Writes into a stream; does nothing after the client is gone."""

    _stdout: BinaryIO
    _when_gone: Task
    _is_gone: bool = field(default=False, init=False)

    def write(self, data: bytes) -> None:
        """Send bytes."""
        if self._is_gone:
            return
        try:
            self._stdout.write(readable_json(data))
            self._stdout.flush()
        except OSError:
            self._is_gone = True
            _LOG.warning("the client is gone")
            self._when_gone()

    def close(self) -> None:
        """Send no more."""
        with suppress(OSError):
            self._stdout.close()


Receive = Callable[[deque[bytes]], None]
"""Gets all messages that have arrived, and removes and handles the first."""


class Loop(Protocol):
    """The one thread in which the server works: on messages, results of workers, and work that can wait."""

    def post(self, task: Task) -> None:
        """Run a task in the loop's thread; may be called from any thread."""

    def post_later(self, seconds: float, task: Task) -> None:
        """Run a task in the loop's thread after some time."""

    def end(self) -> None:
        """End the loop after all earlier messages and tasks are done."""

    def end_with(self, process_id: int) -> None:
        """End the loop in the same way when a process ends."""

    def run(self, receive: Receive, when_idle: Step, when_quiet: Task) -> None:
        """Handle messages from now on. Raises `FrameError`.

        While no message is waiting, `when_idle` is called until it returns false. `when_quiet` is called when no
        message has come for a while after that.
        """


IDLE_SECONDS = 0.05
"""Seconds without a message after which the work that can wait is done: shorter than a pause in typing."""

Read = Callable[[int], bytes]
"""Waits for bytes and returns at most so many; no bytes when no more will come."""


@define
class ReadingLoop:
    """A loop that reads from a stream until it ends."""

    _read: Read
    _inbox: "SimpleQueue[bytes | Task | None]" = field(factory=SimpleQueue, init=False)
    _frames: Frames = field(factory=Frames, init=False)
    _messages: deque[bytes] = field(factory=deque, init=False)
    _tasks: deque[Task] = field(factory=deque, init=False)
    _is_over: bool = field(default=False, init=False)
    """The stream or the client's process has ended."""

    def post(self, task: Task) -> None:
        """Run a task in the loop's thread; may be called from any thread."""
        self._inbox.put(task)

    def post_later(self, seconds: float, task: Task) -> None:
        """Run a task in the loop's thread after some time."""
        timer = Timer(seconds, lambda: self.post(task))
        timer.daemon = True
        timer.start()

    def end(self) -> None:
        """End the loop after all earlier messages and tasks are done."""
        self._inbox.put(None)

    def end_with(self, process_id: int) -> None:
        """End the loop in the same way when a process ends."""
        when_it_ends(process_id, self.end)

    def run(self, receive: Receive, when_idle: Step, when_quiet: Task) -> None:
        """Handle messages until the loop ends. Raises `FrameError`."""
        Thread(target=self._pump, name="reader", daemon=True).start()
        is_idle = is_quiet = True
        while not self._is_over:
            try:
                item = self._inbox.get(block=is_idle, timeout=None if is_quiet else IDLE_SECONDS)
            except Empty:
                if is_idle:
                    is_quiet = True
                    guarded(when_quiet)
                else:
                    is_idle = not guarded(when_idle)
                continue
            is_idle = is_quiet = False
            self._take(item)
            while self._messages or self._tasks:
                if self._messages:
                    guarded(partial(receive, self._messages))
                else:
                    guarded(self._tasks.popleft())
                while not self._inbox.empty():
                    self._take(self._inbox.get())

    def _take(self, item: "bytes | Task | None") -> None:
        if item is None:
            self._is_over = True
        elif callable(item):
            self._tasks.append(item)
        else:
            try:
                self._messages.extend(self._frames.feed(item))
            except FrameError as error:
                # The messages before it are answered first.
                self._tasks.append(partial(_fail, error))

    def _pump(self) -> None:
        """Put arriving bytes into the inbox; only this thread waits for the client."""
        with suppress(OSError):  # The client is gone.
            while chunk := self._read(_CHUNK_BYTES):
                self._inbox.put(chunk)
        self.end()


def _fail(error: FrameError) -> None:
    raise error


def guarded(task: Callable[[], _T]) -> _T | None:
    """Call a function; log an exception that it does not catch, so that the server goes on."""
    try:
        return task()
    except FrameError:
        raise
    except Exception:  # noqa: BLE001 - logged with its traceback
        _LOG.exception("a defect of report-ls")
        return None
