"""The user's cache folder: small files that may be lost or spoilt at any time, and then were never there."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_BLOCK_BYTES = 65_536
"""Bytes that are read at once: nearly all files have less."""
_MAX_FILE_BYTES = 1_000_000
"""Bytes of a file that is read: no answer was ever a tenth of that."""

_PATIENT = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_BINARY"))
"""How a file is opened: a pipe is not waited for, and Windows changes no bytes."""


def cache_folder() -> str:
    """Return where this user's caches of report-ls are; nothing need be there."""
    from platformdirs import user_cache_dir  # noqa: PLC0415 - only many reports are worth its import

    return user_cache_dir("report-ls", appauthor=False)


def recall(folder: str, name: str) -> bytes | None:
    """Return what was put under a name; None where that cannot be read."""
    try:
        descriptor = os.open(f"{folder}/{name}", _PATIENT)
    except (OSError, ValueError):
        return None
    try:
        data = os.read(descriptor, _BLOCK_BYTES)
        return data if len(data) < _BLOCK_BYTES else data + os.read(descriptor, _MAX_FILE_BYTES - _BLOCK_BYTES)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def put(folder: str, name: str, data: bytes) -> None:
    """Put something under a name: wholly or not at all, also where another process does the same."""
    written = Path(folder, f"{name}.{os.getpid()}")
    with suppress(OSError):
        written.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            written.write_bytes(data)
            written.replace(Path(folder, name))
        finally:
            written.unlink(missing_ok=True)


def forget_oldest(folder: str, most: int) -> None:
    """Take away what was put there first, until all together have no more than so many bytes."""
    with suppress(OSError):
        left = sorted(_files(folder))
        n_bytes = sum(size for _, size, _ in left)
        for _, size, path in left:
            if n_bytes <= most:
                return
            os.unlink(path)  # noqa: PTH108 - as listed
            n_bytes -= size


def _files(folder: str) -> Iterator[tuple[int, int, str]]:
    """Yield the time, the size and the path of each file."""
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                yield status.st_mtime_ns, status.st_size, entry.path
