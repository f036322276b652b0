"""The files beside an open report: read again before each analysis, waiting at most 50 ms for the disk each time."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from attrs import define, field

from report_ls.files.disk import DiskFiles
from report_ls.files.port import CountedTests, Home, Picture, Tracking, Tree
from report_ls.lsp.wire.loop import Loop
from report_ls.lsp.wire.worker import DISK_TIMEOUT_SECONDS, TooLate, Worker
from report_ls.repository.apart import count_apart
from report_ls.repository.project_files import State, state

_T = TypeVar("_T")

_Question = tuple[str, str]
"""A question to the disk: its kind, which is a key of `_ANSWERS`, and the folder or file that it is about."""

_ANSWERS: Mapping[str, Callable[[DiskFiles, str], object]] = {
    "files": DiskFiles.files,
    "folders": DiskFiles.folders,
    "n_bytes": DiskFiles.n_bytes,
    "picture": DiskFiles.picture,
    "digest": DiskFiles.digest,
    "tracking": DiskFiles.tracking,
    "tree": lambda files, _path: files.tree(),
    "home": lambda files, _path: files.home(),
    "lies": DiskFiles.lies,
    "forms": lambda files, _path: files.forms(),
    "script": lambda files, _path: files.script(),
}
_NOTHING: frozenset[str] = frozenset()

SECOND_LOOK_SECONDS = 2.0
"""Seconds until a pasted picture is on disk, for an editor that writes its name into the report first."""


@define
class LiveFiles:
    """The files of one report's folder: `report_ls.files.targets.Files`."""

    root: Path | None
    """The report's folder; None for a document that is not on disk, which has no files beside it."""
    report: str
    """The name of the report's file in that folder."""
    template: Callable[[], Path | None]
    """Returns the file that the report was copied from, as configured."""
    is_trusted: bool
    """Files in the folder may decide how the report is judged."""
    _loop: Loop
    _worker: Worker
    _counter: Worker
    """The thread that waits for the process that counts tests."""
    _when_late: Callable[[], None]
    """Called in the loop when the disk has answered late, and an answer has changed."""
    _known: dict[_Question, Any] = field(factory=dict, init=False)
    _unanswered: set[_Question] = field(factory=set, init=False)
    """The questions that the disk has never answered."""
    _asked: set[_Question] = field(factory=set, init=False)
    """The questions that were asked since the last `refresh`."""
    _pending: "Future[Mapping[_Question, Any]] | None" = field(default=None, init=False)
    _are_tests_wanted: bool = field(default=False, init=False)
    _is_counting: bool = field(default=False, init=False)
    _tests: CountedTests | None = field(default=None, init=False)
    _counted: State | None = field(default=None, init=False)
    """The state of the project's files when the tests were counted."""
    _is_outdated: bool = field(default=False, init=False)
    """The pending answers may be older than the last change."""
    _announced: tuple[str, ...] = field(default=(), init=False)
    """The files that the client has announced, and that may not be on disk yet."""

    @property
    def path(self) -> Path | None:
        """The report's file; None for a document that is not on disk."""
        return self.root and self.root / self.report

    @property
    def is_late(self) -> bool:
        """Whether the disk still owes an answer."""
        return self._pending is not None

    def refresh(self, patience: float) -> None:
        """Ask the disk again what was asked last time, and wait at most `patience` seconds for the answers."""
        if self._asked:
            self._known = {question: answer for question, answer in self._known.items() if question in self._asked}
            self._unanswered &= self._asked
            self._asked.clear()
        self._look(tuple(self._known), patience)
        self._count_tests()

    def expect(self, paths: Iterable[str]) -> None:
        """Assume for a moment that some files exist, and that nothing else is known about them."""
        new = tuple(paths)
        if new and self.root:
            self._announced += new
            self._loop.post_later(SECOND_LOOK_SECONDS, self._look_for_announced)

    def _look_for_announced(self) -> None:
        self._announced = ()
        self._look(tuple(self._known), DISK_TIMEOUT_SECONDS)
        self._when_late()

    def _count_tests(self) -> None:
        """Have the tests counted, if a check or a hint has asked for them and the files have changed."""
        if self.root is None or not self._are_tests_wanted or self._is_counting:
            return
        self._is_counting = True
        root, counted = self.root, self._counted
        future = self._counter.submit(lambda: _count(root, counted))
        future.add_done_callback(lambda late: self._loop.post(lambda: self._have_counted(late)))

    def _have_counted(self, late: "Future[tuple[State | None, CountedTests | None] | None]") -> None:
        self._is_counting = False
        found = late.result()
        if found is None:
            return
        before, (self._counted, self._tests) = self._tests, found
        if before != self._tests:
            self._when_late()

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder."""
        return self._answer(("files", folder), _NOTHING) | self._announced_in(folder, are_folders=False)

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder."""
        return self._answer(("folders", folder), _NOTHING) | self._announced_in(folder, are_folders=True)

    def folder(self) -> str | None:
        """Return the name of the report's folder; None for a document that is not on disk, or while the disk is late.

        While the content of the folder is unknown, no file counts as missing.
        """
        return self.root.name if self.root and not self._unanswered else None

    def forms(self) -> tuple[str, ...]:
        """Return the texts that the report may have been copied from."""
        return self._answer(("forms", ""), ())

    def script(self) -> str:
        """Return the text of the course's script beside the report."""
        return self._answer(("script", ""), "")

    def n_bytes(self, path: str) -> int | None:
        """Return how many bytes a file has."""
        return None if path in self._announced else self._answer(("n_bytes", path), None)

    def picture(self, path: str) -> Picture | None:
        """Return what the file of a picture says about itself."""
        return None if path in self._announced else self._answer(("picture", path), None)

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file."""
        return None if path in self._announced else self._answer(("digest", path), None)

    def tracking(self, path: str) -> Tracking | None:
        """Return what git knows about a file."""
        return None if path in self._announced else self._answer(("tracking", path), None)

    def tree(self) -> Tree | None:
        """Return what git tracks in the repository."""
        return self._answer(("tree", ""), None)

    def tests(self) -> CountedTests | None:
        """Return the tests that pytest would find; None until they have been counted."""
        if not self._are_tests_wanted:
            self._are_tests_wanted = True
            self._count_tests()
        return self._tests

    def home(self) -> Home | None:
        """Return where the repository is on GitHub."""
        return self._answer(("home", ""), None)

    def lies(self, path: str) -> bool:
        """Return whether a path of the repository exists; true while this is not known yet."""
        return self._answer(("lies", path), True)

    def _announced_in(self, folder: str, *, are_folders: bool) -> frozenset[str]:
        """Return the names in a folder of the files, or folders, that the client has announced."""
        start = f"{folder}/" if folder else ""
        rests = [path.removeprefix(start) for path in self._announced if path.startswith(start)]
        return frozenset(rest.partition("/")[0] for rest in rests if ("/" in rest) is are_folders)

    def _answer(self, question: _Question, unknown: _T) -> _T:
        self._asked.add(question)
        if question not in self._known:
            self._known[question] = unknown
            self._unanswered.add(question)
            self._look((question,), DISK_TIMEOUT_SECONDS)
        answer: _T = self._known[question]
        return answer

    def _look(self, questions: tuple[_Question, ...], patience: float) -> None:
        if self.root is None or not questions:
            return
        if self._pending is not None:
            self._is_outdated = True  # The disk is still busy: ask again when it has answered.
            return
        files = DiskFiles(self.root, self.report, self.template(), self.is_trusted)
        future = self._worker.submit(lambda: _ask(files, questions))
        if patience:
            with suppress(TooLate):
                self._learn(future.result(patience))
                return
        # A caller that does not wait has used what was known, so even an answer that comes at once is late.
        self._pending = future
        future.add_done_callback(lambda late: self._loop.post(lambda: self._arrived(late)))

    def _arrived(self, late: "Future[Mapping[_Question, Any]]") -> None:
        is_outdated, self._pending, self._is_outdated = self._is_outdated, None, False
        before = dict(self._known), set(self._unanswered)
        self._learn(late.result())
        if is_outdated or before != (self._known, self._unanswered):
            self._when_late()

    def _learn(self, answers: Mapping[_Question, Any]) -> None:
        self._known.update(answers)
        self._unanswered.difference_update(answers)


def _count(root: Path, counted: State | None) -> "tuple[State | None, CountedTests | None] | None":
    """Return the state of the project's files and the tests in them; None if the state has not changed."""
    now = state(root)
    if now is None or now == counted:
        return None if now == counted else (None, None)
    return now, count_apart(root)


def _ask(files: DiskFiles, questions: tuple[_Question, ...]) -> Mapping[_Question, Any]:
    return {(kind, path): _ANSWERS[kind](files, path) for kind, path in questions}
