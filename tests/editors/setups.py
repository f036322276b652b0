"""The editors that can be tested here, each set up as its page says."""

import os
import re
import shutil
import subprocess
import sysconfig
from abc import ABC, abstractmethod
from functools import cache
from pathlib import Path

import pytest
from attrs import frozen
from editors.editor import Editor, follow
from editors.neovim import Neovim
from editors.pages import pasted

from editors.emacs import Emacs


@frozen
class Setup(ABC):
    """An editor's name, and the heading of its page below which its user finds what to paste."""

    name: str
    heading: str

    @abstractmethod
    def start(self, home: Path) -> Editor:
        """Set up the editor for a user at home in a folder and start it; skip the test where there is none."""


@frozen
class NeovimSetup(Setup):
    """Neovim of some versions."""

    lowest: tuple[int, int]
    below: tuple[int, int]

    def start(self, home: Path) -> Editor:
        """Start the oldest one that will do."""
        programs = sorted(neovims().items(), key=lambda item: item[1])
        suitable = [program for program, version in programs if self.lowest <= version < self.below]
        if not suitable and any(self.below <= version < (0, 11) for _, version in programs):
            pytest.skip(f"{self.name} is not to be had on this system, which has a newer one")
        if not suitable:
            pytest.skip(
                f"NOT TESTED: report-ls in {self.name}. It is not installed: apt install neovim, and `make test-all`"
            )
        home.mkdir()
        follow(pasted("neovim.md", "Neovim", "console"), home)
        init = home / ".config/nvim/init.lua"
        init.write_text(pasted("neovim.md", "Status line", "lua") + pasted("neovim.md", self.heading, "lua"), "utf-8")
        return Neovim(suitable[0], home)


@frozen
class EmacsSetup(Setup):
    """Emacs with one of its clients."""

    def start(self, home: Path) -> Editor:
        """Start Emacs, whichever it is."""
        program = shutil.which("emacs")
        library = self.heading
        needed = [
            "--batch",
            "--funcall=package-activate-all",
            f"--eval=(progn (require '{library}) (require 'markdown-mode))",
        ]
        if not program or subprocess.run([program, *needed], capture_output=True, check=False).returncode:
            pytest.skip(
                f"NOT TESTED: report-ls in {self.name}. It is not installed: "
                f"apt install emacs-nox elpa-{library} elpa-markdown-mode"
            )
        home.mkdir()
        follow(pasted("emacs.md", "Emacs", "console"), home)
        (home / ".emacs.d/init.el").write_text(pasted("emacs.md", self.heading, "elisp"), "utf-8")
        return Emacs(program, home)


NEWEST_NEOVIM = NeovimSetup("neovim-0.11", "0.11 and newer", (0, 11), (1, 0))
SETUPS = (
    NeovimSetup("neovim-0.7", "0.7", (0, 7), (0, 8)),
    NeovimSetup("neovim-0.8", "0.8 to 0.10", (0, 8), (1, 0)),
    NEWEST_NEOVIM,
    EmacsSetup("emacs-eglot", "eglot"),
)


@cache
def neovims() -> dict[str, tuple[int, int]]:
    """Return all Neovims, beside Python and on PATH, with their versions."""
    found = {}
    for folder in (sysconfig.get_path("scripts"), *os.get_exec_path()):
        program = shutil.which("nvim", path=folder)
        if program:
            printed = subprocess.run([program, "--version"], capture_output=True, encoding="utf-8", check=True).stdout
            version = re.match(r"NVIM v(\d+)\.(\d+)", printed)
            assert version, printed
            found[program] = int(version[1]), int(version[2])
    return found
