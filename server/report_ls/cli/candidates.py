"""Which files may be reports, and why a folder has none."""

from pathlib import Path
from typing import NamedTuple

from report_ls.files.paths import is_folder, is_link, markdown_below
from report_ls.files.text_files import reason, relative

NOTHING_FOUND = "no report found in this folder or below; name the file if there is one"


class Candidate(NamedTuple):
    """A file that may be a report."""

    path: Path
    named: bool
    """Somebody named the file itself, so it is one, or a mistake."""


def candidates(path: Path) -> list[Candidate]:
    """Return the file that is named, or the Markdown files of the folder that is."""
    if is_folder(path):
        return [Candidate(file, named=False) for file in sorted(markdown_below(path))]
    return [Candidate(path, named=True)]


def why_nothing(path: Path) -> str:
    """Return why no report was found in a folder."""
    if is_link(path):
        return "it is a symbolic link to a folder, which is not followed: name it to have it judged"
    closed: list[OSError] = []
    for _ in markdown_below(path, closed.append):
        pass
    if closed:
        return f"{relative(Path(closed[0].filename))} cannot be looked into: {reason(closed[0])}"
    return NOTHING_FOUND
