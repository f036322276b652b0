"""The command as a process of its own, and reports of one question each of which it says one thing."""

import os
import re
import subprocess
import sys
from pathlib import Path

from attrs import frozen
from support.pictures import put_picture

PYTHON = (sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning")
COMMAND = (*PYTHON, "-m", "report_ls")

SHORT = """\
# Our project

### Question 1

> What does it do? Answer length: 5-20 words.
>
> Answer:

It sorts photos.
"""
OTHER_FORM = "a form with other headings needs its pack: name it with --pack, or draft it with --infer-pack"
NO_QUESTION = f'no report: 1 heading, and it is not "### Question 1"; {OTHER_FORM}'
"""The messages about a text with one heading."""
SHORT_OF = "2 words short of the recommended lengths in 1 answer"
SHORT_LINE = (
    "report.md:7:3: warning: Q1: 3 words, but 5-20 are asked: 2 words are missing [answer-too-short]\n"
    f"report.md: generic, final: 1 of 1 question answered; 1 warning; {SHORT_OF}\n"
)
GOOD = SHORT.replace("photos.", "photos by the people on them.")
GOOD_LINE = "report.md: generic, final: 1 of 1 question answered; no problems found\n"
LEFT_OVER = GOOD.replace("\nIt sorts", "\n--- question 1 fill here ---\n\nIt sorts")
LEFT_OVER_LINE = (
    "report.md:9:1: error: Q1: this marker is left over from the template: delete it [leftover-marker]\n"
    "report.md: generic, final: 1 of 1 question answered; 1 error, of which report-ls --fix repairs 1\n"
)
LEFT_OVER_DIFF = (
    "--- report.md\n"
    "+++ report.md\n"
    "@@ -6,6 +6,4 @@\n"
    " >\n"
    " > Answer:\n"
    " \n"
    "---- question 1 fill here ---\n"
    "-\n"
    " It sorts photos by the people on them.\n"
)
UNANSWERED = re.sub("It sorts.*", "--- question 1 fill here ---", SHORT).removeprefix("# Our project\n\n")
SHOWN = GOOD.replace("on them.", "on them: ![sorted](figures/sorted.png)")


@frozen
class Ran:
    """What a command came to."""

    status: int
    out: str
    err: str


def run(
    folder: Path, *arguments: str, stdin: str | bytes = b"", command: tuple[str, ...] = COMMAND, **environment: str
) -> Ran:
    """Run the command in a folder."""
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder,
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def write(folder: Path, **texts: str | bytes) -> None:
    """Write Markdown files by their names."""
    for name, text in texts.items():
        (folder / f"{name}.md").write_bytes(text.encode() if isinstance(text, str) else text)


def asking_git(folder: Path, script: str) -> str:
    """Return a PATH with a git that does something when it is asked of a report's picture."""
    programs = folder / ".programs"
    programs.mkdir()
    (programs / "git").write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (programs / "git").chmod(0o755)
    (folder / ".git").mkdir()
    (folder / ".git/HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    (folder / "figures").mkdir()
    put_picture(folder / "figures/sorted.png")
    return f"{programs}{os.pathsep}{os.environ['PATH']}"
