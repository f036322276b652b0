"""Work on all cores: each task has a result, even if its process crashes."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from report_ls.base.text import DecodedAs, SourceText
from report_ls.cli.judge_report import Task
from report_ls.cli.processes import MIN_TASKS_FOR_PROCESSES, Crashed, map_in_processes
from report_ls.packs.pack import Ask, Pack
from report_ls.project.find_configuration import ResolvedConfiguration
from report_ls.report.form import Form

MANY_NUMBERS = list(range(2 * MIN_TASKS_FOR_PROCESSES))


def square(number: int) -> int:
    return number * number


def process(_number: int) -> int:
    return os.getpid()


def seven_is_odd(number: int) -> int:
    if number == 7:
        raise ValueError("seven\nis odd")
    return number


def results(work: Callable[[int], object], numbers: list[int]) -> list[object]:
    """Return the result of each task, in the order of the tasks."""
    done = dict(map_in_processes(work, numbers))
    return [done[index] for index in range(len(numbers))]


@pytest.mark.parametrize(
    "n_tasks", [0, 1, MIN_TASKS_FOR_PROCESSES - 1, MIN_TASKS_FOR_PROCESSES, 3 * MIN_TASKS_FOR_PROCESSES]
)
def test_every_task_has_its_own_result(n_tasks: int) -> None:
    assert [number * number for number in range(n_tasks)] == results(square, list(range(n_tasks)))


def test_many_tasks_run_in_other_processes_unless_alone() -> None:
    assert os.getpid() not in results(process, MANY_NUMBERS)
    assert {os.getpid()} == set(results(process, MANY_NUMBERS[: MIN_TASKS_FOR_PROCESSES - 1]))
    assert {os.getpid()} == {result for _, result in map_in_processes(process, MANY_NUMBERS, alone=True)}


@pytest.mark.parametrize("n_tasks", [MIN_TASKS_FOR_PROCESSES - 1, 2 * MIN_TASKS_FOR_PROCESSES])
def test_a_task_that_raises_costs_itself_alone(n_tasks: int) -> None:
    lost = Crashed("report-ls failed because of a bug in it: ValueError: seven is odd")
    assert [lost if number == 7 else number for number in range(n_tasks)] == results(seven_is_odd, list(range(n_tasks)))


@pytest.mark.skipif(sys.platform != "linux", reason="needs a function that cannot be pickled")
def test_a_task_that_ends_its_process_costs_itself_alone() -> None:
    def work(number: int) -> int:
        if number in (0, 5):
            os.kill(os.getpid(), signal.SIGKILL)
        if number in (6, 31):
            os._exit(3)
        return number

    killed = Crashed("report-ls crashed on this file: its process was killed (signal 9)")
    ended = Crashed("report-ls crashed on this file: its process ended (status 3)")
    lost = {0: killed, 5: killed, 6: ended, 31: ended}
    assert [lost.get(number, number) for number in MANY_NUMBERS] == results(work, MANY_NUMBERS)


class UnbuildableError(Exception):
    """An exception that can be pickled but not unpickled."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a function that cannot be pickled")
def test_a_result_that_cannot_be_told_costs_itself_alone() -> None:
    def work(number: int) -> object:
        return (lambda: number) if number % 2 else UnbuildableError("a", "b")

    told = results(work, MANY_NUMBERS)
    assert all(
        isinstance(result, Crashed) and result.error.startswith("report-ls failed because of a bug in it: ")
        for result in told
    )


@pytest.mark.skipif(sys.platform != "linux", reason="needs a function that cannot be pickled")
def test_a_reader_that_stops_early_leaves_no_process() -> None:
    running = map_in_processes(process, MANY_NUMBERS)
    _, first = next(running)
    running.close()
    assert isinstance(first, int)
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is inherited")
def test_no_process_outlives_the_one_that_has_started_it() -> None:
    work = "import os, signal\nfrom report_ls.cli.processes import MIN_TASKS_FOR_PROCESSES, map_in_processes\n"
    work += "for _ in map_in_processes(abs, range(2 * MIN_TASKS_FOR_PROCESSES)):\n"
    work += "    os.kill(os.getpid(), signal.SIGKILL)"
    # The pipe is closed when the last process has ended.
    ran = subprocess.run([sys.executable, "-c", work], stdout=subprocess.PIPE, timeout=60, check=False)
    assert (-signal.SIGKILL, b"") == (ran.returncode, ran.stdout)


def test_what_a_task_and_its_pack_have_found_out_stays_in_their_process() -> None:
    pack = Pack("bees", "Bees", form=Form(expected_answers=1), asks=(Ask(1),))
    task = Task(pack, "final", str.isupper, fixes=False)
    assert task.configured_for(Path()) == ResolvedConfiguration()
    assert (hash(pack), pack.numbers, task.choices.pack) == (hash(pack._replace(title="Wasps")), (1,), pack)
    copied: Task = pickle.loads(pickle.dumps(task))  # noqa: S301 - our own
    assert task == copied
    assert copied.pack
    assert [{}, {}, {}] == [vars(copied), vars(copied.pack), vars(copied.pack.form)]


def test_a_text_takes_to_another_process_only_what_it_is_made_of() -> None:
    source = SourceText("caf\u00e9\r\n", DecodedAs(3, "Windows-1252"))
    assert (source.plain, len(source.line_starts)) == ("caf\u00e9 \n", 2)
    copied: SourceText = pickle.loads(pickle.dumps(source))  # noqa: S301 - our own
    assert {"text": source.text, "misread": source.misread} == vars(copied)
