"""Reads a file, fixes it if asked, and judges it as a report."""

import copyreg
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from report_ls.analysis.analyze import analyze
from report_ls.base.cached import cached_property
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.text import SourceText
from report_ls.cli.candidates import Candidate
from report_ls.cli.judged import as_judged
from report_ls.cli.judged_lines import reduce_judged
from report_ls.cli.outcomes import CheckedReport, Fixed, Outcomes
from report_ls.cli.results import Judged, Note, Unreadable
from report_ls.files.asked import AskedFiles
from report_ls.files.port import Files
from report_ls.files.text_files import TooLargeError, read_text, reason, relative, write_text
from report_ls.packs.pack import Pack
from report_ls.project.find_configuration import (
    Broken,
    FindConfiguration,
    find_configurations_once,
    looked_for,
    no_configuration,
)
from report_ls.project.judge import Choices, NoReport, edition_on_disk, terms
from report_ls.project.reports import is_report
from report_ls.report.outline import outline
from report_ls.repository.project_files import ProjectFiles, files_of_tests

if TYPE_CHECKING:
    from report_ls.cli.kept import Kept

# A process sends its results so.
copyreg.pickle(Judged, reduce_judged)


class _TaskFields(NamedTuple):
    """The fields of a task: a named tuple itself has no room for cached properties."""

    pack: Pack | None
    """The pack that the options name; None if the configuration or each report decides."""
    stage: str | None
    """The stage that the options name; None if the configuration decides."""
    wanted: Callable[[str], bool]
    """Returns whether to report findings with a code."""
    fixes: bool
    """Whether to fix the text before it is judged."""
    writes: bool = False
    """Whether to write the fixed text into its file."""
    tells_fixes: bool = True
    """Whether findings come with their fixes, which are slow to pass between processes."""
    keeps: bool = False
    """Whether to record what the files beside a report were asked, so that the result can be cached."""
    tells_readiness: bool = False
    """Whether to judge if the report is ready to hand in."""
    is_isolated: bool = False
    """Whether to ignore configuration files."""


class Task(_TaskFields):
    """What to do with each report of one run."""

    def __getstate__(self) -> None:
        # Another process reads the configurations itself.
        return None

    @cached_property
    def configured_for(self) -> FindConfiguration:
        """The function that returns the configuration of a folder; it reads each folder once."""
        return no_configuration if self.is_isolated else find_configurations_once()

    @cached_property
    def choices(self) -> Choices:
        """The pack and stage of the options, which override any configuration."""
        return Choices(self.pack, self.stage or "", usual_stage="final")


def judge_candidate(task: Task, candidate: Candidate) -> Outcomes:
    """Judge a file that may be a report; return nothing for a file that is no report, unless the user named it."""
    path, shown = candidate.path, candidate.shown
    if candidate.is_outside:
        return [Note(shown, f"{shown}: a link that leads out of the folder is not followed: name it to check it")]
    try:
        read = read_text(path)
    except TooLargeError as error:
        # A file that the user did not name is then no report.
        return [Unreadable(shown, reason(error)) if candidate.named else Note(shown, f"{shown}: {reason(error)}")]
    except OSError as error:
        return [Unreadable(shown, reason(error))]
    if not candidate.named and not is_report(path, read, task.choices, task.configured_for):
        # A broken configuration may name a pack with which this is a report.
        configured = task.configured_for(path.parent) if task.pack is None else None
        return _until_fixed(configured, configured.path.parent) if isinstance(configured, Broken) else []
    outcomes = judge(path, read, task, is_named=candidate.named, is_on_disk=True)
    if not task.writes:
        return outcomes
    return [written for outcome in outcomes for written in _write(path, outcome, task)]


def judge_to_keep(task: Task, kept: "Kept", candidate: Candidate) -> Outcomes:
    """Judge a file that may be a report, and cache the result if a later run is sure to get the same."""
    from report_ls.files.grounds import read_grounds  # noqa: PLC0415 - only needed for many reports

    # A task of its own reads the configurations now: of one that has gone since the run began there is no trace.
    outcomes = judge_candidate(task._replace(keeps=True), candidate)
    reports = [outcome for outcome in outcomes if isinstance(outcome, CheckedReport)]
    if reports == outcomes and not any(outcome.judged.failures for outcome in reports):
        folder = candidate.path.parent
        places = [*looked_for(folder, task.configured_for(folder)), *files_of_tests(folder)]
        asked = [answer for outcome in reports if outcome.asked for answer in outcome.asked.answers]
        grounds = read_grounds(candidate.path, asked, places)
        if grounds is not None:
            kept.keep(candidate, [outcome.judged for outcome in reports], grounds)
    return [outcome._replace(asked=None) if isinstance(outcome, CheckedReport) else outcome for outcome in outcomes]


def _write(path: Path, outcome: CheckedReport | Unreadable | Note, task: Task) -> Outcomes:
    """Write the fixed text of a report into its file."""
    fixed = outcome.fixed if isinstance(outcome, CheckedReport) else None
    if fixed is None or fixed.after == fixed.before:
        return [outcome]
    try:
        write_text(path, fixed.after.text, fixed.before.text)
    except OSError as error:
        unwritten = Unreadable(relative(path), f"cannot write its fixes: {reason(error)}")
        return [unwritten, *judge(path, fixed.before, task._replace(fixes=False), is_named=True, is_on_disk=True)]
    return [Note(relative(path), f"{relative(path)}: fixed what is safe to fix"), outcome]


def judge(path: Path, read: SourceText, task: Task, *, is_named: bool, is_on_disk: bool) -> Outcomes:
    """Judge a text as the report at a path, whether it is on disk there or not."""
    source, shown = read, relative(path)
    found, configured = outline(source.plain), task.configured_for(path.parent)
    decided = terms(found, path, configured, task.choices, is_named=is_named, recognise=edition_on_disk(path))
    if isinstance(decided, Broken):
        return _until_fixed(decided, path)
    if isinstance(decided, NoReport):
        return [Unreadable(shown, decided.reason)]
    pack, stage = decided.pack, decided.stage
    files: Files = ProjectFiles(path.parent, path.name, decided.template)
    asked = AskedFiles(files) if task.keeps else None
    files = asked or files
    notes, fixed = [], None
    if task.fixes and read.misread:
        notes.append(Note(shown, f"{shown}: not UTF-8, so it is not fixed until it is saved as UTF-8"))
    elif task.fixes:
        from report_ls.analysis.fixing import fix_all  # noqa: PLC0415 - only --fix and --diff need it

        source = fix_all(source, pack, files, stage, task.wanted)
        fixed = Fixed(read, source)
    analysis = analyze(source, pack, files, stage).only(task.wanted)
    is_read_there = is_on_disk and (task.writes or source == read)
    outcome = CheckedReport(
        as_judged(shown, analysis, tells_fixes=task.tells_fixes, is_on_disk=is_read_there), fixed, asked=asked
    )
    if task.tells_readiness:
        from report_ls.project.readiness import readiness  # noqa: PLC0415 - only --handin needs it

        outcome = outcome._replace(readiness=readiness(analysis, path))
    return [*notes, outcome]


def _until_fixed(broken: Broken, path: Path) -> Outcomes:
    """Say why a report, or a folder that may hold one, is not judged."""
    name = relative(broken.path)
    why = f"not judged until {name} is fixed; --isolated judges it without"
    return [Note(name, str(broken.error)), Unreadable(relative(path), why)]
