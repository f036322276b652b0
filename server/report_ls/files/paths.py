"""Which paths exist, and the Markdown files below a folder."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
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
        try:
            with os.scandir(place) as found:
                entries = list(found)
        except OSError as error:
            if tell:
                tell(error)
            continue
        if place != str(folder) and any(entry.name == "pyvenv.cfg" for entry in entries):
            continue
        waiting += [entry.path for entry in entries if _is_own_folder(entry) and _is_worth_entering(entry.name)]
        yield _markdown(entries)


def _is_own_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def markdown_in(folder: Path) -> Iterator[Path]:
    """Yield the Markdown files that lie in a folder itself."""
    with suppress(OSError), os.scandir(folder) as entries:
        yield from _markdown(entries)


def _markdown(entries: "Iterable[os.DirEntry[str]]") -> Iterator[Path]:
    for entry in entries:
        # A path is made for few names only: an editor asks for all reports every other second.
        if entry.name.lower().endswith((".md", ".markdown")):
            with suppress(OSError):
                if entry.is_file():
                    yield Path(entry.path)


def _is_worth_entering(folder: str) -> bool:
    """Say whether a folder, by its name, may hold more than other people's Markdown."""
    return not folder.startswith(".") and folder not in ("node_modules", "site-packages")


def folders_in(folder: Path) -> list[str]:
    """Return the names of the folders in a folder that may hold a report."""
    try:
        return [name for name in sorted(listing(folder).folders) if _is_worth_entering(name)]
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
