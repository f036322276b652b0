"""The arguments: all after `--` are paths, in every command that takes paths."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from report_ls.cli.arguments import make_parser, read_arguments
from support.command import LEFT_OVER, LEFT_OVER_LINE, UNANSWERED, Ran, run

_OPTIONS = [option for action in make_parser()._actions for option in action.option_strings]  # noqa: SLF001 - argparse has no other way to ask
_LOOK_LIKE_OPTIONS = ["--", "-", "", "-1", "-dash.md", "--fail-on=never", "--output=csv=x.csv", *_OPTIONS]
_BEFORE: list[list[str]] = [
    ["--check"],
    ["--check", "first.md", "--stage", "draft", "second.md"],
    ["first.md", "--fix"],
    ["--diff"],
    ["--handin"],
    ["--watch", "first.md"],
    ["--check-pack", "pack.yaml", "first.md"],
]


@given(some.sampled_from(_BEFORE), some.lists(some.sampled_from(_LOOK_LIKE_OPTIONS) | some.text()))
@example(["--check"], ["--fix"])
@example(["--check"], ["--"])
@example(["--check"], ["--", "--fix", "--"])
def test_whatever_is_behind_two_dashes_is_a_path(before: list[str], behind: list[str]) -> None:
    expected = vars(read_arguments(before))
    expected["paths"] = [*expected["paths"], *behind]
    assert expected == vars(read_arguments([*before, "--", *behind]))


@pytest.mark.parametrize("name", ["-dash.md", "--fix", "--", "-1", "--output=csv=x.csv", "--pack=none.yaml"])
def test_a_report_named_like_an_option_is_judged_and_not_changed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LEFT_OVER, "utf-8")
    said = LEFT_OVER_LINE.replace("report.md", name)
    assert Ran(1, said, "") == run(tmp_path, "--check", "--", name)
    assert LEFT_OVER == (tmp_path / name).read_text("utf-8")
    assert [name] == [path.name for path in tmp_path.iterdir()]


def test_fix_and_handin_take_paths_after_two_dashes(tmp_path: Path) -> None:
    (tmp_path / "--check").write_text(LEFT_OVER, "utf-8")
    (tmp_path / "--diff").write_text(LEFT_OVER, "utf-8")
    fixed = "--check: generic, final: 1 of 1 question answered; no problems found\n"
    assert Ran(0, fixed, "--check: fixed what is safe to fix\n") == run(tmp_path, "--fix", "--", "--check")
    assert LEFT_OVER == (tmp_path / "--diff").read_text("utf-8")
    ran = run(tmp_path, "--handin", "--", "--diff")
    assert (1, "--diff: not ready to hand in") == (ran.status, ran.out.partition("\n")[0])


def test_before_two_dashes_an_option_is_an_option(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(UNANSWERED, "utf-8")
    assert 1 == run(tmp_path, "--check", "report.md").status
    assert 0 == run(tmp_path, "--check", "--fail-on=never", "--", "report.md").status
    said = "report-ls: unrecognized arguments: -dash.md (see report-ls --help)\n"
    assert Ran(2, "", said) == run(tmp_path, "--check", "-dash.md")


def test_an_option_takes_no_value_from_behind_two_dashes(tmp_path: Path) -> None:
    said = "report-ls: argument --render: expected one argument (see report-ls --help)\n"
    assert Ran(2, "", said) == run(tmp_path, "--render", "--", "report.md")


def test_without_a_command_the_one_that_is_proposed_keeps_the_dashes(tmp_path: Path) -> None:
    said = "report-ls: did you mean --check? report-ls --check -- a.md --fix\n"
    assert Ran(2, "", said) == run(tmp_path, "a.md", "--", "--fix")
