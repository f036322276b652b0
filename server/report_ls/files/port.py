"""What may be asked of the files beside a report; `disk.py` answers from a disk, tests from memory."""

from enum import Enum
from typing import Protocol

from attrs import frozen


@frozen
class Picture:
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


class Files(Protocol):
    """What lies in a report's folder. Paths are relative to it, with `/`; the folder itself is ""."""

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder; none if it does not exist or lies outside."""

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder, likewise."""

    def folder(self) -> str | None:
        """Return the name of the folder itself; None where the report lies in none, so that nobody knows its files."""

    def forms(self) -> tuple[str, ...]:
        """Return the texts that the report may have been copied from, the likeliest first."""

    def script(self) -> str:
        """Return the text of the course's script beside the report; empty where it may not or cannot be read."""

    def picture(self, path: str) -> Picture | None:
        """Return what a file says of itself; None where nobody can or may look."""

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file, which is read whole for it; None likewise."""

    def elsewhere(self, name: str) -> tuple[str, ...]:
        """Return where else in the repository git knows a file of that name, as seen from the report's folder."""

    def tracking(self, path: str) -> Tracking | None:
        """Return what git knows of a file; None without git, or where it tracks nothing beside the report."""
