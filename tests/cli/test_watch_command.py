"""`--watch` judges again on each change and shows as much as fits on one screen."""

import os
import signal
import struct
import subprocess
from collections.abc import Generator
from itertools import islice
from pathlib import Path

import pytest
from support.command import COMMAND, GOOD, GOOD_LINE, LEFT_OVER, LEFT_OVER_LINE, SHORT, Ran, run, write

CLEAR = "\x1b[2J\x1b[H"
FOOT = "watching; Ctrl-C ends"


def watch(folder: Path, *arguments: str) -> Generator[str, None, None]:
    """Run on a terminal of 80 columns and 8 lines; yield each screen, and press Ctrl-C when the caller stops."""
    pytest.importorskip("watchfiles", reason="comes with the developers' tools")
    pty = pytest.importorskip("pty", reason="needs a terminal")
    fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 8, 80, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    environment |= {"NO_COLOR": "1"}
    process = subprocess.Popen([*COMMAND, "--watch", *arguments], cwd=folder, stdout=theirs, env=environment)
    os.close(theirs)
    shown = ""
    try:
        while True:
            while FOOT not in shown:
                shown += os.read(ours, 65536).decode().replace("\r\n", "\n")
            screen, _, shown = shown.partition(FOOT)
            assert screen.startswith(CLEAR)
            yield screen.removeprefix(CLEAR)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
        os.close(ours)


def test_each_change_is_judged_until_ctrl_c(tmp_path: Path) -> None:
    write(tmp_path, report=GOOD)
    screens = watch(tmp_path)
    assert GOOD_LINE == next(screens)
    write(tmp_path, report=LEFT_OVER)
    marker, line = LEFT_OVER_LINE.rstrip("\n").split("\n")
    excerpt = "    --- question 1 fill here ---\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    # One change may be reported in two parts.
    assert f"{marker}\n{excerpt}\n{line}\n" in islice(screens, 2)
    (tmp_path / "report.md").unlink()
    assert ".: no report found in this folder or below; name the file if there is one\n\n" in islice(screens, 2)
    write(tmp_path, report=GOOD)
    assert GOOD_LINE in islice(screens, 2)
    screens.close()


def test_a_configuration_that_changes_counts_from_then_on(tmp_path: Path) -> None:
    configuration = tmp_path / "report-ls.toml"
    configuration.write_text('[severity]\nleftover-marker = "off"\n', "utf-8")
    write(tmp_path, report=LEFT_OVER)
    screens = watch(tmp_path)
    assert GOOD_LINE == next(screens)
    configuration.write_text('[severity]\nleftover-marker = "warning"\n', "utf-8")
    assert any("warning: Q1: this marker is left over" in screen for screen in islice(screens, 2))
    screens.close()


def test_lines_that_do_not_fit_are_counted_and_the_last_is_shown(tmp_path: Path) -> None:
    short = SHORT.partition("\n")[2]
    # Findings of one kind with the same message would share a row.
    answers = "It sorts bees.", "It sorts.", "Bees.", "a " * 22
    written = (short.replace("It sorts photos.", answer) for answer in answers)
    text = GOOD + "".join(answer.replace("Question 1", f"Question {n}") for n, answer in enumerate(written, 2))
    write(tmp_path, report=text)
    screens = watch(tmp_path, "--check", "report.md")
    first, *_, more, last = next(screens).rstrip("\n").split("\n")
    screens.close()
    assert first.startswith("report.md:15:3: warning: Q1: 3 words")
    assert "and 10 more lines" == more
    assert last == (
        "report.md: generic, final: 5 of 5 questions answered; 4 warnings; "
        "9 words short of the recommended lengths in 3 answers, 2 words too many in 1 answer"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fix",), "--watch shows what is found on one screen: leave out --fix"),
        (("--output", "json=a", "--diff"), "--watch shows what is found on one screen: leave out --diff"),
        (("gone/report.md",), "--watch: there is no folder gone"),
    ],
)
def test_what_cannot_be_watched_is_said(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert run(tmp_path, "--watch", *arguments) == Ran(2, "", f"report-ls: {said}\n")


def test_without_watchfiles_it_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "watchfiles.py").write_text("raise ImportError\n", "utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    said = "report-ls: --watch needs watchfiles: python -m pip install watchfiles\n"
    assert run(tmp_path, "--watch", PYTHONPATH=path) == Ran(2, "", said)
