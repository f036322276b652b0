"""Whether files and folders are unchanged: by their times, sizes and places, without reading them."""

import os
import sys
import zlib
from collections.abc import Iterator
from operator import attrgetter
from stat import S_IFMT

Trace = str
"""What tells one state of a file or folder from another, in numbers; empty where nothing is."""


def read_trace(path: str) -> Trace:
    """Return the trace of a path, without following links; if it ends in `/`, only the kind of thing it is.

    What has other times all day, such as the folder of a repository's state, is looked at in that way.
    """
    is_kind_asked = path.endswith("/")
    try:
        status = os.lstat(path.rstrip("/") or path if is_kind_asked else path)
    except (OSError, ValueError):
        return ""
    if is_kind_asked:
        return str(S_IFMT(status.st_mode))
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size} {status.st_ino} {status.st_mode}"


def is_older(trace: Trace, time: int) -> bool:
    """Say whether a trace is of before a time in nanoseconds."""
    return max(map(int, trace.split()[:2]), default=0) < time


def surroundings(program: str) -> str:
    """Return a short word for what else decides what a program says: its files, libraries, git and its settings."""
    variables = sorted((name, value) for name, value in os.environ.items() if name.startswith("GIT_"))
    home, configured, programs = (os.environ.get(name, "") for name in ("HOME", "XDG_CONFIG_HOME", "PATH"))
    places = [f"{home}/.gitconfig", f"{home}/.config/git/config", f"{configured}/git/config", "/etc/gitconfig"]
    # A folder changes when a library or a program in it is exchanged; the current folder is no library.
    here = os.getcwd()  # noqa: PTH109 - as text
    libraries = [path for path in sys.path if path not in ("", here)]
    places += [*programs.split(os.pathsep), *libraries, *_files_below(program)]
    found = sys.version, here, variables, [(path, read_trace(path)) for path in places]
    return f"{zlib.crc32(ascii(found).encode()):08x}"


def _files_below(folder: str) -> Iterator[str]:
    """Yield the files below a folder but what Python has made of them."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=attrgetter("name")):
            if not entry.is_dir():
                yield entry.path
            elif entry.name != "__pycache__":
                yield from _files_below(entry.path)
