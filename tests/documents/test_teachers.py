"""The pages for teachers are true: their files and commands are executed from them, in their order."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from support.command import run
from support.generated import assert_generated

DOCUMENTS = Path(__file__).parents[2] / "docs"
PAGES = DOCUMENTS / "teachers.md", DOCUMENTS / "classes.md"
WORDS_IN_EIGHT_MINUTES = 1600
"""At 200 words a minute: two more are left for the commands."""
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


def test_a_teacher_can_follow_the_pages_to_the_end(tmp_path: Path) -> None:
    for page in PAGES:
        assert_generated(page, executed(page.read_text("utf-8"), tmp_path))
    assert (tmp_path / "class.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert [line.split(",")[0] for line in (tmp_path / "class.csv").read_text("utf-8").splitlines()] == [
        "report",
        *(f"group {number:03}" for number in (5, 2, 4, 1, 3)),
    ]


def test_from_a_form_to_the_table_of_a_class_is_read_in_eight_minutes() -> None:
    assert WORDS_IN_EIGHT_MINUTES >= len(PAGES[0].read_text("utf-8").split())
