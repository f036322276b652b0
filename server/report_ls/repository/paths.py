"""What a path in a report means in its repository: where it leads, and what a wrong one may mean."""

import re
from collections.abc import Iterable, Sequence
from posixpath import relpath
from unicodedata import normalize

from report_ls.base.memo import memoized
from report_ls.base.readable import is_readable
from report_ls.files.port import Tree
from report_ls.files.targets import Grade, Guess

_MAX_PATH_CHARACTERS = 1024
"""A longer one is a line without an end, and no file's path."""


def place_of(tree: Tree, written: str) -> str | None:
    """Return where a path leads, seen from the top; None if it leads out of the repository, or is no path.

    As on GitHub, one that begins with `/` begins at the top.
    """
    if len(written) > _MAX_PATH_CHARACTERS:
        return None
    parts = [] if written.startswith("/") else [part for part in tree.place.split("/") if part]
    for part in normalize("NFC", written).split("/"):
        if part == ".." and not (parts or written.startswith("/")):
            return None
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def is_there(tree: Tree, path: str) -> bool:
    """Say whether git tracks something at a path, seen from the top, or it cannot be told."""
    if path == "" or path in tree.files or path in tree.folders:
        return True
    return any(path == opaque or path.startswith(f"{opaque}/") for opaque in tree.opaque)


def from_report(tree: Tree, path: str) -> str:
    """Return a path that is seen from the top as it is seen from the report's folder."""
    return relpath(path, tree.place) if tree.place else path


@memoized(16)
def named_elsewhere(tree: Tree, name: str) -> tuple[str, ...]:
    """Return the files of a name that lie outside of the report's folder, as seen from it."""
    name, inside = normalize("NFC", name), f"{tree.place}/" if tree.place else ""
    found = (path for path in tree.files if path.rpartition("/")[2] == name and not path.startswith(inside))
    return tuple(from_report(tree, path) for path in sorted(found))


@memoized(4)
def dockerfiles(tree: Tree) -> tuple[str, ...]:
    """Return the docker files of a repository that can be linked to, those near its top first."""
    found = [path for path in tree.files if is_readable(path) and _is_dockerfile(path.rpartition("/")[2].lower())]
    return tuple(sorted(found, key=lambda path: (path.count("/"), path)))


def _is_dockerfile(name: str) -> bool:
    return name == "dockerfile" or name.startswith("dockerfile.") or name.endswith(".dockerfile")


@memoized(100)
def guess_path(tree: Tree, written: str) -> Guess | None:
    """Return what a path that leads nowhere can mean, if that is one thing; what it returns is seen from the top."""
    written = normalize("NFC", written.replace("\\", "/"))
    parts = [part for part in written.strip().split("/") if part not in ("", ".", "..")]
    if not parts:
        return None
    whole = "/".join(parts)
    known = [path for path in (*tree.files, *tree.folders) if is_readable(path)]
    ending = [path for path in known if path.endswith(f"/{whole}")]
    if _holds(tree, whole):
        return Guess(whole, Grade.LIKELY if ending else Grade.ONLY)
    if ending:
        return Guess(ending[0], Grade.LIKELY) if len(ending) == 1 else None
    # The name of the repository's own folder may come first.
    for start in range(1, len(parts)):
        rest = "/".join(parts[start:])
        if _holds(tree, rest) and (start < len(parts) - 1 or "." in rest):
            return Guess(rest, Grade.LIKELY)
    return _only(_in_other_case(known, whole), Grade.LIKELY) or _only(_near(known, parts), Grade.POSSIBLE)


@memoized(100)
def nearly_named(tree: Tree, written: str) -> str | None:
    """Return the one path that another, which the repository does not hold, may misspell, seen from the top.

    A folder's ends in a slash. A file is of the same type, or `.yml` is written for `.yaml`, or the other way.
    """
    whole = normalize("NFC", written).rstrip("/")
    kind = tree.folders if written.endswith("/") else tree.files
    if any(path == whole or path.endswith(f"/{whole}") for path in (*tree.files, *tree.folders)):
        return None
    stem, dot, extension = whole.rpartition(".")
    swapped = f"{stem}{dot}{_SWAPPED[extension]}" if extension in _SWAPPED else ""
    alike = {path for path in kind if swapped and (path == swapped or path.endswith(f"/{swapped}"))}
    near = (path for path in _near(kind, whole.split("/")) if written.endswith("/") or path.endswith(dot + extension))
    meant = _only(filter(is_readable, alike or near), Grade.POSSIBLE)
    return meant and meant.path + ("/" if written.endswith("/") else "")


_SWAPPED = {"yml": "yaml", "yaml": "yml"}


def _holds(tree: Tree, path: str) -> bool:
    return is_readable(path) and (path in tree.files or path in tree.folders)


def _only(paths: Iterable[str], grade: Grade) -> Guess | None:
    found = list(paths)
    return Guess(found[0], grade) if len(found) == 1 else None


def _in_other_case(known: Iterable[str], whole: str) -> Iterable[str]:
    folded = whole.casefold()
    return (path for path in known if path.casefold() == folded or path.casefold().endswith(f"/{folded}"))


def _near(known: Iterable[str], parts: Sequence[str]) -> Iterable[str]:
    """Yield the paths of which one part differs, by a letter or two."""
    n_signs = len("/".join(parts))
    for path in known:
        if abs(len(path) - n_signs) > _MAX_OTHER_CHARACTERS:
            continue
        others = path.split("/")
        differing = [pair for pair in zip(parts, others, strict=False) if pair[0] != pair[1]]
        if len(others) == len(parts) and len(differing) == 1 and is_near(*differing[0]):
            yield path


_MAX_OTHER_CHARACTERS = 2
_MIN_NAME_CHARACTERS = 5
"""Of two shorter names that differ in two letters, either may be meant."""


def is_near(name: str, other: str) -> bool:
    """Say whether two names differ in no more than two letters beside each other."""
    if min(len(name), len(other)) < _MIN_NAME_CHARACTERS or re.sub(r"\d+", "0", name) == re.sub(r"\d+", "0", other):
        return False  # plot2 is not plot1 misspelt.
    n_shared = min(len(name), len(other))
    same = next((i for i in range(n_shared) if name[i] != other[i]), n_shared)
    name, other = name[same:], other[same:]
    while name and other and name[-1] == other[-1]:
        name, other = name[:-1], other[:-1]
    return max(len(name), len(other)) <= _MAX_OTHER_CHARACTERS
