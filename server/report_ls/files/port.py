"""What may be asked of the files beside a report; `disk.py` answers from a disk, tests from memory."""

from enum import Enum
from typing import Protocol

from report_ls.base.memo import memoized
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.plural import count


class Picture(NamedTuple):
    """What the file of a picture says of itself."""

    n_bytes: int
    kind: str | None = None
    """What it is by its content, such as `png` or `jpeg`; None where that is no picture."""
    is_cut: bool = False
    """Its end is missing."""
    is_pointer: bool = False
    """It is only a note of Git LFS, which keeps the picture elsewhere."""


class Tracking(Enum):
    """What the local git repository knows of a file."""

    TRACKED = "tracked"
    UNTRACKED = "untracked"
    IGNORED = "ignored"
    """And so it stays untracked by `git add .`."""


class Tree(NamedTuple):
    """What git tracks of the repository that a report lies in; paths are seen from its top, with `/`, and NFC."""

    place: str
    """The report's folder; "" for the top itself."""
    files: frozenset[str]
    opaque: frozenset[str] = frozenset()
    """Symbolic links, and other repositories in it: what they lead to is not looked at."""
    ignores_case: bool = False
    """On this computer two names that differ in upper and lower case only are one, so git keeps the one it has."""

    def other_case(self, path: str) -> str | None:
        """Return the name under which git keeps a file, seen from the report's folder; None for that very one."""
        start = f"{self.place}/" if self.place else ""
        # As git does it: of the letters of English.
        alike = (start + path).encode("utf-8", "surrogateescape").lower()
        if not self.ignores_case or start + path in self.files:
            return None
        found = (file for file in self.files if file.encode("utf-8", "surrogateescape").lower() == alike)
        return next((file[len(start) :] for file in sorted(found) if file.startswith(start)), None)

    @property
    def folders(self) -> frozenset[str]:
        """The folders that hold any of the files."""
        return _folders(self.files)


@memoized(4)
def _folders(files: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    for path in files:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)


class CountedTests(NamedTuple):
    """How many tests pytest would find in a repository."""

    n_files: int
    n_functions: int
    low: int
    """How many tests it would run, each as often as it is parametrized."""
    is_open: bool
    """There may be more, as only running them tells."""
    others: frozenset[int]
    """Numbers that a student may have counted instead: tests of one file or folder, files, assertions."""

    @property
    def in_words(self) -> str:
        """The tests and their files, such as `12 in 4 files`."""
        at_least = "at least " if self.is_open else ""
        return f"{at_least}{self.low} in {count(self.n_files, 'file')}"

    def may_be(self, number: int) -> bool:
        """Say whether a number is one that a student may name for these tests."""
        low, high = sorted((self.n_functions, self.low))
        return number in self.others or number == self.n_files or (low <= number and (number <= high or self.is_open))


class Home(NamedTuple):
    """Where a repository lies on GitHub."""

    names: frozenset[str]
    """Of its remotes, such as `owner/name`, in small letters."""
    branch: str
    """The one that is checked out; empty where none is."""


class Files(Protocol):
    """What lies in a report's folder. Paths are relative to it, with `/`; the folder itself is ""."""

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder; none if it does not exist or lies outside."""

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder, likewise."""

    def folder(self) -> str | None:
        """Return the name of the folder itself; None where its files are not known, or not yet."""

    def forms(self) -> tuple[str, ...]:
        """Return the texts that the report may have been copied from, the likeliest first."""

    def script(self) -> str:
        """Return the text of the course's script beside the report; empty where it may not or cannot be read."""

    def n_bytes(self, path: str) -> int | None:
        """Return how many bytes a file has; None where it may not be read. It is not opened for that."""

    def picture(self, path: str) -> Picture | None:
        """Return what a file says of itself; None where it cannot or may not be read."""

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file, which is read whole for it; None likewise."""

    def tracking(self, path: str) -> Tracking | None:
        """Return what git knows of a file; None without git, or where it tracks nothing beside the report."""

    def tree(self) -> Tree | None:
        """Return what git tracks of the repository; None likewise."""

    def tests(self) -> CountedTests | None:
        """Return which tests pytest would find; None where that is not known, or not yet."""

    def home(self) -> Home | None:
        """Return where the repository lies on GitHub; None where it does not, or it cannot be told."""

    def lies(self, path: str) -> bool:
        """Say whether anything may lie at a path, here seen from the top of the repository, on this computer."""
