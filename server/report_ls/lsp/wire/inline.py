"""The server without threads, as for a browser: the host feeds messages, and each call returns when all is done."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from attrs import define, field, frozen

from report_ls.base.readable import readable_json
from report_ls.lsp.wire.loop import Receive, Step, Task, guarded
from report_ls.lsp.wire.worker import T, Worker

CallLater = Callable[[float, Task], object]
"""Runs a task after some seconds, when nothing else runs."""


@define
class InlineLoop:
    """A loop that does all work of a message before it takes the next one."""

    _call_later: CallLater
    _messages: deque[bytes] = field(factory=deque, init=False)
    _tasks: deque[Task] = field(factory=deque, init=False)
    _receive: Receive = field(default=deque[bytes].clear, init=False)
    _when_idle: Step = field(default=lambda: False, init=False)
    _when_quiet: Task = field(default=lambda: None, init=False)

    def post(self, task: Task) -> None:
        """Run a task after the current one."""
        self._tasks.append(task)

    def post_later(self, seconds: float, task: Task) -> None:
        """Run a task after some time, which the host measures."""
        self._call_later(seconds, partial(self._do, task))

    def end(self) -> None:
        """Do nothing: the host decides when the loop ends."""

    def end_with(self, process_id: int) -> None:
        """Do nothing: the host is the client."""

    def run(self, receive: Receive, when_idle: Step, when_quiet: Task) -> None:
        """Remember the functions to call when messages come."""
        self._receive, self._when_idle, self._when_quiet = receive, when_idle, when_quiet

    def feed(self, *messages: bytes) -> None:
        """Take messages that have come together, and return when nothing is left to do."""
        self._messages.extend(messages)
        self._settle()

    def rest(self) -> None:
        """Do the work that can wait; the host calls this when no message has come for a while."""
        self._do(self._when_quiet)

    def _do(self, task: Task) -> None:
        self._tasks.append(task)
        self._settle()

    def _settle(self) -> None:
        is_idle = False
        while self._messages or self._tasks or not is_idle:
            if self._messages:
                guarded(partial(self._receive, self._messages))
            elif self._tasks:
                guarded(self._tasks.popleft())
            else:
                is_idle = not guarded(self._when_idle)


@define
class InlineWorker(Worker):
    """A worker whose `submit` runs the call before it returns."""

    def submit(self, call: Callable[[], T]) -> "Future[T]":
        """Run a call."""
        future: Future[T] = Future()
        try:
            future.set_result(call())
        except Exception as error:  # noqa: BLE001 - the caller gets it from the future
            future.set_exception(error)
        return future


@frozen
class InlineWriter:
    """Passes on each message without its header, which only a stream needs."""

    _send: Callable[[str], object]

    def write(self, data: bytes) -> None:
        """Send a message."""
        self._send(readable_json(data).partition(b"\r\n\r\n")[2].decode())

    def close(self) -> None:
        """Do nothing: there is no stream."""
