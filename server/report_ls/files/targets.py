"""What the target of an image or a link means beside a report. Nothing here reads a disk: it asks a `Files`."""

import re
from collections.abc import Sequence
from enum import Enum
from unicodedata import normalize
from urllib.parse import quote, unquote

from report_ls.base.memo import memoized, memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.readable import is_readable
from report_ls.base.regex import regex
from report_ls.files.port import Files


class Target(NamedTuple):
    """Where the target of an image or a link leads."""

    path: str
    """Seen from the report's folder, percent signs decoded, without query and fragment; as written otherwise."""
    whole: str = ""
    """The same with query and fragment, which may be part of a name that was not written with percent codes."""
    is_remote: bool = False
    is_outside: bool = False
    """It leaves the report's folder, so it is not looked up."""
    is_private: bool = False
    """It is an address that holds on one computer or in one program only: no report can show it."""


_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_OF_ONE_COMPUTER = regex(r"[./]*[A-Za-z]:/|~/|/(?:z?home|root|Users|work[0-9]|(?:mnt|cygdrive)/[a-z]|[a-z]/Users)/")
"""Where a path begins that holds on one computer only, or in one cluster, with slashes for backslashes."""
# Compiled where a target has a scheme: most lie beside the report.
_OF_ONE_PROGRAM = r"""(?ix)
    (?: file | attachment | blob | sandbox | content | cid | app | vscode-[a-z-]+ | (?:chrome|moz)-extension ) :
    | //wsl(?:\$|\.localhost)/
    | (?:https?:)?// (?:[^/@]*@)? (?:
        (?:[^/:]*\.)?(?:localhost|local)
        | 127(?:\.\d+){3} | 0\.0\.0\.0 | \[::1?\]
        | 10(?:\.\d+){3} | 192\.168(?:\.\d+){2} | 169\.254(?:\.\d+){2} | 172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}
        | [^/:]+\.vscode-(?:cdn|webview)\.net
      ) (?![^/:?\#])
"""
"""Where an address begins that holds in one program, on one computer or in its own network only, slashes likewise."""


@memoized_by_question
def resolve(url: str) -> Target:
    """Return where a target leads."""
    written = unquote(url)
    if _OF_ONE_COMPUTER.match(written.replace("\\", "/")):
        return Target(written, is_private=True)
    if _SCHEME.match(written.replace("\\", "/")) and re.match(_OF_ONE_PROGRAM, written.replace("\\", "/")):
        return Target(_without_query(url), is_private=True)
    if _SCHEME.match(url):
        return Target(url, is_remote=True)
    path = _without_query(url)
    if path.startswith("/"):
        return Target(path)
    # A backslash does not part folders on a page, but a student who writes one means that.
    if _parts(path.replace("\\", "/")) is None:
        return Target(path, is_outside=True)
    return Target("/".join(_parts(path) or ()), "/".join(_parts(written) or ()))


def _without_query(url: str) -> str:
    return unquote(re.split(r"[?#]", url, maxsplit=1)[0])


def _parts(path: str) -> list[str] | None:
    """Return what a path consists of; None if it leads out of where it begins."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and not parts:
            return None
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return parts


def exists(files: Files, path: str) -> bool:
    """Say whether a file of exactly this spelling exists, upper and lower case told apart everywhere."""
    folder, _, name = path.rpartition("/")
    if folder.startswith("/") or path.startswith("/"):
        return False
    parent = ""
    for part in folder.split("/") if folder else ():
        if part not in files.folders(parent):
            return False
        parent = f"{parent}/{part}" if parent else part
    return name in files.files(parent)


class Grade(Enum):
    """How sure it is which file a wrong target means."""

    ONLY = "nothing else can be meant"
    """It lies where the target says, and no other picture there is called so, case and type apart."""
    LIKELY = "no other picture is called so, case, type and folders apart"
    POSSIBLE = "its name is like the target's, or part of it"


class Guess(NamedTuple):
    """A file that a wrong target may mean."""

    path: str
    grade: Grade

    @property
    def is_likely(self) -> bool:
        """It is called as the target says, in another case, of another type or in another folder."""
        return self.grade is not Grade.POSSIBLE


PICTURES = ("png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "tif", "tiff")
"""Extensions of pictures, whether or not a course takes them."""


def guess_inside(files: Files, target: Target, folder: str) -> Guess | None:
    """Return the file beside the report that a target outside of its folder can only mean."""
    meant = guess(files, target, folder) if target.is_outside else None
    return meant if meant and meant.is_likely else None


_MAX_PATH_CHARACTERS = 1024
"""A longer one is a line without an end, and no file's path."""


