"""What lies on disk: reports, the files beside them, packs; the only module that reads or writes it.

A file that cannot be read is an `OSError` here; what a report's folder holds is never one, because
a folder nobody may look into is as good as empty.
"""

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from attrs import field, frozen

from report_ls.pack import Pack, choose, load, shipped
from report_ls.report import outline
from report_ls.text import SourceText


@frozen
class ReadText:
    """A text as it was read."""

    source: SourceText
    """Line ends and a byte order mark are part of it."""
    fallback: str | None = None
    """The encoding it was taken for, as users know it, where it is not UTF-8."""


def read_text(path: Path) -> ReadText:
    """Read a file, whatever its encoding. Raises `OSError`."""
    return decode(path.read_bytes())


def decode(data: bytes) -> ReadText:
    """Read a text from bytes: UTF-8, else what its byte order mark says, else a Western code page."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return ReadText(SourceText(data.decode(codec, "replace")), "UTF-16")
    with suppress(UnicodeDecodeError):
        return ReadText(SourceText(data.decode("utf-8")))
    with suppress(UnicodeDecodeError):
        return ReadText(SourceText(data.decode("cp1252")), "Windows-1252")
    # Five bytes mean nothing in Windows-1252; in Latin-1 every byte means something.
    return ReadText(SourceText(data.decode("latin-1")), "Latin-1")


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


def write_result(path: Path, text: str) -> None:
    """Write a text into a file, new or not, as UTF-8. Raises `OSError`."""
    if path.exists() and not path.is_file() and not path.is_char_device():
        # Whoever writes into a pipe waits until somebody reads.
        raise OSError(errno.EINVAL, "it is no file")
    path.write_bytes(text.encode("utf-8", "backslashreplace"))


def place_in_repository() -> str:
    """Return the current folder as seen from the top of its git repository, with slashes; outside of any, nothing."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if folder.joinpath(".git").exists():
            return "" if folder == here else here.relative_to(folder).as_posix()
    return ""


def relative(path: Path) -> str:
    """Return a path as seen from the current folder, with slashes; absolute on another drive only."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.absolute().as_posix()


@frozen
class DiskFiles:
    """The files beside a report on disk: `Files`.

    Each folder is read once, so make a new one to see what has changed. Names are those on disk,
    also where the system would take another spelling for the same file.
    """

    root: Path
    """The report's folder."""
    _listings: dict[str, "_Listing"] = field(factory=dict, init=False, repr=False, eq=False)

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder; none if it does not exist or lies outside."""
        return self._list(folder).files

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder, likewise."""
        return self._list(folder).folders

    def _list(self, folder: str) -> "_Listing":
        if folder not in self._listings:
            self._listings[folder] = self._read(folder)
        return self._listings[folder]

    def _read(self, folder: str) -> "_Listing":
        parent, _, name = folder.rpartition("/")
        # Only what its parent lists: no disk lists a folder "..", nor a name in another spelling.
        if folder.startswith("/") or (folder and name not in self.folders(parent)):
            return _NOTHING
        place = self.root / folder
        try:
            if folder and not self._is_inside(place):
                return _NOTHING
            return _listing(place)
        except (OSError, RuntimeError):  # RuntimeError: how Python before 3.13 reports a loop of links.
            return _NOTHING

    def _is_inside(self, place: Path) -> bool:
        """Say whether a folder lies below the root, and not in a circle that links draw."""
        root = self.root.resolve()
        real = place.resolve()
        above = place.parent
        while above != self.root:
            if above.resolve() == real:
                return False
            above = above.parent
        return real != root and real.is_relative_to(root)


@frozen
class _Listing:
    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()


_NOTHING = _Listing()


def _listing(place: Path) -> _Listing:
    files, folders = set(), set()
    with os.scandir(place) as entries:
        for entry in entries:
            # A link that leads nowhere, or in a circle, must not hide its neighbours.
            with suppress(OSError):
                if entry.is_dir():
                    folders.add(entry.name)
                elif entry.is_file():
                    files.add(entry.name)
    return _Listing(frozenset(files), frozenset(folders))


