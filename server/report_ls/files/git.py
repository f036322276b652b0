"""What the local git repository knows of the files of a folder.

It never asks the network, and nothing that a repository's configuration names is run: only
commands that read the index, commits, refs and addresses are asked, with hooks, monitors and
transports switched off. No git, no repository or one that git does not trust is no error: the answer is None.
"""

import errno
import os
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import normalize

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.files.git_network import is_on_network, leads_to_network
from report_ls.files.opening import read_below
from report_ls.files.port import Home, Tree

_TIMEOUT_SECONDS = 5.0
"""Seconds until an answer of git no longer matters."""
_ALWAYS = (
    "--no-pager",
    "--no-optional-locks",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.untrackedCache=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "safe.bareRepository=explicit"),
)
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # No transport has this name, so none is allowed, whatever a configuration says.
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}


class RepositoryState(NamedTuple):
    """What tells one state of a repository from another without asking git."""

    folder: Path
    """The one that is asked of, which need not be the repository's own."""
    top: Path
    """The repository's own folder."""
    index_key: tuple[int, ...]
    head_key: tuple[int, ...]


def repository_state(folder: Path) -> RepositoryState | None:
    """Return the state of the repository that a folder belongs to; None if it belongs to none."""
    # Without `..` and symbolic links, as git sees it: what is above a path is not always above its folder.
    folder = Path(os.path.realpath(folder))
    for place in (folder, *folder.parents):
        git = place / ".git"
        try:
            if not git.exists():
                continue
            is_link = git.is_file()
            inside = _inside(git)
        except OSError:
            return None
        head = _stat_key(inside / "HEAD")
        if head:
            return RepositoryState(folder, place, _stat_key(inside / "index"), head)
        if is_link:
            return None  # git goes no further up, and would follow it.
    return None


def _inside(git: Path) -> Path:
    """Return the folder of a repository, which a further working tree has elsewhere.

    Raises `OSError` where that is another computer.
    """
    if not git.is_file():
        return git
    with git.open("rb") as file:
        written = file.read(4096).decode("utf-8", "replace").removeprefix("gitdir:").strip()
    if is_on_network(written):
        raise OSError(errno.EINVAL, "it lies on the network")
    return git.parent / written


def _stat_key(path: Path) -> tuple[int, ...]:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return ()
    return status.st_mtime_ns, status.st_size, status.st_ino


@lru_cache(64)
def tracked(now: RepositoryState) -> Mapping[str, str] | None:
    """Return the paths below the folder that the index holds, as it spells them, by the same in NFC."""
    listed = ask(now.folder, "ls-files", "-z")
    return None if listed is None else {normalize("NFC", path): path for path in _split(listed)}


@lru_cache(64)
def tracked_folders(now: RepositoryState) -> Mapping[str, str]:
    """Return the folders that hold these, likewise."""
    found: dict[str, str] = {}
    for path in (tracked(now) or {}).values():
        folder = path.rpartition("/")[0]
        while folder and normalize("NFC", folder) not in found:
            found[normalize("NFC", folder)] = folder
            folder = folder.rpartition("/")[0]
    return found


_MODES_OF_FILES = "100644", "100755"


@lru_cache(16)
def tree(now: RepositoryState) -> Tree | None:
    """Return all that the index holds; None where git does not answer, or holds nothing below the folder."""
    listed = ask(now.top, "ls-files", "--stage", "-z")
    if listed is None:
        return None
    entries = [entry.partition("\t") for entry in _split(listed)]
    modes = [(mode[:6], normalize("NFC", path)) for mode, _, path in entries]
    place = now.folder.relative_to(now.top).as_posix()
    place = "" if place == "." else place
    files = frozenset(path for mode, path in modes if mode in _MODES_OF_FILES)
    if not any(path.startswith(f"{place}/" if place else "") for path in files):
        return None
    opaque = frozenset(path for mode, path in modes if mode not in _MODES_OF_FILES)
    return Tree(place, files, opaque, _ignores_case(now.top))


_MAX_CONFIG_BYTES = 1_000_000


def _ignores_case(top: Path) -> bool:
    """Say whether names that differ in upper and lower case are one: git notes it where it has made the repository."""
    own = read_below(top, ".git/config", _MAX_CONFIG_BYTES)
    # On Linux a configuration seldom says so, and then no process is started; another working tree has its own.
    if own is not None and b"ignorecase" not in own.lower():
        return False
    return ask(top, "config", "--type=bool", "core.ignorecase") == b"true\n"


