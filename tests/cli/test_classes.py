"""A class: each of many reports gets the same findings as alone, and none of them stops the others."""

import csv
import json
import os
import re
import signal
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from report_ls.base.diagnostic import Stage
from report_ls.checks import Failure
from report_ls.cli.classes import in_groups
from report_ls.cli.formats import write as write_format
from report_ls.cli.judged import as_judged
from report_ls.cli.processes import MIN_TASKS_FOR_PROCESSES
from report_ls.cli.results import Results
from report_ls.files.text_files import relative
from support.command import COMMAND, GOOD, LEFT_OVER, SHORT, SHOWN, Ran, asking_git, run, write
from support.fake_results import analysis, found
from support.unknown_form import LIKE, SENTENCE

NAMES = [f"s{number}-oak" for number in range(101, 101 + MIN_TASKS_FOR_PROCESSES)]
FINDING = "7:3: warning: Q1: 3 words, but 5-20 are asked: 2 words are missing [answer-too-short]"


def make_class(folder: Path, *names: str) -> Path:
    """Write a class: every third report is too short, and the first still has a marker."""
    for index, name in enumerate(names or NAMES):
        place = folder / "class" / name / "reports"
        place.mkdir(parents=True)
        write(place, README=LEFT_OVER if index == 0 else SHORT if index % 3 == 0 else GOOD)
        write(place.parent, notes="# Notes\n")
    return folder / "class"


def reports_of(ran: Ran) -> dict[str, Any]:
    """Return the JSON of each report."""
    return {report["path"]: report for report in json.loads(ran.out)["reports"]}


def test_many_reports_say_what_each_says_alone(tmp_path: Path) -> None:
    make_class(tmp_path)
    together = run(tmp_path, "--check", "class", "--format", "json")
    assert (together.status, together.err) == (1, "")
    expected: dict[str, Any] = {}
    for name in NAMES:
        expected |= reports_of(run(tmp_path, "--check", f"class/{name}/reports/README.md", "--format", "json"))
    assert list(expected.items()) == list(reports_of(together).items())


@pytest.mark.parametrize("n_groups", [4, MIN_TASKS_FOR_PROCESSES])
def test_groups_are_numbered_and_named_only_when_asked(n_groups: int, tmp_path: Path) -> None:
    make_class(tmp_path, *NAMES[:n_groups])
    for form in ("text", "csv", "html", "markdown"):
        said = run(tmp_path, "--check", "class", "--verbose", "--format", form).out
        assert f"group {n_groups:03}" in said
        assert "oak" not in said
        named = run(tmp_path, "--check", "class", "--verbose", "--format", form, "--names").out
        assert f"class/{NAMES[0]}/reports/README.md" in named.replace("\\", "")
        assert "group" not in named


def test_a_group_s_number_is_its_folder_s_place_in_the_class(tmp_path: Path) -> None:
    make_class(tmp_path, "ash", "beech", "fir", "oak")
    (tmp_path / "class" / "elm").mkdir()
    write(tmp_path / "class" / "oak", old=SHORT)
    ran = run(tmp_path, "--check", "class", "--verbose")
    assert ["group 001", "group 002", "group 004", "group 005", "group 005 (2)"] == _reported(ran)
    assert (2, "group 003: no report found in this folder or below; name the file if there is one\n") == (
        ran.status,
        ran.err,
    )


def test_a_class_that_has_handed_in_little_is_numbered_all_the_same(tmp_path: Path) -> None:
    make_class(tmp_path, "ash", "fir", "oak", "yew")
    for name in ("alder", "birch", "elm", "hazel", "lime", "pine"):
        (tmp_path / "class" / name).mkdir()
    ran = run(tmp_path, "--check", "class", "--verbose")
    missing = "no report found in this folder or below; name the file if there is one"
    assert [f"group {number:03}: {missing}" for number in (1, 3, 4, 6, 7, 9)] == ran.err.splitlines()
    assert ["group 002", "group 005", "group 008", "group 010"] == _reported(ran)
    assert "oak" not in ran.out


def _reported(ran: Ran) -> list[str]:
    """Return the reports that have a closing line."""
    lines = [line for line in ran.out.split("\n") if "questions answered" in line or "question answered" in line]
    return [line.partition(":")[0] for line in lines]


