"""The command: what it is asked, in what order it answers, and its exit status.

That is 0 when nothing at or above `--fail-on` was found, 1 when something was, and 2 when it could not
be found out.
"""

import re
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from attrs import evolve, frozen

from report_ls import __version__
from report_ls.checks import Check, all_checks, no_questions
from report_ls.cli.arguments import WrongUseError, help_text, read_arguments, stands_alone
from report_ls.cli.classes import in_groups, only_new, why_nothing
from report_ls.cli.formats import FORMATS, Note, Results, Unreadable, printable, say_error, write
from report_ls.cli.formats.json import Finding, read_findings
from report_ls.cli.judge import InterruptedJudgingError, Outcome, Outcomes, Task, judge, judge_paths
from report_ls.cli.terminal import (
    prepare_streams,
    print_results,
    say,
    screen,
    show_progress,
    shows_colours,
    terminal_width,
)
from report_ls.configuration import STAGES
from report_ls.data.error import DataError
from report_ls.diagnostic import Severity, Stage
from report_ls.judge import Choices, NoReport, find_reports, terms
from report_ls.outline import outline
from report_ls.pack import Pack
from report_ls.ready import Point, readiness
from report_ls.text import SourceText
from report_ls.text_files import (
    decode,
    folder_from,
    place_in_repository,
    put_text,
    read_text,
    reason,
    relative,
    top_of_repository,
    write_result,
)
from report_ls.workspace import (
    Broken,
    changes,
    completion,
    is_folder,
    load_pack,
    origin,
    packs,
)


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask and return the exit status."""
    prepare_streams()
    try:
        return _run(arguments)
    except WrongUseError as error:
        say(f"report-ls: {error}")
    except OSError as error:
        say(f"report-ls: {reason(error)}")
    return _CANNOT_SAY


_FOUND_NOTHING, _FOUND_SOMETHING, _CANNOT_SAY = 0, 1, 2


def _run(arguments: Sequence[str]) -> int:
    if not arguments:
        say(*help_text().rstrip("\n").split("\n"))
        return _CANNOT_SAY
    options = read_arguments(arguments)
    if options.help:
        print_results(help_text())
        return _FOUND_NOTHING
    if stands_alone(options):
        return _answer_alone(options)
    for name, command in _COMMANDS.items():
        if getattr(options, name):
            return command(options)
    paths = " ".join(options.paths) or "PATH"
    end = "-- " if any(path.startswith("-") for path in options.paths) else ""
    raise WrongUseError(f"did you mean --check? report-ls --check {end}{paths}")


def _answer_alone(options: Namespace) -> int:
    if options.diff_packs is not None:
        from report_ls.review import differences  # noqa: PLC0415 - seldom needed

        changes = [*differences(*map(_known_pack, options.diff_packs))]
        print_results("".join(f"{change}\n" for change in changes))
        return _FOUND_SOMETHING if changes else _FOUND_NOTHING
    if options.explain is not None:
        print_results(_explain(options.explain))
    elif options.completion is not None:
        print_results(completion(options.completion))
    elif options.infer_pack is not None:
        print_results(_infer_pack(Path(options.infer_pack)))
    elif options.list_packs:
        width = max(len(pack.id) for pack in packs())
        print_results("".join(f"{pack.id:{width}}  {pack.title}\n" for pack in packs()))
    elif options.init:
        _init()
    else:
        print_results(f"report-ls {__version__}\n")
    return _FOUND_NOTHING


def _init() -> None:
    """Offer what sets up the project of the current folder, and write what is answered with yes."""
    from report_ls.cli.offers import offers  # noqa: PLC0415 - asked once in a project

    top = top_of_repository()

    def existing(name: str) -> str | None:
        path = top / name
        return read_text(path).text if path.exists() else None

    offered = [*offers(existing, origin())]
    if not offered:
        print_results(f"nothing to write: {relative(top)} has all that --init could add\n")
    for offer in offered:
        path = top / offer.path
        shown = relative(path)
        if offer.text is None:
            print_results(f"{shown}: {offer.purpose}\n  {offer.advice.rstrip()}\n")
            continue
        print_results(f"{shown}: {offer.purpose}\n{'change' if offer.is_change else 'write'} it? [y/N] ")
        answer = sys.stdin.readline() if sys.stdin else ""
        if not answer.endswith("\n"):
            print_results("\n")
        if answer.strip().lower() in ("y", "yes"):
            put_text(path, offer.text)
            print_results(f"  {shown} is written\n")


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
    except DataError as error:
        raise WrongUseError(str(error)) from None
    except OSError as error:
        raise WrongUseError(f"{name}: {reason(error)}") from None
    if pack is None:
        nearest = _nearest(name, [pack.id for pack in packs()])
        raise WrongUseError(f'there is no pack "{name}"; the nearest is {nearest} (see report-ls --list-packs)')
    return pack


def _infer_pack(path: Path) -> str:
    from report_ls.drafting import draft  # noqa: PLC0415 - seldom needed

    drafted = draft(_read(path), path.name)
    if drafted is None:
        raise WrongUseError(
            f"{relative(path)}: no question with a prompt found: below a heading such as ### Question 1,"
            ' quote what is asked with "> ", and end the quote with a line "> Answer:"'
        )
    return drafted


def _check_pack(options: Namespace) -> int:
    from report_ls.review import misfits, oddities, summary  # noqa: PLC0415 - seldom needed

    pack = _known_pack(options.check_pack)
    faults = [f"{pack.id}: {oddity}" for oddity in oddities(pack)]
    fitting = []
    for path in _reports_in(options.paths, pack):
        found = [f"{relative(path)}: {misfit}" for misfit in misfits(pack, _read(path))]
        faults += found
        fitting += [] if found else [f"{relative(path)}: fits"]
    print_results("".join(f"{line}\n" for line in (summary(pack), *fitting, *faults)))
    return _FOUND_SOMETHING if faults else _FOUND_NOTHING


def _reports_in(paths: Iterable[str], pack: Pack) -> Iterator[Path]:
    """Yield the files that are named, and the reports of the folders that are."""
    for path in map(Path, paths):
        reports = find_reports(path, Choices(pack)) if is_folder(path) else (path,)
        if not reports:
            raise WrongUseError(f"{relative(path)}: {why_nothing(path)}")
        yield from reports


def _read(path: Path) -> SourceText:
    try:
        return read_text(path)
    except OSError as error:
        raise WrongUseError(f"{relative(path)}: {reason(error)}") from None


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a slip needs it

    return get_close_matches(name.lower(), list(known), 1, cutoff=0)[0]


@frozen
class _Judgement:
    """What one run came to."""

    results: Results
    outcomes: tuple[Outcome, ...]
    is_complete: bool
    """False after Ctrl-C."""
    stdin: bytes = b""


def _check(options: Namespace) -> int:
    outputs = [_output(written) for written in options.output or ()]
    for path, n_times in Counter(path.absolute() for _, path in outputs).items():
        if n_times > 1:
            raise WrongUseError(f"--output names {relative(path)} twice, for one result each")
    judgement = _judge_what_is_asked(options, tells_fixes="json" in (options.format, *dict(outputs)))
    results, done = judgement.results, judgement.outcomes
    say(*_troubles(results))
    n_unwritten = sum(not _write_output(name, path, results) for name, path in outputs)
    if options.diff:
        print_results("".join(line for outcome in done for line in _diff(outcome)))
        found = any(outcome.after != outcome.before for outcome in done)
    else:
        written = write("statistics" if options.statistics else options.format or "text", results)
        if options.stdin_filename is not None and options.fix:
            # What comes in goes out, fixed or not: an editor puts it in the place of its text.
            changed = [outcome.after.text.encode() for outcome in done if outcome.after != outcome.before]
            print_results(changed[0] if changed else judgement.stdin)
            say(*written.rstrip("\n").split("\n"))
        else:
            print_results(written)
        found = _reaches(results, options.fail_on or "warning")
    if not judgement.is_complete:
        raise KeyboardInterrupt
    return _CANNOT_SAY if n_unwritten else _status(results, found=found)


def _judge_what_is_asked(options: Namespace, *, tells_fixes: bool) -> _Judgement:
    reads_stdin = options.stdin_filename is not None
    fixes = options.fix or options.diff
    task = Task(
        _asked_pack(options.pack),
        options.stage,
        _wanted(options),
        fixes,
        writes=options.fix and not reads_stdin,
        tells_fixes=tells_fixes,
        is_isolated=options.isolated,
    )
    known = _read_baseline(options.baseline)
    paths = [Path(path) for path in options.paths]
    is_complete, data = True, b""
    if reads_stdin:
        data = sys.stdin.buffer.read() if sys.stdin else b""
        said: Outcomes = judge(Path(options.stdin_filename), decode(data), task, is_named=True)
    else:
        try:
            said = judge_paths(paths, task, show_progress)
        except InterruptedJudgingError as interrupted:
            say(str(interrupted))
            said, is_complete = interrupted.outcomes, False
    done = tuple(outcome for outcome in said if isinstance(outcome, Outcome))
    # Of a report that comes from standard input and is fixed, the text goes where results go.
    shows_results = not (reads_stdin and options.fix)
    results = Results(
        STAGES[options.stage or "final"],
        tuple(outcome.judged for outcome in done),
        tuple(outcome for outcome in said if isinstance(outcome, Unreadable)),
        tuple(outcome for outcome in said if isinstance(outcome, Note)),
        width=terminal_width() if shows_results else None,
        has_colours=shows_results and shows_colours(),
        place=place_in_repository(),
    )
    if not reads_stdin:
        results = in_groups(results, paths or [Path()], names=options.names, complete=is_complete)
    if known and not any(report.path in known for report in results.reports):
        say("the baseline knows none of these reports: was it made in another folder?")
    return _Judgement(results if known is None else only_new(results, known), done, is_complete, data)


def _hand_in(options: Namespace) -> int:
    task = _task(options)
    said = judge_paths([Path(path) for path in options.paths], task, show_progress)
    outcomes = [outcome for outcome in said if not isinstance(outcome, Note)]
    say(*(outcome.text for outcome in said if isinstance(outcome, Note)))
    if len(outcomes) != 1:
        raise WrongUseError(f"--handin takes one report, and these are {len(outcomes)}")
    (outcome,) = outcomes
    if isinstance(outcome, Unreadable):
        say(f"{outcome.path}: {outcome.error}")
        return _CANNOT_SAY
    analysis = outcome.judged.analysis
    ready = readiness(analysis, Path(outcome.judged.path))
    print_results(
        f"{outcome.judged.path}: {ready.title}\n" + "".join(line for point in ready.points for line in _point(point))
    )
    say(*_troubles(Results(Stage.FINAL, (outcome.judged,))))
    if analysis.failures:
        return _CANNOT_SAY
    return _FOUND_NOTHING if ready.is_ready else _FOUND_SOMETHING


def _point(point: Point) -> Iterator[str]:
    for line in (f"  {_MARKS[point.is_met]:4} {point.text}", *(f"         {detail}" for detail in point.details)):
        yield f"{printable(line)}\n"


def _task(options: Namespace) -> Task:
    """Return how the one report that is handed in is judged."""
    return Task(_asked_pack(options.pack), "final", lambda _code: True, fixes=False, is_isolated=options.isolated)


_MARKS = {True: "yes", False: "no", None: "?"}


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
                results = _judge_what_is_asked(options, tells_fixes=False).results
                lines = [*map(printable, _troubles(results))]
                lines += write("statistics" if options.statistics else "text", results).rstrip("\n").split("\n")
                print_results(screen(lines))
    except ImportError:
        raise WrongUseError("--watch needs watchfiles: python -m pip install watchfiles") from None
    return _FOUND_NOTHING


def _read_baseline(name: str | None) -> dict[str, Counter[Finding]] | None:
    """Return what an earlier run found in each report; None if nobody asks for a comparison."""
    if name is None:
        return None
    try:
        return read_findings(read_text(Path(name)).text)
    except OSError as error:
        raise WrongUseError(f"--baseline {name}: {reason(error)}") from None
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
        judged = [*(one.path for one in results.reports), *(one.path for one in results.unreadable)]
        write_result(path, write(name, evolve(results, width=None, has_colours=False)), map(Path, judged))
    except OSError as error:
        why = reason(error)
        if not is_folder(path.parent):
            why = f"there is no folder {relative(path.parent)}: make it first"
        elif is_folder(path):
            why = f"it is a folder: name a file in it, such as {relative(path / 'report')}.{name}"
        say(f"report-ls: --output cannot write {relative(path)}: {why}")
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


def _render(options: Namespace) -> int:
    """Write the page that is handed in, made harmless."""
    path = Path(options.render)
    output = Path(options.page) if options.page is not None else None
    page = _page(path, folder_from(path, output) if output else "", options)
    if page is None:
        return _FOUND_SOMETHING
    if output is None:
        print_results(page)
        return _FOUND_NOTHING
    try:
        write_result(output, page, [path])
    except OSError as error:
        why = "there is no such folder" if isinstance(error, FileNotFoundError) else reason(error)
        raise WrongUseError(f"{relative(output)}: the page cannot be written: {why}") from None
    return _FOUND_NOTHING


def _page(path: Path, base: str, options: Namespace) -> str | None:
    """Return the page that is made of a report; None, and say why, if it has no question.

    `base` leads from the page to the report's folder.
    """
    from report_ls.page import write_page  # noqa: PLC0415 - likewise
    from report_ls.python_markdown import make_page  # noqa: PLC0415 - only this needs it

    shown = relative(path)
    try:
        read = read_text(path)
    except OSError as error:
        raise WrongUseError(f"{shown}: {reason(error)}") from None
    task = _task(options)
    found = outline(read.plain)
    decided = terms(found, path, task.configured_for(path.parent), task.choices, is_named=True)
    if isinstance(decided, Broken):
        raise WrongUseError(str(decided.error))
    if isinstance(decided, NoReport):
        raise WrongUseError(f"{shown}: {decided.reason}")
    pack = decided.pack
    if not found.questions:
        say(f"{shown}: {no_questions.message(pack)}")
        return None
    if pack.handin is None:
        raise WrongUseError(f"{shown}: no page is known that is made of it; name its course with --pack")
    if read.misread:
        say(f"{shown}: not UTF-8, read as {read.misread.encoding}, so some letters may be wrong")
    body = make_page(read.text, pack.handin_cut)
    if body is None:
        raise WrongUseError(f"{shown}: something in it is nested too deep for a page")
    return write_page(f"{path.name}, as it is handed in", body, base)


_COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "check_pack": _check_pack,
    "render": _render,
    "handin": _hand_in,
    "watch": _watch,
    "check": _check,
    "fix": _check,
    "diff": _check,
}


def _diff(outcome: Outcome) -> Iterator[str]:
    from difflib import unified_diff  # noqa: PLC0415 - only --diff needs it

    before, after = (re.findall(r"[^\n]*\n|[^\n]+", source.text) for source in (outcome.before, outcome.after))
    for line in unified_diff(before, after, outcome.judged.path, outcome.judged.path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _troubles(results: Results) -> Iterator[str]:
    """Yield what is worth a message beside the results, each once."""
    yield from dict.fromkeys(note.text for note in results.notes)
    for unreadable in results.unreadable:
        yield f"{unreadable.name}: {unreadable.error}"
    for report in results.reports:
        for failure in report.analysis.failures:
            error = say_error(failure.error)
            yield f"{report.name}: the check {failure.code} failed, a fault of report-ls and not of yours: {error}"
