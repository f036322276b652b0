"""The command: what it is asked, in what order it answers, and its exit status. It alone prints.

Results go to standard output, everything else to standard error. The exit status is 0 when nothing
at or above `--fail-on` was found, 1 when something was, and 2 when it could not be found out.
"""

import os
import re
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from attrs import evolve, frozen

from report_ls.analysis import analyze, fix_all
from report_ls.checks import Check, all_checks
from report_ls.configuration import STAGES, adapted
from report_ls.diagnostic import Severity, Stage
from report_ls.formats import FORMATS, Judged, Results, Unreadable, say_error, write
from report_ls.pack import Pack, PackError, choose
from report_ls.ready import Point, readiness
from report_ls.report import outline
from report_ls.text import SourceText
from report_ls.workspace import (
    Broken,
    DiskFiles,
    create_text,
    decode,
    default_reports,
    find_configuration,
    find_reports,
    folder_from,
    is_folder,
    load_pack,
    packs,
    read_text,
    relative,
    write_text,
)


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Whatever the terminal's encoding, a message is never lost; and a diff keeps its line ends.
            stream.reconfigure(errors="backslashreplace", newline="\n")
    try:
        return _run(arguments)
    except _WrongUseError as error:
        _say(f"report-ls: {error}")
    except OSError as error:
        _say(f"report-ls: {_reason(error)}")
    return _CANNOT_SAY


_FOUND_NOTHING, _FOUND_SOMETHING, _CANNOT_SAY = 0, 1, 2


class _WrongUseError(Exception):
    """The arguments make no sense; says what to do."""


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _WrongUseError(f"{message} (see report-ls --help)")


_DESCRIPTION = "Shows what your course will see in an exam report written in Markdown."

_EPILOG = """\
exit status:
  0  nothing was found at or above --fail-on; with --handin: it is ready
  1  something was; with --diff: something would change; with --handin: it is not ready
  2  wrong use, a file or a pack that cannot be read, or a check that failed

Started by an editor, without arguments or with --stdio, it is a language
server; with --tcp HOST:PORT it is one on a port, for debugging.
"""


def _parser() -> ArgumentParser:
    parser = _Parser(
        prog="report-ls",
        usage="report-ls --check [PATH ...] [options]\n       report-ls --render REPORT [-o FILE]",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        # Without a width it asks the terminal, and imports much to do so, for each option.
        formatter_class=partial(RawDescriptionHelpFormatter, width=80),
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="a report, or a folder with reports; default: the report here")
    add("--check", action="store_true", help="judge reports and say what is found")
    changes = parser.add_mutually_exclusive_group()
    changes.add_argument("--fix", action="store_true", help="fix what is safe to fix; say what remains")
    changes.add_argument("--diff", action="store_true", help="show what --fix would change; change nothing")
    add("--format", choices=FORMATS, help="how findings are written (default: text)")
    add("--stage", choices=("draft", "final", "auto"), help="how far the report is (default: final, or as configured)")
    add(
        "--pack",
        metavar="ID|FILE",
        help="the edition of the course (default: as configured, or as the report itself tells)",
    )
    add("--select", metavar="CODE,...", action="append", help="only these checks")
    add("--ignore", metavar="CODE,...", action="append", help="all checks but these")
    add(
        "--fail-on",
        choices=("error", "warning", "information", "never"),
        help="the least severity that makes the exit status 1 (default: warning)",
    )
    add("--stdin-filename", metavar="NAME", help="read the report from standard input, as though it were NAME")
    add("--render", metavar="REPORT", help="make the page that is handed in of a report, as HTML")
    add("-o", "--output", metavar="FILE", help="where --render writes it (default: standard output)")
    add("--handin", action="store_true", help="say whether a report is ready to hand in: its findings, and git")
    alone = parser.add_mutually_exclusive_group()
    alone.add_argument("--explain", metavar="CODE", help="explain a check")
    alone.add_argument("--list-packs", action="store_true", help="list the editions that are known")
    alone.add_argument("--version", action="store_true", help="print the version")
    return parser