UNANSWERED_TWICE = SHORT.replace("It sorts photos.", "--- question 1 fill here ---") + (
    "\n### Question 2\n\n> Show it. Insert 2-3 images.\n>\n> Answer:\n\n--- question 2 fill here ---\n"
)
UNSEEN = GOOD + "\n### Question 2\n\n> Show it. Insert 3-4 images.\n>\n> Answer:\n\n![It](figures/it.png) is this.\n"
MORE = "--verbose lists them, --check FOLDER those of a group"
SEEN = (
    (UNANSWERED_TWICE, "2 unanswered"),
    (UNSEEN, "3 pictures missing"),
    (LEFT_OVER, "1 error"),
    (GOOD.replace("photos", "TODO: what? photos"), "1 warning"),
    (SHORT, "lengths only"),
)
"""Reports, the worst first, and the words for each in the table of a class."""


def make_seen(folder: Path) -> None:
    """Write a class with each report of `SEEN`, the best first, and three groups without a problem."""
    for number, text in enumerate([*(text for text, _ in reversed(SEEN)), GOOD, GOOD, GOOD], 1):
        (folder / "class" / f"oak{number}").mkdir(parents=True)
        write(folder / "class" / f"oak{number}", report=text)


def test_a_class_has_a_line_for_each_group_with_problems(tmp_path: Path) -> None:
    make_seen(tmp_path)
    rows = "".join(f"{{}}  {said}\n" for _, said in SEEN)
    found = "8 reports: 5 errors, 2 warnings, of which report-ls --fix repairs 1"
    others = "and 3 more without errors and warnings\n"
    assert run(tmp_path, "--check", "class") == Ran(
        1,
        rows.format(*(f"group {number:03}" for number in range(5, 0, -1)))
        + f"{others}{found} ({MORE}; --names says whose they are)\n",
        "",
    )
    assert run(tmp_path, "--check", "class", "--names") == Ran(
        1,
        rows.format(*(f"class/oak{number}/report.md" for number in range(5, 0, -1))) + f"{others}{found} ({MORE})\n",
        "",
    )


def test_a_table_and_a_page_of_a_class_have_the_worst_first(tmp_path: Path) -> None:
    make_seen(tmp_path)
    (tmp_path / "class" / "oak6" / "report.md").unlink()
    run(tmp_path, "--check", "class", "--output", "csv=class.csv", "--output", "html=class.html")
    with (tmp_path / "class.csv").open(encoding="utf-8") as file:
        rows = [
            (row["report"], row["state"], row["answered"], row["asked"], row["errors"], row["findings"])
            for row in csv.DictReader(file)
        ]
    assert rows == [
        (
            "group 006",
            "unreadable",
            "",
            "",
            "",
            "no report found in this folder or below; name the file if there is one",
        ),
        ("group 005", "", "0", "2", "2", "2 unanswered"),
        ("group 004", "", "2", "2", "2", "3 pictures missing"),
        ("group 003", "", "1", "1", "1", "1 error"),
        ("group 002", "", "1", "1", "0", "1 warning"),
        ("group 001", "", "1", "1", "0", "lengths only"),
        ("group 007", "", "1", "1", "0", ""),
        ("group 008", "", "1", "1", "0", ""),
    ]
    page = (tmp_path / "class.html").read_text("utf-8")
    table = page[: page.index("</table>")]
    assert re.findall(r'<th scope="row">(.*?)</th>.*<td>(.*?)</td></tr>', table) == [
        *((f"group {5 - index:03}", said) for index, (_, said) in enumerate(SEEN)),
        ("group 007", ""),
        ("group 008", ""),
    ]


def test_verbose_and_a_named_group_list_the_findings_of_a_class(tmp_path: Path) -> None:
    make_seen(tmp_path)
    lines = run(tmp_path, "--check", "class", "--verbose").out.splitlines()
    assert [line for line in lines if line.startswith("group 001:")] == [
        f"group 001:{FINDING}",
        (
            "group 001: generic, final: 1 of 1 question answered; 1 warning; 2 words short of the recommended lengths"
            " in 1 answer"
        ),
    ]
    assert lines[-1] == "8 reports: 5 errors, 2 warnings, of which report-ls --fix repairs 1"
    named = run(tmp_path, "--check", "class/oak1").out
    assert named.splitlines()[0] == f"class/oak1/report.md:{FINDING}"
    table = run(tmp_path, "--check", "class", "--verbose", "--format", "csv").out
    assert (1 + 10, "question") == (len(table.splitlines()), table.split(",")[3])
    page = run(tmp_path, "--check", "class", "--verbose", "--format", "html").out
    assert page.index("group 001") < page.index("group 005")
    assert "at a glance" not in page


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github", "gitlab", "lines", "markdown"])
def test_what_programs_read_is_the_same_with_and_without_verbose(form: str, tmp_path: Path) -> None:
    make_seen(tmp_path)
    ran = run(tmp_path, "--check", "class", "--format", form)
    assert (ran.status, ran.err) == (1, "")
    assert ran == run(tmp_path, "--check", "class", "--format", form, "--verbose")


