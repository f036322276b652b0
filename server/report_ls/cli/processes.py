"""Runs one function over many tasks, on all cores.

A task that raises, or that kills its process, yields a `Crashed` and does not disturb the other tasks. A
process gets its tasks one by one and answers them in order, so the parent knows which task has killed it.
"""

import gc
import sys
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from report_ls.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_QUEUED_PER_PROCESS = 2
"""Tasks that a process has at a time: with two it never waits for the next one."""
_COLLECTION_THRESHOLD = 50_000


class Crashed(NamedTuple):
    """The result of a task that raised or killed its process."""

    error: str


MIN_TASKS_FOR_PROCESSES = 16
"""With fewer tasks, starting processes takes longer than it saves."""


def map_in_processes(
    work: Callable[[_Task], _Result], tasks: Sequence[_Task], *, alone: bool = False
) -> Generator[tuple[int, _Result | Crashed], None, None]:
    """Yield the index and the result of each task, in the order in which the tasks end.

    With `alone`, or for few tasks, all work is done in this process. Else each core gets a process: then
    results are pickled, and also work and tasks where processes cannot be forked.
    """
    if alone or len(tasks) < MIN_TASKS_FOR_PROCESSES or sys.platform == "emscripten":  # A browser has no processes.
        yield from ((index, _guarded(work, task)) for index, task in enumerate(tasks))
    else:
        yield from _on_all_cores(work, tasks)


def _on_all_cores(
    work: Callable[[_Task], _Result], tasks: Sequence[_Task]
) -> Generator[tuple[int, _Result | Crashed], None, None]:
    # Imported here because this import takes as long as one task.
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
                    yield index, Crashed(f"report-ls crashed on this file: {worker.last_word()}")
                    waiting.extendleft(reversed(worker.given))
                    worker.end()
                    workers[place] = _start(work, workers)
                else:
                    yield index, _unpickled(data)
    finally:
        for worker in workers:
            worker.end()


def _guarded(work: Callable[[_Task], _Result], task: _Task) -> _Result | Crashed:
    """Return the result of a task; `Crashed` if it raises."""
    try:
        return work(task)
    except Exception as error:  # noqa: BLE001 - one task must not cost the others
        return _failed(error)


def _failed(error: Exception) -> Crashed:
    return Crashed(f"report-ls failed because of a bug in it: {type(error).__name__}: {error}".replace("\n", " "))


def _unpickled(data: bytes) -> Any:  # noqa: ANN401 - any result of the work
    import pickle  # noqa: PLC0415 - as above

    try:
        return pickle.loads(data)  # noqa: S301 - from a process of our own
    except Exception as error:  # noqa: BLE001 - a result may be an exception, and some exceptions cannot be unpickled
        return _failed(error)


class _Worker(NamedTuple):
    """A process, and the tasks that it was given."""

    process: "BaseProcess"
    pipe: "Connection"
    given: deque[int]
    """The indexes of the tasks that it has not answered yet, in the order in which it got them."""

    def give(self, index: int, task: object) -> None:
        self.given.append(index)
        # If the process has ended, the parent notices when it reads the answer.
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


def _start(work: Callable[[Any], Any], workers: Sequence[_Worker]) -> _Worker:
    from multiprocessing import get_context  # noqa: PLC0415 - as above

    # Forking is quick. It is safe on Linux while there is only one thread, as here.
    is_forked = sys.platform == "linux"
    context: Any = get_context("fork" if is_forked else "spawn")
    ours, theirs = context.Pipe()
    inherited = [ours, *(worker.pipe for worker in workers)] if is_forked else []
    process = context.Process(target=_work_off, args=(theirs, work, inherited), daemon=True)
    process.start()
    # Only the child holds this end now, so when the child ends, the parent's next read fails.
    theirs.close()
    return _Worker(process, ours, deque())


def _work_off(pipe: "Connection", work: Callable[[Any], Any], inherited: Sequence["Connection"]) -> None:
    import pickle  # noqa: PLC0415 - as above
    from signal import SIG_IGN, SIGINT, signal  # noqa: PLC0415 - likewise

    # Ctrl-C is for the parent, which then ends this process.
    signal(SIGINT, SIG_IGN)
    # While a child holds the parent's ends of pipes, no child would notice that the parent is gone.
    for pipe_of_parent in inherited:
        pipe_of_parent.close()
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
