"""The files beside a report, on disk: answers what `port.py` asks.

What a report's folder holds is never an error, because a folder that may not be read is as good as
empty.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISLNK
from unicodedata import normalize

from report_ls.base.cached import cached_property
from report_ls.files import git
from report_ls.files.contents import digest_of, dimensions_in, picture_in, script_in, size_of, unless_unreadable
from report_ls.files.listing import NOTHING, Listing, listing
from report_ls.files.opening import UNFOLLOWED, opened
from report_ls.files.pictures import MAX_PICTURE_BYTES
from report_ls.files.port import CountedTests, Home, Picture, Tracking, Tree
from report_ls.files.targets import exists
from report_ls.files.text_files import decode, read_text

SCRIPT = "report.py"
"""The name of the course's script, which is handed out beside the form."""


class DiskFiles:
    """The files beside a report on disk: `Files`.

    Each folder is read once, so make a new one to see what has changed. Names are those on disk,
    also where the system would take another spelling for the same file; but an accent is spelled as
    git has it, whose file the course gets. What a file holds is
    remembered for as long as it keeps its size, time and place, so a new one reads none again.
    """

    root: Path
    """The report's folder."""
    report: str
    """The report's name in it, as far as it is known."""
    template: Path | None
    """The file that the report was copied from, as configured."""
    is_trusted: bool
    """What lies in the folder may say how the report is judged."""

    def __init__(self, root: Path, report: str = "", template: Path | None = None, is_trusted: bool = True) -> None:  # noqa: FBT001, FBT002 - a field
        self.root = root
        self.report = report
        self.template = template
        self.is_trusted = is_trusted
        self._listings: dict[str, Listing] = {}
        self._reals: dict[str, Path | None] = {}
        self._real_folders: dict[str, Path] = {}

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder; none if it does not exist or lies outside."""
        return self._list(folder).files

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder, likewise."""
        return self._list(folder).folders

    def folder(self) -> str:
        """Return the name of the folder itself."""
        return self._real_root.name

    def forms(self) -> tuple[str, ...]:
        """Return the texts that the report may have been copied from: the template, else its first versions in git."""
        if not self.is_trusted:
            return ()
        if self.template:
            with suppress(OSError):
                return (read_text(self.template).text,)
        name, now = self.name_in_git(self.report), self._moment
        return tuple(decode(content).text for content in git.first_versions(now, name)) if name and now else ()

    def script(self) -> str:
        """Return the text of the course's script beside the report; empty where it may not or cannot be read."""
        real = self._real(SCRIPT) if self.is_trusted else None
        return (real and unless_unreadable(script_in, real)) or ""

    def n_bytes(self, path: str) -> int | None:
        """Return how many bytes a file has; None where it may not be read."""
        real = self._real(path)
        return None if real is None else unless_unreadable(size_of, real)

    def picture(self, path: str) -> Picture | None:
        """Return what a file says of itself; None where it cannot or may not be read."""
        real = self._real(path)
        return None if real is None else unless_unreadable(picture_in, real)

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file, which is read whole for it; None likewise, or where that is too much."""
        real = self._real(path)
        return None if real is None else unless_unreadable(digest_of, real)

    def dimensions(self, path: str) -> tuple[int, int] | None:
        """Return the width and height of a picture in pixels, as far as they are known."""
        real = self._real(path)
        return None if real is None else unless_unreadable(dimensions_in, real)

    def tracking(self, path: str) -> Tracking | None:
        """Return what git knows of a file; None without git, or where it tracks nothing beside the report."""
        name, now = self.name_in_git(path), self._moment
        known = git.tracked(now) if name and now else None
        if not name or not now or not known:
            return None
        if name in known:
            return Tracking.TRACKED
        return Tracking.IGNORED if git.is_ignored(now, name) else Tracking.UNTRACKED

    def tree(self) -> Tree | None:
        """Return what git tracks of the repository; None likewise."""
        now = self._moment
        return git.tree(now) if now else None

    def tests(self) -> CountedTests | None:
        """Return nothing: only `ProjectFiles` reads what lies outside of the folder."""
        return None

    def home(self) -> Home | None:
        """Return where the repository lies on GitHub; None where it does not, or it cannot be told."""
        now = self._moment
        return git.home(now) if now else None

    def lies(self, path: str) -> bool:
        """Say whether anything lies at a path, here seen from the top of the repository, on this computer.

        Behind a link anything may lie: none is followed.
        """
        now = self._moment
        if now is None:
            return False
        place = now.top
        for part in path.split("/"):
            place /= part
            if not os.path.lexists(place):
                return False
            if place.is_symlink():
                break
        return True

    def name_in_git(self, path: str) -> str | None:
        """Return the path under which git knows a file: where links lead, and in NFC as on other systems."""
        real = self._real(path)
        return normalize("NFC", real.relative_to(self._real_root).as_posix()) if real else None

    def content(self, path: str) -> bytes | None:
        """Return all that a file holds; None where it cannot or may not be read, or is too large."""
        real = self._real(path)
        try:
            if real and real.stat().st_size <= MAX_PICTURE_BYTES:
                with opened(real, UNFOLLOWED) as file:
                    return file.read()
        except OSError:
            pass
        return None

    def _real(self, path: str) -> Path | None:
        """Return where a file that is listed lies; None where a link leads out of the report's folder."""
        if path not in self._reals:
            self._reals[path] = self._resolved(path)
        return self._reals[path]

    def _resolved(self, path: str) -> Path | None:
        if not exists(self, path):
            return None
        folder, _, name = path.rpartition("/")
        try:
            place = self._real_folder(folder) / self._list(folder).on_disk.get(name, name)
            if not S_ISLNK(place.lstat().st_mode):
                return place  # Folders that are listed lie inside: to look at each part again would take long.
            real = place.resolve(strict=True)
        except (OSError, RuntimeError):
            return None
        return real if real.is_relative_to(self._real_root) else None

    def _real_folder(self, folder: str) -> Path:
        """Return where a folder lies whose files are listed; "" is the report's own."""
        if folder not in self._real_folders:
            parent, _, name = folder.rpartition("/")
            place = self._on_disk(parent, name) if folder else self.root
            self._real_folders[folder] = place.resolve()
        return self._real_folders[folder]

    @cached_property
    def _moment(self) -> git.RepositoryState | None:
        return git.repository_state(self.root)

    @property
    def _real_root(self) -> Path:
        return self._real_folder("")

    def _list(self, folder: str) -> Listing:
        if folder not in self._listings:
            self._listings[folder] = self._read(folder)
        return self._listings[folder]

    def _read(self, folder: str) -> Listing:
        parent, _, name = folder.rpartition("/")
        # Only what its parent lists: no disk lists a folder "..", nor a name in another spelling.
        if folder.startswith("/") or (folder and name not in self.folders(parent)):
            return NOTHING
        try:
            if folder and not self._is_inside(folder):
                return NOTHING
            return self._as_in_git(folder, listing(self._real_folder(folder)))
        except (OSError, RuntimeError):  # RuntimeError: how Python before 3.13 reports a loop of links.
            return NOTHING

    def _on_disk(self, folder: str, name: str) -> Path:
        """Return where something that is listed in a folder lies, as the disk calls it."""
        parent, _, own = folder.rpartition("/")
        place = self._on_disk(parent, own) if folder else self.root
        return place / self._list(folder).on_disk.get(name, name)

    def _as_in_git(self, folder: str, found: Listing) -> Listing:
        """Return what lies in a folder, with the accents of names as git spells them, if it tracks them."""
        if all(map(str.isascii, (*found.files, *found.folders))):
            return found
        now = self._moment
        if now is None:
            return found
        start = f"{folder}/" if folder else ""

        def spelled(names: frozenset[str], known: Mapping[str, str]) -> dict[str, str]:
            return {name: known.get(normalize("NFC", start + name), name).rpartition("/")[2] for name in names}

        files, folders = spelled(found.files, git.tracked(now) or {}), spelled(found.folders, git.tracked_folders(now))
        on_disk = {spelling: name for name, spelling in {**files, **folders}.items() if spelling != name}
        if not on_disk.keys().isdisjoint(found.files | found.folders):
            return found  # Two whose names look the same.
        return Listing(frozenset(files.values()), frozenset(folders.values()), on_disk)

    def _is_inside(self, folder: str) -> bool:
        """Say whether a folder lies below the root, and not in a circle that links draw."""
        real = self._real_folder(folder)
        above = folder.rpartition("/")[0]
        while above:
            if self._real_folder(above) == real:
                return False
            above = above.rpartition("/")[0]
        return real != self._real_root and real.is_relative_to(self._real_root)


def describe_picture(folder: Path, path: str) -> str | None:
    """Return how large a picture below a folder is, its width and height too; None if it cannot or may not be read."""
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