def test_a_class_without_a_problem_is_one_line(tmp_path: Path) -> None:
    write(tmp_path, **dict.fromkeys(("ash", "beech", "fir", "oak"), GOOD))
    assert run(tmp_path, "--check", ".") == Ran(0, "4 reports: no problems found\n", "")


def test_a_class_that_is_still_writing_is_told_what_is_to_come(tmp_path: Path) -> None:
    make_seen(tmp_path)
    ran = run(tmp_path, "--check", "class", "--stage", "draft")
    assert [line.split("  ") for line in ran.out.splitlines()[:-2]] == [
        ["group 005", "2 unanswered"],
        ["group 004", "3 pictures missing"],
        ["group 003", "1 error"],
        ["group 002", "1 more when it is finished"],
        ["group 001", "lengths only"],
    ]


def test_of_what_is_new_in_a_class_only_that_is_counted(tmp_path: Path) -> None:
    make_seen(tmp_path)
    run(tmp_path, "--check", "class", "--output", "json=before.json")
    assert run(tmp_path, "--check", "class", "--baseline", "before.json").out == "8 reports: nothing new\n"
    write(tmp_path / "class" / "oak7", report=LEFT_OVER)
    assert run(tmp_path, "--check", "class", "--baseline", "before.json").out == (
        "group 007  1 error\n"
        "and 7 more without new errors and warnings\n"
        f"8 reports: new: 1 error, of which report-ls --fix repairs 1 ({MORE}; --names says whose they are)\n"
    )


def test_refused_reports_and_failed_checks_come_first_in_a_class() -> None:
    whole = "{}### Question 1\n> Why?\n>\n> Answer:\n\nSo.\n"
    refused = analysis(text=whole.format(""))
    failed = analysis()._replace(failures=(Failure("unanswered", ValueError("no")),))
    three = analysis(*[found("photos")] * 3)
    reports = tuple(
        as_judged(f"{name}.md", report)
        for name, report in {"a": analysis(), "b": three, "c": failed, "d": refused}.items()
    )
    assert write_format("text", Results(Stage.FINAL, reports, at_a_glance=True)) == (
        "d.md  refused by the script\n"
        "c.md  1 check failed\n"
        "b.md  3 errors\n"
        "and 1 more without errors and warnings\n"
        f"4 reports: 3 errors ({MORE})\n"
    )


def test_three_reports_are_no_class(tmp_path: Path) -> None:
    make_class(tmp_path, "new", "old", "other")
    (tmp_path / "class" / "src").mkdir()
    ran = run(tmp_path, "--check", "class")
    assert "" == ran.err
    assert [f"class/{name}/reports/README.md" for name in ("new", "old", "other")] == _reported(ran)


def test_a_class_with_a_folder_for_each_day_is_numbered_through(tmp_path: Path) -> None:
    for day in ("monday", "tuesday"):
        for name in ("ash", "fir", "oak", "yew"):
            (tmp_path / "class" / day / name).mkdir(parents=True)
            write(tmp_path / "class" / day / name, report=GOOD)
    ran = run(tmp_path, "--check", "class", "--verbose")
    assert ([f"group {number:03}" for number in range(1, 9)], "") == (_reported(ran), ran.err)


def test_folders_that_are_named_at_once_are_a_class(tmp_path: Path) -> None:
    make_class(tmp_path, "ash", "fir", "oak", "yew")
    (tmp_path / "class" / "elm").mkdir()
    ran = run(tmp_path, "--check", "--verbose", *(f"class/{name}" for name in ("yew", "oak", "fir", "elm", "ash")))
    assert ["group 001", "group 003", "group 004", "group 005"] == sorted(_reported(ran))
    assert "group 002: no report found in this folder or below; name the file if there is one\n" == ran.err