def _run(arguments: Sequence[str]) -> int:
    parser = _parser()
    if not arguments:
        _say(parser.format_help().rstrip("\n"))
        return _CANNOT_SAY
    options = parser.parse_intermixed_args(arguments)
    alone = [name for name in ("explain", "list_packs", "version") if getattr(options, name)]
    n_given = sum(bool(value) for value in vars(options).values())
    if alone and n_given > 1:
        raise _WrongUseError(f"--{alone[0].replace('_', '-')} stands alone, without paths and other options")
    if options.explain is not None:
        _print(_explain(options.explain))
    elif options.list_packs:
        width = max(len(pack.id) for pack in packs())
        _print("".join(f"{pack.id:{width}}  {pack.title}\n" for pack in packs()))
    elif options.version:
        from importlib.metadata import version  # noqa: PLC0415 - slow to import, and only this needs it

        _print(f"report-ls {version('report-ls')}\n")
    elif options.render is not None or options.output is not None:
        return _render(options, n_given)
    elif options.handin:
        return _hand_in(options)
    elif options.check or options.fix or options.diff:
        return _check(options)
    else:
        path = " ".join(options.paths) or "PATH"
        raise _WrongUseError(f"did you mean --check? report-ls --check {path}")
    return _FOUND_NOTHING


def _explain(code: str) -> str:
    check = _known_check(code)
    final, draft = (check.severity_at(stage).word for stage in (Stage.FINAL, Stage.DRAFT))
    severity = final if final == draft else f"{final}, while a draft {draft}"
    return f"{check.code} ({severity})\n\n{check.page.rstrip()}\n"


def _known_check(code: str) -> Check:
    checks = {check.code: check for check in all_checks()}
    if code not in checks:
        raise _WrongUseError(f'there is no check "{code}"; the nearest is {_nearest(code, checks)}')
    return checks[code]


def _wanted(options: Namespace) -> Callable[[str], bool]:
    """Return which codes are asked for."""
    selected, ignored = (
        {_known_check(code.strip()).code for codes in written or () for code in codes.split(",")}
        for written in (options.select, options.ignore)
    )
    return lambda code: (not options.select or code in selected) and code not in ignored


def _asked_pack(name: str | None) -> Pack | None:
    if name is None:
        return None
    try:
        pack = load_pack(name)
    except PackError as error:
        raise _WrongUseError(str(error)) from None
    except OSError as error:
        raise _WrongUseError(f"{name}: {_reason(error)}") from None
    if pack is None:
        nearest = _nearest(name, [pack.id for pack in packs()])
        raise _WrongUseError(f'there is no pack "{name}"; the nearest is {nearest} (see report-ls --list-packs)')
    return pack


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a slip needs it

    return get_close_matches(name, list(known), 1, cutoff=0)[0]


@frozen
class _Task:
    """What is to be done with each report."""

    pack: Pack | None
    """The one asked for; None where the configuration or each report tells its own."""
    stage: str | None
    """The one asked for, likewise."""
    wanted: Callable[[str], bool]
    fixes: bool
    """Whether the text is fixed before it is judged."""

    @property
    def known(self) -> tuple[Pack, ...]:
        """The packs by which reports are recognised."""
        return (*packs(), self.pack) if self.pack else packs()


@frozen
class _Outcome:
    """A report before, and what is said of it after any fixes."""

    before: SourceText
    judged: Judged

    @property
    def after(self) -> SourceText:
        return self.judged.analysis.source


def _check(options: Namespace) -> int:
    if options.diff and options.format:
        raise _WrongUseError("--diff prints a diff, so it takes no --format")
    reads_stdin = options.stdin_filename is not None
    if reads_stdin and options.paths:
        raise _WrongUseError("with --stdin-filename the report comes from standard input: leave the paths out")
    task = _Task(_asked_pack(options.pack), options.stage, _wanted(options), options.fix or options.diff)
    if reads_stdin:
        data = sys.stdin.buffer.read() if sys.stdin else b""
        outcomes = [_judge(Path(options.stdin_filename), decode(data), task)]
    else:
        outcomes = list(_from_disk([Path(path) for path in options.paths], task, writes=options.fix))
    done = [outcome for outcome in outcomes if isinstance(outcome, _Outcome)]
    results = Results(
        STAGES[options.stage or "final"],
        tuple(outcome.judged for outcome in done),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Unreadable)),
        None if reads_stdin and options.fix else _terminal_width(),
    )
    _say_what_went_wrong(results)
    if options.diff:
        _print("".join(line for outcome in done for line in _diff(outcome)))
        return _status(results, found=any(outcome.after != outcome.before for outcome in done))
    written = write(options.format or "text", results)
    if reads_stdin and options.fix:
        # What comes in goes out, fixed or not: an editor puts it in the place of its text.
        changed = [outcome.after.text.encode() for outcome in done if outcome.after != outcome.before]
        _print(changed[0] if changed else data)
        _say(written.rstrip("\n"))
    else:
        _print(written)
    return _status(results, found=_reaches(results, options.fail_on or "warning"))