def guess(files: Files, target: Target, folder: str) -> Guess | None:
    """Return the file that a target that does not exist means; `folder` is where pictures belong."""
    path = target.path
    if target.whole != path and exists(files, target.whole):
        return Guess(target.whole, Grade.ONLY)
    parts = [part for part in re.sub(r"[<>]", "", path).replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts or len(path) > _MAX_PATH_CHARACTERS:
        return None
    # Seen from the root of the repository, the path begins with the report's own folder.
    name_of_folder = (files.folder() or "").casefold()
    own = parts[1:] if len(parts) > 1 and parts[0].casefold() == name_of_folder else parts
    for start in range(len(parts)):
        candidate = "/".join(parts[start:])
        if exists(files, candidate):
            return Guess(candidate, Grade.ONLY if parts[start:] in (parts, own) else Grade.LIKELY)
    places = dict.fromkeys((folder, _as_listed(files, parts[:-1]), ""))
    pictures = [picture for place in places for picture in _pictures_in(place, files.files(place))]
    name = as_seen(parts[-1]).casefold()
    stem, _, ending = name.rpartition(".")
    # With a comma or a space behind it, a name may be one of several.
    stems = (name,) if not ending.isalnum() else (stem or name, name)
    in_other_case = [picture for picture, other in pictures if other == name]
    of_other_type = [picture for picture, other in pictures if other.rpartition(".")[0] in stems]
    for alike in (in_other_case, of_other_type):
        if alike:
            in_named = alike[0].rpartition("/")[0].casefold() == "/".join(own[:-1]).casefold()
            # Which form of an accent git keeps depends on the computer.
            has_other_accents = normalize("NFC", alike[0]) != alike[0] or normalize("NFC", parts[-1]) != parts[-1]
            grade = Grade.ONLY if in_named and not has_other_accents else Grade.LIKELY
            return Guess(alike[0], grade) if len(alike) == 1 else None
    return _near(name, tuple([picture for picture, _ in pictures]))


@memoized(n_texts=50)
def _pictures_in(place: str, names: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return the pictures of a folder, each with how its name looks in lower case."""
    return tuple(
        (f"{place}/{name}" if place else name, as_seen(name).casefold())
        for name in sorted(names)
        if extension(name) in PICTURES and is_readable(name)
    )


def _as_listed(files: Files, parts: Sequence[str]) -> str:
    """Return a path of folders, each that does not exist as the one whose name looks the same, if there is one."""
    place = ""
    for part in parts:
        names = files.folders(place)
        alike = [part] if part in names else [name for name in names if as_seen(name) == as_seen(part)]
        name = alike[0] if len(alike) == 1 else part
        place = f"{place}/{name}" if place else name
    return place


def as_seen(name: str) -> str:
    """Return a name so that two are equal that look the same: with accents in one part, and plain spaces."""
    return normalize("NFC", re.sub(r"\s", " ", name))


_MIN_SIMILARITY = 0.8
"""From 0 to 1, as difflib measures it: less, and another picture was meant."""
_MIN_STEM_CHARACTERS = 4
"""A shorter one may be part of another by chance."""


@memoized(64)
def _near(name: str, pictures: tuple[str, ...]) -> Guess | None:
    """Return the picture whose name is like another one or part of it, if there is only one."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong target needs it

    stem = name.rpartition(".")[0] or name
    stems = {as_seen(picture.rpartition("/")[2]).rpartition(".")[0].casefold(): picture for picture in pictures}
    alike = get_close_matches(stem, stems, n=2, cutoff=_MIN_SIMILARITY)
    if not alike and not re.search(r"[.,]", stem):  # With these, the name may be those of several.
        alike = [other for other in stems if len(other) >= _MIN_STEM_CHARACTERS and other in stem]
    # plot2 is not plot1 misspelt.
    if len(alike) != 1 or re.sub(r"\d+", "0", alike[0]) == re.sub(r"\d+", "0", stem):
        return None
    return Guess(stems[alike[0]], Grade.POSSIBLE)


def extension(name: str) -> str:
    """Return the text behind the last dot, in lower case."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def as_target(path: str) -> str:
    """Write a path as a target: what Markdown or a URL reads differently, and what is invisible, as percent codes."""
    return re.sub(r"[\s%()<>\[\]`#?\\\"]|&(?=#?\w+;)|[\u0300-\u036f]", lambda match: quote(match[0]), path)
