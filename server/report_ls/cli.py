"""The command: what it is asked, in what order it answers, and its exit status. It alone prints.

Results go to standard output, everything else to standard error. The exit status is 0 when nothing
at or above `--fail-on` was found, 1 when something was, and 2 when it could not be found out.
"""

import os
import re
import sys
from argparse import Namespace
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from itertools import accumulate
from pathlib import Path

from attrs import evolve, frozen

from report_ls.analysis import analyze, fix_all
from report_ls.arguments import WrongUseError, help_text, read_arguments, stands_alone
from report_ls.batch import NOTHING_FOUND, Candidate, candidates, in_groups, only_new
from report_ls.checks import Check, all_checks
from report_ls.cores import MANY, Lost, each
from report_ls.diagnostic import Severity, Stage
from report_ls.formats import FORMATS, Judged, Results, Unreadable, say_error, write
from report_ls.formats.json import Finding, read_findings
from report_ls.pack import Pack, PackError, choose
from report_ls.report import outline
from report_ls.text import SourceText
from report_ls.workspace import (
    DiskFiles,
    ReadText,
    changes,
    completion,
    decode,
    is_folder,
    load_pack,
    packs,
    place_in_repository,
    read_text,
    relative,
    usual_report,
    write_result,
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
    except WrongUseError as error:
        _say(f"report-ls: {error}")
    except OSError as error:
        _say(f"report-ls: {_reason(error)}")
    return _CANNOT_SAY


_FOUND_NOTHING, _FOUND_SOMETHING, _CANNOT_SAY = 0, 1, 2


def _run(arguments: Sequence[str]) -> int:
    if not arguments:
        _say(help_text().rstrip("\n"))
        return _CANNOT_SAY
    options = read_arguments(arguments)
    if options.help:
        _print(help_text())
        return _FOUND_NOTHING
    if stands_alone(options):
        return _answer_alone(options)
    if options.check_pack is not None:
        return _check_pack(options.check_pack, [Path(path) for path in options.paths])
    if options.watch:
        return _watch(options)
    if options.check or options.fix or options.diff:
        return _check(options)
    path = " ".join(options.paths) or "PATH"
    raise WrongUseError(f"did you mean --check? report-ls --check {path}")


def _answer_alone(options: Namespace) -> int:
    if options.diff_packs is not None:
        from report_ls.review import differences  # noqa: PLC0415 - seldom needed

        changes = [*differences(*map(_known_pack, options.diff_packs))]
        _print("".join(f"{change}\n" for change in changes))
        return _FOUND_SOMETHING if changes else _FOUND_NOTHING
    if options.explain is not None:
        _print(_explain(options.explain))
    elif options.completion is not None:
        _print(completion(options.completion))
    elif options.infer_pack is not None:
        _print(_infer_pack(Path(options.infer_pack)))
    elif options.list_packs:
        width = max(len(pack.id) for pack in packs())
        _print("".join(f"{pack.id:{width}}  {pack.title}\n" for pack in packs()))
    else:
        from importlib.metadata import version  # noqa: PLC0415 - slow to import, and only this needs it

        _print(f"report-ls {version('report-ls')}\n")
    return _FOUND_NOTHING


def _explain(code: str) -> str:
    check = _known_check(code)
    final, draft = (check.severity_at(stage).word for stage in (Stage.FINAL, Stage.DRAFT))
    severity = final if final == draft else f"{final}, while a draft {draft}"
    return f"{check.code} ({severity})\n\n{check.page.rstrip()}\n"


def _known_check(code: str) -> Check:
    checks = {check.code: check for check in all_checks()}
    if code not in checks:
        raise WrongUseError(f'there is no check "{code}"; the nearest is {_nearest(code, checks)}')
    return checks[code]


def _wanted(options: Namespace) -> Callable[[str], bool]:
    """Return which codes are asked for."""
    selected, ignored = (
        frozenset(_known_check(code.strip()).code for codes in written or () for code in codes.split(","))
        for written in (options.select, options.ignore)
    )
    return partial(_is_wanted, selected or None, ignored)


def _is_wanted(selected: frozenset[str] | None, ignored: frozenset[str], code: str) -> bool:
    return (selected is None or code in selected) and code not in ignored


def _asked_pack(name: str | None) -> Pack | None:
    return None if name is None else _known_pack(name)


def _known_pack(name: str) -> Pack:
    try:
        pack = load_pack(name)
    except PackError as error:
        raise WrongUseError(str(error)) from None
    except OSError as error:
        raise WrongUseError(f"{name}: {_reason(error)}") from None
    if pack is None:
        nearest = _nearest(name, [pack.id for pack in packs()])
        raise WrongUseError(f'there is no pack "{name}"; the nearest is {nearest} (see report-ls --list-packs)')
    return pack


def _infer_pack(path: Path) -> str:
    from report_ls.drafting import draft  # noqa: PLC0415 - seldom needed

    drafted = draft(_read(path), path.name)
    if drafted is None:
        raise WrongUseError(
            f"{relative(path)}: no questions found; one is a heading such as ### Question 1 with a quoted text below it"
        )
    return drafted


def _check_pack(name: str, reports: Sequence[Path]) -> int:
    from report_ls.review import misfits, oddities, summary  # noqa: PLC0415 - seldom needed

    pack = _known_pack(name)
    faults = [f"{pack.id}: {oddity}" for oddity in oddities(pack)]
    fitting = []
    for path in reports:
        found = [f"{relative(path)}: {misfit}" for misfit in misfits(pack, _read(path))]
        faults += found
        fitting += [] if found else [f"{relative(path)}: fits"]
    _print("".join(f"{line}\n" for line in (summary(pack), *fitting, *faults)))
    return _FOUND_SOMETHING if faults else _FOUND_NOTHING


def _read(path: Path) -> SourceText:
    try:
        return read_text(path).source
    except OSError as error:
        raise WrongUseError(f"{relative(path)}: {_reason(error)}") from None


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a slip needs it

    return get_close_matches(name, list(known), 1, cutoff=0)[0]


@frozen
class _Task:
    """What is to be done with each report."""

    pack: Pack | None
    """The one asked for; None where each report tells its own."""
    stage: Stage | None
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


@frozen
class _Judgement:
    """What one run came to."""

    results: Results
    outcomes: tuple[_Outcome, ...]
    is_complete: bool
    """False after Ctrl-C."""
    stdin: bytes = b""


def _check(options: Namespace) -> int:
    outputs = [_output(written) for written in options.output or ()]
    judgement = _judge_what_is_asked(options)
    results, done = judgement.results, judgement.outcomes
    _say_what_went_wrong(results)
    n_unwritten = sum(not _write_output(name, path, results) for name, path in outputs)
    if options.diff:
        _print("".join(line for outcome in done for line in _diff(outcome)))
        found = any(outcome.after != outcome.before for outcome in done)
    else:
        written = write("statistics" if options.statistics else options.format or "text", results)
        if options.stdin_filename is not None and options.fix:
            # What comes in goes out, fixed or not: an editor puts it in the place of its text.
            changed = [outcome.after.text.encode() for outcome in done if outcome.after != outcome.before]
            _print(changed[0] if changed else judgement.stdin)
            _say(written.rstrip("\n"))
        else:
            _print(written)
        found = _reaches(results, options.fail_on or "warning")
    if not judgement.is_complete:
        raise KeyboardInterrupt
    return _CANNOT_SAY if n_unwritten else _status(results, found=found)


def _judge_what_is_asked(options: Namespace) -> _Judgement:
    reads_stdin = options.stdin_filename is not None
    stage = None if options.stage == "auto" else Stage(options.stage or "final")
    task = _Task(_asked_pack(options.pack), stage, _wanted(options), options.fix or options.diff)
    known = _read_baseline(options.baseline)
    paths = [Path(path) for path in options.paths]
    is_complete, data = True, b""
    if reads_stdin:
        data = sys.stdin.buffer.read() if sys.stdin else b""
        outcomes: Sequence[_Outcome | Unreadable] = [_judge(Path(options.stdin_filename), decode(data), task)]
    else:
        try:
            outcomes = _from_disk(paths, task, writes=options.fix)
        except _InterruptedError as interrupted:
            outcomes, is_complete = interrupted.outcomes, False
    done = tuple(outcome for outcome in outcomes if isinstance(outcome, _Outcome))
    # Of a report that comes from standard input and is fixed, the text goes where results go.
    shows_results = not (reads_stdin and options.fix)
    results = Results(
        stage,
        tuple(outcome.judged for outcome in done),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Unreadable)),
        _terminal_width() if shows_results else None,
        shows_results and _shows_colours(),
        place_in_repository(),
    )
    if not reads_stdin:
        results = in_groups(results, paths or [Path()], names=options.names, complete=is_complete)
    if known and not any(report.path in known for report in results.reports):
        _say("the baseline knows none of these reports: was it made in another folder?")
    return _Judgement(only_new(results, known), done, is_complete, data)


