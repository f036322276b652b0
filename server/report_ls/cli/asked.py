"""Judges the reports that the options name, and returns the results of one run."""

import sys
from argparse import Namespace
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from report_ls.base.diagnostic import STAGES
from report_ls.base.named_tuple import NamedTuple
from report_ls.cli.classes import in_groups
from report_ls.cli.judge_paths import InterruptedJudgingError, judge_paths
from report_ls.cli.outcomes import CheckedReport, Outcomes
from report_ls.cli.results import Note, Results, Unreadable
from report_ls.cli.terminal import say, show_progress
from report_ls.files.text_files import decode, place_in_repository

if TYPE_CHECKING:
    from report_ls.cli.judge_report import Task
    from report_ls.cli.kept import Kept


class CheckRun(NamedTuple):
    """The results of one run of `--check`, `--fix`, `--diff` or `--handin`."""

    results: Results
    outcomes: tuple[CheckedReport, ...]
    is_complete: bool = True
    """False after Ctrl-C."""
    stdin: bytes = b""


def judge_asked(options: Namespace, *, tells_fixes: bool) -> CheckRun:
    """Judge the reports at the paths, or the report from standard input."""
    make_task = cache(partial(_task, options, tells_fixes=tells_fixes))
    if options.stdin_filename is None:
        run_task = partial(_judge_paths, options, make_task, partial(_kept, options, tells_fixes=tells_fixes))
    else:
        run_task = partial(_judge_stdin, options, make_task)
    if options.baseline is None:
        return run_task()
    from report_ls.cli.baseline import only_new, read_baseline  # noqa: PLC0415 - only --baseline needs it

    known = read_baseline(options.baseline)
    run = run_task()
    results = run.results
    if known and not any(report.path in known for report in results.reports):
        say("the baseline has none of these reports: was it made in another folder?")
    return run._replace(results=only_new(results, known))


def judge_handed_in(options: Namespace) -> CheckRun:
    """Judge the reports at the paths as they will be handed in."""
    return _judge_paths(options, cache(partial(_task_of_handin, options)), lambda: None)


def _task_of_handin(options: Namespace) -> "Task":
    from report_ls.cli.tasks import handing_in  # noqa: PLC0415 - as below

    return handing_in(options)


def _task(options: Namespace, *, tells_fixes: bool) -> "Task":
    # This imports all checks, which is not needed if all results are cached.
    from report_ls.cli.tasks import checking  # noqa: PLC0415

    return checking(options, tells_fixes=tells_fixes)


def _kept(options: Namespace, *, tells_fixes: bool) -> "Kept | None":
    """Return the cache; None if it cannot be used. Fixes are not cached, because they may contain a report's text."""
    if options.no_cache or options.fix or options.diff or tells_fixes:
        return None
    from report_ls.cli.kept import kept_answers  # noqa: PLC0415 - only needed for many reports

    return kept_answers(options)


def _judge_paths(
    options: Namespace, make_task: "Callable[[], Task]", find_kept: "Callable[[], Kept | None]"
) -> CheckRun:
    paths = [Path(path) for path in options.paths]
    is_complete = True
    try:
        outcomes = judge_paths(paths, make_task, show_progress, find_kept)
    except InterruptedJudgingError as interrupted:
        say(str(interrupted))
        outcomes, is_complete = interrupted.outcomes, False
    results = in_groups(
        _results(outcomes, options),
        paths or [Path()],
        names=options.names,
        verbose=options.verbose,
        complete=is_complete,
    )
    return CheckRun(results, _checked(outcomes), is_complete)


def _judge_stdin(options: Namespace, make_task: "Callable[[], Task]") -> CheckRun:
    data = sys.stdin.buffer.read() if sys.stdin else b""
    from report_ls.cli.judge_report import judge  # noqa: PLC0415 - as above

    outcomes = judge(Path(options.stdin_filename), decode(data), make_task(), is_named=True, is_on_disk=False)
    return CheckRun(_results(outcomes, options), _checked(outcomes), stdin=data)


def _checked(outcomes: Outcomes) -> tuple[CheckedReport, ...]:
    return tuple(outcome for outcome in outcomes if isinstance(outcome, CheckedReport))


def _results(outcomes: Outcomes, options: Namespace) -> Results:
    return Results(
        STAGES[options.stage or "final"],
        tuple(outcome.judged for outcome in _checked(outcomes)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Unreadable)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Note)),
        place=place_in_repository(),
    )
