"""Waits for the client's process to end: another process may keep the server's standard input open."""

import os
from collections.abc import Callable
from threading import Event, Thread

INTERVAL_SECONDS = 10.0
"""Seconds between two checks whether the process still runs."""


def when_it_ends(process_id: int, do: Callable[[], None]) -> None:
    """Call a function, in its own thread, when a process that runs now has ended."""
    # In a container the client's id is that of no process or of another one. On Windows, `os.kill` would end it.
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
