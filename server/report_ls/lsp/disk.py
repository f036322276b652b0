"""The files beside an open report: looked at anew for every analysis, but never waited for in vain."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path

from attrs import define, field, frozen

from report_ls.lsp.stdio import Loop
from report_ls.lsp.worker import PATIENCE, Worker
from report_ls.workspace import DiskFiles


@frozen
class Listing:
    """What one folder holds."""

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()


_EMPTY = Listing()


@define
class LiveFiles:
    """The files of one report's folder: `report_ls.files.Files`."""

    root: Path | None
    """The report's folder; None for a document that is not on disk, beside which nothing lies."""
    _loop: Loop
    _worker: Worker
    _when_late: Callable[[], None]
    """Called in the loop when the disk has answered after all, and something is different."""
    _known: dict[str, Listing] = field(factory=dict, init=False)
    _asked: set[str] = field(factory=set, init=False)
    """The folders that somebody wanted to know since the last `refresh`."""
    _pending: "Future[Mapping[str, Listing]] | None" = field(default=None, init=False)
    _is_outdated: bool = field(default=False, init=False)
    """What is pending may have been looked at before something changed."""

    def refresh(self, patience: float) -> None:
        """Look again at every folder that was asked for last time, and wait so many seconds for it."""
        if self._asked:
            self._known = {folder: listing for folder, listing in self._known.items() if folder in self._asked}
            self._asked.clear()
        self._look(tuple(self._known), patience)

    def files(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder."""
        return self._listing(folder).files

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders in a folder."""
        return self._listing(folder).folders

    def template(self) -> str | None:
        """Return the text of the form that the report was copied from: nothing on disk tells which that is."""
        return None

    def _listing(self, folder: str) -> Listing:
        self._asked.add(folder)
        if folder not in self._known:
            self._known[folder] = _EMPTY
            self._look((folder,), PATIENCE)
        return self._known[folder]

    def _look(self, folders: tuple[str, ...], patience: float) -> None:
        if self.root is None or not folders:
            return
        if self._pending is not None:
            self._is_outdated = True  # The disk is still busy; when it has answered, it is asked again.
            return
        root = self.root
        future = self._worker.submit(lambda: _list(root, folders))
        try:
            self._known.update(future.result(patience))
        except TimeoutError:
            self._pending = future
            future.add_done_callback(lambda late: self._loop.post(lambda: self._arrived(late)))

    def _arrived(self, late: "Future[Mapping[str, Listing]]") -> None:
        is_outdated, self._pending, self._is_outdated = self._is_outdated, None, False
        before = dict(self._known)
        self._known.update(late.result())
        if is_outdated or before != self._known:
            self._when_late()


def _list(root: Path, folders: tuple[str, ...]) -> Mapping[str, Listing]:
    files = DiskFiles(root)
    return {folder: Listing(files.files(folder), files.folders(folder)) for folder in folders}
