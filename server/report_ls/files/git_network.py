"""Whether a repository would make git look at another computer: at a folder that Windows shares on a network.

A user who opens a folder from an archive should not be made known to the network, nor wait for it. So the files that
can lead git elsewhere are read here before git is asked: the place of the repository of a working tree, the places of
further objects, and the configuration.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from report_ls.base.regex import regex
from report_ls.files.text_files import TooLargeError, read_bytes

_MAX_BYTES = 1_000_000
_MAX_DEPTH = 10
"""As deep as git itself follows the includes of a configuration; it follows further objects only to a depth of five."""
_VALUE = regex(r"([a-z][a-z0-9-]*)[ \t]*=[ \t]*([^\n]*)", re.IGNORECASE)
_ADDRESSES = "url", "pushurl", "insteadof", "pushinsteadof"
"""The keys of what git looks at only where it is told to fetch or to push."""
_FETCHES = "promisor", "partialclone"
"""The keys that make it fetch by itself."""
_OTHER_ROOT = regex(r"[/~%]|[a-z]:", re.IGNORECASE)


_AROUND = ' \t\r"'


def is_on_network(path: str) -> bool:
    """Say whether a path is one of another computer, on Windows."""
    return path.strip(_AROUND).replace("\\", "/").startswith("//")


def leads_to_network(git_folder: Path) -> bool:
    """Say whether anything in a repository's own folder leads git to another computer, or is too large to be read."""
    try:
        return _leads(git_folder)
    except TooLargeError:
        return True


def _leads(git_folder: Path) -> bool:
    common = _read(git_folder / "commondir").partition("\n")[0]
    if is_on_network(common):
        return True
    return any(
        _do_objects_lead(folder / "objects", _MAX_DEPTH)
        or any(_does_configuration_lead(folder / name, _MAX_DEPTH) for name in ("config", "config.worktree"))
        for folder in dict.fromkeys((git_folder, git_folder / common.strip()))
    )


def _do_objects_lead(objects: Path, depth: int) -> bool:
    """Say whether the further objects of a repository, or those of these, are on another computer."""
    places = [line.strip(_AROUND) for line in _read(objects / "info" / "alternates").split("\n")]
    return any(
        is_on_network(place) or depth == 0 or _do_objects_lead(objects / place, depth - 1) for place in places if place
    )


def _does_configuration_lead(path: Path, depth: int) -> bool:
    """Say whether a configuration, or one that it includes, names a path of another computer."""
    found = [*values(_read(path))]
    addresses = () if any(key in _FETCHES for key, _ in found) else _ADDRESSES
    for key, value in found:
        if is_on_network(value) and key not in addresses:
            return True
        is_include = key == "path" and value != "" and not _OTHER_ROOT.match(value)
        if is_include and (depth == 0 or _does_configuration_lead(path.parent / value, depth - 1)):
            return True
    return False


def values(configuration: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of a configuration of git, in lower case, and their values, with slashes and without quotes."""
    text = configuration.replace("\r\n", "\n").replace("\\\n", "").replace('"', "").replace("\\", "/")
    for match in _VALUE.finditer(text):
        yield match[1].lower(), match[2].strip()


def _read(path: Path) -> str:
    """Return the text of a file; empty where there is no file, or it may not be read. Raises `TooLargeError`."""
    try:
        return read_bytes(path, _MAX_BYTES).decode("utf-8", "replace")
    except TooLargeError:
        raise  # git would read all of it.
    except (OSError, ValueError):
        return ""
