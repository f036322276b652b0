"""Waiting for the client's process to end: somebody else may hold our standard input open."""

import os
from collections.abc import Callable
from threading import Event, Thread

INTERVAL_SECONDS = 10.0
"""Seconds between two looks."""


def when_it_ends(process_id: int, do: Callable[[], None]) -> None:
    """Do something, in a thread of its own, when a process that lives now does no more."""
    # In a container the client's number is that of no process or of another one. On Windows to ask is to end it.
    if os.name == "posix" and _lives(process_id):
        Thread(target=_wait, args=(process_id, do), name="client", daemon=True).start()


def _wait(process_id: int, do: Callable[[], None]) -> None:
    never = Event()
    while _lives(process_id):
        never.wait(INTERVAL_SECONDS)
    do()


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True
