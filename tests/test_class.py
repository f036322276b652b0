"""A class: many reports at once say what each says alone, and none of them stops the others."""

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
from report_ls.cli.classes import in_groups
from report_ls.cli.formats import Judged, Results
from report_ls.cli.processes import MANY
from report_ls.files.text_files import relative
from said import analysis
from test_cli import COMMAND, GOOD, LEFT_OVER, SHORT, Ran, run, write
from unknown_form import LIKE, SENTENCE

NAMES = [f"s{number}-oak" for number in range(101, 101 + MANY)]
FINDING = "7:3: warning: 3 words where 5-20 are asked: 2 words are missing [answer-too-short]"


def make_class(folder: Path, *names: str) -> Path:
    """Write a class: every third report is too short, the first has a marker left over."""
    for index, name in enumerate(names or NAMES):
        place = folder / "class" / name / "reports"
        place.mkdir(parents=True)
        write(place, README=LEFT_OVER if index == 0 else SHORT if index % 3 == 0 else GOOD)
        write(place.parent, notes="# Notes\n")
    return folder / "class"


def reports_of(ran: Ran) -> dict[str, Any]:
    """Return what JSON says of each report."""
    return {report["path"]: report for report in json.loads(ran.out)["reports"]}


def test_many_reports_say_what_each_says_alone(tmp_path: Path) -> None:
    make_class(tmp_path)
    together = run(tmp_path, "--check", "class", "--format", "json")
    assert (together.status, together.err) == (1, "")
    expected: dict[str, Any] = {}
    for name in NAMES:
        expected |= reports_of(run(tmp_path, "--check", f"class/{name}/reports/README.md", "--format", "json"))
    assert list(expected.items()) == list(reports_of(together).items())


@pytest.mark.parametrize("n_groups", [4, MANY])
def test_groups_are_numbered_and_named_only_when_asked(n_groups: int, tmp_path: Path) -> None:
    make_class(tmp_path, *NAMES[:n_groups])
    for form in ("text", "csv", "html", "markdown"):
        said = run(tmp_path, "--check", "class", "--format", form).out
        assert f"group {n_groups:03}" in said
        assert "oak" not in said
        named = run(tmp_path, "--check", "class", "--format", form, "--names").out
        assert f"class/{NAMES[0]}/reports/README.md" in named.replace("\\", "")
        assert "group" not in named


def test_the_number_of_a_group_is_its_place_among_the_folders_whatever_is_in_it(tmp_path: Path) -> None:
    make_class(tmp_path, "ash", "beech", "fir", "oak")
    (tmp_path / "class" / "elm").mkdir()
    write(tmp_path / "class" / "oak", old=SHORT)
    ran = run(tmp_path, "--check", "class")
    assert ["group 001", "group 002", "group 004", "group 005", "group 005 (2)"] == _reported(ran)
    assert (2, "group 003: no report found in this folder or below; name the file if there is one\n") == (
        ran.status,
        ran.err,
    )


def test_a_class_that_has_handed_in_little_is_numbered_all_the_same(tmp_path: Path) -> None:
    make_class(tmp_path, "ash", "fir", "oak", "yew")
    for name in ("alder", "birch", "elm", "hazel", "lime", "pine"):
        (tmp_path / "class" / name).mkdir()
    ran = run(tmp_path, "--check", "class")
    missing = "no report found in this folder or below; name the file if there is one"
    assert [f"group {number:03}: {missing}" for number in (1, 3, 4, 6, 7, 9)] == ran.err.splitlines()
    assert ["group 002", "group 005", "group 008", "group 010"] == _reported(ran)
    assert "oak" not in ran.out


def _reported(ran: Ran) -> list[str]:
    """Return which reports have a closing line."""
    lines = [line for line in ran.out.split("\n") if "questions answered" in line or "question answered" in line]
    return [line.partition(":")[0] for line in lines]


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
    ran = run(tmp_path, "--check", "class")
    assert ([f"group {number:03}" for number in range(1, 9)], "") == (_reported(ran), ran.err)


def test_folders_that_are_named_at_once_are_a_class(tmp_path: Path) -> None:
    make_class(tmp_path, "ash", "fir", "oak", "yew")
    (tmp_path / "class" / "elm").mkdir()
    ran = run(tmp_path, "--check", *(f"class/{name}" for name in ("yew", "oak", "fir", "elm", "ash")))
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
        f"{ash}{report}: not judged until {ash}/report-ls.toml is mended",
        f"{fir}{report}: not judged until {fir}/mine.yaml is mended",
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
    said = "it is a symbolic link to a folder, which is not followed: name it to have it judged"
    assert (f"group 002: {said}\n", 2) == (ran.err, ran.status)
    assert (
        "elm/report.md: generic, final: 1 of 1 question answered; no problems found\n"
        == run(folder, "--check", "elm").out
    )


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_group_whose_folder_nobody_may_enter_is_said_to_be_one(tmp_path: Path) -> None:
    folder = make_class(tmp_path, "ash", "fir", "oak", "yew", "elm")
    (folder / "elm" / "reports").chmod(0)
    ran = run(tmp_path, "--check", "class")
    (folder / "elm" / "reports").chmod(0o700)
    assert "group 002: group 002/reports cannot be looked into: permission denied\n" == ran.err