@pytest.mark.parametrize("names", [(), ("--names",)])
def test_no_message_names_a_folder_of_a_class(names: tuple[str, ...], tmp_path: Path) -> None:
    folder = make_class(tmp_path, "ash", "fir", "oak", "yew")
    (folder / "ash" / "report-ls.toml").write_text("nonsense", "utf-8")
    (folder / "fir" / "report-ls.toml").write_text('pack = "mine.yaml"', "utf-8")
    (folder / "fir" / "mine.yaml").write_text("id: [", "utf-8")
    (folder / "oak" / "reports" / "README.md").write_bytes(LEFT_OVER.replace("photos", "fot\xf3s").encode("latin-1"))
    ran = run(tmp_path, "--check", "class", "--fix", *names)
    ash, fir, oak = (
        (f"class/{name}" for name in ("ash", "fir", "oak")) if names else (f"group 00{n}" for n in (1, 2, 3))
    )
    report = "/reports/README.md" if names else ""
    assert [
        f"{ash}/report-ls.toml:1:",
        f"{fir}/mine.yaml:1:",
        f"{oak}/reports/README.md: not UTF-8, so it is not fixed until it is saved as UTF-8",
        f"{ash}{report}: not judged until {ash}/report-ls.toml is fixed; --isolated judges it without",
        f"{fir}{report}: not judged until {fir}/mine.yaml is fixed; --isolated judges it without",
    ] == [re.sub(r":1:.*", ":1:", line) for line in ran.err.splitlines()]


def test_a_folder_that_is_called_like_a_line_garbles_no_message(tmp_path: Path) -> None:
    folder = make_class(tmp_path, *"12345")
    (folder / "1" / "report-ls.toml").write_text('stagee = "draft"', "utf-8")
    first, _ = run(folder, "--check").err.splitlines()
    assert first.startswith("group 001/report-ls.toml:1:1: there is no")


def test_a_group_behind_a_link_is_said_to_be_one(tmp_path: Path) -> None:
    folder = make_class(tmp_path, "ash", "fir", "oak", "yew")
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path / "elsewhere", report=GOOD)
    (folder / "elm").symlink_to(tmp_path / "elsewhere")
    ran = run(tmp_path, "--check", "class")
    said = "it is a symbolic link to a folder, which is not followed: name it to check it"
    assert (f"group 002: {said}\n", 2) == (ran.err, ran.status)
    assert (
        "elm/report.md: generic, final: 1 of 1 question answered; no problems found\n"
        == run(folder, "--check", "elm").out
    )


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_group_with_an_unreadable_folder_is_reported(tmp_path: Path) -> None:
    folder = make_class(tmp_path, "ash", "fir", "oak", "yew", "elm")
    (folder / "elm" / "reports").chmod(0)
    ran = run(tmp_path, "--check", "class")
    (folder / "elm" / "reports").chmod(0o700)
    assert "group 002: group 002/reports cannot be read: permission denied\n" == ran.err


def test_a_class_of_files_is_numbered_too(tmp_path: Path) -> None:
    write(tmp_path, **dict.fromkeys(("ash", "beech", "fir", "oak"), GOOD))
    ran = run(tmp_path, "--check", ".", "--verbose")
    assert "group 004: generic" in ran.out
    assert "oak" not in ran.out


def test_incomplete_results_name_no_missing_group(tmp_path: Path) -> None:
    names = [f"{number}-oak" for number in range(10)]
    for name in names:
        (tmp_path / name).mkdir()
    some = Results(None, tuple(as_judged(relative(tmp_path / name / "report.md"), analysis()) for name in names[1:5]))
    done = in_groups(some, [tmp_path], names=False, verbose=False, complete=False)
    assert ["group 002", "group 003", "group 004", "group 005"] == [report.name for report in done.reports]
    assert () == done.unreadable
    assert 6 == len(in_groups(some, [tmp_path], names=False, verbose=False, complete=True).unreadable)


@pytest.mark.parametrize("n_groups", [8, MIN_TASKS_FOR_PROCESSES])
def test_what_cannot_be_judged_is_a_row_and_stops_nothing(n_groups: int, tmp_path: Path) -> None:
    folder = make_class(tmp_path, *NAMES[:n_groups])
    (folder / NAMES[1] / "reports" / "README.md").write_bytes(b"\xff\xfe" + os.urandom(2000))
    (folder / NAMES[2] / "reports" / "README.md").write_bytes(b"")
    circle = folder / NAMES[3] / "reports" / "README.md"
    circle.unlink()
    circle.symlink_to(circle)
    ran = run(tmp_path, "--check", "class", "gone.md", str(circle), "--format", "csv")
    rows = [row for row in csv.DictReader(StringIO(ran.out)) if row["state"] == "unreadable"]
    nothing = "no report found in this folder or below; name the file if there is one"
    assert {
        "gone.md": "there is no such file",
        "group 002": nothing,
        "group 003": nothing,
        "group 004": "too many levels of symbolic links",
    } == {row["report"]: row["findings"] for row in rows}
    assert 2 == ran.status
    assert n_groups - 3 == len(ran.out.strip().split("\n")) - 1 - len(rows)