def _watch(options: Namespace) -> int:
    """Judge again whenever something changes, until Ctrl-C."""
    paths = [Path(path) for path in options.paths] or [Path()]
    folders = [path if is_folder(path) else path.parent for path in paths]
    for folder in folders:
        if not is_folder(folder):
            raise WrongUseError(f"--watch: there is no folder {relative(folder)}")
    try:
        with suppress(KeyboardInterrupt):
            for _ in changes(folders):
                results = _judge_what_is_asked(options).results
                lines = [f"{one.name}: {one.error}" for one in results.unreadable]
                lines += write("statistics" if options.statistics else "text", results).rstrip("\n").split("\n")
                _print(_screen(lines))
    except ImportError:
        raise WrongUseError("--watch needs watchfiles: python -m pip install watchfiles") from None
    return _FOUND_NOTHING


_CLEAR = "\x1b[2J\x1b[H"
_COLOUR = re.compile(r"\x1b\[[0-9]*m")
_FOOT = "watching; Ctrl-C ends"


def _screen(lines: Sequence[str]) -> str:
    """Return the lines for one screen of a terminal, the last of them in any case; all of them elsewhere."""
    width = _terminal_width()
    if not width:
        return "".join(f"{line}\n" for line in [*lines, _FOOT])
    from shutil import get_terminal_size  # noqa: PLC0415 - only a terminal needs it

    *first, last = lines
    n_rows = [max(1, -(-len(_COLOUR.sub("", line)) // width)) for line in lines]
    room = get_terminal_size().lines - n_rows[-1] - 2
    if sum(n_rows[:-1]) > room:
        n_shown = bisect_right([*accumulate(n_rows[:-1])], room - 1)
        first = [*first[:n_shown], f"and {len(first) - n_shown} more lines"]
    return _CLEAR + "\n".join([*first, last, _FOOT])


def _read_baseline(name: str | None) -> dict[str, Counter[Finding]]:
    """Return what an earlier run found in each report."""
    if name is None:
        return {}
    try:
        return read_findings(read_text(Path(name)).source.text)
    except OSError as error:
        raise WrongUseError(f"--baseline {name}: {_reason(error)}") from None
    except ValueError as error:
        raise WrongUseError(f"--baseline {name}: {error}") from None


def _output(written: str) -> tuple[str, Path]:
    """Return the format and the file that --output names."""
    name, _, path = written.partition("=")
    if name not in FORMATS or not path:
        fault = (
            f'there is no format "{name}"; choose one of {", ".join(FORMATS)}' if path else f'"{written}" names no file'
        )
        raise WrongUseError(f"--output takes FORMAT=FILE, such as html=report.html: {fault}")
    return name, Path(path)


def _write_output(name: str, path: Path, results: Results) -> bool:
    """Write a file of --output; return whether that was possible."""
    try:
        write_result(path, write(name, evolve(results, width=None, has_colours=False)))
    except OSError as error:
        reason = _reason(error)
        if not is_folder(path.parent):
            reason = f"there is no folder {relative(path.parent)}: make it first"
        elif is_folder(path):
            reason = f"it is a folder: name a file in it, such as {relative(path / 'report')}.{name}"
        _say(f"report-ls: --output cannot write {relative(path)}: {reason}")
        return False
    return True


def _status(results: Results, *, found: bool) -> int:
    if results.unreadable or any(report.analysis.failures for report in results.reports):
        return _CANNOT_SAY
    return _FOUND_SOMETHING if found else _FOUND_NOTHING


def _reaches(results: Results, fail_on: str) -> bool:
    """Say whether anything is as bad as asked."""
    if fail_on == "never":
        return False
    return any(results.count(severity) for severity in Severity if severity <= Severity[fail_on.upper()])


class _InterruptedError(KeyboardInterrupt):
    """Ctrl-C came, but some reports are done."""

    def __init__(self, outcomes: "list[_Outcome | Unreadable]") -> None:
        super().__init__()
        self.outcomes = outcomes


def _from_disk(paths: Sequence[Path], task: _Task, *, writes: bool) -> list[_Outcome | Unreadable]:
    """Judge the reports of the paths, or without any the report of the current folder.

    Raises `_InterruptedError` with what was done until then.
    """
    paths = paths or [usual_report(Path(), task.known) or Path()]
    in_paths = [(path, {relative(one.path): one for one in candidates(path)}) for path in paths]
    tasks = {name: one for _, several in in_paths for name, one in several.items()}
    names = list(tasks)
    work = partial(_judge_at, task, writes)
    done: dict[str, Sequence[_Outcome | Unreadable]] = {}
    try:
        for index, outcomes in each(work, list(tasks.values()), alone=writes):
            name = names[index]
            done[name] = [Unreadable(name, outcomes.error)] if isinstance(outcomes, Lost) else outcomes
            _show_progress(len(done), len(names))
    except KeyboardInterrupt:
        _show_progress(len(names), len(names))
        if not any(done.values()):
            raise
        _say(f"interrupted: {len(done)} of {len(names)} files were read, the rest is missing here")
        raise _InterruptedError([outcome for name in names for outcome in done.get(name, ())]) from None
    found = [outcome for name in names for outcome in done[name]]
    for path, several in in_paths:
        if not any(done[name] for name in several):
            found.append(Unreadable(relative(path), NOTHING_FOUND))
    return found


def _judge_at(task: _Task, writes: bool, candidate: Candidate) -> Sequence[_Outcome | Unreadable]:  # noqa: FBT001
    """Judge what may be a report; nothing is said of a file that nobody named and that is none."""
    path = candidate.path
    try:
        read = read_text(path)
    except OSError as error:
        return [Unreadable(relative(path), _reason(error))]
    if not candidate.named and choose(outline(read.source.plain), task.known) is None:
        return []
    outcome = _judge(path, read, task)
    if writes and isinstance(outcome, _Outcome) and outcome.after != outcome.before:
        try:
            write_text(path, outcome.after.text)
            _say(f"{relative(path)}: fixed what is safe to fix")
        except OSError as error:
            unwritten = Unreadable(relative(path), f"its fixes cannot be written: {_reason(error)}")
            return [unwritten, _judge(path, read, evolve(task, fixes=False))]
    return [outcome]


def _judge(path: Path, read: ReadText, task: _Task) -> _Outcome | Unreadable:
    source, shown = read.source, relative(path)
    pack = task.pack or choose(outline(source.plain), packs())
    if pack is None:
        hint = "if it is a report, name its course with --pack"
        return Unreadable(shown, f"no questions of a known course found; {hint}")
    files = DiskFiles(path.parent)
    if read.fallback:
        untouched = "; it is not fixed until it is saved as UTF-8" if task.fixes else "; save it as UTF-8"
        _say(f"{shown}: not UTF-8, read as {read.fallback}, so some letters may be wrong{untouched}")
    elif task.fixes:
        source = fix_all(source, pack, files, task.stage, task.wanted)
    return _Outcome(read.source, Judged(shown, analyze(source, pack, files, task.stage).only(task.wanted)))


def _diff(outcome: _Outcome) -> Iterator[str]:
    from difflib import unified_diff  # noqa: PLC0415 - only --diff needs it

    before, after = (re.findall(r"[^\n]*\n|[^\n]+", source.text) for source in (outcome.before, outcome.after))
    for line in unified_diff(before, after, outcome.judged.path, outcome.judged.path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _say_what_went_wrong(results: Results) -> None:
    for unreadable in results.unreadable:
        _say(f"{unreadable.name}: {unreadable.error}")
    for report in results.reports:
        for failure in report.analysis.failures:
            error = say_error(failure.error)
            _say(f"{report.name}: the check {failure.code} failed, a fault of report-ls and not of yours: {error}")


def _reason(error: OSError) -> str:
    """Return why a file cannot be used, in plain words."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return (error.strerror or str(error)).lower()


def _show_progress(n_done: int, n_files: int) -> None:
    """Draw on a terminal how far many files are; when all are done, nothing."""
    if n_files < MANY or not sys.stderr or not sys.stderr.isatty():
        return
    bar = "#" * (n_done * _BAR // n_files)
    line = f"[{bar:.<{_BAR}}] {n_done} of {n_files} files" if n_done < n_files else ""
    with suppress(OSError):
        print(f"\r{line:<{2 * _BAR}}", end="\r", file=sys.stderr, flush=True)  # noqa: T201 - as above


_BAR = 36


def _terminal_width() -> int | None:
    if not sys.stdout or not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size  # noqa: PLC0415 - only a terminal needs it

    return get_terminal_size().columns


def _shows_colours() -> bool:
    """Say whether standard output is a terminal with colours, and nobody has asked for none (no-color.org)."""
    if not sys.stdout or not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    # An old console of Windows shows the codes instead.
    return os.name != "nt" or "WT_SESSION" in os.environ


def _say(message: str) -> None:
    """Print a message to standard error; nobody may be there to read it."""
    with suppress(OSError):
        print(message, file=sys.stderr, flush=True)  # noqa: T201 - printing is what this module is for


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
