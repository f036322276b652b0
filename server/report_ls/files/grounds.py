"""What a judgement rests on: all places of a disk that, if they were others, could make it another one."""

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from report_ls.files import git
from report_ls.files.disk import SCRIPT
from report_ls.files.opening import read_below
from report_ls.files.port import Tracking

_OF_GIT = (
    *("HEAD", "index", "config", "config.worktree", "packed-refs", "logs/HEAD", "reftable/tables.list", "shallow"),
    *("commondir", "objects/info/alternates"),
)
"""What of a repository's own folder tells what git would answer."""
_MAX_HEAD_BYTES = 4096


def read_grounds(
    report: Path, asked: Iterable[tuple[str, tuple[str, ...], object]], others: Iterable[Path]
) -> Collection[str] | None:
    """Return the places for what was asked of the files beside a report, and for others; as `traces.py` takes them.

    None where that is not sure: a link, a name that git may spell otherwise, a file that a rule keeps out of git.
    """
    folder = Path(os.path.realpath(report.parent))
    place = folder / report.name
    files, folders, kinds = {place, folder / SCRIPT}, {folder}, set[Path]()
    now = git.repository_state(folder)
    for method, about, said in asked:
        (path,) = about or ("",)
        if not path.isascii():
            return None
        if method == "lies":
            kinds |= _up_to(now.top / path, now.top) if now else set()
        elif method == "tracking" and said not in (None, Tracking.TRACKED):
            return None
        elif method in ("files", "folders"):
            folders |= _up_to(folder / path, folder)
        elif about:
            files.add(folder / path)
            folders |= _up_to((folder / path).parent, folder)
    if any(map(_holds_links, folders)) or os.path.realpath(place) != str(place):
        return None
    of_git = [*_of_git(folder, now)]
    kinds |= {path for path in of_git if path.name == ".git"}
    files |= {path for path in of_git if path.name != ".git"}
    found = {*map(str, files | folders), *map(_shown_absolute, others), *(f"{path}/" for path in kinds)}
    return None if now and (now.top / ".git").is_file() else found


def _shown_absolute(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - Path.absolute keeps ".."


def _up_to(path: Path, top: Path) -> set[Path]:
    """Return a path and the folders above it, up to one of them."""
    return {place for place in (path, *path.parents) if place == top or top in place.parents}


def _holds_links(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.is_symlink() for entry in entries)
    except OSError:
        return False


def _of_git(folder: Path, now: git.RepositoryState | None) -> Iterator[Path]:
    """Yield where a repository is or might be, and what says in which state it is."""
    for place in (folder, *folder.parents):
        yield place / ".git"
        if place.joinpath(".git").exists():
            yield place / ".git" / "HEAD"
        if now and place == now.top:
            yield from (place / ".git" / name for name in _OF_GIT)
            head = (read_below(place, ".git/HEAD", _MAX_HEAD_BYTES) or b"").decode("utf-8", "replace")
            ref = head.removeprefix("ref:").strip()
            # Any other path in the file is not followed.
            yield from [place / ".git" / ref] if ref.startswith("refs/") and ".." not in ref else []
            return