# The addresses that git takes: https://github.com/owner/name.git, git@github.com:owner/name.
_ON_GITHUB = regex(r"(?i)(?:^|[/@.])github\.com[:/]+([\w.-]+/[\w.-]+?)(?:\.git)?/?$")


@lru_cache(16)
def home(now: RepositoryState) -> Home | None:
    """Return where a repository lies on GitHub, by the addresses of its remotes; None where it does not."""
    listed = ask(now.top, "config", "-z", "--get-regexp", r"^remote\..*\.url$") or b""
    addresses = (entry.partition("\n")[2] for entry in listed.decode("utf-8", "replace").split("\0"))
    names = frozenset(found[1].lower() for address in addresses if (found := _ON_GITHUB.search(address)))
    if not names:
        return None
    branch = ask(now.top, "symbolic-ref", "--quiet", "--short", "HEAD") or b""
    return Home(names, branch.decode("utf-8", "replace").strip())


def is_ignored(now: RepositoryState, path: str) -> bool:
    """Say whether a rule keeps an untracked file out."""
    return _is_ignored(now, path, tuple(_rules(now.folder / path)))


def _rules(path: Path) -> Iterator[tuple[int, ...]]:
    """Yield what tells one state from another of the files that may keep a path out."""
    for folder in path.parents:
        yield _stat_key(folder / ".gitignore")
        if folder.joinpath(".git").exists():
            yield _stat_key(folder / ".git" / "info" / "exclude")
            return


@lru_cache(256)
def _is_ignored(now: RepositoryState, path: str, _rules: tuple[tuple[int, ...], ...]) -> bool:
    return bool(ask(now.folder, "check-ignore", "--", f"./{path}"))


def committed(folder: Path) -> Mapping[str, str]:
    """Return the object ids that the last commit holds below a folder, by their paths in NFC."""
    listed = ask(folder, "ls-tree", "-r", "-z", "HEAD") or b""
    entries = (entry.partition("\t") for entry in _split(listed))
    return {normalize("NFC", path): fields.split(" ")[-1] for fields, _, path in entries}


def staged(folder: Path) -> Mapping[str, str]:
    """Return the object ids that the next commit will hold below a folder, likewise."""
    listed = ask(folder, "ls-files", "--stage", "-z") or b""
    entries = (entry.partition("\t") for entry in _split(listed))
    return {normalize("NFC", path): fields.split(" ")[1] for fields, _, path in entries}


_MAX_VERSIONS = 10


@lru_cache(16)
def first_versions(now: RepositoryState, path: str) -> tuple[bytes, ...]:
    """Return a file below the folder as it was first committed, and a few times after that."""
    listed = ask(now.folder, "rev-list", "--reverse", "HEAD", "--", f"./{path}") or b""
    revisions = listed.decode("ascii", "replace").split()[:_MAX_VERSIONS]
    contents = (ask(now.folder, "cat-file", "blob", f"{revision}:./{path}") for revision in revisions)
    return tuple(content for content in contents if content is not None)


def _split(listed: bytes) -> list[str]:
    return [os.fsdecode(path) for path in listed.split(b"\0") if path]


def ask(folder: Path, *arguments: str) -> bytes | None:
    """Return what git answers; None where it cannot."""
    found = program()
    if found is None or not _is_here(folder):
        return None
    import subprocess  # noqa: PLC0415 - where there is no repository, nothing is asked

    kept = {name: value for name, value in os.environ.items() if _is_harmless(name)}
    try:
        return subprocess.check_output(  # noqa: S603 - git itself, with our own arguments
            [found, *_ALWAYS, *arguments],
            cwd=folder,
            env={**kept, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_SECONDS,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def _is_here(folder: Path) -> bool:
    """Say whether a folder belongs to a repository that leads git to no other computer."""
    now = repository_state(folder)
    try:
        return now is not None and not leads_to_network(_inside(now.top / ".git"))
    except OSError:
        return False


def _is_harmless(name: str) -> bool:
    """Say whether a variable cannot lead git to another repository, as a hook's would."""
    return not name.startswith("GIT_") or name.startswith("GIT_CONFIG_")


@cache
def program() -> str | None:
    """Return git itself: never one that lies in the current folder, where Windows looks first."""
    name = "git.exe" if os.name == "nt" else "git"
    places = (Path(folder, name) for folder in os.get_exec_path())
    return next((str(place) for place in places if place.is_absolute() and os.access(place, os.X_OK)), None)
