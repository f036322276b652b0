"""Shell completion: shtab makes the scripts from the command's parser, and bash runs them here."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from report_ls.checks import all_checks
from report_ls.cli.arguments import make_parser
from report_ls.cli.completions import completion
from report_ls.project.packs import packs
from support.command import Ran, run
from support.generated import assert_generated

shtab = pytest.importorskip("shtab", reason="comes with the developers' tools")

FOLDER = Path(__file__).parents[2] / "server" / "report_ls" / "completions"


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_scripts_are_those_of_the_parser(shell: str) -> None:
    parser = make_parser()
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask
        if action.dest in ("explain", "select", "ignore"):
            action.choices = [check.code for check in all_checks()]
        elif action.dest == "pack":
            action.choices = [pack.id for pack in packs()]
        elif action.choices is None and action.nargs != 0:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # The attribute that shtab reads.
    assert_generated(FOLDER / f"report-ls.{shell}", shtab.complete(parser, shell).rstrip("\n") + "\n")


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_script_is_printed(shell: str, tmp_path: Path) -> None:
    assert run(tmp_path, "--completion", shell) == Ran(0, completion(shell), "")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--diff"], {"--diff", "--diff-packs"}),
        (["--check", "--stage", ""], {"draft", "final", "auto"}),
        (["--check", "--format", "j"], {"json", "junit"}),
        (["--explain", "answer-too"], {"answer-too-long", "answer-too-short"}),
        (["--pack", "gen"], {"generic"}),
        (["--check", "rep"], {"report.md", "reports"}),
        (["--infer-pack", "f"], {"form.md"}),
    ],
)
def test_bash_completes(words: list[str], expected: set[str], tmp_path: Path) -> None:
    for name in ("report.md", "form.md"):
        (tmp_path / name).touch()
    (tmp_path / "reports").mkdir()
    bash = shutil.which("bash")
    if bash is None or sys.platform == "win32":
        pytest.skip("needs bash")
    script = FOLDER / "report-ls.bash"
    (function,) = re.findall(r"complete .*-F (\S+) report-ls", script.read_text("utf-8"))
    program = (
        f'compopt() {{ :; }}; source "{script}"; COMP_WORDS=(report-ls "$@"); COMP_CWORD=$#; '
        f'{function} report-ls "${{!#}}"; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    done = subprocess.run(
        [bash, "-c", program, "bash", *words], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert (expected, "") == ({line.strip() for line in done.stdout.split("\n")} - {""}, done.stderr)
