"""One piece of work many times over, on all cores.

A task that raises, or that takes its process down with it, comes to a value like any other: it costs
itself and never the rest. Each process is given its tasks one by one, so it is known which one ended it.
"""

import gc
import sys
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_QUEUED_PER_PROCESS = 2
"""A process has so many tasks at a time, so that it need not wait for the next one."""
_COLLECTION_THRESHOLD = 50_000


class Crashed(NamedTuple):
    """A task that came to no result."""

    error: str


MIN_TASKS_FOR_PROCESSES = 16
"""From so many tasks on, processes are worth their start."""


def map_in_processes(
    work: Callable[[_Task], _Result], tasks: Sequence[_Task], *, alone: bool = False
) -> Generator[tuple[int, _Result | Crashed], None, None]:
    """Yield the index and the result of each task, in the order in which they are done.

    Few of them, or those that must be `alone`, are done here, many by a process for each core: then
    results are pickled, and where processes cannot be forked, work and tasks are too.
    """
    if alone or len(tasks) < MIN_TASKS_FOR_PROCESSES or sys.platform == "emscripten":  # A browser has no processes.
        yield from ((index, _guarded(work, task)) for index, task in enumerate(tasks))
    else:
        yield from _on_all_cores(work, tasks)


def _on_all_cores(
    work: Callable[[_Task], _Result], tasks: Sequence[_Task]
) -> Generator[tuple[int, _Result | Crashed], None, None]:
    # What only many tasks need takes as long to import as one takes to be done.
    from multiprocessing import cpu_count  # noqa: PLC0415
    from multiprocessing.connection import wait  # noqa: PLC0415

    waiting = deque(range(len(tasks)))
    workers: list[_Worker] = []
    for _ in range(min(cpu_count(), len(tasks))):
        workers.append(_start(work, workers))
    try:
        while waiting or any(worker.given for worker in workers):
            for worker in workers:
                while waiting and len(worker.given) < _QUEUED_PER_PROCESS:
                    worker.give(waiting[0], tasks[waiting.popleft()])
            answered = wait([worker.pipe for worker in workers if worker.given])
            for place, worker in enumerate(workers):
                if worker.pipe not in answered:
                    continue
                index = worker.given.popleft()
                try:
                    data = worker.pipe.recv_bytes()
                except (EOFError, OSError):
                    yield index, Crashed(f"report-ls came to no end with it: {worker.last_word()}")
                    waiting.extendleft(reversed(worker.given))
                    worker.end()
                    workers[place] = _start(work, workers)
                else:
                    yield index, _unpickled(data)
    finally:
        for worker in workers:
            worker.end()


def _guarded(work: Callable[[_Task], _Result], task: _Task) -> _Result | Crashed:
    """Return what a task comes to, also where it raises."""
    try:
        return work(task)
    except Exception as error:  # noqa: BLE001 - one task must not cost the others
        return _failed(error)


def _failed(error: Exception) -> Crashed:
    return Crashed(f"report-ls failed, a fault of its own: {type(error).__name__}: {error}".replace("\n", " "))


def _unpickled(data: bytes) -> Any:  # noqa: ANN401 - whatever the work returns
    import pickle  # noqa: PLC0415 - as above

    try:
        return pickle.loads(data)  # noqa: S301 - from a process of our own
    except Exception as error:  # noqa: BLE001 - exceptions are values here too, and some of them cannot be built again
        return _failed(error)


class _Worker(NamedTuple):
    """A process that works off what it is given."""

    process: "BaseProcess"
    pipe: "Connection"
    given: deque[int]
    """The tasks that it has not yet answered, in their order."""

    def give(self, index: int, task: object) -> None:
        self.given.append(index)
        # One that has ended is noticed when it is asked for its answer.
        with suppress(OSError):
            self.pipe.send(task)

    def last_word(self) -> str:
        """Return why the process has ended."""
        self.process.join()
        status = self.process.exitcode or 0
        return f"its process was killed (signal {-status})" if status < 0 else f"its process ended (status {status})"

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


def _start(work: Callable[[Any], Any], others: Sequence[_Worker]) -> _Worker:
    from multiprocessing import get_context  # noqa: PLC0415 - as above

    # Forking is quick, and safe on Linux where there is but one thread, as here.
    is_forked = sys.platform == "linux"
    context: Any = get_context("fork" if is_forked else "spawn")
    ours, theirs = context.Pipe()
    inherited = [ours, *(other.pipe for other in others)] if is_forked else []
    process = context.Process(target=_work_off, args=(theirs, work, inherited), daemon=True)
    process.start()
    # Ours alone keeps it open then, so that a process that ends is seen to close its own.
    theirs.close()
    return _Worker(process, ours, deque())


def _work_off(pipe: "Connection", work: Callable[[Any], Any], inherited: Sequence["Connection"]) -> None:
    import pickle  # noqa: PLC0415 - as above
    from signal import SIG_IGN, SIGINT, signal  # noqa: PLC0415 - likewise

    # Ctrl-C is for the process that a person sees; it ends this one.
    signal(SIGINT, SIG_IGN)
    # As long as these were open here, it would not be seen that the process that has started this one is gone.
    for other in inherited:
        other.close()
    gc.freeze()
    gc.set_threshold(_COLLECTION_THRESHOLD)
    with suppress(EOFError, OSError):
        while True:
            result = _guarded(work, pipe.recv())
            try:
                data = pickle.dumps(result)
            except Exception as error:  # noqa: BLE001 - as in unpickling
                data = pickle.dumps(_failed(error))
            pipe.send_bytes(data)
