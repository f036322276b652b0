"""Where packs are: those that come with report-ls, and those of a file.

A file that cannot be read is an `OSError` here.
"""

import errno
import os
from functools import cache
from pathlib import Path

from report_ls.files.text_files import read_text, relative
from report_ls.packs.pack import Pack, shipped


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
