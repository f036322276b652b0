"""Text files: read whatever their encoding, written wholly or not at all, and named as users see them.

A file that cannot be read or written is an `OSError`.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from report_ls.files.opening import opened
from report_ls.files.paths import leads_out

if TYPE_CHECKING:
    from report_ls.base.text import SourceText

MAX_TEXT_BYTES = 4_000_000
"""The largest text that is read: eighty times the longest known report."""


def read_text(path: Path) -> "SourceText":
    """Read a file, whatever its encoding; line ends and a byte order mark are part of the text. Raises `OSError`."""
    return decode(read_bytes(path))


Stamp = tuple[int, int, int]


def stamp(path: Path) -> Stamp:
    """Return what tells one state of a file from another without reading it. Raises `OSError`."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ino


def read_bytes(path: Path, at_most: int = MAX_TEXT_BYTES) -> bytes:
    """Read a file that is not larger than any of its kind. Raises `OSError`."""
    with opened(path) as file:
        # Some file systems do not know how large a file is until it is read.
        size = os.fstat(file.fileno()).st_size
        data = b"" if size > at_most else file.read(at_most + 1)
    if max(size, len(data)) > at_most:
        raise TooLargeError(errno.EFBIG, f"it is larger than {at_most // 1_000_000} megabytes")
    return data


class TooLargeError(OSError):
    """A file is larger than any of its kind."""


def decode(data: bytes) -> "SourceText":
    """Read a text from bytes: UTF-8, else what its byte order mark says, else a Western code page."""
    # Who only names files waits for no text: the command, where all that is asked is known from an earlier run.
    from report_ls.base.text import DecodedAs, SourceText  # noqa: PLC0415

    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return SourceText(data.decode(codec, "replace"), DecodedAs(0, "UTF-16"))
    try:
        return SourceText(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        first = error.start
    # Both code pages make one character of each byte, so its offset is the byte's.
    with suppress(UnicodeDecodeError):
        return SourceText(data.decode("cp1252"), DecodedAs(first, "Windows-1252"))
    # Five bytes mean nothing in Windows-1252; in Latin-1 every byte means something.
    return SourceText(data.decode("latin-1"), DecodedAs(first, "Latin-1"))


def write_text(path: Path, text: str, instead_of: str) -> None:
    """Replace a file's text, as UTF-8: wholly or, when something goes wrong or another text is there, not at all.

    A symbolic link stays one, and the file keeps its owner, its permissions and its other names. Raises `OSError`.
    """
    target = path.resolve(strict=True)
    if not os.access(target, os.W_OK):
        # A rename needs no permission on the file itself, but a user who took that away meant it.
        raise PermissionError(errno.EACCES, "it is read-only")
    _replace(target, text.encode("utf-8"), instead_of.encode("utf-8"))


def write_result(path: Path, text: str, other_than: Iterable[Path]) -> None:
    """Write a text into a file, new or not, as UTF-8: wholly or not at all, and not over some others.

    Raises `OSError`.
    """
    data = text.encode("utf-8", "backslashreplace")
    if path.exists():
        if any(path.samefile(other) for other in other_than if other.exists()):
            raise OSError(errno.EINVAL, "that is the report itself")
        if path.is_char_device():
            path.write_bytes(data)
            return
    if path.is_symlink():
        raise OSError(errno.EINVAL, "it is a link to another file")
    if _is_led_out(path.parent):
        raise OSError(errno.EINVAL, "a link on the way leads out of the current folder")
    if path.exists() and not path.is_file():
        # Writing into a pipe waits for a reader.
        raise OSError(errno.EINVAL, "it is not a file")
    _replace(path, data)


def _is_led_out(folder: Path) -> bool:
    """Say whether a folder is, by its name, in the current one, and links lead out of that."""
    try:
        here, named = Path.cwd(), Path(os.path.abspath(folder))  # noqa: PTH100 - as it is written, links and all
    except FileNotFoundError:
        return False
    return named.is_relative_to(here) and leads_out(folder, here)


def _replace(target: Path, data: bytes, before: bytes | None = None) -> None:
    """Replace a file's bytes atomically; where `before` is given, only if the file still holds it.

    Raises `OSError`.
    """
    import tempfile  # noqa: PLC0415 - a check writes nothing

    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".report-ls.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        is_like = _is_made_like(temporary, target)
        if before is not None and read_bytes(target) != before:
            raise OSError(errno.EBUSY, "it was saved meanwhile, so run this again")
        if is_like:
            temporary.replace(target)
        else:
            _overwrite(target, data)
    finally:
        temporary.unlink(missing_ok=True)


def _is_made_like(temporary: Path, target: Path) -> bool:
    """Give a file the permissions and the owner of another; say whether it can then take that one's place."""
    try:
        status = target.stat()
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        return True
    temporary.chmod(stat.S_IMODE(status.st_mode))
    if os.name == "posix":
        with suppress(PermissionError):
            os.chown(temporary, status.st_uid, status.st_gid)
            temporary.chmod(stat.S_IMODE(status.st_mode))  # Another owner takes some of them away.
    now = temporary.stat()
    return status.st_nlink == 1 and (now.st_uid, now.st_gid) == (status.st_uid, status.st_gid)


def _overwrite(target: Path, data: bytes) -> None:
    """Write into a file itself, which has other names or another owner; what was there returns when that fails."""
    with target.open("r+b") as file:
        before = file.read()
        try:
            _put(file, data)
        except BaseException:
            _put(file, before)
            raise


def _put(file: BinaryIO, data: bytes) -> None:
    file.seek(0)
    file.write(data)
    file.flush()
    file.truncate()


def top_of_repository() -> Path:
    """Return the top of the git repository of the current folder; outside of any, the current folder."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if folder.joinpath(".git").exists()), here)


def relative_below(folder: Path) -> Callable[[Path], str]:
    """Return what `relative` does of paths below a folder: where that lies is found out once."""
    start = f"{folder}{os.sep}"
    place = relative(folder)
    before = "" if place == "." else f"{place.rstrip('/')}/"

    def relative_there(path: Path) -> str:
        below = str(path)
        return before + below.removeprefix(start).replace(os.sep, "/") if below.startswith(start) else relative(path)

    return relative_there


def place_in_repository() -> str:
    """Return the current folder as seen from the top of its git repository, with slashes; outside of any, nothing."""
    place = Path.cwd().relative_to(top_of_repository()).as_posix()
    return "" if place == "." else place


def put_text(path: Path, text: str, instead_of: str | None) -> None:
    """Write a file, as UTF-8, also over a known text, in folders that need not be there yet. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if instead_of is not None:
        write_text(path, text, instead_of)
    elif path.exists():
        raise FileExistsError(errno.EEXIST, "it was written meanwhile")
    else:
        _replace(path, text.encode("utf-8"))


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
    """Return a path as seen from the current folder, with slashes; as it is where that is gone or on another drive."""
    if not path.is_absolute() and ".." not in path.parts:
        return path.as_posix()  # As nearly all are, and of a class there are thousands.
    try:
        return Path(os.path.relpath(path)).as_posix()
    except (ValueError, FileNotFoundError):
        return path.as_posix()
