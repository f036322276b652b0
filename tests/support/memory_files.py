"""The files beside a report, in memory."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen
from report_ls.files.port import CountedTests, Home, Picture, Tracking, Tree


def _as_set(paths: Iterable[str]) -> frozenset[str]:
    return frozenset(paths)


@frozen
class MemoryFiles:
    """Files that are only named; of some it is said what they hold."""

    paths: frozenset[str] = field(converter=_as_set)
    form: str | None = None
    """The text of the form that the report was copied from."""
    name: str | None = "reports"
    """The name of the folder itself; None if there is no folder."""
    pictures: Mapping[str, Picture] = field(factory=dict, hash=False)
    digests: Mapping[str, str] = field(factory=dict, hash=False)
    trackings: Mapping[str, Tracking] = field(factory=dict, hash=False)
    course_script: str = ""
    """The text of the course's script."""
    repository: Tree | None = None
    """What git tracks."""
    pytests: CountedTests | None = None
    """What pytest would find."""
    github: Home | None = None
    """Where the repository is on GitHub."""
    present: frozenset[str] = field(factory=frozenset, converter=_as_set)
    """What else lies in the repository, seen from its top."""

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder."""
        return frozenset(name for parent, _, name in self._split() if parent == folder)

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder."""
        start = f"{folder}/" if folder else ""
        inside = (path.removeprefix(start) for path in self.paths if path.startswith(start))
        return frozenset(path.partition("/")[0] for path in inside if "/" in path)

    def folder(self) -> str | None:
        """Return the name of the folder itself."""
        return self.name

    def forms(self) -> tuple[str, ...]:
        """Return the text of the form."""
        return () if self.form is None else (self.form,)

    def script(self) -> str:
        """Return the text of the course's script."""
        return self.course_script

    def n_bytes(self, path: str) -> int | None:
        """Return how many bytes a file has."""
        picture = self.pictures.get(path)
        return picture.n_bytes if picture else None

    def picture(self, path: str) -> Picture | None:
        """Return what a file says of itself."""
        return self.pictures.get(path)

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file."""
        return self.digests.get(path)

    def tracking(self, path: str) -> Tracking | None:
        """Return what git knows of a file."""
        return self.trackings.get(path)

    def tree(self) -> Tree | None:
        """Return what git tracks."""
        return self.repository

    def tests(self) -> CountedTests | None:
        """Return which tests pytest would find."""
        return self.pytests

    def home(self) -> Home | None:
        """Return where the repository lies on GitHub."""
        return self.github

    def lies(self, path: str) -> bool:
        """Say whether anything lies at a path of the repository."""
        return path in self.present

    def _split(self) -> Iterable[tuple[str, str, str]]:
        return (path.rpartition("/") for path in self.paths)
