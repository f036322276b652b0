"""Finds files that may be reports, and says why a folder has none."""

from operator import attrgetter
from pathlib import Path

from report_ls.base.named_tuple import NamedTuple
from report_ls.files.paths import is_folder, is_link, leads_out, markdown_below
from report_ls.files.text_files import reason, relative, relative_below

NOTHING_FOUND = "no report found in this folder or below; name the file if there is one"


class Candidate(NamedTuple):
    """A file that may be a report."""

    path: Path
    shown: str
    """The path relative to the current folder, with slashes."""
    named: bool
    """The user named the file itself, so it is a report or the user made a mistake."""
    is_outside: bool = False
    """It is a link that leads out of the folder that the user named."""
    below: str = ""
    """The real path, without links, of the folder that the user named."""


def candidates(path: Path) -> list[Candidate]:
    """Return the named file, or the Markdown files below the named folder."""
    if is_folder(path):
        files, below = sorted(markdown_below(path), key=attrgetter("parts")), str(path.resolve())
        show = relative_below(path)
        return [Candidate(file, show(file), False, is_link(file) and leads_out(file, path), below) for file in files]
    return [Candidate(path, relative(path), named=True)]


def why_nothing(path: Path) -> str:
    """Return why no report was found in a folder."""
    if is_link(path):
        return "it is a symbolic link to a folder, which is not followed: name it to check it"
    closed: list[OSError] = []
    for _ in markdown_below(path, closed.append):
        pass
    if closed:
        return f"{relative(Path(closed[0].filename))} cannot be read: {reason(closed[0])}"
    return NOTHING_FOUND
