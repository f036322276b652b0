"""What lies in one folder of a disk."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from report_ls.base.named_tuple import NamedTuple


class Listing(NamedTuple):
    """What lies in a folder: names of files and of folders."""

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    on_disk: Mapping[str, str] = MappingProxyType({})
    """What the disk calls those whose names git spells otherwise."""


NOTHING = Listing()


def listing(place: Path) -> Listing:
    """Return what lies in a folder. Raises `OSError`."""
    files, folders = set(), set()
    with os.scandir(place) as entries:
        for entry in entries:
            # A link that leads nowhere, or in a circle, must not hide its neighbours.
            with suppress(OSError):
                if entry.is_dir():
                    folders.add(entry.name)
                elif entry.is_file():
                    files.add(entry.name)
    return Listing(frozenset(files), frozenset(folders))
