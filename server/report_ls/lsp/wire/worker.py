"""Runs slow calls, mostly to the disk, in a thread, so that a dead network drive does not stop the server.

An urgent answer waits a moment for the thread and then uses what was known before. A longer
task is a generator: it yields calls for the thread, and continues in the loop with their results.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from concurrent import futures
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from attrs import define, field

from report_ls.lsp.wire.loop import Loop

T = TypeVar("T")

DISK_TIMEOUT_SECONDS = 0.05
"""Seconds that an answer waits for the disk."""

TooLate = futures.TimeoutError
"""Raised when these seconds are over; in Python 3.10 it is not the built-in `TimeoutError`."""

Job = Generator[Callable[[], Any], Any, None]
"""A long task: yields calls for the worker, receives their results."""


@define
class Worker(ABC):
    """Runs calls one after the other."""

    _loop: Loop

    @abstractmethod
    def submit(self, call: Callable[[], T]) -> "Future[T]":
        """Run a call."""

    def ask(self, call: Callable[[], T], otherwise: T) -> T:
        """Return the result of a call; `otherwise` if it fails or takes longer than `DISK_TIMEOUT_SECONDS`."""
        try:
            return self.submit(call).result(DISK_TIMEOUT_SECONDS)
        except (TooLate, OSError):
            return otherwise

    def run(self, job: Job) -> None:
        """Run a long task: each time one of its calls has ended, continue it in the loop's thread."""
        self._resume(job, None)

    def _resume(self, job: Job, done: "Future[Any] | None") -> None:
        try:
            if done is None:
                call = next(job)
            elif error := done.exception():
                call = job.throw(error)
            else:
                call = job.send(done.result())
        except StopIteration:
            return
        self.submit(call).add_done_callback(lambda future: self._loop.post(lambda: self._resume(job, future)))


NewWorker = Callable[[Loop], Worker]


@define
class DiskThread(Worker):
    """A worker with one thread, which does not keep the server from ending."""

    _calls: "SimpleQueue[tuple[Callable[[], Any], Future[Any]]]" = field(factory=SimpleQueue, init=False)
    _thread: Thread | None = field(default=None, init=False)

    def submit(self, call: Callable[[], T]) -> "Future[T]":
        """Run a call in the thread."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="disk", daemon=True)
            self._thread.start()
        future: Future[T] = Future()
        self._calls.put((call, future))
        return future

    def _work(self) -> None:
        while True:
            call, future = self._calls.get()
            if not future.set_running_or_notify_cancel():
                continue
            # If the future already has a result, this thread must still go on.
            with suppress(futures.InvalidStateError):
                try:
                    future.set_result(call())
                except BaseException as error:  # noqa: BLE001 - the caller gets it from the future
                    future.set_exception(error)
