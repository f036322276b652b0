"""`--handin`: whether a report is ready to hand in."""

from argparse import Namespace
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import cast

from report_ls.base.diagnostic import Stage
from report_ls.cli.arguments import WrongUseError
from report_ls.cli.formats import as_line
from report_ls.cli.judge_paths import judge_paths
from report_ls.cli.results import Note, Results, Unreadable
from report_ls.cli.status import CANNOT_SAY, FOUND_NOTHING, FOUND_SOMETHING
from report_ls.cli.tasks import handing_in
from report_ls.cli.terminal import print_results, say, show_progress
from report_ls.project.readiness import Readiness


def answer(options: Namespace) -> int:
    """Judge the one report that is asked about, and print whether it is ready and why."""
    said = judge_paths([Path(path) for path in options.paths], cache(partial(handing_in, options)), show_progress)
    outcomes = [outcome for outcome in said if not isinstance(outcome, Note)]
    say(*(outcome.text for outcome in said if isinstance(outcome, Note)))
    if len(outcomes) != 1:
        raise WrongUseError(f"--handin takes one report, and these are {len(outcomes)}")
    (outcome,) = outcomes
    if isinstance(outcome, Unreadable):
        say(f"{outcome.path}: {outcome.error}")
        return CANNOT_SAY
    judged, ready = outcome.judged, cast("Readiness", outcome.readiness)  # The task asks for it.
    lines = (f"{judged.path}: {ready.title}", *_lines(ready))
    print_results("".join(f"{as_line(line)}\n" for line in lines))
    say(*Results(Stage.FINAL, (judged,)).troubles)
    if judged.failures:
        return CANNOT_SAY
    return FOUND_NOTHING if ready.is_ready else FOUND_SOMETHING


_MARKS = {True: "yes", False: "no", None: "?"}


def _lines(ready: Readiness) -> Iterator[str]:
    for answer in (ready.course, ready.loss):
        yield f"  {_MARKS[answer.is_met]:4} {answer.text}"
        for point in answer.points:
            yield f"       {_MARKS[point.is_met]:4} {point.text}"
            yield from (f"              {detail}" for detail in point.details)
    if ready.lengths.gaps:
        yield f"  {'':4} {ready.lengths.text}"
        yield from (f"       {'':4} {gap.text}" for gap in ready.lengths.gaps)
    yield from (f"  {'':4} {line}" for line in ready.counts)
