"""Classes: many reports, each of a group.

In a class each folder belongs to a group. Folder names are often names of students, so output shows numbers instead.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from report_ls.cli.candidates import why_nothing
from report_ls.cli.results import Results, Unreadable
from report_ls.files.paths import folders_in, is_folder
from report_ls.files.text_files import relative, relative_below

_MIN_REPORTS = 4
"""A student never has so many reports side by side, so they are a class."""


def in_groups(results: Results, paths: Sequence[Path], *, names: bool, verbose: bool, complete: bool) -> Results:
    """Return the results with a group for each report of a class, and a row for each group without a report.

    A folder is a class if at least four of its folders and files have a report. At least four named folders with a
    report are a class too. Groups are numbered by name, independent of the findings; with `names` they keep their
    names. Each report of a class is shown in one line, unless `verbose`. If the results are not `complete`, groups
    without a report are not known and get no row.
    """
    # A report that cannot be read or judged belongs to a group too.
    known = [*(report.path for report in results.reports), *(unread.path for unread in results.unreadable)]
    folders = [path for path in paths if is_folder(path)]
    named = {relative(folder) for folder in folders}
    if len(_holding(named, known)) >= _MIN_REPORTS:
        members = sorted(named)
    else:
        members = [member for folder in folders for member in _members(folder, known)]
    groups = {member: f"group {number:03}" for number, member in enumerate(dict.fromkeys(members), 1)}
    missing = sorted(groups.keys() - _holding(groups, known)) if complete else []
    unreadable = (*results.unreadable, *(Unreadable(member, why_nothing(Path(member))) for member in missing))
    results = results._replace(unreadable=unreadable, at_a_glance=bool(groups) and not verbose)
    if names:
        return results
    shown = _names([*known, *missing], groups)
    return results._replace(
        reports=tuple(report._replace(group=shown[report.path]) for report in results.reports),
        unreadable=tuple(
            unread._replace(group=shown[unread.path], error=_without_names(unread.error, unread.path, groups))
            for unread in unreadable
        ),
        notes=tuple(note._replace(text=_without_names(note.text, note.path, groups)) for note in results.notes),
    )


def _members(folder: Path, reports: Sequence[str]) -> Iterator[str]:
    """Yield the members of a class, or of all classes below a folder, which may have one folder per day."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        place, show = relative(here), relative_below(here)
        inside = {show(here / name) for name in folders_in(here)}
        inside |= {path for path in reports if (path.rpartition("/")[0] or ".") == place}
        holding = _holding(inside, reports)
        if len(holding) >= _MIN_REPORTS:
            yield from sorted(inside)
        else:
            waiting += map(Path, sorted(holding.difference(reports), reverse=True))


def _holding(members: Container[str], paths: Iterable[str]) -> set[str]:
    """Return the members of a class that are or contain one of the paths."""
    return {member for path in paths if (member := _member(path, members))}


def _member(path: str, members: Container[str]) -> str | None:
    """Return the member of a class that is or contains a path."""
    return next((place for place in _upwards(path) if place in members), None)


def _upwards(path: str) -> Iterator[str]:
    """Yield a path and the folders above it."""
    yield path
    while (slash := path.rfind("/")) > 0:
        path = path[:slash]
        yield path
    yield "/" if path.startswith("/") else "."


def _names(paths: Iterable[str], groups: Mapping[str, str]) -> dict[str, str | None]:
    """Return the group name of each path in a class; a second path of the same group gets `(2)` added."""
    names: dict[str, str | None] = {}
    n_paths: Counter[str] = Counter()
    for path in dict.fromkeys(paths):
        member = _member(path, groups)
        group = groups[member] if member else None
        if group:
            n_paths[group] += 1
        names[path] = group if not group or n_paths[group] == 1 else f"{group} ({n_paths[group]})"
    return names


def _without_names(message: str, path: str, groups: Mapping[str, str]) -> str:
    """Return a message about a path, with the number of its group in place of the member's name."""
    member = _member(path, groups)
    if member is None:
        return message
    # A folder may be called 1, so replace only the start of a path or of the message.
    place = re.escape(member)
    return re.sub(rf"(?:^|(?<= )){place}(?=/)|^{place}(?=:)", lambda _: groups[member], message)
