"""Where packs are: those that come with report-ls, and those of a file.

A file that cannot be read is an `OSError` here.
"""

import errno
import os
from functools import cache
from pathlib import Path

from report_ls.base.memo import memoized
from report_ls.checks import all_checks
from report_ls.data.error import DataError
from report_ls.files.text_files import read_text, relative
from report_ls.packs.pack import Pack, shipped


@cache
def packs() -> tuple[Pack, ...]:
    """Return the packs that come with report-ls, by id."""
    return shipped(read_text(rules_folder() / "packs.json").text)


@cache
def rules_folder() -> Path:
    """Return where the packs and the reference of the checks lie."""
    package = Path(__file__).parents[1]
    inside = package / "rules"
    # The wheel carries them in the package; in a checkout they are at its top.
    return inside if inside.is_dir() else package.parents[1] / "rules"


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
        # Reading a pipe waits for a writer.
        raise OSError(errno.EINVAL, "it is not a file")
    return read_pack(path)


def read_pack(path: Path) -> Pack:
    """Return the pack in a file. Raises `DataError`, or `OSError`."""
    return parse_pack(read_text(path).text, relative(path))


@memoized(4)
def parse_pack(text: str, where: str) -> Pack:
    """Return the pack in a text; `where` names it in errors. Raises `DataError`."""
    from report_ls.packs.pack_file import load  # noqa: PLC0415 - only a pack of somebody's own is YAML

    try:
        return load(text, where, [check.code for check in all_checks()])
    except DataError as error:
        raise error.within(text) from None
