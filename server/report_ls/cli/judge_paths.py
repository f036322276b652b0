"""Finds the reports at paths and judges them, if they are not in the cache: on all cores if there are many."""

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
    """Ctrl-C was pressed after some files were done."""

    def __init__(self, outcomes: Outcomes, message: str) -> None:
        super().__init__(message)
        self.outcomes = outcomes


def judge_paths(
    paths: Sequence[Path],
    make_task: "Callable[[], Task]",
    show_progress: Callable[[int, int], None],
    find_kept: "Callable[[], Kept | None]" = lambda: None,
) -> Outcomes:
    """Judge the reports at the paths; without paths, the report of the current folder.

    Results of many reports may come from the cache. `make_task`, which imports the checks, is called only if a report
    is left to judge. `show_progress` gets the numbers of done and of all files. Raises `InterruptedJudgingError`
    with the results until then.
    """
    if not paths:
        from report_ls.project.reports import default_report  # noqa: PLC0415 - as above

        paths = [default_report(Path(), make_task().choices, make_task().configured_for) or Path()]
    by_path = [(path, {candidate.shown: candidate for candidate in candidates(path)}) for path in paths]
    tasks = {name: candidate for _, by_name in by_path for name, candidate in by_name.items()}
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
    for path, by_name in by_path:
        if all(isinstance(outcome, Note) for name in by_name for outcome in done[name]):
            is_alone = len(by_path) == 1
            found.append(_nothing(path, make_task()) if is_alone else Unreadable(relative(path), why_nothing(path)))
    return found


def _judged(
    left: Sequence[Candidate], make_task: "Callable[[], Task]", kept: "Kept | None"
) -> Iterator[tuple[int, Outcomes | Crashed]]:
    """Yield the index and the outcomes of each file."""
    from report_ls.cli.judge_report import judge_candidate, judge_to_keep  # noqa: PLC0415 - as above

    task = make_task()
    work = partial(judge_to_keep, task, kept) if kept else partial(judge_candidate, task)
    yield from map_in_processes(work, left, alone=task.writes)
    if kept:
        kept.forget_oldest()


def _once(outcomes: Iterable[CheckedReport | Unreadable | Note]) -> list[CheckedReport | Unreadable | Note]:
    """Return the outcomes without repeated ones, and without errors of a folder that a report in it has too."""
    found = list(outcomes)
    of_reports = {item.error for item in found if isinstance(item, Unreadable) and is_file(Path(item.path))}
    told: set[Unreadable | Note] = set()
    kept: list[CheckedReport | Unreadable | Note] = []
    for outcome in found:
        if not isinstance(outcome, CheckedReport):
            is_repeated = (
                isinstance(outcome, Unreadable) and outcome.error in of_reports and not is_file(Path(outcome.path))
            )
            if outcome in told or is_repeated:
                continue
            told.add(outcome)
        kept.append(outcome)
    return kept


def _nothing(folder: Path, task: "Task") -> Unreadable | Note:
    """Return that a folder has no report: only a note before the final stage, when the student may not have begun."""
    shown, why = relative(folder), why_nothing(folder)
    stage = task.choices.stage_with(task.configured_for(folder))
    if why == NOTHING_FOUND and stage is not Stage.FINAL:
        return Note(shown, f"{shown}: {why}")
    return Unreadable(shown, why)