def picture_size(folder: Path, path: str) -> str | None:
    """Return how large a file below a folder is, in words; None if it cannot be seen."""
    try:
        n_bytes = folder.joinpath(path).lstat().st_size
    except OSError:
        return None
    for unit in ("B", "kB", "MB"):
        if n_bytes < 1000:  # noqa: PLR2004 - units of the SI
            return f"{n_bytes} {unit}"
        n_bytes //= 1000
    return f"{n_bytes} GB"


@cache
def packs() -> tuple[Pack, ...]:
    """Return the packs that come with report-ls, by id."""
    return shipped(read_text(rules_folder() / "packs.json").source.text)


@cache
def rules_folder() -> Path:
    """Return where the packs and the reference of the checks lie."""
    inside = Path(__file__).parent / "rules"
    # The wheel carries them in the package; in a checkout they stand at its top.
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


_SHORTLY = 100
"""So many milliseconds are waited for a first change, before anything is judged, so that none is missed."""


def changes(folders: Sequence[Path]) -> Iterator[None]:
    """Yield at once, and then whenever something below the folders has changed.

    Raises `ImportError` where watchfiles is not installed.
    """
    from watchfiles import watch  # noqa: PLC0415 - it need not be installed

    is_first = True
    for changed in watch(*folders, rust_timeout=_SHORTLY, yield_on_timeout=True, ignore_permission_denied=True):
        if changed or is_first:
            yield
        is_first = False


def completion(shell: str) -> str:
    """Return the script that completes the command's options in a shell."""
    return read_text(Path(__file__).parent / "completions" / f"report-ls.{shell}").source.text


def load_pack(name: str) -> Pack | None:
    """Return a pack by its id or its file; None if the name is no known id and does not look like a file.

    Raises `PackError`, or `OSError` where the file cannot be read.
    """
    for pack in packs():
        if pack.id == name:
            return pack
    looks_like_file = name.endswith((".yaml", ".yml")) or "/" in name or os.sep in name
    if not looks_like_file:
        return None
    path = Path(name)
    if path.exists() and not path.is_file():
        # Whoever reads a pipe waits until somebody writes.
        raise OSError(errno.EINVAL, "it is no file")
    return _read_pack(path)


def _read_pack(path: Path) -> Pack:
    return load(read_text(path).source.text, relative(path))


_USUAL_PLACES = "report.md", "reports/README.md", "report/README.md", "README.md"


def usual_report(folder: Path, known: Sequence[Pack]) -> Path | None:
    """Return the report of a folder that is a project, if it lies where it usually does."""
    for place in _USUAL_PLACES:
        path = folder / place
        if _is_file(path) and _may_be_report(path, known):
            return path
    return None


def find_reports(folder: Path, known: Sequence[Pack]) -> tuple[Path, ...]:
    """Return the Markdown files below a folder whose questions a known pack recognises, sorted.

    A file that cannot be read is among them: it may be a report, and whoever reads it will say so.
    """
    return tuple(sorted(path for path in markdown_below(folder) if _may_be_report(path, known)))


def markdown_below(folder: Path) -> Iterator[Path]:
    """Yield the Markdown files below a folder, without those of other people."""
    for place, folders, names in os.walk(folder):
        if "pyvenv.cfg" in names and place != str(folder):
            folders.clear()
            continue
        folders[:] = _worth_entering(folders)
        for name in names:
            path = Path(place, name)
            if name.lower().endswith((".md", ".markdown")) and _is_file(path):
                yield path


def _worth_entering(folders: Iterable[str]) -> list[str]:
    """Leave out what holds other people's Markdown."""
    return [name for name in folders if not name.startswith(".") and name not in ("node_modules", "site-packages")]


def folders_in(folder: Path) -> list[str]:
    """Return the names of the folders in a folder that may hold a report."""
    try:
        return _worth_entering(sorted(_listing(folder).folders))
    except OSError:
        return []


def is_folder(path: Path) -> bool:
    """Say whether a path is a folder; what nobody may look at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _may_be_report(path: Path, known: Sequence[Pack]) -> bool:
    try:
        source = read_text(path).source
    except OSError:
        return True
    return choose(outline(source.plain), known) is not None
