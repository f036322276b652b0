"""Many reports: which files may be some, whose they are, and what is new in them.

In a class each folder is a group's. Folders bear the names of students, so people are shown numbers.
"""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from pathlib import Path, PurePosixPath

from attrs import evolve, frozen

from report_ls.analysis import Placed
from report_ls.formats import Judged, Results, Unreadable
from report_ls.formats.json import Finding
from report_ls.text_files import relative
from report_ls.workspace import folders_in, is_folder, markdown_below

NOTHING_FOUND = "no report found in this folder or below; name the file if there is one"

_SMALLEST_CLASS = 4
"""Nobody has so many reports of their own side by side."""


@frozen
class Candidate:
    """A file that may be a report."""

    path: Path
    named: bool
    """Somebody named the file itself, so it is one, or a mistake."""


def candidates(path: Path) -> list[Candidate]:
    """Return the file that is named, or the Markdown files of the folder that is."""
    if is_folder(path):
        return [Candidate(file, named=False) for file in sorted(markdown_below(path))]
    return [Candidate(path, named=True)]


def in_groups(results: Results, paths: Sequence[Path], *, names: bool, complete: bool) -> Results:
    """Return the results with a group for each report of a class, and a row for each group without a report.

    A folder is a class if at least four of its folders and files, and more than half of its folders,
    hold a report. Its groups are numbered in the order of their names, whatever is found in them;
    with `names` they keep these. Of results that are not `complete`, nobody knows who has none.
    """
    reports = [report.path for report in results.reports]
    known = {*reports, *(unreadable.path for unreadable in results.unreadable)}
    groups: dict[str, str] = {}
    missing: list[Unreadable] = []
    for folder in filter(is_folder, paths):
        members = {relative(folder / name) for name in folders_in(folder)}
        members |= {path for path in reports if str(PurePosixPath(path).parent) == relative(folder)}
        with_report = {_member(path, members) for path in reports} - {None}
        if len(with_report) >= _SMALLEST_CLASS and (not complete or 2 * len(with_report) > len(members)):
            for member in sorted(members):
                groups.setdefault(member, f"group {len(groups) + 1:03}")
            if complete:
                seen = {_member(path, members) for path in known}
                missing += [Unreadable(member, NOTHING_FOUND) for member in sorted(members) if member not in seen]
    unreadable = (*results.unreadable, *missing)
    if names:
        return evolve(results, unreadable=unreadable)
    n_reports: Counter[str] = Counter()
    return evolve(
        results,
        reports=tuple(evolve(report, group=_name(report.path, groups, n_reports)) for report in results.reports),
        unreadable=tuple(_without_names(one, groups, _name(one.path, groups, n_reports)) for one in unreadable),
    )


def _member(path: str, members: Container[str]) -> str | None:
    """Return which member of a class a path lies in, or is."""
    inner = PurePosixPath(path)
    return next((str(place) for place in (inner, *inner.parents) if str(place) in members), None)


def _name(path: str, groups: Mapping[str, str], n_reports: Counter[str]) -> str | None:
    """Return the name of a report in a class; of a second one of the same group, another name."""
    member = _member(path, groups)
    if member is None:
        return None
    group = groups[member]
    n_reports[group] += 1
    return group if n_reports[group] == 1 else f"{group} ({n_reports[group]})"


def _without_names(unreadable: Unreadable, groups: Mapping[str, str], name: str | None) -> Unreadable:
    """Return what was not read under the name of its group, also where the reason names a file of it."""
    member = _member(unreadable.path, groups)
    if member is None:
        return unreadable
    return evolve(unreadable, group=name, error=unreadable.error.replace(f"{member}/", f"{groups[member]}/"))


def only_new(results: Results, before: Mapping[str, Counter[Finding]]) -> Results:
    """Return the results without what was already found before, wherever it stood then."""
    return evolve(results, reports=tuple(_only_new(report, before.get(report.path)) for report in results.reports))


def _only_new(report: Judged, before: Counter[Finding] | None) -> Judged:
    if not before:
        return report
    left = before.copy()
    new: list[Placed] = []
    for placed in report.analysis.placed:
        diagnostic = placed.diagnostic
        finding = diagnostic.code, diagnostic.question, diagnostic.message
        if left[finding]:
            left[finding] -= 1
        else:
            new.append(placed)
    return evolve(report, analysis=evolve(report.analysis, placed=tuple(new)))
