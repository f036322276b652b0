"""What lies on disk: reports, the files beside them, packs, configurations; the only module that reads or writes it.

A file that cannot be read is an `OSError` here; what a report's folder holds is never one, because
a folder nobody may look into is as good as empty.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, TypeVar
from unicodedata import normalize
from urllib.parse import quote

from attrs import field, frozen

from report_ls import git
from report_ls.configuration import (
    FILES,
    Configuration,
    ConfigurationError,
    Fault,
    KeyPath,
    error_at,
    load_configuration,
    nearest,
    show,
)
from report_ls.files import Picture, Tracking, exists
from report_ls.outline import outline
from report_ls.pack import Pack, PackError, choose, shipped
from report_ls.pictures import read_dimensions, read_picture
from report_ls.text import Misread, SourceText


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


def write_result(path: Path, text: str) -> None:
    """Write a text into a file, new or not, as UTF-8. Raises `OSError`."""
    if path.exists() and not path.is_file() and not path.is_char_device():
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


def create_text(path: Path, text: str, other_than: Path) -> None:
    """Write a file, as UTF-8, whether or not there is one; but not over another one. Raises `OSError`."""
    if path.exists() and path.samefile(other_than):
        raise OSError(errno.EINVAL, "that is the report itself")
    path.write_text(text, encoding="utf-8", newline="\n")


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


@frozen
class DiskFiles:
    """The files beside a report on disk: `Files`.

    Each folder is read once, so make a new one to see what has changed. Names are those on disk,
    also where the system would take another spelling for the same file. What a file holds is
    remembered for as long as it keeps its size, time and place, so a new one reads none again.
    """

    root: Path
    """The report's folder."""
    report: str = ""
    """The report's name in it, as far as it is known."""
    template: Path | None = None
    """The file that the report was copied from, as configured."""
    _listings: dict[str, "_Listing"] = field(factory=dict, init=False, repr=False, eq=False)

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder; none if it does not exist or lies outside."""
        return self._list(folder).files

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder, likewise."""
        return self._list(folder).folders

    def forms(self) -> tuple[str, ...]:
        """Return the texts that the report may have been copied from: the template, else its first versions in git."""
        if self.template:
            with suppress(OSError):
                return (read_text(self.template).text,)
        name, now = self.name_in_git(self.report), git.moment(self.root)
        return tuple(decode(content).text for content in git.first_versions(now, name)) if name and now else ()

    def picture(self, path: str) -> Picture | None:
        """Return what a file says of itself; None where nobody can or may look."""
        real = self._real(path)
        return None if real is None else _unless_unreadable(_read_picture, real)

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file, which is read whole for it; None likewise."""
        real = self._real(path)
        return None if real is None else _unless_unreadable(_read_digest, real)

    def dimensions(self, path: str) -> tuple[int, int] | None:
        """Return the width and height of a picture in pixels, as far as they are known."""
        real = self._real(path)
        return None if real is None else _unless_unreadable(_read_dimensions, real)

    def tracking(self, path: str) -> Tracking | None:
        """Return what git knows of a file; None without git, or where it tracks nothing beside the report."""
        name, now = self.name_in_git(path), git.moment(self.root)
        known = git.tracked(now) if name and now else None
        if not name or not now or not known:
            return None
        if name in known:
            return Tracking.TRACKED
        return Tracking.IGNORED if git.is_ignored(now, name) else Tracking.UNTRACKED

    def name_in_git(self, path: str) -> str | None:
        """Return the path under which git knows a file: where links lead, and in NFC as on other systems."""
        real = self._real(path)
        return normalize("NFC", real.relative_to(self._real_root).as_posix()) if real else None

    def content(self, path: str) -> bytes | None:
        """Return all that a file holds; None where nobody can or may look."""
        real = self._real(path)
        try:
            if real:
                with _opened(real) as file:
                    return file.read()
        except OSError:
            pass
        return None

    def _real(self, path: str) -> Path | None:
        """Return where a file that is listed lies; None where a link leads out of the report's folder."""
        if not exists(self, path):
            return None
        try:
            real = (self.root / path).resolve(strict=True)
        except (OSError, RuntimeError):
            return None
        return real if real.is_relative_to(self._real_root) else None

    @cached_property
    def _real_root(self) -> Path:
        return self.root.resolve()

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


_T = TypeVar("_T")


def _unless_unreadable(read: "Callable[[Path, _State], _T]", path: Path) -> _T | None:
    try:
        status = path.stat()
        return read(path, (status.st_size, status.st_mtime_ns, status.st_ino))
    except (OSError, ValueError):
        return None


_State = tuple[int, int, int]
"""Size, time and place of a file: while they stay, so does what it holds."""


@lru_cache(512)
def _read_picture(path: Path, _state: _State) -> Picture:
    with _opened(path) as file:
        return read_picture(file)


@lru_cache(512)
def _read_dimensions(path: Path, _state: _State) -> tuple[int, int] | None:
    with _opened(path) as file:
        return read_dimensions(file)


