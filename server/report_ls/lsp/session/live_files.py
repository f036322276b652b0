"""The files beside an open report: looked at anew for every analysis, but never waited for in vain."""

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
"""What is asked of the disk, as `_ANSWERS` has it, and the folder or file it is asked of."""

_ANSWERS: Mapping[str, Callable[[DiskFiles, str], object]] = {
    "files": DiskFiles.files,
    "folders": DiskFiles.folders,
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
"""Seconds until a picture that is pasted lies on disk, where an editor writes its name into the report first."""


@define
class LiveFiles:
    """The files of one report's folder: `report_ls.files.targets.Files`."""

    root: Path | None
    """The report's folder; None for a document that is not on disk, beside which nothing lies."""
    report: str
    """Its name in that folder."""
    template: Callable[[], Path | None]
    """Returns the file that it was copied from, as configured."""
    is_trusted: bool
    """What lies in the folder may say how the report is judged."""
    _loop: Loop
    _worker: Worker
    _counter: Worker
    """The thread that waits for the process which counts tests."""
    _when_late: Callable[[], None]
    """Called in the loop when the disk has answered after all, and something is different."""
    _known: dict[_Question, Any] = field(factory=dict, init=False)
    _open: set[_Question] = field(factory=set, init=False)
    """What the disk has never answered: of that nothing is known."""
    _asked: set[_Question] = field(factory=set, init=False)
    """What somebody wanted to know since the last `refresh`."""
    _pending: "Future[Mapping[_Question, Any]] | None" = field(default=None, init=False)
    _are_tests_wanted: bool = field(default=False, init=False)
    _is_counting: bool = field(default=False, init=False)
    _tests: CountedTests | None = field(default=None, init=False)
    _counted: State | None = field(default=None, init=False)
    """What was there when they were counted."""
    _is_outdated: bool = field(default=False, init=False)
    """What is pending may have been looked at before something changed."""
    _to_come: tuple[str, ...] = field(default=(), init=False)
    """The files that are being written, as far as one knows."""

    @property
    def path(self) -> Path | None:
        """The report's file; None for a document that is not on disk."""
        return self.root and self.root / self.report

    @property
    def is_late(self) -> bool:
        """Whether the disk still owes an answer."""
        return self._pending is not None

    def refresh(self, patience: float) -> None:
        """Look again at everything that was asked for last time, and wait so many seconds for it."""
        if self._asked:
            self._known = {question: answer for question, answer in self._known.items() if question in self._asked}
            self._open &= self._asked
            self._asked.clear()
        self._look(tuple(self._known), patience)
        self._count_tests()

    def expect(self, paths: Iterable[str]) -> None:
        """Take it for a moment that some files are there, and that nothing else is known of them."""
        new = tuple(paths)
        if new and self.root:
            self._to_come += new
            self._loop.post_later(SECOND_LOOK_SECONDS, self._see_what_came)

    def _see_what_came(self) -> None:
        self._to_come = ()
        self._look(tuple(self._known), DISK_TIMEOUT_SECONDS)
        self._when_late()

    def _count_tests(self) -> None:
        """Have the tests counted, if somebody has asked for them and something is different from last time."""
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
        return self._answer(("files", folder), _NOTHING) | self._coming(folder, are_folders=False)

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder."""
        return self._answer(("folders", folder), _NOTHING) | self._coming(folder, are_folders=True)

    def folder(self) -> str | None:
        """Return the name of the report's folder; None for a document that is not on disk, or while the disk is late.

        What is in a folder of which nothing is known yet is not missing.
        """
        return self.root.name if self.root and not self._open else None

    def forms(self) -> tuple[str, ...]:
        """Return the texts that the report may have been copied from."""
        return self._answer(("forms", ""), ())

    def script(self) -> str:
        """Return the text of the course's script beside the report."""
        return self._answer(("script", ""), "")

    def picture(self, path: str) -> Picture | None:
        """Return what a file says of itself."""
        return None if path in self._to_come else self._answer(("picture", path), None)

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file."""
        return None if path in self._to_come else self._answer(("digest", path), None)

    def tracking(self, path: str) -> Tracking | None:
        """Return what git knows of a file."""
        return None if path in self._to_come else self._answer(("tracking", path), None)

    def tree(self) -> Tree | None:
        """Return what git tracks of the repository."""
        return self._answer(("tree", ""), None)

    def tests(self) -> CountedTests | None:
        """Return which tests pytest would find, as far as they have been counted."""
        if not self._are_tests_wanted:
            self._are_tests_wanted = True
            self._count_tests()
        return self._tests

    def home(self) -> Home | None:
        """Return where the repository lies on GitHub."""
        return self._answer(("home", ""), None)

    def lies(self, path: str) -> bool:
        """Say whether anything lies at a path of the repository; what is not known yet may be there."""
        return self._answer(("lies", path), True)

    def _coming(self, folder: str, *, are_folders: bool) -> frozenset[str]:
        """Return the names in a folder of what is being written."""
        start = f"{folder}/" if folder else ""
        rests = [path.removeprefix(start) for path in self._to_come if path.startswith(start)]
        return frozenset(rest.partition("/")[0] for rest in rests if ("/" in rest) is are_folders)

    def _answer(self, question: _Question, unknown: _T) -> _T:
        self._asked.add(question)
        if question not in self._known:
            self._known[question] = unknown
            self._open.add(question)
            self._look((question,), DISK_TIMEOUT_SECONDS)
        answer: _T = self._known[question]
        return answer

    def _look(self, questions: tuple[_Question, ...], patience: float) -> None:
        if self.root is None or not questions:
            return
        if self._pending is not None:
            self._is_outdated = True  # The disk is still busy; when it has answered, it is asked again.
            return
        files = DiskFiles(self.root, self.report, self.template(), self.is_trusted)
        future = self._worker.submit(lambda: _ask(files, questions))
        if patience:
            with suppress(TooLate):
                self._learn(future.result(patience))
                return
        # Who does not wait has said already what was known, so even an answer that comes at once comes late.
        self._pending = future
        future.add_done_callback(lambda late: self._loop.post(lambda: self._arrived(late)))

    def _arrived(self, late: "Future[Mapping[_Question, Any]]") -> None:
        is_outdated, self._pending, self._is_outdated = self._is_outdated, None, False
        before = dict(self._known), set(self._open)
        self._learn(late.result())
        if is_outdated or before != (self._known, self._open):
            self._when_late()

    def _learn(self, answers: Mapping[_Question, Any]) -> None:
        self._known.update(answers)
        self._open.difference_update(answers)


def _count(root: Path, counted: State | None) -> "tuple[State | None, CountedTests | None] | None":
    """Return the tests with the state of their files; None where that is as it was."""
    now = state(root)
    if now is None or now == counted:
        return None if now == counted else (None, None)
    return now, count_apart(root)


def _ask(files: DiskFiles, questions: tuple[_Question, ...]) -> Mapping[_Question, Any]:
    return {(kind, path): _ANSWERS[kind](files, path) for kind, path in questions}
