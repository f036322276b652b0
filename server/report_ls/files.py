"""The files beside a report, and what the target of an image means there.

Nothing here reads a disk: `workspace.py` answers `Files` from one, tests from memory.
"""

import re
from collections.abc import Iterable
from typing import Protocol
from urllib.parse import unquote

from attrs import field, frozen


class Files(Protocol):
    """What lies in a report's folder. Paths are relative to it, with `/`; the folder itself is ""."""

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder; none if it does not exist or lies outside."""

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder, likewise."""


@frozen
class MemoryFiles:
    """Files that are only named, as in tests."""

    paths: frozenset[str] = field(converter=frozenset)

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder."""
        return frozenset(name for parent, _, name in self._split() if parent == folder)

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder."""
        start = f"{folder}/" if folder else ""
        inside = (path.removeprefix(start) for path in self.paths if path.startswith(start))
        return frozenset(path.partition("/")[0] for path in inside if "/" in path)

    def _split(self) -> Iterable[tuple[str, str, str]]:
        return (path.rpartition("/") for path in self.paths)
