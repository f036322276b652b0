"""From paths to what is said of the reports there: found, looked up or judged, on all cores where there are many."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from report_ls.base.diagnostic import Stage
from report_ls.cli.candidates import NOTHING_FOUND, Candidate, candidates, why_nothing
from report_ls.cli.outcomes import CheckedReport, Outcomes
from report_ls.cli.processes import MIN_TASKS_FOR_PROCESSES, Crashed, map_in_processes
from report_ls.cli.results import Note, Unreadable
from report_ls.files.paths import is_file
from report_ls.files.text_files import relative

if TYPE_CHECKING:
    from report_ls.cli.judge_report import Task
    from report_ls.cli.kept import Kept


class InterruptedJudgingError(KeyboardInterrupt):
    """Ctrl-C came, but some files are done."""

    def __init__(self, outcomes: Outcomes, message: str) -> None:
        super().__init__(message)
        self.outcomes = outcomes


def judge_paths(
    paths: Sequence[Path],
    make_task: "Callable[[], Task]",
    show_progress: Callable[[int, int], None],
    find_kept: "Callable[[], Kept | None]" = lambda: None,
) -> Outcomes:
    """Judge the reports of the paths, or without any the report of the current folder; of many some may be kept.

    The task is made, and all that judges is imported, where something is left to judge. Shows how many files of how
    many are done. Raises `InterruptedJudgingError` with what was done until then.
    """
    if not paths:
        from report_ls.project.reports import default_report  # noqa: PLC0415 - as above

        paths = [default_report(Path(), make_task().choices, make_task().configured_for) or Path()]
    in_paths = [(path, {relative(one.path): one for one in candidates(path)}) for path in paths]
    tasks = {name: one for _, several in in_paths for name, one in several.items()}
    names = list(tasks)
    kept = find_kept() if len(tasks) >= MIN_TASKS_FOR_PROCESSES else None
    done: dict[str, Outcomes] = {}
    for name, candidate in tasks.items() if kept else ():
        known = kept and kept.find(candidate)
        if known is not None:
            done[name] = [CheckedReport(judged._replace(path=name)) for judged in known]
    left = [name for name in names if name not in done]
    try:
        for index, outcomes in _judged([tasks[name] for name in left], make_task, kept) if left or not names else ():
            name = left[index]
            done[name] = [Unreadable(name, outcomes.error)] if isinstance(outcomes, Crashed) else outcomes
            show_progress(len(done), len(names))
    except KeyboardInterrupt:
        show_progress(len(names), len(names))
        if not any(done.values()):
            raise
        message = f"interrupted: {len(done)} of {len(names)} files were read, the rest is missing here"
        in_order = [outcome for name in names for outcome in done.get(name, ())]
        raise InterruptedJudgingError(in_order, message) from None
    found = _once(outcome for name in names for outcome in done[name])
    for path, several in in_paths:
        if all(isinstance(one, Note) for name in several for one in done[name]):
            is_alone = len(in_paths) == 1
            found.append(_nothing(path, make_task()) if is_alone else Unreadable(relative(path), why_nothing(path)))
    return found


def _judged(
    left: Sequence[Candidate], make_task: "Callable[[], Task]", kept: "Kept | None"
) -> Iterator[tuple[int, Outcomes | Crashed]]:
    """Yield what is said of each file, by its index."""
    from report_ls.cli.judge_report import judge_candidate, judge_to_keep  # noqa: PLC0415 - as above

    task = make_task()
    work = partial(judge_to_keep, task, kept) if kept else partial(judge_candidate, task)
    yield from map_in_processes(work, left, alone=task.writes)
    if kept:
        kept.forget_oldest()


def _once(outcomes: Iterable[CheckedReport | Unreadable | Note]) -> list[CheckedReport | Unreadable | Note]:
    """Return what is said without what is said already; of a folder only what is said of no report in it."""
    found = list(outcomes)
    of_reports = {one.error for one in found if isinstance(one, Unreadable) and is_file(Path(one.path))}
    told: set[Unreadable | Note] = set()
    kept: list[CheckedReport | Unreadable | Note] = []
    for one in found:
        if not isinstance(one, CheckedReport):
            is_known = isinstance(one, Unreadable) and one.error in of_reports and not is_file(Path(one.path))
            if one in told or is_known:
                continue
            told.add(one)
        kept.append(one)
    return kept


def _nothing(folder: Path, task: "Task") -> Unreadable | Note:
    """Say that the folder that is asked for has no report: before the final stage it may not be begun."""
    shown, why = relative(folder), why_nothing(folder)
    stage = task.choices.stage_with(task.configured_for(folder))
    if why == NOTHING_FOUND and stage is not Stage.FINAL:
        return Note(shown, f"{shown}: {why}")
    return Unreadable(shown, why)
