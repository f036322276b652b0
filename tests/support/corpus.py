"""Real reports, where there are some: REPORT_LS_CORPUS names the folder that holds them.

Nothing of them is part of the project. Each lies in a folder of its own: `report.md`, older versions in
`history/`, the names of the files beside it in `files.json`, what the course's script counted in
`course_script.json`. The empty forms of all editions lie in `../course/templates`.
"""

import json
import os
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from report_ls.base.text import SourceText
from report_ls.files.port import Picture, Tree
from report_ls.files.text_files import read_text
from report_ls.packs.pack import Pack
from report_ls.packs.recognise import recognise
from report_ls.project.packs import packs
from report_ls.report.outline import outline
from support.memory_files import MemoryFiles


def corpus() -> Path:
    """Return the corpus; without one, what asks for it is skipped."""
    name = os.environ.get("REPORT_LS_CORPUS")
    if not name:
        pytest.skip("REPORT_LS_CORPUS names no folder of real reports", allow_module_level=True)
    return Path(name)


@frozen
class Version:
    """One version of one report."""

    name: str
    source: SourceText
    files: MemoryFiles

    @cached_property
    def pack(self) -> Pack | None:
        """The pack of its edition."""
        return recognise(outline(self.source.plain), packs())


@frozen
class RealReport:
    """One report with its history."""

    folder: Path

    @property
    def name(self) -> str:
        """Its name in the corpus."""
        return self.folder.name

    @cached_property
    def newest(self) -> Version:
        """What was handed in."""
        return self._version(self.folder / "report.md")

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """All versions, the newest first."""
        return (self.newest, *(self._version(path) for path in sorted(self.folder.glob("history/*.md"))))

    @cached_property
    def script(self) -> Any:  # noqa: ANN401 - JSON
        """What the course's script counted in the newest."""
        return json.loads(self.folder.joinpath("course_script.json").read_bytes())

    def _version(self, path: Path) -> Version:
        return Version(f"{self.name}/{path.stem}", read_text(path), self._files)

    @cached_property
    def _files(self) -> MemoryFiles:
        listed = json.loads(self.folder.joinpath("files.json").read_bytes())
        return MemoryFiles(
            (file["path"] for file in listed),
            pictures={file["path"]: _picture(file["size"], file["content"]) for file in listed if "content" in file},
            digests={file["path"]: file["sha256"] for file in listed if "sha256" in file},
            repository=self._tree,
        )

    @cached_property
    def _tree(self) -> Tree | None:
        """What git tracked of its repository, where that is known."""
        path = self.folder / "tree.json"
        if not path.exists():
            return None
        tree = json.loads(path.read_bytes())
        files = frozenset(file["path"] for file in tree["files"] if file["mode"] in ("100644", "100755"))
        opaque = frozenset(file["path"] for file in tree["files"]) - files
        return Tree(tree["report"].rpartition("/")[0], files, opaque)


def _picture(size: int, content: str) -> Picture:
    is_pointer = content == "git-lfs pointer"
    return Picture(size, None if is_pointer or content == "other" else content, is_pointer=is_pointer)


def real_reports() -> list[RealReport]:
    """Return the reports of the corpus; skipped without one."""
    return [RealReport(path.parent) for path in sorted(corpus().glob("*/report.md"))]


def templates() -> list[Path]:
    """Return the empty forms, oldest first; each file's name starts with its date. Skipped without a corpus."""
    return sorted(corpus().parent.glob("course/templates/*.md"))
