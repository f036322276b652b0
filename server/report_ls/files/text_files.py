"""Text files: read whatever their encoding, written wholly or not at all, and named as users see them.

A file that cannot be read or written is an `OSError`.
"""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from report_ls.base.text import Misread, SourceText


def read_text(path: Path) -> SourceText:
    """Read a file, whatever its encoding; line ends and a byte order mark are part of the text. Raises `OSError`."""
    return decode(path.read_bytes())


def decode(data: bytes) -> SourceText:
    """Read a text from bytes: UTF-8, else what its byte order mark says, else a Western code page."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return SourceText(data.decode(codec, "replace"), Misread(0, "UTF-16"))
    try:
        return SourceText(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        first = error.start
    # Both code pages make one character of each byte, so its offset is the byte's.
    with suppress(UnicodeDecodeError):
        return SourceText(data.decode("cp1252"), Misread(first, "Windows-1252"))
    # Five bytes mean nothing in Windows-1252; in Latin-1 every byte means something.
    return SourceText(data.decode("latin-1"), Misread(first, "Latin-1"))


def write_text(path: Path, text: str) -> None:
    """Replace a file's text, as UTF-8: wholly or, when something goes wrong, not at all.

    A symbolic link stays one, and the file keeps its permissions. Raises `OSError`.
    """
    import shutil  # noqa: PLC0415 - only --fix writes
    import tempfile  # noqa: PLC0415 - likewise

    target = path.resolve()
    if not target.is_file():
        raise OSError(errno.EINVAL, "it is no file")
    if not os.access(target, os.W_OK):
        # A rename needs no permission on the file itself, but who took it away meant it.
        raise PermissionError(errno.EACCES, "it is read-only")
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8"))
        shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_result(path: Path, text: str, other_than: Iterable[Path]) -> None:
    """Write a text into a file, new or not, as UTF-8; but not over some others. Raises `OSError`."""
    if path.exists():
        if any(path.samefile(other) for other in other_than if other.exists()):
            raise OSError(errno.EINVAL, "that is the report itself")
        if not path.is_file() and not path.is_char_device():
            # Whoever writes into a pipe waits until somebody reads.
            raise OSError(errno.EINVAL, "it is no file")
    path.write_bytes(text.encode("utf-8", "backslashreplace"))


def top_of_repository() -> Path:
    """Return the top of the git repository of the current folder; outside of any, the current folder."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if folder.joinpath(".git").exists()), here)


def place_in_repository() -> str:
    """Return the current folder as seen from the top of its git repository, with slashes; outside of any, nothing."""
    place = Path.cwd().relative_to(top_of_repository()).as_posix()
    return "" if place == "." else place


def put_text(path: Path, text: str) -> None:
    """Write a file, as UTF-8, also over another one, in folders that need not be there yet. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        write_text(path, text)
    else:
        path.write_text(text, encoding="utf-8", newline="\n")


def reason(error: OSError) -> str:
    """Return why a file cannot be used, in plain words."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return (error.strerror or str(error)).lower()


def folder_from(path: Path, page: Path) -> str:
    """Return the folder of a file as a URL seen from a page; empty where both lie in one."""
    folder, start = path.resolve().parent, page.resolve().parent
    try:
        way = Path(os.path.relpath(folder, start)).as_posix()
    except ValueError:
        return folder.as_uri()  # It lies on another drive.
    return "" if way == "." else quote(way)


def relative(path: Path) -> str:
    """Return a path as seen from the current folder, with slashes; absolute on another drive only."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.absolute().as_posix()
