"""Whether a report is ready to hand in: what is found in it, and whether git has it where the course collects it."""

from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from report_ls.analysis.analyze import Analysis
from report_ls.base.diagnostic import Severity
from report_ls.files import git
from report_ls.files.disk import DiskFiles
from report_ls.files.paths import is_link
from report_ls.files.targets import exists, resolve
from report_ls.files.text_files import decode
from report_ls.project.counts import counts
from report_ls.repository.scraped import misplaced


@frozen
class Point:
    """One thing that should be true before a report is handed in."""

    is_met: bool | None
    """None where it cannot be seen from here."""
    text: str
    details: tuple[str, ...] = ()


@frozen
class Readiness:
    """The verdict and its reasons."""

    points: tuple[Point, ...]
    counts: tuple[str, ...] = ()
    """What the course counts in the report and its repository, said beside the verdict."""

    @property
    def is_ready(self) -> bool:
        """Whether nothing is known that is still to be done."""
        return all(point.is_met is not False for point in self.points)

    @property
    def title(self) -> str:
        """The verdict in words."""
        if not self.is_ready:
            return "not ready to hand in"
        is_certain = all(point.is_met for point in self.points)
        return "ready to hand in" if is_certain else "ready to hand in, as far as can be seen from here"


def readiness(analysis: Analysis, path: Path) -> Readiness:
    """Judge a report that lies at a path, as it was last analysed. It asks the disk and git, never the network."""
    return Readiness((_findings(analysis), *_in_git(analysis, path)), counts(analysis, path))


def _findings(analysis: Analysis) -> Point:
    found = [diagnostic for diagnostic in analysis.diagnostics if diagnostic.severity <= Severity.WARNING]
    n_errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in found)
    counts = f"{_count(n_errors, 'error')} and {_count(len(found) - n_errors, 'warning')}"
    lines = (analysis.source.line_at(diagnostic.span.start) + 1 for diagnostic in found)
    details = tuple(
        f"line {line}: {diagnostic.severity.word}: {diagnostic.message} [{diagnostic.code}]"
        for line, diagnostic in zip(lines, found, strict=True)
    )
    return Point(not found, f"{counts} in the report", details)


def _in_git(analysis: Analysis, path: Path) -> Iterator[Point]:
    files, folder = DiskFiles(path.parent), path.parent
    if is_link(path):
        yield Point(None, "the report is a link to another file, so whether the course has that cannot be seen")
        return
    content = files.content(path.name)
    # An editor shows no byte order mark.
    if content is None or _shown(decode(content).text) != _shown(analysis.source.text):
        yield Point(False, "what is judged here is not saved")
    now = git.moment(folder)
    if now is None:
        yield Point(None, "this folder is in no git repository, so whether the course has the report cannot be seen")
        return
    if git.tracked(now) is None:
        yield Point(None, "git does not answer here, so whether the course has the report cannot be seen")
        return
    yield from _in_its_place(analysis, files, path)
    yield from _committed(files, path.name, _pictures(analysis, files))
    yield from _pushed(git.branch(folder))


def _in_its_place(analysis: Analysis, files: DiskFiles, path: Path) -> Iterator[Point]:
    """Yield whether the report has the place and the name at which the course looks for it, where that is known."""
    scraper, tree = analysis.pack.scraper, files.tree()
    if scraper and tree:
        own = misplaced(scraper, tree, path.name)
        looks = f"the course takes {scraper.report} and no other file"
        yield Point(own is None, f"{looks}: move or rename {own}" if own else looks)


def _shown(text: str) -> str:
    return text.removeprefix("\ufeff")


def _pictures(analysis: Analysis, files: DiskFiles) -> list[str]:
    """Return the files that the report shows."""
    targets = (resolve(image.url) for question in analysis.report.questions for image in question.answer.images)
    return sorted({target.path for target in targets if not target.is_remote and exists(files, target.path)})


def _committed(files: DiskFiles, report: str, pictures: list[str]) -> Iterator[Point]:
    names = {path: name for path in (report, *pictures) if (name := files.name_in_git(path))}
    kept = git.committed(files.root)
    missing, elsewhere = [], []
    for path, name in names.items():
        object_id, content = kept.get(name), files.content(path) or b""
        if object_id is None:
            missing.append(f"{path} is not in it")
        elif git.is_object(object_id, git.lfs_pointer(content)):
            elsewhere.append(path)
        elif not git.is_object(object_id, content):
            missing.append(f"{path} has changed since")
    if missing:
        yield Point(
            False, "the last commit does not have all of the report: add and commit what is listed", tuple(missing)
        )
    else:
        n_pictures = len(names) - 1
        whole = (
            f"the report and its {_count(n_pictures, 'picture')} as they are" if n_pictures else "the report as it is"
        )
        yield Point(True, f"the last commit has {whole} here")
    if elsewhere:
        yield Point(None, "Git LFS keeps pictures elsewhere: who has no Git LFS sees nothing", tuple(elsewhere))


def _pushed(branch: git.Branch | None) -> Iterator[Point]:
    if branch is None:
        yield Point(False, "there is no branch with a commit here that could be pushed")
    elif not branch.upstream:
        yield Point(False, f"the branch {branch.name} is pushed nowhere: git push -u origin {branch.name}")
    elif branch.is_gone:
        yield Point(
            False, f"the branch {branch.name} was pushed to {branch.upstream}, which this computer does not know"
        )
    elif branch.n_ahead:
        pull = f", after git pull for {_count(branch.n_behind, 'commit')} of others" if branch.n_behind else ""
        commits = f"{_count(branch.n_ahead, 'commit')} of {branch.name}"
        yield Point(False, f"{commits} not pushed to {branch.upstream}: git push{pull}")
    else:
        more = f", which has {_count(branch.n_behind, 'commit')} more: git pull" if branch.n_behind else ""
        yield Point(True, f"all commits are pushed to {branch.upstream}{more} (the network was not asked)")
        if branch.default not in ("", branch.upstream):
            yield Point(None, f"who clones the repository gets {branch.default} and not {branch.upstream}")


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
