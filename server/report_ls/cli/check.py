"""`--check`, `--fix` and `--diff`: print the findings in reports, and make or show fixes."""

import re
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence

from report_ls.cli.asked import CheckRun, judge_asked
from report_ls.cli.formats import write
from report_ls.cli.outcomes import CheckedReport, Fixed
from report_ls.cli.outputs import read_outputs, write_outputs
from report_ls.cli.status import CANNOT_SAY, reaches, status_of
from report_ls.cli.terminal import draw, print_results, say, screen


def answer(options: Namespace) -> int:
    """Judge the given reports, after fixes with `--fix` or `--diff`, and print findings or a diff."""
    outputs = read_outputs(options.output)
    run = judge_asked(options, tells_fixes="json" in (options.format, *dict(outputs)))
    results = run.results
    say(*results.troubles)
    all_written = write_outputs(outputs, results)
    found = _print_diff(run.outcomes) if options.diff else _print_findings(run, options)
    if not run.is_complete:
        raise KeyboardInterrupt
    return status_of(results, found=found) if all_written else CANNOT_SAY


def _print_findings(run: CheckRun, options: Namespace) -> bool:
    """Print the findings; return whether any reaches the severity of `--fail-on`."""
    results = run.results
    name = "statistics" if options.statistics else options.format or "text"
    if options.stdin_filename is not None and options.fix:
        # Print the text even if nothing was fixed: an editor replaces its own text with it.
        changed = [after.text.encode() for before, after in _fixed(run.outcomes) if after != before]
        print_results(changed[0] if changed else run.stdin)
        say(*write(name, results).rstrip("\n").split("\n"))
    elif name == "text":
        draw(write(name, results, screen()))
    else:
        print_results(write(name, results))
    return reaches(results, options.fail_on or "warning")


def _print_diff(outcomes: Sequence[CheckedReport]) -> bool:
    """Print what fixes would change; return whether they would change anything."""
    changes = [(outcome.judged.path, fixed) for outcome in outcomes for fixed in _fixed([outcome])]
    print_results("".join(line for path, fixed in changes for line in _diff(path, fixed)))
    return any(fixed.after != fixed.before for _, fixed in changes)


def _fixed(outcomes: Iterable[CheckedReport]) -> Iterator[Fixed]:
    return (outcome.fixed for outcome in outcomes if outcome.fixed)


def _diff(path: str, fixed: Fixed) -> Iterator[str]:
    from difflib import unified_diff  # noqa: PLC0415 - only --diff needs it

    before, after = (re.findall(r"[^\n]*\n|[^\n]+", source.text) for source in fixed)
    for line in unified_diff(before, after, path, path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