def test_a_class_of_files_is_numbered_too(tmp_path: Path) -> None:
    write(tmp_path, **dict.fromkeys(("ash", "beech", "fir", "oak"), GOOD))
    ran = run(tmp_path, "--check", ".")
    assert "group 004: generic" in ran.out
    assert "oak" not in ran.out


def test_of_results_that_are_not_complete_nobody_knows_whose_are_missing(tmp_path: Path) -> None:
    names = [f"{number}-oak" for number in range(10)]
    for name in names:
        (tmp_path / name).mkdir()
    some = Results(None, tuple(Judged(relative(tmp_path / name / "report.md"), analysis()) for name in names[1:5]))
    done = in_groups(some, [tmp_path], names=False, complete=False)
    assert ["group 002", "group 003", "group 004", "group 005"] == [report.name for report in done.reports]
    assert () == done.unreadable
    assert 6 == len(in_groups(some, [tmp_path], names=False, complete=True).unreadable)


@pytest.mark.parametrize("n_groups", [8, MANY])
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


def test_the_reason_why_a_report_is_not_judged_does_not_name_its_folder(tmp_path: Path) -> None:
    folder = make_class(tmp_path)
    (folder / NAMES[1] / "report-ls.toml").write_text("nonsense", "utf-8")
    rows = csv.DictReader(StringIO(run(tmp_path, "--check", "class", "--format", "csv").out))
    assert [("group 002", "not judged until group 002/report-ls.toml is mended")] == [
        (row["report"], row["findings"]) for row in rows if row["state"] == "unreadable"
    ]


def test_only_what_is_new_is_said_against_a_baseline(tmp_path: Path) -> None:
    folder = make_class(tmp_path)
    before = run(tmp_path, "--check", "class", "--output", "json=before.json")
    assert 1 == before.status
    assert 0 == run(tmp_path, "--check", "class", "--baseline", "before.json").status
    report = folder / NAMES[3] / "reports" / "README.md"
    report.write_text("A new first line, and one more finding.\n" + LEFT_OVER.replace(" by the people", ""), "utf-8")
    ran = run(tmp_path, "--check", "class", "--baseline", "before.json")
    found = [line for line in ran.out.split("\n") if line.endswith("]")]
    marker = "10:1: error: this marker is left over from the template: delete it [leftover-marker]"
    assert [f"group 004:{marker}"] == found
    report.write_text(f"A new first line.\n{SHORT}", "utf-8")
    assert 0 == run(tmp_path, "--check", "class", "--baseline", "before.json").status
    elsewhere = run(folder, "--check", ".", "--baseline", "../before.json")
    assert (1, "the baseline knows none of these reports: was it made in another folder?\n") == (
        elsewhere.status,
        elsewhere.err,
    )


def test_a_finding_that_stands_there_once_more_is_new_once(tmp_path: Path) -> None:
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
        ("{", "it is not what --format json has written"),
        ("[1]", "it is not what --format json has written"),
        ('{"version": 1}', "it is not what --format json has written"),
        ('{"version": 2}', "it is of version 2, not of 1"),
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
    ran = run(tmp_path, "--check", "class", "--select", "unanswered")
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


def on_a_terminal(folder: Path, *arguments: str, until: str = "") -> tuple[int, str, str]:
    """Run with standard error on a terminal, and press Ctrl-C there when a text is seen."""
    pty = pytest.importorskip("pty", reason="needs a terminal")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        seen = b""
        is_interrupted = not until
        try:
            while piece := os.read(ours, 65536):
                seen += piece
                if not is_interrupted and until in seen.decode():
                    # As a terminal does: to all of its processes.
                    os.killpg(process.pid, signal.SIGINT)
                    is_interrupted = True
        except OSError:  # So Linux says that the other side has closed the terminal.
            pass
        assert process.stdout
        out = process.stdout.read().decode()
    os.close(ours)
    return process.returncode, out, seen.decode().replace("\r\n", "\n")


def test_a_terminal_shows_how_far_many_reports_are_and_then_nothing_of_it(tmp_path: Path) -> None:
    make_class(tmp_path)
    status, out, seen = on_a_terminal(tmp_path, "--check", "class")
    assert 1 == status
    n_files = 2 * MANY
    shown = [re.sub(r" +$", "", piece) for piece in seen.split("\r") if piece.strip()]
    bars = ["#" * (36 * n_done // n_files) for n_done in range(1, n_files)]
    assert shown == [f"[{bar:.<36}] {n_done} of {n_files} files" for n_done, bar in enumerate(bars, 1)]
    assert seen.endswith(f"\r{' ' * 72}\r")
    assert out == run(tmp_path, "--check", "class").out


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe with a name")
def test_ctrl_c_leaves_what_was_done_and_says_so(tmp_path: Path) -> None:
    make_class(tmp_path)
    (tmp_path / "class" / "s200-oak").mkdir()
    os.mkfifo(tmp_path / "pipe.md")  # Whoever reads it waits.
    n_files = 2 * MANY
    arguments = "--check", "class", "pipe.md"
    status, out, seen = on_a_terminal(tmp_path, *arguments, until=f"{n_files} of {n_files + 1} files")
    assert 130 == status
    said = f"interrupted: {n_files} of {n_files + 1} files were read, the rest is missing here\n"
    assert seen.endswith(f"\r{said}")
    assert "Traceback" not in seen
    assert out == run(tmp_path, "--check", "class").out
