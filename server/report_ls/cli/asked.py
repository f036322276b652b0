"""What the options ask for, judged: from them to the results of one run."""

import sys
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from report_ls.cli.classes import in_groups
from report_ls.cli.judge_paths import InterruptedJudgingError, Outcome, Outcomes, Task, judge, judge_paths
from report_ls.cli.named import named_check, named_pack
from report_ls.cli.results import Note, Results, Unreadable
from report_ls.cli.terminal import say, show_progress
from report_ls.files.text_files import decode, place_in_repository
from report_ls.packs.pack import Pack
from report_ls.project.configuration import STAGES


class Judgement(NamedTuple):
    """What one run came to."""

    results: Results
    outcomes: tuple[Outcome, ...]
    is_complete: bool = True
    """False after Ctrl-C."""
    stdin: bytes = b""


def judge_asked(options: Namespace, *, tells_fixes: bool) -> Judgement:
    """Judge what is asked: the reports of the paths, or the one that comes from standard input."""
    task = _task(options, tells_fixes=tells_fixes)
    judge_them = _judge_paths if options.stdin_filename is None else _judge_stdin
    if options.baseline is None:
        return judge_them(options, task)
    from report_ls.cli.baseline import only_new, read_baseline  # noqa: PLC0415 - nothing else needs it

    known = read_baseline(options.baseline)
    judgement = judge_them(options, task)
    results = judgement.results
    if known and not any(report.path in known for report in results.reports):
        say("the baseline knows none of these reports: was it made in another folder?")
    return judgement._replace(results=only_new(results, known))


def judge_handed_in(options: Namespace) -> Judgement:
    """Judge the reports of the paths as they will be handed in."""
    return _judge_paths(options, handin_task(options))


def handin_task(options: Namespace) -> Task:
    """Return how a report that is handed in is judged."""
    return Task(
        _pack(options),
        "final",
        partial(_is_wanted, None, frozenset()),
        fixes=False,
        tells_fixes=False,
        tells_readiness=True,
        is_isolated=options.isolated,
    )


def _task(options: Namespace, *, tells_fixes: bool) -> Task:
    return Task(
        _pack(options),
        options.stage,
        _wanted(options),
        fixes=options.fix or options.diff,
        writes=options.fix and options.stdin_filename is None,
        tells_fixes=tells_fixes,
        is_isolated=options.isolated,
    )


def _pack(options: Namespace) -> Pack | None:
    return None if options.pack is None else named_pack(options.pack)


def _wanted(options: Namespace) -> Callable[[str], bool]:
    """Return which codes are asked for."""
    selected, ignored = (
        frozenset(named_check(code.strip()).code for codes in written or () for code in codes.split(","))
        for written in (options.select, options.ignore)
    )
    return partial(_is_wanted, selected or None, ignored)


def _is_wanted(selected: frozenset[str] | None, ignored: frozenset[str], code: str) -> bool:
    return (selected is None or code in selected) and code not in ignored


def _judge_paths(options: Namespace, task: Task) -> Judgement:
    paths = [Path(path) for path in options.paths]
    is_complete = True
    try:
        said = judge_paths(paths, task, show_progress)
    except InterruptedJudgingError as interrupted:
        say(str(interrupted))
        said, is_complete = interrupted.outcomes, False
    results = in_groups(
        _results(said, options),
        paths or [Path()],
        names=options.names,
        verbose=options.verbose,
        complete=is_complete,
    )
    return Judgement(results, _outcomes(said), is_complete)


def _judge_stdin(options: Namespace, task: Task) -> Judgement:
    data = sys.stdin.buffer.read() if sys.stdin else b""
    said = judge(Path(options.stdin_filename), decode(data), task, is_named=True, is_on_disk=False)
    return Judgement(_results(said, options), _outcomes(said), stdin=data)


def _outcomes(said: Outcomes) -> tuple[Outcome, ...]:
    return tuple(one for one in said if isinstance(one, Outcome))


def _results(said: Outcomes, options: Namespace) -> Results:
    return Results(
        STAGES[options.stage or "final"],
        tuple(outcome.judged for outcome in _outcomes(said)),
        tuple(one for one in said if isinstance(one, Unreadable)),
        tuple(one for one in said if isinstance(one, Note)),
        place=place_in_repository(),
    )
