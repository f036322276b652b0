"""Whether a report is ready to hand in: the course gets it, and it is as it was meant; its lengths beside that."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from report_ls.analysis.analyze import Analysis
from report_ls.base.diagnostic import Diagnostic, Severity
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.plural import count, count_or_no
from report_ls.base.questions import questions
from report_ls.base.rows import rows
from report_ls.files import branches, git
from report_ls.files.disk import DiskFiles
from report_ls.files.git_objects import is_object, lfs_pointer
from report_ls.files.paths import is_link
from report_ls.files.port import Tracking
from report_ls.files.targets import exists, resolve
from report_ls.files.text_files import decode
from report_ls.files.typed import typed
from report_ls.packs.gaps import Lengths
from report_ls.project.counts import counts
from report_ls.repository.scraped import misplaced


class Requirement(NamedTuple):
    """One thing that should be true before a report is handed in."""

    is_met: bool | None
    """None where it cannot be seen from here."""
    text: str
    details: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    """What one types in a terminal at the top of the repository, one after the other, to meet it."""
    n_things: int = 1
    """How many it is of a kind."""


class Answer(NamedTuple):
    """One of the two things that make a report ready, and what it rests on."""

    text: str
    points: tuple[Requirement, ...]

    @property
    def is_met(self) -> bool | None:
        """Whether all of it is; None where that cannot be seen from here."""
        met = [point.is_met for point in self.points]
        return False if False in met else None if None in met else True


class Readiness(NamedTuple):
    """The verdict and its reasons."""

    course: Answer
    loss: Answer
    lengths: Lengths
    """Said beside the verdict: a length is recommended, and no reason to write more than there is to say."""
    counts: tuple[str, ...] = ()
    """What the course counts in the report and its repository, said beside the verdict too."""

    @property
    def is_ready(self) -> bool:
        """Whether nothing is known that is still to be done."""
        return False not in (self.course.is_met, self.loss.is_met)

    @property
    def n_unmet(self) -> int:
        """How many things are known that are still to be done."""
        points = (*self.course.points, *self.loss.points)
        return sum(point.n_things for point in points if point.is_met is False)

    @property
    def verdict(self) -> str:
        """Whether it is ready, in words."""
        if not self.is_ready:
            return "not ready to hand in"
        is_certain = self.course.is_met and self.loss.is_met
        return "ready to hand in" if is_certain else "ready to hand in, as far as can be seen from here"

    @property
    def title(self) -> str:
        """The same with the lengths."""
        return "; ".join(filter(None, (self.verdict, self.lengths.text)))


_OF_THE_COURSE = {
    *("no-questions", "not-utf8", "answer-label", "script-differs"),
    *("question-missing", "question-duplicate", "question-order", "question-unexpected"),
    *("unanswered", "too-few-images"),
}
"""What keeps from the course an answer that it asks for; what else is an error or a warning loses something."""
_OF_LENGTHS = {"answer-too-short", "answer-too-long", "too-many-images"}


def readiness(analysis: Analysis, path: Path) -> Readiness:
    """Judge a report that lies at a path, as it was last analysed. It asks the disk and git, never the network."""
    found = [
        diagnostic
        for diagnostic in analysis.diagnostics
        if diagnostic.severity <= Severity.WARNING and not _is_said_elsewhere(diagnostic, path)
    ]
    course, loss = (
        [diagnostic for diagnostic in found if (diagnostic.code in _OF_THE_COURSE) is is_course]
        for is_course in (True, False)
    )
    return Readiness(
        Answer(
            "the course gets it",
            (
                *_by_the_script(analysis),
                *_points(analysis, course),
                *_unknown(analysis, is_course=True),
                *_in_git(analysis, path),
            ),
        ),
        Answer("it is as you meant it", (*_points(analysis, loss), *_unknown(analysis, is_course=False))),
        analysis.lengths,
        counts(analysis, DiskFiles(path.parent).tree(), path),
    )


def _is_said_elsewhere(found: Diagnostic, path: Path) -> bool:
    """Say whether a finding is about a length, or that a picture is to be added to git, as the last commit says too."""
    is_added = found.code == "image-untracked" and (found.command or "").startswith("git add")
    return found.code in _OF_LENGTHS or (is_added and not is_link(path))


def _unknown(analysis: Analysis, *, is_course: bool) -> Iterator[Requirement]:
    """Yield that checks are off or failed, which makes nothing wrong and nothing certain; lengths are asked nowhere."""
    off = sorted(key for key, severity in analysis.pack.severities.items() if severity is None)
    for keys, one, several in (
        (off, "check is off", "checks are off"),
        ([failure.code for failure in analysis.failures], "check failed", "checks failed"),
    ):
        codes = {key: key.partition("@")[0] for key in keys}
        asked = [
            key for key, code in codes.items() if code not in _OF_LENGTHS and (code in _OF_THE_COURSE) is is_course
        ]
        if asked:
            what, who = (f"1 {one}", "it") if len(asked) == 1 else (f"{len(asked)} {several}", "they")
            yield Requirement(None, f"{what}, so it is not known what {who} would find", tuple(asked))


def _points(analysis: Analysis, found: Sequence[Diagnostic]) -> Iterator[Requirement]:
    """Yield one for each kind of which there are many, so that none is below a page of others, else for each."""
    for first, others in rows(found):
        message = first.full_message
        details = tuple(f"{_line(analysis, other)}: {other.full_message}" for other in others)
        if others and first.code == "unanswered":
            numbers = [each.question for each in (first, *others) if each.question is not None]
            message, details = f"{questions(numbers)} are not answered yet", ()
        elif others:
            message += f" (and {len(others)} more like this)"
        text = f"{_line(analysis, first)}: {first.severity.word}: {message} [{first.code}]"
        yield Requirement(False, text, details, n_things=1 + len(others))


def _line(analysis: Analysis, found: Diagnostic) -> str:
    return f"line {analysis.source.line_at(found.span.start) + 1}"


def _by_the_script(analysis: Analysis) -> Iterator[Requirement]:
    script = analysis.script
    if script:
        n_answers = count_or_no(len(script.answers), "answer")
        refused = (
            f"the course's script refuses the report: it finds {n_answers}, not {analysis.pack.form.expected_answers}"
        )
        yield Requirement(not script.refuses, refused if script.refuses else f"the course's script finds {n_answers}")


def _in_git(analysis: Analysis, path: Path) -> Iterator[Requirement]:
    files, folder = DiskFiles(path.parent), path.parent
    if is_link(path):
        yield Requirement(None, "the report is a link to another file: report-ls cannot tell whether the course has it")
        return
    content = files.content(path.name)
    # An editor shows no byte order mark.
    if content is None or _shown(decode(content).text) != _shown(analysis.source.text):
        yield Requirement(False, "the text in the editor is not saved")
    now = git.repository_state(folder)
    if now is None:
        yield Requirement(None, "not a git repository: report-ls cannot tell whether the course has the report")
        return
    if git.tracked(now) is None:
        yield Requirement(None, "git does not answer: report-ls cannot tell whether the course has the report")
        return
    yield from _in_its_place(analysis, files, path)
    has_conflict = any(found.code == "conflict-marker" for found in analysis.diagnostics)
    yield from _committed(files, now, path.name, _pictures(analysis, files), has_conflict=has_conflict)
    yield from _pushed(branches.branch(folder), branches.remotes(folder))


def _in_its_place(analysis: Analysis, files: DiskFiles, path: Path) -> Iterator[Requirement]:
    """Yield whether the report has the place and the name at which the course looks for it, where that is known."""
    scraper, tree = analysis.pack.scraper, files.tree()
    if scraper and tree:
        own = misplaced(scraper, tree, path.name)
        looks = f"the course takes only {scraper.report}"
        yield Requirement(own is None, f"{looks}: move or rename {own}" if own else looks)


def _shown(text: str) -> str:
    return text.removeprefix("\ufeff")


def _pictures(analysis: Analysis, files: DiskFiles) -> list[str]:
    """Return the files that the report shows."""
    targets = (resolve(image.url) for question in analysis.report.questions for image in question.answer.images)
    return sorted({target.path for target in targets if not target.is_remote and exists(files, target.path)})


def _committed(
    files: DiskFiles, now: git.RepositoryState, report: str, pictures: list[str], *, has_conflict: bool
) -> Iterator[Requirement]:
    names = {path: name for path in (report, *pictures) if (name := files.name_in_git(path))}
    kept, staged = git.committed(files.root), git.staged(files.root)
    missing, unstaged, elsewhere, too_large = [], [], [], []
    for path, name in names.items():
        object_id, content = kept.get(name), files.content(path)
        if content is None and object_id:
            too_large.append(path)
            continue
        content = content or b""
        if object_id and is_object(object_id, lfs_pointer(content)):
            elsewhere.append(path)
        elif not (object_id and is_object(object_id, content)):
            missing.append(f"{path} has changed since" if object_id else f"{path} is not in it")
            if not any(is_object(staged.get(name, ""), one) for one in (content, lfs_pointer(content))):
                unstaged.append(path)
    if missing:
        # A commit would hold both versions now.
        commands = () if has_conflict else _to_commit(files, now, unstaged)
        first = "keep one of git's two versions, then " if has_conflict else ""
        text = f"the last commit does not have the whole report: {first}add and commit these files"
        yield Requirement(False, text, (*missing,), commands)
    else:
        n_pictures = len(names) - 1 - len(too_large)
        whole = f"the report and its {count(n_pictures, 'picture')} are" if n_pictures else "the report is"
        yield Requirement(True, f"{whole} committed")
    if too_large:
        yield Requirement(
            None, "files that cannot be read or are too large are not compared with the last commit", tuple(too_large)
        )
    if elsewhere:
        yield Requirement(None, "Git LFS stores pictures elsewhere: without Git LFS they do not show", tuple(elsewhere))


def _to_commit(files: DiskFiles, now: git.RepositoryState, unstaged: list[str]) -> tuple[str, ...]:
    """Return the commands that commit files, of which some are to be added first; none where these cannot be typed."""
    commit = 'git commit -m "Report"'
    if not unstaged:
        return (commit,)
    place = now.folder.relative_to(now.top)
    is_kept_out = any(files.tracking(path) is Tracking.IGNORED for path in unstaged)
    add = typed("git add -f" if is_kept_out else "git add", [(place / path).as_posix() for path in unstaged])
    return (add, commit) if add else ()


def _pushed(branch: branches.Branch | None, remotes: frozenset[str]) -> Iterator[Requirement]:
    if branch is None:
        yield Requirement(False, "there is no branch with a commit to push")
    elif not branch.upstream and not remotes:
        yield Requirement(
            False, f"the branch {branch.name} is not pushed: make a repository on GitHub, and add it here"
        )
    elif not branch.upstream:
        remote = "origin" if "origin" in remotes else min(remotes)
        push = typed("git push -u", [remote, branch.name])
        yield Requirement(False, f"the branch {branch.name} is not pushed", commands=(push,) if push else ())
    elif branch.is_gone:
        yield Requirement(
            False, f"the branch {branch.name} was pushed to {branch.upstream}, which this computer does not know"
        )
    elif branch.n_ahead:
        others = f", and {count(branch.n_behind, 'commit')} of others not pulled" if branch.n_behind else ""
        commits = f"{count(branch.n_ahead, 'commit')} of {branch.name}"
        commands = ("git pull", "git push") if branch.n_behind else ("git push",)
        yield Requirement(False, f"{commits} not pushed to {branch.upstream}{others}", commands=commands)
    else:
        more = f", which has {count(branch.n_behind, 'commit')} more: git pull" if branch.n_behind else ""
        yield Requirement(True, f"all commits are pushed to {branch.upstream}{more} (the network was not asked)")
        if branch.default not in ("", branch.upstream):
            yield Requirement(None, f"a clone checks out {branch.default}, not {branch.upstream}")
