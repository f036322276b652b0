"""Files that remember what they were asked: so it can be told later whether the same would be answered again."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from report_ls.files.port import CountedTests, Files, Home, Picture, Tracking, Tree

_T = TypeVar("_T")


class AskedFiles:
    """What lies in a report's folder: `Files`."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._answers: dict[tuple[str, tuple[str, ...]], object] = {}
        """What was asked, by method and arguments, and what they said."""

    @property
    def answers(self) -> Iterator[tuple[str, tuple[str, ...], object]]:
        """What was asked, and what was said."""
        return ((asked, about, said) for (asked, about), said in self._answers.items())

    def are_still_valid(self, files: Files) -> bool:
        """Say whether some files say the same again."""
        # Most are asked nothing, and a keystroke comes by all of them.
        return not self._answers or all(
            getattr(files, asked)(*about) == said for (asked, about), said in self._answers.items()
        )

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder."""
        return self._ask(self._files.files, folder)

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder."""
        return self._ask(self._files.folders, folder)

    def folder(self) -> str | None:
        """Return the name of the folder itself."""
        return self._ask(self._files.folder)

    def forms(self) -> tuple[str, ...]:
        """Return the texts that the report may have been copied from."""
        return self._ask(self._files.forms)

    def script(self) -> str:
        """Return the text of the course's script."""
        return self._ask(self._files.script)

    def n_bytes(self, path: str) -> int | None:
        """Return how many bytes a file has."""
        return self._ask(self._files.n_bytes, path)

    def picture(self, path: str) -> Picture | None:
        """Return what a file says of itself."""
        return self._ask(self._files.picture, path)

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file."""
        return self._ask(self._files.digest, path)

    def tracking(self, path: str) -> Tracking | None:
        """Return what git knows of a file."""
        return self._ask(self._files.tracking, path)

    def tree(self) -> Tree | None:
        """Return what git tracks of the repository."""
        return self._ask(self._files.tree)

    def tests(self) -> CountedTests | None:
        """Return which tests pytest would find."""
        return self._ask(self._files.tests)

    def home(self) -> Home | None:
        """Return where the repository lies on GitHub."""
        return self._ask(self._files.home)

    def lies(self, path: str) -> bool:
        """Say whether anything lies at a path of the repository."""
        return self._ask(self._files.lies, path)

    def _ask(self, method: Callable[..., _T], *arguments: str) -> _T:
        answer = self._answers[method.__name__, arguments] = method(*arguments)
        return answer
