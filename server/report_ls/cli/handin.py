"""`--handin`: whether a report is ready to hand in, or which reports of a class are."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence

from report_ls.base.plural import count
from report_ls.cli.asked import judge_handed_in
from report_ls.cli.formats import as_line
from report_ls.cli.formats._glance import in_columns
from report_ls.cli.results import Judged, Results
from report_ls.cli.status import status_of
from report_ls.cli.terminal import print_results, say
from report_ls.project.readiness import Readiness

_Verdict = tuple[Judged, Readiness]


def answer(options: Namespace) -> int:
    """Judge the given reports and print whether they are ready; for a single report also print why."""
    run = judge_handed_in(options)
    results = run.results
    pairs = zip(results.reports, run.outcomes, strict=True)
    verdicts = [(report, outcome.readiness) for report, outcome in pairs if outcome.readiness]
    say(*results.troubles)
    is_one = len(verdicts) + len(results.unreadable) == 1
    lines = _reasons(verdicts) if is_one else _table(verdicts, results)
    print_results("".join(f"{as_line(line)}\n" for line in lines))
    if not run.is_complete:
        raise KeyboardInterrupt
    return status_of(results, found=not all(ready.is_ready for _, ready in verdicts))


_MARKS = {True: "yes", False: "no", None: "?"}


def _reasons(verdicts: Sequence[_Verdict]) -> Iterator[str]:
    for report, ready in verdicts:
        yield f"{report.path}: {ready.title}"
        for answer in (ready.course, ready.loss):
            yield f"  {_MARKS[answer.is_met]:4} {answer.text}"
            for point in answer.points:
                yield f"       {_MARKS[point.is_met]:4} {point.text}"
                yield from (f"              {detail}" for detail in point.details)
                yield from (f"            $ {command}" for command in point.commands)
        if ready.lengths.gaps:
            yield f"  {'':4} {ready.lengths.text}"
            yield from (f"       {'':4} {gap.text}" for gap in ready.lengths.gaps)
        yield from (f"  {'':4} {line}" for line in ready.counts)


def _table(verdicts: Sequence[_Verdict], results: Results) -> Iterator[str]:
    """Yield a line for each report that is not ready, the one with most to do first, and the number of ready ones."""
    not_ready = [(report, ready) for report, ready in verdicts if not ready.is_ready]
    if not_ready:
        most_first = sorted(not_ready, key=lambda verdict: -verdict[1].n_unmet)
        yield from in_columns([tuple(_row(report, ready)) for report, ready in most_first])
    unread = f", {len(results.unreadable)} not read" if results.unreadable else ""
    n_reports_of = sorted(Counter(ready.verdict for _, ready in verdicts).items())
    counts = "; ".join(f"{n_reports} {verdict}" for verdict, n_reports in n_reports_of)
    more = " (--handin PATH says why)" if not_ready else ""
    if not_ready and any(report.group for report, _ in verdicts):
        more = " (--handin PATH says why; --names says whose they are)"
    n_reports = len(verdicts)
    yield f"{count(n_reports, 'report')}{unread}{': ' if counts else ''}{counts}{more}"


def _row(report: Judged, ready: Readiness) -> Iterator[str]:
    yield report.name
    yield f"{ready.n_unmet} to do"
    for answer in (ready.course, ready.loss):
        yield f"{answer.text}: {_MARKS[answer.is_met]}"
    yield ready.lengths.text
