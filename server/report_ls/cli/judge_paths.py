"""From paths to what is said of the reports there: found, read, fixed where that is asked, judged."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve, frozen

from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.cli.candidates import NOTHING_FOUND, Candidate, candidates, why_nothing
from report_ls.cli.judged import as_judged
from report_ls.cli.processes import Lost, each
from report_ls.cli.results import Judged, Note, Unreadable
from report_ls.files.paths import is_file
from report_ls.files.text_files import TooLargeError, read_text, reason, relative, write_text
from report_ls.packs.pack import Pack
from report_ls.project.find_configuration import Broken, FindConfiguration, find_configuration, no_configuration
from report_ls.project.judge import Choices, NoReport, edition_on_disk, terms
from report_ls.project.reports import default_report, is_report
from report_ls.report.outline import outline
from report_ls.repository.project_files import ProjectFiles

if TYPE_CHECKING:
    from report_ls.project.readiness import Readiness


@frozen
class Task:
    """What is to be done with each report of one run."""

    pack: Pack | None
    """The one asked for; None where the configuration or each report tells its own."""
    stage: str | None
    """The one asked for, likewise."""
    wanted: Callable[[str], bool]
    fixes: bool
    """Whether the text is fixed before it is judged."""
    writes: bool = False
    """Whether the fixed text is written."""
    tells_fixes: bool = True
    """Whether the findings come with their fixes, which take long to pass on."""
    tells_readiness: bool = False
    """Whether it is said how far a report is from being handed in."""
    is_isolated: bool = False
    """Whether no configuration is read."""

    @cached_property
    def configured_for(self) -> FindConfiguration:
        """What is configured for the reports of a folder, as far as it counts; it is read once for each folder."""
        return no_configuration if self.is_isolated else cache(find_configuration)

    @cached_property
    def choices(self) -> Choices:
        """What is asked for, above any configuration."""
        return Choices(self.pack, self.stage or "", usual_stage="final")


class Fixed(NamedTuple):
    """A text before and after its fixes, which may be none."""

    before: SourceText
    after: SourceText


class Outcome(NamedTuple):
    """What is said of a report, after any fixes."""

    judged: Judged
    fixed: Fixed | None = None
    """None where no fixes are asked for."""
    readiness: "Readiness | None" = None
    """None where nobody asks for it."""


Outcomes = Sequence[Outcome | Unreadable | Note]


class InterruptedJudgingError(KeyboardInterrupt):
    """Ctrl-C came, but some files are done."""

    def __init__(self, outcomes: Outcomes, message: str) -> None:
        super().__init__(message)
        self.outcomes = outcomes


def judge_paths(paths: Sequence[Path], task: Task, show_progress: Callable[[int, int], None]) -> Outcomes:
    """Judge the reports of the paths, or without any the report of the current folder.

    Shows how many files of how many are done. Raises `InterruptedJudgingError` with what was done until then.
    """
    paths = paths or [default_report(Path(), task.choices, task.configured_for) or Path()]
    in_paths = [(path, {relative(one.path): one for one in candidates(path)}) for path in paths]
    tasks = {name: one for _, several in in_paths for name, one in several.items()}
    names = list(tasks)
    done: dict[str, Outcomes] = {}
    try:
        for index, outcomes in each(partial(_judge_candidate, task), list(tasks.values()), alone=task.writes):
            name = names[index]
            done[name] = [Unreadable(name, outcomes.error)] if isinstance(outcomes, Lost) else outcomes
            show_progress(len(done), len(names))
    except KeyboardInterrupt:
        show_progress(len(names), len(names))
        if not any(done.values()):
            raise
        message = f"interrupted: {len(done)} of {len(names)} files were read, the rest is missing here"
        in_order = [outcome for name in names for outcome in done.get(name, ())]
        raise InterruptedJudgingError(in_order, message) from None
    found = _once(outcome for name in names for outcome in done[name])
    for path, several in in_paths:
        if all(isinstance(one, Note) for name in several for one in done[name]):
            is_alone = len(in_paths) == 1
            found.append(_nothing(path, task) if is_alone else Unreadable(relative(path), why_nothing(path)))
    return found


def _once(outcomes: Iterable[Outcome | Unreadable | Note]) -> list[Outcome | Unreadable | Note]:
    """Return what is said without what is said already; of a folder only what is said of no report in it."""
    found = list(outcomes)
    of_reports = {one.error for one in found if isinstance(one, Unreadable) and is_file(Path(one.path))}
    told: set[Unreadable | Note] = set()
    kept: list[Outcome | Unreadable | Note] = []
    for one in found:
        if not isinstance(one, Outcome):
            is_known = isinstance(one, Unreadable) and one.error in of_reports and not is_file(Path(one.path))
            if one in told or is_known:
                continue
            told.add(one)
        kept.append(one)
    return kept


def _nothing(folder: Path, task: Task) -> Unreadable | Note:
    """Say that the folder that is asked for has no report: before the final stage it may not be begun."""
    shown, why = relative(folder), why_nothing(folder)
    stage = task.choices.stage_with(task.configured_for(folder))
    if why == NOTHING_FOUND and stage is not Stage.FINAL:
        return Note(shown, f"{shown}: {why}")
    return Unreadable(shown, why)


def _judge_candidate(task: Task, candidate: Candidate) -> Outcomes:
    """Judge what may be a report; nothing is said of a file that nobody named and that is none."""
    path, shown = candidate.path, relative(candidate.path)
    if candidate.is_outside:
        return [Note(shown, f"{shown}: a link that leads out of the folder is not followed: name it to have it judged")]
    try:
        read = read_text(path)
    except TooLargeError as error:
        # What nobody named is no report then.
        return [Unreadable(shown, reason(error)) if candidate.named else Note(shown, f"{shown}: {reason(error)}")]
    except OSError as error:
        return [Unreadable(shown, reason(error))]
    if not candidate.named and not is_report(path, read, task.choices, task.configured_for):
        # A configuration that cannot be read may name a pack that makes this a report.
        configured = task.configured_for(path.parent) if task.pack is None else None
        return _until_fixed(configured, configured.path.parent) if isinstance(configured, Broken) else []
    outcomes = judge(path, read, task, is_named=candidate.named, is_on_disk=True)
    if not task.writes:
        return outcomes
    return [one for outcome in outcomes for one in _write(path, outcome, task)]


def _write(path: Path, outcome: Outcome | Unreadable | Note, task: Task) -> Outcomes:
    """Write what was fixed in a report."""
    fixed = outcome.fixed if isinstance(outcome, Outcome) else None
    if fixed is None or fixed.after == fixed.before:
        return [outcome]
    try:
        write_text(path, fixed.after.text, fixed.before.text)
    except OSError as error:
        unwritten = Unreadable(relative(path), f"its fixes are not written: {reason(error)}")
        return [unwritten, *judge(path, fixed.before, evolve(task, fixes=False), is_named=True, is_on_disk=True)]
    return [Note(relative(path), f"{relative(path)}: fixed what is safe to fix"), outcome]


def judge(path: Path, read: SourceText, task: Task, *, is_named: bool, is_on_disk: bool) -> Outcomes:
    """Judge a text as a report of its folder, in which it lies or not."""
    source, shown = read, relative(path)
    found, configured = outline(source.plain), task.configured_for(path.parent)
    decided = terms(found, path, configured, task.choices, is_named=is_named, recognise=edition_on_disk(path))
    if isinstance(decided, Broken):
        return _until_fixed(decided, path)
    if isinstance(decided, NoReport):
        return [Unreadable(shown, decided.reason)]
    pack, stage = decided.pack, decided.stage
    files = ProjectFiles(path.parent, path.name, decided.template)
    notes, fixed = [], None
    if task.fixes and read.misread:
        notes.append(Note(shown, f"{shown}: not UTF-8, so it is not fixed until it is saved as UTF-8"))
    elif task.fixes:
        from report_ls.analysis.fixing import fix_all  # noqa: PLC0415 - only --fix and --diff need it

        source = fix_all(source, pack, files, stage, task.wanted)
        fixed = Fixed(read, source)
    analysis = analyze(source, pack, files, stage).only(task.wanted)
    is_read_there = is_on_disk and (task.writes or source == read)
    outcome = Outcome(as_judged(shown, analysis, tells_fixes=task.tells_fixes, is_on_disk=is_read_there), fixed)
    if task.tells_readiness:
        from report_ls.project.readiness import readiness  # noqa: PLC0415 - only --handin needs it

        outcome = outcome._replace(readiness=readiness(analysis, path))
    return [*notes, outcome]


def _until_fixed(broken: Broken, path: Path) -> Outcomes:
    """Say why a report, or a folder that may hold one, is not judged."""
    name = relative(broken.path)
    why = f"not judged until {name} is fixed; --isolated judges it without"
    return [Note(name, str(broken.error)), Unreadable(relative(path), why)]
