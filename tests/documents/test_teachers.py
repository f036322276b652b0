"""The page for teachers is true: its files and commands are executed from the page, in their order."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from support.command import run
from support.generated import assert_generated

PAGE = Path(__file__).parents[2] / "docs" / "teachers.md"
FILE_OR_COMMANDS = re.compile(
    r"(?ms)^<!-- file: (?P<names>[^\n]*) -->\n(?P<fence>```+)\w*\n(?P<text>.*?)^(?P=fence)$"
    r"|^```console\n(?P<commands>.*?)^```$"
)


def executed(page: str, folder: Path) -> str:
    """Return the page with the output that its commands have."""

    def execute(match: re.Match[str]) -> str:
        if match["names"] is None:
            return f"```console\n{''.join(outputs(match['commands'], folder))}```"
        for name in match["names"].split():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(match["text"], "utf-8")
        return match[0]

    return FILE_OR_COMMANDS.sub(execute, page)


def outputs(block: str, folder: Path) -> Iterator[str]:
    """Run the commands of a block; yield each with all that it prints."""
    for command in re.findall(r"(?m)^\$ (.*)$", block):
        program, *arguments = shlex.split(command)
        assert program == "report-ls"
        into = arguments[arguments.index(">") + 1 :] if ">" in arguments else []
        ran = run(folder, *arguments[: len(arguments) - len(into) - bool(into)])
        yield f"$ {command}\n"
        for name in into:
            (folder / name).write_text(ran.out, "utf-8")
        yield ran.err if into else ran.err + ran.out


def test_a_teacher_can_follow_the_page_to_the_end(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    assert_generated(PAGE, executed(page, tmp_path))
    assert (tmp_path / "class.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert [line.split(",")[0] for line in (tmp_path / "class.csv").read_text("utf-8").splitlines()] == [
        "report",
        *(f"group {number:03}" for number in (5, 2, 4, 1, 3)),
    ]