def _hand_in(options: Namespace) -> int:
    given = {name for name, value in vars(options).items() if value} - {"handin", "paths", "pack"}
    if given:
        raise _WrongUseError(
            f"--handin judges a report as it will be handed in: leave out --{min(given).replace('_', '-')}"
        )
    task = _Task(_asked_pack(options.pack), "final", lambda _code: True, fixes=False)
    outcomes = list(_from_disk([Path(path) for path in options.paths], task, writes=False))
    if len(outcomes) != 1:
        raise _WrongUseError(f"--handin takes one report, and these are {len(outcomes)}")
    (outcome,) = outcomes
    if isinstance(outcome, Unreadable):
        _say(f"{outcome.path}: {outcome.error}")
        return _CANNOT_SAY
    analysis = outcome.judged.analysis
    ready = readiness(analysis, Path(outcome.judged.path))
    _print(
        f"{outcome.judged.path}: {ready.title}\n" + "".join(line for point in ready.points for line in _point(point))
    )
    _say_what_went_wrong(Results(Stage.FINAL, (outcome.judged,)))
    if analysis.failures:
        return _CANNOT_SAY
    return _FOUND_NOTHING if ready.is_ready else _FOUND_SOMETHING


def _point(point: Point) -> Iterator[str]:
    for line in (f"  {_MARKS[point.is_met]:4} {point.text}", *(f"         {detail}" for detail in point.details)):
        # A name may hold what makes a terminal do something.
        yield "".join(character if character.isprintable() else "?" for character in line) + "\n"


_MARKS = {True: "yes", False: "no", None: "?"}


def _status(results: Results, *, found: bool) -> int:
    if results.unreadable or any(report.analysis.failures for report in results.reports):
        return _CANNOT_SAY
    return _FOUND_SOMETHING if found else _FOUND_NOTHING


def _reaches(results: Results, fail_on: str) -> bool:
    """Say whether anything is as bad as asked."""
    if fail_on == "never":
        return False
    return any(results.count(severity) for severity in Severity if severity <= Severity[fail_on.upper()])


def _from_disk(paths: Sequence[Path], task: _Task, *, writes: bool) -> Iterator[_Outcome | Unreadable]:
    for path in _reports_at(paths, task):
        if isinstance(path, Unreadable):
            yield path
            continue
        try:
            read = read_text(path)
        except OSError as error:
            yield Unreadable(relative(path), _reason(error))
            continue
        outcome = _judge(path, read, task)
        if writes and isinstance(outcome, _Outcome) and outcome.after != outcome.before:
            try:
                write_text(path, outcome.after.text)
                _say(f"{relative(path)}: fixed what is safe to fix")
            except OSError as error:
                yield Unreadable(relative(path), f"its fixes cannot be written: {_reason(error)}")
                outcome = _judge(path, read, evolve(task, fixes=False))
        yield outcome


def _reports_at(paths: Sequence[Path], task: _Task) -> Iterator[Path | Unreadable]:
    """Yield each report once: those of the paths, or without any the report of the current folder."""
    seen = set()
    for path in paths or [Path()]:
        if not is_folder(path):
            found: Sequence[Path] = (path,)
        else:
            found = find_reports(path, task.known) if paths else default_reports(path, task.known)
            if not found:
                yield Unreadable(
                    relative(path), "no report found in this folder or below; name the file if there is one"
                )
        for report in found:
            if relative(report) not in seen:
                seen.add(relative(report))
                yield report


_NO_REPORT = "no questions of a known course found; if it is a report, name its course with --pack"


