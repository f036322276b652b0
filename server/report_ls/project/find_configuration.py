"""Which configuration holds for a folder, with the pack and the template that it names."""

import os
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.text import SourceText
from report_ls.data.error import DataError, Fault, KeyPath, did_you_mean
from report_ls.files.paths import is_file, is_link, leads_out, path_exists
from report_ls.files.text_files import decode, read_bytes, reason, relative
from report_ls.packs.pack import Pack
from report_ls.project.configuration import FILES, Configuration, load_configuration, show
from report_ls.project.packs import packs, read_pack


class ResolvedConfiguration(NamedTuple):
    """A configuration, and what it names."""

    path: Path | None = None
    """Its file; None where nothing is configured."""
    configuration: Configuration = Configuration()
    pack: Pack | None = None
    template: Path | None = None


class Broken(NamedTuple):
    """A configuration that cannot be used."""

    path: Path
    """The file with the mistake: its own, or that of the pack it names."""
    error: DataError


FindConfiguration = Callable[[Path], ResolvedConfiguration | Broken]
"""What returns the configuration for the reports of a folder."""


def no_configuration(_folder: Path) -> ResolvedConfiguration:
    """Return what is configured for the reports of a folder where no configuration is read."""
    return ResolvedConfiguration()


def find_configuration(folder: Path) -> ResolvedConfiguration | Broken:
    """Return the configuration for the reports of a folder: the nearest, there or above, up to the repository's top."""
    return _find(folder, _look)


def find_configurations_once() -> FindConfiguration:
    """Return what does the same, and looks into each folder once: for a run, in which nothing changes."""
    return cache(partial(_find, look=cache(_look)))


class _Here(NamedTuple):
    """What one folder says."""

    found: ResolvedConfiguration | Broken | None
    is_top: bool
    """It is the top of a repository."""


def _find(folder: Path, look: Callable[[Path], _Here]) -> ResolvedConfiguration | Broken:
    start = _absolute(folder)
    for place in (start, *start.parents):
        here = look(place)
        if here.found:
            return here.found
        if here.is_top:
            break
    return ResolvedConfiguration()


def _look(place: Path) -> _Here:
    for name, table in FILES.items():
        found = _read_configuration(place / name, table)
        if found:
            return _Here(found, is_top=False)
    return _Here(None, _is_top(place))


def looked_for(folder: Path, found: ResolvedConfiguration | Broken) -> Iterator[Path]:
    """Yield the files that say what is configured for the reports of a folder, and those that would."""
    yield from (place / name for place in _places(folder) for name in FILES)
    if isinstance(found, ResolvedConfiguration) and found.path:
        named = found.configuration.pack, found.configuration.template
        yield from (found.path.parent / name for name in named if name)


def _places(folder: Path) -> Iterator[Path]:
    """Yield a folder and those above it up to the top of the repository, the nearest first."""
    start = _absolute(folder)
    for place in (start, *start.parents):
        yield place
        if _is_top(place):
            break


def _absolute(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100 - Path.absolute keeps "..", and above that is no folder above


def _is_top(place: Path) -> bool:
    return path_exists(place / ".git")


def _read_configuration(path: Path, table: KeyPath) -> ResolvedConfiguration | Broken | None:
    """Return what a file configures; None if there is no such file or it says nothing of report-ls."""
    text = None
    try:
        text = configuration_text(path, table)
        if text is None:
            return None
        found = load_configuration(text, relative(path), table)
        return _resolve_names(found, path, text, table) if found else None
    except DataError as error:
        return Broken(path, error.within(text) if text else error)


def configuration_text(path: Path, table: KeyPath) -> str | None:
    """Return the text of a configuration without its byte order mark; None if it does not exist or lacks the table.

    Raises `DataError`.
    """
    if not path_exists(path):
        return None
    where = relative(path)
    if not is_file(path):
        raise DataError(where, 1, 1, "this must be a regular file: rename or remove it")
    try:
        data = read_bytes(path)
    except OSError as error:
        raise DataError(where, 1, 1, f"{reason(error)}: make it a file that can be read, or take it away") from None
    if not all(key.encode() in data for key in table):
        return None  # So a user with another pyproject.toml waits for no library, and for no mistake in it.
    if is_link(path) and leads_out(path, path.parent):
        raise DataError(where, 1, 1, "a link that leads out of its folder is not followed: put the file itself here")
    if table:
        from report_ls.data.toml import names_table  # noqa: PLC0415 - only a configuration needs it

        if not names_table(data.decode("utf-8-sig", "replace"), table):
            return None  # It is another tool's, such as one that installs report-ls.
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = SourceText(data[: error.start].decode("utf-8"))
        line, character = before.position(len(before.text))
        misread = decode(data).misread
        taken_for = f" but {misread.encoding}" if misread else ""
        message = f"this is not UTF-8{taken_for}: save it as UTF-8"
        raise DataError(where, line + 1, character + 1, message) from None


def _resolve_names(found: Configuration, path: Path, text: str, table: KeyPath) -> ResolvedConfiguration | Broken:
    """Return a configuration with its pack and its template. Raises `DataError`."""
    from report_ls.data.toml import error_at  # noqa: PLC0415 - only a configuration needs it

    template, pack = None, None
    if found.template:
        template = path.parent / found.template
        fault = _problem_with(template, path.parent)
        if fault:
            raise error_at(text, relative(path), Fault((*table, "template"), f"{show(found.template)} {fault}"))
    if found.pack:
        place = path.parent / found.pack
        pack = next((pack for pack in packs() if pack.id == found.pack), None)
        try:
            fault = None if pack else _problem_with(place, path.parent)
            pack = pack or (None if fault else read_pack(place))
        except DataError as error:
            return Broken(place, error)
        except OSError as error:
            fault = f"cannot be read as a file ({reason(error)})"
        if fault:
            near = did_you_mean(found.pack, [pack.id for pack in packs()])
            raise error_at(
                text, relative(path), Fault((*table, "pack"), f"{show(found.pack)} is no known pack, and {fault}{near}")
            )
    return ResolvedConfiguration(path, found, pack, template)


def _problem_with(path: Path, folder: Path) -> str | None:
    """Return why a file that a configuration names may not be used; None if it may."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return "leads out of the folder of this configuration: what it names must lie in it"
        return None if path.is_file() else "is not a file in the folder of this configuration"
    except (OSError, RuntimeError, ValueError):  # A loop of links, before Python 3.13; a null byte.
        return "cannot be looked for"
