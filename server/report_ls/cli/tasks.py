"""Converts options to a `Task`. An unknown pack or check raises `WrongUseError`."""

from argparse import Namespace
from collections.abc import Callable
from functools import partial

from report_ls.cli.judge_report import Task
from report_ls.cli.named import named_check, named_pack
from report_ls.packs.pack import Pack


def handing_in(options: Namespace) -> Task:
    """Return the task of `--handin` and `--render`."""
    return Task(
        _pack(options),
        "final",
        partial(_is_wanted, None, frozenset()),
        fixes=False,
        tells_fixes=False,
        tells_readiness=True,
        is_isolated=options.isolated,
    )


def checking(options: Namespace, *, tells_fixes: bool) -> Task:
    """Return the task of `--check`, `--fix` and `--diff`."""
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
    """Return a function that says whether `--select` and `--ignore` allow a code."""
    selected, ignored = (
        frozenset(named_check(code.strip()).code for codes in written or () for code in codes.split(","))
        for written in (options.select, options.ignore)
    )
    return partial(_is_wanted, selected or None, ignored)


def _is_wanted(selected: frozenset[str] | None, ignored: frozenset[str], code: str) -> bool:
    return (selected is None or code in selected) and code not in ignored