def test_the_reason_for_not_judging_a_report_hides_its_folder(tmp_path: Path) -> None:
    folder = make_class(tmp_path)
    (folder / NAMES[1] / "report-ls.toml").write_text("nonsense", "utf-8")
    rows = csv.DictReader(StringIO(run(tmp_path, "--check", "class", "--format", "csv").out))
    assert [("group 002", "not judged until group 002/report-ls.toml is fixed; --isolated judges it without")] == [
        (row["report"], row["findings"]) for row in rows if row["state"] == "unreadable"
    ]


def test_only_what_is_new_is_said_against_a_baseline(tmp_path: Path) -> None:
    folder = make_class(tmp_path)
    before = run(tmp_path, "--check", "class", "--output", "json=before.json")
    assert 1 == before.status
    assert 0 == run(tmp_path, "--check", "class", "--verbose", "--baseline", "before.json").status
    report = folder / NAMES[3] / "reports" / "README.md"
    report.write_text("A new first line, and one more finding.\n" + LEFT_OVER.replace(" by the people", ""), "utf-8")
    ran = run(tmp_path, "--check", "class", "--verbose", "--baseline", "before.json")
    found = [line for line in ran.out.split("\n") if line.endswith("]")]
    marker = "10:1: error: Q1: this marker is left over from the template: delete it [leftover-marker]"
    assert [f"group 004:{marker}"] == found
    report.write_text(f"A new first line.\n{SHORT}", "utf-8")
    assert 0 == run(tmp_path, "--check", "class", "--verbose", "--baseline", "before.json").status
    elsewhere = run(folder, "--check", ".", "--baseline", "../before.json")
    assert (1, "the baseline has none of these reports: was it made in another folder?\n") == (
        elsewhere.status,
        elsewhere.err,
    )


def test_a_second_finding_of_a_kind_is_new_once(tmp_path: Path) -> None:
    once = LEFT_OVER
    twice = LEFT_OVER.replace("\n\nIt sorts", "\n\nWell:\n\n--- question 1 fill here ---\n\nIt sorts")
    write(tmp_path, report=once)
    run(tmp_path, "--check", "--output", "json=before.json")
    write(tmp_path, report=twice)
    ran = run(tmp_path, "--check", "--baseline", "before.json")
    assert ["report.md:13:1"] == [line.partition(": ")[0] for line in ran.out.split("\n") if line.endswith("]")]


