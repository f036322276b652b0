"""Which paths exist, and the Markdown files below a folder."""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from report_ls.files.listing import listing


def markdown_below(folder: Path, tell: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """Yield the Markdown files below a folder, as `markdown_by_folder` does."""
    for paths in markdown_by_folder(folder, tell):
        yield from paths


def markdown_by_folder(folder: Path, tell: Callable[[OSError], None] | None = None) -> Iterator[Iterable[Path]]:
    """Yield the Markdown files of each folder below one, without those of libraries, with links that lead out of it.

    Names the folders that may not be entered. Most have no reports: so a caller can do something else in between.
    """
    waiting = [str(folder)]
    while waiting:
        place = waiting.pop()
        # Its first step only: up to Python 3.11 it goes no deeper than the stack.
        for _, folders, names in islice(os.walk(place, onerror=tell), 1):
            if "pyvenv.cfg" in names and place != str(folder):
                continue
            below = (os.path.join(place, name) for name in _worth_entering(folders))  # noqa: PTH118 - many are none
            waiting += (inner for inner in below if not os.path.islink(inner))  # noqa: PTH114 - likewise
            yield _markdown(place, names)


def markdown_in(folder: Path) -> Iterator[Path]:
    """Yield the Markdown files that lie in a folder itself."""
    for _, _, names in islice(os.walk(folder), 1):
        yield from _markdown(folder, names)


def _markdown(place: str | Path, names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        # A path is made for few names only: an editor asks for all reports every other second.
        if name.lower().endswith((".md", ".markdown")) and is_file(path := Path(place, name)):
            yield path


def _worth_entering(folders: Iterable[str]) -> list[str]:
    """Leave out what holds other people's Markdown."""
    return [name for name in folders if not name.startswith(".") and name not in ("node_modules", "site-packages")]


def folders_in(folder: Path) -> list[str]:
    """Return the names of the folders in a folder that may hold a report."""
    try:
        return _worth_entering(sorted(listing(folder).folders))
    except OSError:
        return []


def is_folder(path: Path) -> bool:
    """Say whether a path is a folder; False where it may not be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_link(path: Path) -> bool:
    """Say whether a path is a symbolic link, wherever it leads."""
    return path.is_symlink()


def leads_out(path: Path, folder: Path) -> bool:
    """Say whether a path in a folder leads out of it by links: such a file was found, but the user has not named it."""
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # RuntimeError: how Python before 3.13 reports a loop of links.
        return True


def is_file(path: Path) -> bool:
    """Say whether a path is a file; False where it may not be looked at."""
    try:
        return path.is_file()
    except OSError:
        return False


def path_exists(path: Path) -> bool:
    """Say whether anything is at a path; False where it may not be looked at."""
    try:
        return path.exists()
    except OSError:
        return False
