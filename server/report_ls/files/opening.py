"""How files that others put somewhere are opened: no pipe is waited for."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

UNFOLLOWED = "O_NOFOLLOW"
"""How what may lie outside is opened: its links were followed before."""


@contextmanager
def opened(path: Path, *flags: str) -> Iterator[BinaryIO]:
    """Open a regular file and nothing else: opening a pipe would wait. Raises `OSError`."""
    more = sum(getattr(os, name, 0) for name in ("O_NONBLOCK", *flags))
    with open(path, "rb", opener=lambda name, usual: os.open(name, usual | more)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not a file")
        yield file


def read_below(top: Path, path: str, most: int) -> bytes | None:
    """Return what a file below a folder holds, of more than `most` bytes the first; None where it may not be read.

    No link is followed.
    """
    try:
        place = top / path
        if place.resolve() != top.resolve() / path:
            return None
        with opened(place, UNFOLLOWED) as file:
            return file.read(most + 1)
    except (OSError, ValueError, RuntimeError):
        return None


def state_below(top: Path, path: str) -> tuple[int, ...]:
    """Return size, time and place of a file below a folder: while they stay, so does what it holds."""
    try:
        status = (top / path).lstat()
    except (OSError, ValueError):
        return ()
    return status.st_size, status.st_mtime_ns, status.st_ino