def _judge(path: Path, read: SourceText, task: _Task) -> _Outcome | Unreadable:
    source, shown = read, relative(path)
    configured = _configured(path.parent)
    if isinstance(configured, Broken):
        _say_once(str(configured.error))
        return Unreadable(shown, f"not judged until {relative(configured.path)} is mended")
    found = outline(source.plain)
    pack = task.pack or (configured.pack if found.questions else None) or choose(found, packs())
    if pack is None:
        return Unreadable(shown, _NO_REPORT)
    pack = adapted(pack, configured.configuration.severities)
    stage = STAGES[task.stage or configured.configuration.stage or "final"]
    files = DiskFiles(path.parent, path.name, configured.template)
    if task.fixes and read.misread:
        _say(f"{shown}: not UTF-8, so it is not fixed until it is saved as UTF-8")
    elif task.fixes:
        source = fix_all(source, pack, files, stage, task.wanted)
    return _Outcome(read, Judged(shown, analyze(source, pack, files, stage).only(task.wanted)))


def _render(options: Namespace, n_given: int) -> int:
    """Write the page that is handed in, made harmless."""
    if not options.render:
        raise _WrongUseError("-o says where --render writes a page: report-ls --render REPORT -o FILE")
    if n_given > sum(bool(value) for value in (options.render, options.output, options.pack)):
        raise _WrongUseError("--render takes one report, and of the options -o and --pack only")
    path = Path(options.render)
    if options.output is None:
        _print(_page(path, options.pack, ""))
        return _FOUND_NOTHING
    output = Path(options.output)
    page = _page(path, options.pack, folder_from(path, output))
    try:
        create_text(output, page, path)
    except OSError as error:
        reason = "there is no such folder" if isinstance(error, FileNotFoundError) else _reason(error)
        raise _WrongUseError(f"{relative(output)}: the page cannot be written: {reason}") from None
    return _FOUND_NOTHING


def _page(path: Path, pack_name: str | None, base: str) -> str:
    """Return the page that is made of a report; `base` leads from it to the report's folder."""
    from report_ls.handin import make_page  # noqa: PLC0415 - only this needs it
    from report_ls.page import write_page  # noqa: PLC0415 - likewise

    shown = relative(path)
    try:
        read = read_text(path)
    except OSError as error:
        raise _WrongUseError(f"{shown}: {_reason(error)}") from None
    configured = _configured(path.parent)
    if isinstance(configured, Broken):
        raise _WrongUseError(str(configured.error))
    pack = _asked_pack(pack_name) or configured.pack or choose(outline(read.plain), packs())
    if pack is None:
        raise _WrongUseError(f"{shown}: {_NO_REPORT}")
    if pack.handin is None:
        raise _WrongUseError(f"{shown}: no page is known that is made of it; name its course with --pack")
    if read.misread:
        _say(f"{shown}: not UTF-8, read as {read.misread.encoding}, so some letters may be wrong")
    body = make_page(read.text, pack.handin_cut)
    if body is None:
        raise _WrongUseError(f"{shown}: something in it is nested too deep for a page")
    return write_page(f"{path.name}, as it is handed in", body, base)


def _diff(outcome: _Outcome) -> Iterator[str]:
    from difflib import unified_diff  # noqa: PLC0415 - only --diff needs it

    before, after = (re.findall(r"[^\n]*\n|[^\n]+", source.text) for source in (outcome.before, outcome.after))
    for line in unified_diff(before, after, outcome.judged.path, outcome.judged.path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _say_what_went_wrong(results: Results) -> None:
    for unreadable in results.unreadable:
        _say(f"{unreadable.path}: {unreadable.error}")
    for report in results.reports:
        for failure in report.analysis.failures:
            error = say_error(failure.error)
            _say(f"{report.path}: the check {failure.code} failed, a fault of report-ls and not of yours: {error}")


def _reason(error: OSError) -> str:
    """Return why a file cannot be used, in plain words."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return (error.strerror or str(error)).lower()


def _terminal_width() -> int | None:
    if not sys.stdout or not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size  # noqa: PLC0415 - only a terminal needs it

    return get_terminal_size().columns


def _say(message: str) -> None:
    """Print a message to standard error; nobody may be there to read it."""
    with suppress(OSError):
        print(message, file=sys.stderr, flush=True)  # noqa: T201 - printing is what this module is for


_say_once = cache(_say)
_configured = cache(find_configuration)


def _print(results: str | bytes) -> None:
    """Print results to standard output; a reader who has seen enough, like `head`, is no error."""
    if not sys.stdout:
        return
    try:
        if isinstance(results, bytes):
            sys.stdout.buffer.write(results)
        else:
            sys.stdout.write(results)
        sys.stdout.flush()
    except OSError as error:
        # What is still to be flushed at the end of the process must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise
