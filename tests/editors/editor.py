"""A real editor without a screen, as a user has set it up, asked and told what to do from outside."""

import os
import select
import subprocess
import sysconfig
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen
from editors.pages import ROOT

PATIENCE = 60.0
"""Seconds until a state that is waited for counts as never reached."""

Json = Any


@frozen(order=True)
class Shown:
    """A diagnostic as the editor shows it."""

    line: int
    """Counted from one."""
    text: str
    """The underlined text."""
    severity: str
    message: str


class Editor(ABC):
    """One running editor."""

    name: str

    def __init__(self, home: Path, command: Sequence[str | Path]) -> None:
        self.home = home
        self.environment = environment(home)
        self.output = (home / "output").open("wb")
        self.process = subprocess.Popen(
            command,
            cwd=home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )
        try:
            self.prepare()
        except BaseException:
            self.end()
            raise

    # What each editor does in its own way

    @abstractmethod
    def prepare(self) -> None:
        """Wait until the editor answers, and teach it to choose from menus."""

    @abstractmethod
    def ask(self, code: str, **values: str) -> Json:
        """Return what code in the editor's language returns; the values are its variables."""

    @abstractmethod
    def open(self, path: Path) -> None:
        """Open a file."""

    @abstractmethod
    def shown(self) -> list[Shown]:
        """Return all diagnostics of the open file."""

    @abstractmethod
    def type(self, before: str, text: str) -> None:
        """Type text before other text."""

    @abstractmethod
    def choose(self, place: str, title: str) -> list[str]:
        """Open the menu of code actions at a text, choose one, and return what the menu offers."""

    @abstractmethod
    def hover(self, place: str) -> None:
        """Ask what there is to say of a text."""

    @abstractmethod
    def hovered(self) -> str:
        """Return what was said."""

    @abstractmethod
    def symbols(self) -> list[str]:
        """Return the outline."""

    @abstractmethod
    def status(self) -> str:
        """Return what the status line shows."""

    @abstractmethod
    def text(self) -> str:
        r"""Return the text, with `\n` between its lines."""

    @abstractmethod
    def save(self) -> None:
        """Write the file."""

    @abstractmethod
    def complaints(self) -> str:
        """Return the messages that speak of errors or warnings."""

    @abstractmethod
    def quit(self) -> None:
        """Tell the editor to end."""

    # What is the same for all

    def until(self, expected: Json, ask: Callable[[], Json]) -> None:
        """Ask again and again until the answer is the expected one."""
        deadline = time.monotonic() + PATIENCE
        while (actual := ask()) != expected and time.monotonic() < deadline:
            assert self.process.poll() is None, f"the editor has ended\n{self.story()}"
        assert expected == actual, f"expected: {expected!r}\nactual: {actual!r}\n{self.story()}"

    def servers(self) -> list[int]:
        """Return the processes of the servers that the editor has started."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii").split()
        return [int(child) for child in children if b"report-ls" in Path(f"/proc/{child}/cmdline").read_bytes()]

    def end(self) -> None:
        """End the editor if it still runs."""
        self.process.kill()
        self.process.wait()
        self.output.close()

    def story(self) -> str:
        """Return what the editor has printed."""
        return (self.home / "output").read_text("utf-8", "replace")

    def _run(self, *command: str | Path) -> tuple[int, str]:
        """Return the exit status of a command and what it prints."""
        done = subprocess.run(
            command,
            cwd=self.home,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=PATIENCE,
        )
        return done.returncode, done.stdout.decode()


def environment(home: Path) -> Mapping[str, str]:
    """Return the variables of a user at home in a folder who has installed report-ls."""
    scripts = sysconfig.get_path("scripts")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XDG_", "NVIM", "VIM", "EMACS", "LC_"))
    }
    return {**kept, "HOME": str(home), "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}


def follow(page_commands: str, home: Path) -> None:
    """Run the commands of a page, as a user at home in a folder who stands in a clone."""
    for line in page_commands.splitlines():
        assert line.startswith("$ "), line
        subprocess.run(["sh", "-c", line[2:]], cwd=ROOT, env=environment(home), check=True)


def ended(process: int) -> bool:
    """Wait for the end of a process that is not ours; say whether it came."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], PATIENCE)[0])
    finally:
        os.close(handle)
