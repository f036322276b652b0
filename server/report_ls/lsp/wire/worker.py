"""Who waits for the disk: a thread, so that a network drive that is gone stops nobody.

What must be answered now waits a moment for it and then goes on with what was known; a longer
task is a generator that yields what the disk has to do and goes on in the loop with the result.
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
"""Seconds that an answer waits for the disk before it does without."""

TooLate = futures.TimeoutError
"""What is raised when they are over; in Python 3.10 it is not the built-in one."""

Job = Generator[Callable[[], Any], Any, None]
"""A long task: yields calls for the worker, receives their results."""


@define
class Worker(ABC):
    """Does one call after the other."""

    _loop: Loop

    @abstractmethod
    def submit(self, call: Callable[[], T]) -> "Future[T]":
        """Have a call done."""

    def ask(self, call: Callable[[], T], otherwise: T) -> T:
        """Return the result of a call if it comes soon, else something else."""
        try:
            return self.submit(call).result(DISK_TIMEOUT_SECONDS)
        except (TooLate, OSError):
            return otherwise

    def run(self, job: Job) -> None:
        """Carry on with a long task, in the loop's thread, whenever the disk has answered."""
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
    """One thread; it never keeps the server from ending."""

    _calls: "SimpleQueue[tuple[Callable[[], Any], Future[Any]]]" = field(factory=SimpleQueue, init=False)
    _thread: Thread | None = field(default=None, init=False)

    def submit(self, call: Callable[[], T]) -> "Future[T]":
        """Have a call done in the thread."""
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
            # Who asked may have got an answer from elsewhere: that is no reason for this thread to end.
            with suppress(futures.InvalidStateError):
                try:
                    future.set_result(call())
                except BaseException as error:  # noqa: BLE001 - it belongs to whoever asked
                    future.set_exception(error)