@lru_cache(512)
def _read_digest(path: Path, _state: _State) -> str:
    digest = sha256()
    with _opened(path) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file and nothing else: whoever opens a pipe waits, and a link was followed before."""
    wanted = ("O_BINARY", "O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC")
    descriptor = os.open(path, sum(getattr(os, name, 0) for name in wanted))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        yield file


def describe_picture(folder: Path, path: str) -> str | None:
    """Return how large a picture below a folder is, its width and height too; None if nobody can or may look."""
    files = DiskFiles(folder)
    picture = files.picture(path)
    if picture is None:
        return None
    dimensions = files.dimensions(path)
    size = _in_words(picture.n_bytes)
    return f"{size}, {dimensions[0]} × {dimensions[1]}" if dimensions else size


def _in_words(n_bytes: int) -> str:
    for unit in ("B", "kB", "MB"):
        if n_bytes < 1000:  # noqa: PLR2004 - units of the SI
            return f"{n_bytes} {unit}"
        n_bytes //= 1000
    return f"{n_bytes} GB"


@cache
def packs() -> tuple[Pack, ...]:
    """Return the packs that come with report-ls, by id."""
    return shipped(read_text(rules_folder() / "packs.json").text)


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
    return read_text(Path(__file__).parent / "completions" / f"report-ls.{shell}").text


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
    from report_ls.pack_file import load  # noqa: PLC0415 - only a pack of somebody's own is YAML

    return load(read_text(path).text, relative(path))


@frozen
class Configured:
    """A configuration, and what it names."""

    path: Path | None = None
    """Its file; None where nothing is configured."""
    configuration: Configuration = field(factory=Configuration)
    pack: Pack | None = None
    template: Path | None = None


@frozen
class Broken:
    """A configuration that cannot be used."""

    path: Path
    """The file in which the mistake stands: its own, or that of the pack it names."""
    error: ConfigurationError | PackError


def find_configuration(folder: Path) -> Configured | Broken:
    """Return the configuration for the reports of a folder: the nearest, there or above, up to the repository's top."""
    start = Path(os.path.abspath(folder))  # noqa: PTH100 - Path.absolute keeps "..", and above that is no folder above
    for place in (start, *start.parents):
        for name, table in FILES.items():
            found = _read_configuration(place / name, table)
            if found:
                return found
        if _exists(place / ".git"):
            break
    return Configured()


def _read_configuration(path: Path, table: KeyPath) -> Configured | Broken | None:
    """Return what a file configures; None if there is no such file or it says nothing of report-ls."""
    try:
        text = configuration_text(path, table)
        if text is None:
            return None
        found = load_configuration(text, relative(path), table)
        return _with_what_it_names(found, path, text, table) if found else None
    except ConfigurationError as error:
        return Broken(path, error)


def configuration_text(path: Path, table: KeyPath) -> str | None:
    """Return the text of a configuration without its byte order mark; None if it does not exist or lacks the table.

    Raises `ConfigurationError`.
    """
    where = relative(path)
    if not _exists(path):
        return None
    if not _is_file(path):
        raise ConfigurationError(where, 1, 1, "this should be a file, and is none: rename it or take it away")
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigurationError(where, 1, 1, f"{reason}: allow it to be read, or take it away") from None
    if not all(key.encode() in data for key in table):
        return None  # So whoever has another pyproject.toml waits for no library, and for no mistake in it.
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = SourceText(data[: error.start].decode("utf-8"))
        line, character = before.position(len(before.text))
        misread = decode(data).misread
        taken_for = f" but {misread.encoding}" if misread else ""
        message = f"this is not UTF-8{taken_for}: save it as UTF-8"
        raise ConfigurationError(where, line + 1, character + 1, message) from None


def _with_what_it_names(found: Configuration, path: Path, text: str, table: KeyPath) -> Configured | Broken:
    """Return a configuration with its pack and its template. Raises `ConfigurationError`."""
    template, pack = None, None
    if found.template:
        template = path.parent / found.template
        fault = _why_not(template, path.parent)
        if fault:
            raise error_at(text, relative(path), Fault((*table, "template"), f"{show(found.template)} {fault}"))
    if found.pack:
        place = path.parent / found.pack
        pack = next((pack for pack in packs() if pack.id == found.pack), None)
        try:
            fault = None if pack else _why_not(place, path.parent)
            pack = pack or (None if fault else _read_pack(place))
        except PackError as error:
            return Broken(place, error)
        except OSError as error:
            fault = f"cannot be read as a file ({(error.strerror or str(error)).lower()})"
        if fault:
            near = nearest(found.pack, [pack.id for pack in packs()])
            raise error_at(
                text, relative(path), Fault((*table, "pack"), f"{show(found.pack)} is no known pack, and {fault}{near}")
            )
    return Configured(path, found, pack, template)


def _why_not(path: Path, folder: Path) -> str | None:
    """Return why a file that a configuration names may not be used; None if it may."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return "leads out of the folder of this configuration: what it names must lie in it"
        return None if path.is_file() else "is no file in the folder of this configuration"
    except (OSError, RuntimeError, ValueError):  # A loop of links, before Python 3.13; a null byte.
        return "cannot be looked for"


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
            # A path is made for few names only: an editor asks for all reports every other second.
            if name.lower().endswith((".md", ".markdown")) and _is_file(path := Path(place, name)):
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


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _may_be_report(path: Path, known: Sequence[Pack]) -> bool:
    try:
        source = read_text(path)
    except OSError:
        return True
    return is_report(path, source, known)


def is_report(path: Path, source: SourceText, known: Sequence[Pack]) -> bool:
    """Say whether a text is a report of its folder: a known pack recognises it, or one is configured there."""
    found = outline(source.plain)
    if choose(found, known):
        return True
    if not found.questions:
        return False
    configured = find_configuration(path.parent)
    return isinstance(configured, Broken) or configured.pack is not None