def test_an_answer_that_got_better_is_not_new(tmp_path: Path) -> None:
    write(tmp_path, report=SHORT)
    run(tmp_path, "--check", "--output", "json=before.json")
    write(tmp_path, report=SHORT.replace("sorts", "always sorts"))
    ran = run(tmp_path, "--check", "--baseline", "before.json")
    assert ran == Ran(0, "report.md: generic, final: 1 of 1 question answered; nothing new\n", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "there is no such file"),
        ("{", "it is not an output of --format json"),
        ("[1]", "it is not an output of --format json"),
        ('{"version": 1}', "it is not an output of --format json"),
        ('{"version": 2}', "it has version 2, not 1"),
    ],
)
def test_a_baseline_is_what_json_has_written(text: str | None, reason: str, tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    if text is not None:
        (tmp_path / "before.json").write_text(text, "utf-8")
    ran = run(tmp_path, "--check", "--baseline", "before.json")
    assert ran == Ran(2, "", f"report-ls: --baseline before.json: {reason}\n")


def test_statistics_are_tables(tmp_path: Path) -> None:
    make_class(tmp_path)
    assert run(tmp_path, "--check", "class", "--statistics") == Ran(
        1,
        "16 reports, 0 not read\n"
        "\n"
        "check             at worst  findings  reports\n"
        "leftover-marker      error         1        1\n"
        "answer-too-short   warning         5        5\n"
        "\n"
        "generic\n"
        "question  answered  words  median  short  long  images  median  few  many\n"
        "  1          16/16   5-20       8      5     0       -       0    0     0\n",
        "",
    )
    said = "report-ls: --statistics prints tables, so it takes neither --format nor --diff\n"
    assert run(tmp_path, "--check", "class", "--statistics", "--format", "csv") == Ran(2, "", said)


def test_a_class_of_several_editions_is_judged_each_group_by_its_own(tmp_path: Path) -> None:
    make_class(tmp_path)
    for name in NAMES[1:3]:
        write(tmp_path / "class" / name / "reports", README=LIKE)
    ran = run(tmp_path, "--check", "class", "--verbose", "--select", "unanswered")
    closing = [line for line in ran.out.split("\n") if not line.endswith("]")]
    assert closing[:5] == [
        "group 001: generic, final: 1 of 1 question answered; no problems found",
        f"group 002: {SENTENCE}",
        "group 002: unknown, final: 3 of 3 questions answered; no problems found; 1 picture missing in 1 answer",
        f"group 003: {SENTENCE}",
        "group 003: unknown, final: 3 of 3 questions answered; no problems found; 1 picture missing in 1 answer",
    ]
    said = run(tmp_path, "--check", "class", "--statistics", "--select", "unanswered").out
    assert said == (
        "16 reports, 0 not read\n"
        "\n"
        "generic\n"
        "question  answered  words  median  short  long  images  median  few  many\n"
        "  1          14/14   5-20       8      5     0       -       0    0     0\n"
        "\n"
        "unknown (3 questions, most like January 2026)\n"
        "question  answered  words  median  short  long  images  median  few  many\n"
        "  1            2/2   3-20       6      0     0       -       0    0     0\n"
        "  2            2/2      -       3      0     0       -       0    0     0\n"
        "  3            2/2      -       2      0     0     1-2       0    2     0\n"
    )


def on_a_terminal(folder: Path, *arguments: str, until: str = "", **environment: str) -> tuple[int, str, str]:
    """Run with standard error on a terminal, and press Ctrl-C there when a text appears."""
    pty = pytest.importorskip("pty", reason="needs a terminal")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        seen = b""
        is_interrupted = not until
        try:
            while piece := os.read(ours, 65536):
                seen += piece
                if not is_interrupted and until in seen.decode():
                    # A terminal sends the signal to all of its processes.
                    os.killpg(process.pid, signal.SIGINT)
                    is_interrupted = True
        except OSError:  # On Linux this means that the other side has closed the terminal.
            pass
        assert process.stdout
        out = process.stdout.read().decode()
    os.close(ours)
    return process.returncode, out, seen.decode().replace("\r\n", "\n")


def test_a_terminal_shows_progress_and_clears_it_at_the_end(tmp_path: Path) -> None:
    make_class(tmp_path)
    status, out, seen = on_a_terminal(tmp_path, "--check", "class")
    assert 1 == status
    n_files = 2 * MIN_TASKS_FOR_PROCESSES
    shown = [re.sub(r" +$", "", piece) for piece in seen.split("\r") if piece.strip()]
    bars = ["#" * (36 * n_done // n_files) for n_done in range(1, n_files)]
    assert shown == [f"[{bar:.<36}] {n_done} of {n_files} files" for n_done, bar in enumerate(bars, 1)]
    assert seen.endswith(f"\r{' ' * 72}\r")
    assert out == run(tmp_path, "--check", "class").out


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe with a name")
def test_ctrl_c_leaves_what_was_done_and_says_so(tmp_path: Path) -> None:
    make_class(tmp_path)
    (tmp_path / "class" / "s200-oak").mkdir()
    (tmp_path / "last").mkdir()
    write(tmp_path / "last", report=SHOWN)
    os.mkfifo(tmp_path / "pipe")
    path = asking_git(tmp_path / "last", f"cat {tmp_path}/pipe")  # Whoever reads it waits.
    n_files = 2 * MIN_TASKS_FOR_PROCESSES
    arguments = "--check", "class", "last/report.md"
    status, out, seen = on_a_terminal(tmp_path, *arguments, until=f"{n_files} of {n_files + 1} files", PATH=path)
    assert 130 == status
    said = f"interrupted: {n_files} of {n_files + 1} files were read, the rest is missing here\n"
    assert seen.endswith(f"\r{said}")
    assert "Traceback" not in seen
    # Incomplete results do not show which reports are missing.
    assert out == run(tmp_path, "--check", "class").out.replace(", 1 not read:", ":")
