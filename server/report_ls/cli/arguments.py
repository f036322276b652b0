"""The options of the command, their help, and which options exclude each other."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from functools import partial
from typing import NoReturn

from report_ls.cli.formats import FORMATS

_DESCRIPTION = "Shows what your course will see in an exam report written in Markdown."

_EPILOG = """\
exit status:
  0  nothing was found at or above --fail-on; with --handin: all are ready
  1  something was; with --diff: something would change; with --handin: not yet
  2  wrong use, a file or a pack that cannot be read, or a check that failed

Started by an editor, without arguments or with --stdio, it is a language
server; with --tcp HOST:PORT it is one on a port, for debugging.
"""

_ALONE = "explain", "completion", "infer_pack", "diff_packs", "list_packs", "init", "version"
_NO_OTHER = "use {this} alone, without paths and other options"
_JUDGING = {
    *("check", "paths", "stage", "pack", "isolated", "select", "ignore", "baseline", "no_cache"),
    *("statistics", "verbose", "names"),
}
_TAKES: dict[str, tuple[set[str], str]] = {
    **{name: (set(), _NO_OTHER) for name in _ALONE},
    "check_pack": ({"paths"}, "{this} takes a pack and reports, and no other options"),
    "render": (
        {"page", "marked", "pack", "isolated"},
        "{this} takes one report, and only the options --marked, -o, --pack and --isolated",
    ),
    "marked": (
        {"render", "page", "pack", "isolated"},
        "{this} marks the page of --render: report-ls --render REPORT --marked -o FILE",
    ),
    "page": (
        {"render", "marked", "pack", "isolated"},
        "{this} says where --render writes a page: report-ls --render REPORT -o FILE",
    ),
    "handin": (
        {"paths", "pack", "isolated", "names"},
        "{this} judges reports as they will be handed in: leave out {other}",
    ),
    "watch": (_JUDGING, "{this} shows what is found on one screen: leave out {other}"),
}
"""The options that each option may be combined with, and the message for any other."""


class WrongUseError(Exception):
    """The arguments make no sense. The message says what to do."""


def read_arguments(arguments: Sequence[str]) -> Namespace:
    """Return the options; arguments after `--` are paths. Raises `WrongUseError`."""
    # Up to Python 3.13 argparse finds options after `--` too, so it does not get these arguments.
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = make_parser().parse_intermixed_args(arguments[:end])
    options.paths += arguments[end + 1 :]
    given = {name for name, value in vars(options).items() if value}
    if options.help:
        return options
    for this in ("page", "marked"):
        if this in given and "render" not in given:
            raise WrongUseError(_TAKES[this][1].format(this=_as_written(this)))
    for this, (taken, message) in _TAKES.items():
        excluded = given - taken - {this}
        if this in given and excluded:
            raise WrongUseError(message.format(this=_as_written(this), other=_as_written(min(excluded))))
    if options.diff and options.format:
        raise WrongUseError("--diff prints a diff, so it takes no --format")
    if options.statistics and (options.diff or options.format):
        raise WrongUseError("--statistics prints tables, so it takes neither --format nor --diff")
    if options.stdin_filename is not None and options.paths:
        raise WrongUseError("with --stdin-filename the report comes from standard input: leave the paths out")
    return options


def _as_written(name: str) -> str:
    """Return an option as the user writes it."""
    return {"page": "-o", "paths": "the paths"}.get(name) or f"--{name.replace('_', '-')}"


def help_text() -> str:
    """Return the help, in lines of 80 columns."""
    return make_parser().format_help()


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUseError(f"{message} (see report-ls --help)")


def make_parser() -> ArgumentParser:
    """Return the parser of the arguments."""
    parser = _Parser(
        prog="report-ls",
        usage="report-ls --check [PATH ...] [options]\n       report-ls --render REPORT [--marked] [-o FILE]",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        # Without a width it imports much and asks the terminal for its width, for each option.
        formatter_class=partial(RawDescriptionHelpFormatter, width=80, max_help_position=26),
        allow_abbrev=False,
        add_help=False,
    )
    _add_what_to_do(parser)
    _add_how_to_judge(parser)
    _add_what_to_print(parser)
    _add_packs(parser)
    return parser


def _add_what_to_do(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("what to do")
    add = group.add_argument
    add(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a report, or a folder with reports (default: the report here); after -- all is a path",
    )
    add("--check", action="store_true", help="check reports and list the findings")
    changes = group.add_mutually_exclusive_group()
    changes.add_argument("--fix", action="store_true", help="fix what is safe to fix; list what remains")
    changes.add_argument("--diff", action="store_true", help="show what --fix would change; change nothing")
    add("--handin", action="store_true", help="say whether reports are ready to hand in: findings and git")
    add("--render", metavar="REPORT", help="make the hand-in page of a report, as HTML")
    add("--marked", action="store_true", help="with --render: show findings, and lost text in red")
    add("-o", dest="page", metavar="FILE", help="where --render writes it (default: standard output)")
    add("--watch", action="store_true", help="check again whenever a file changes, on one screen")
    add("--explain", metavar="CODE", help="explain a check")
    add("--init", action="store_true", help="set up a project: settings, CI, VS Code, pre-commit")
    add("--completion", choices=("bash", "zsh"), help="print a script that completes these options in a shell")
    add("--version", action="store_true", help="print the version")
    add("-h", "--help", action="store_true", help="print this help")


def _add_how_to_judge(parser: ArgumentParser) -> None:
    add = parser.add_argument_group("how to judge").add_argument
    add("--stage", choices=("draft", "final", "auto"), help="how far the report is (default: final, or as configured)")
    add(
        "--pack",
        metavar="ID|FILE",
        help="the edition of the course (default: as configured, or recognised)",
    )
    add("--isolated", action="store_true", help="ignore configuration files; only the options count")
    add("--select", metavar="CODE,...", action="append", help="only these checks")
    add("--ignore", metavar="CODE,...", action="append", help="all checks but these")
    add("--no-cache", action="store_true", help="check all reports of a class; keep and use no results")
    add("--baseline", metavar="FILE", help="only what is new since FILE, the output of --format json")
    add("--stdin-filename", metavar="NAME", help="read the report from standard input, as if it were NAME")


def _add_what_to_print(parser: ArgumentParser) -> None:
    add = parser.add_argument_group("what to print").add_argument
    add("--format", choices=FORMATS, help="how findings are written (default: text)")
    add("--output", metavar="FORMAT=FILE", action="append", help="also write findings into a file; may be repeated")
    add(
        "--fail-on",
        choices=("error", "warning", "information", "never"),
        help="the least severity that makes the exit status 1 (default: warning)",
    )
    add("--statistics", action="store_true", help="for many reports: how often a check finds something")
    add("--verbose", action="store_true", help="list all findings of a class (default: a line a group)")
    add("--names", action="store_true", help="show folder names instead of group numbers")


def _add_packs(parser: ArgumentParser) -> None:
    add = parser.add_argument_group("packs, which say what a course asks").add_argument
    add("--list-packs", action="store_true", help="list the editions that are known")
    add(
        "--infer-pack",
        metavar="TEMPLATE",
        help="draft a pack from the empty form of a course and its report.py",
    )
    add("--check-pack", metavar="PACK", help="list problems in a pack, and how reports of PATH fit it")
    add("--diff-packs", metavar=("OLD", "NEW"), nargs=2, help="say what changed between two packs")
