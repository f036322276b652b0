"""Where things are: packs, Markdown files, and which configuration holds for a folder.

A file that cannot be read is an `OSError` here.
"""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from attrs import field, frozen

from report_ls.base.text import SourceText
from report_ls.data.error import DataError, did_you_mean
from report_ls.data.toml import Fault, KeyPath, error_at
from report_ls.files.disk import listing
from report_ls.files.text_files import decode, read_text, relative
from report_ls.packs.pack import Pack, shipped
from report_ls.project.configuration import FILES, Configuration, load_configuration, show


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


def load_pack(name: str) -> Pack | None:
    """Return a pack by its id or its file; None if the name is no known id and does not look like a file.

    Raises `DataError`, or `OSError` where the file cannot be read.
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
    from report_ls.packs.pack_file import load  # noqa: PLC0415 - only a pack of somebody's own is YAML

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
    error: DataError


FindConfiguration = Callable[[Path], Configured | Broken]
"""What returns the configuration for the reports of a folder."""


def no_configuration(_folder: Path) -> Configured:
    """Return what is configured for the reports of a folder where no configuration is read."""
    return Configured()


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
    except DataError as error:
        return Broken(path, error)


def configuration_text(path: Path, table: KeyPath) -> str | None:
    """Return the text of a configuration without its byte order mark; None if it does not exist or lacks the table.

    Raises `DataError`.
    """
    where = relative(path)
    if not _exists(path):
        return None
    if not is_file(path):
        raise DataError(where, 1, 1, "this should be a file, and is none: rename it or take it away")
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DataError(where, 1, 1, f"{reason}: allow it to be read, or take it away") from None
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
        raise DataError(where, line + 1, character + 1, message) from None


def _with_what_it_names(found: Configuration, path: Path, text: str, table: KeyPath) -> Configured | Broken:
    """Return a configuration with its pack and its template. Raises `DataError`."""
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
        except DataError as error:
            return Broken(place, error)
        except OSError as error:
            fault = f"cannot be read as a file ({(error.strerror or str(error)).lower()})"
        if fault:
            near = did_you_mean(found.pack, [pack.id for pack in packs()])
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


def markdown_below(folder: Path, tell: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """Yield the Markdown files below a folder, without those of other people; tell which folders nobody may enter."""
    for place, folders, names in os.walk(folder, onerror=tell):
        if "pyvenv.cfg" in names and place != str(folder):
            folders.clear()
            continue
        folders[:] = _worth_entering(folders)
        yield from _markdown(place, names)


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
    """Say whether a path is a folder; what nobody may look at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_link(path: Path) -> bool:
    """Say whether a path is a symbolic link, wherever it leads."""
    return path.is_symlink()


def is_file(path: Path) -> bool:
    """Say whether a path is a file; what nobody may look at is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
