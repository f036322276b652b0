"""What files hold, remembered for as long as they keep their size, time and place."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from report_ls.base.sha256 import sha256
from report_ls.files.opening import UNFOLLOWED, opened
from report_ls.files.pictures import MAX_PICTURE_BYTES, read_dimensions, read_picture
from report_ls.files.port import Picture

_T = TypeVar("_T")

_State = tuple[int, int, int]
"""Size, time and place of a file: while they stay, so does what it holds."""
_MAX_SCRIPT_BYTES = 200_000
"""Bytes of a script that is read."""


def unless_unreadable(read: Callable[[Path, _State], _T], path: Path) -> _T | None:
    """Return what one of the functions below reads in a file; None where it cannot or may not be read."""
    try:
        status = path.stat()
        return read(path, (status.st_size, status.st_mtime_ns, status.st_ino))
    except (OSError, ValueError):
        return None


def size_of(_path: Path, state: _State) -> int:
    """Return how many bytes a file has."""
    return state[0]


@lru_cache(512)
def picture_in(path: Path, _state: _State) -> Picture:
    """Return what a file says of itself."""
    with opened(path, UNFOLLOWED) as file:
        return read_picture(file)


@lru_cache(512)
def dimensions_in(path: Path, _state: _State) -> tuple[int, int] | None:
    """Return the width and height of a picture in pixels, as far as they are known."""
    with opened(path, UNFOLLOWED) as file:
        return read_dimensions(file)


@lru_cache(512)
def digest_of(path: Path, state: _State) -> str | None:
    """Return the SHA-256 of a file; None where it is too large to be read whole."""
    if state[0] > MAX_PICTURE_BYTES:
        return None
    digest = sha256()
    with opened(path, UNFOLLOWED) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


@lru_cache(16)
def script_in(path: Path, _state: _State) -> str:
    """Return the text of a script; empty where it is too long."""
    with opened(path, UNFOLLOWED) as file:
        content = file.read(_MAX_SCRIPT_BYTES + 1)
    return content.decode("utf-8") if len(content) <= _MAX_SCRIPT_BYTES else ""
