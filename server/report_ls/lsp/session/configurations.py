"""The configurations of the open reports: read anew when something may have changed, and the last good one kept."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path

from attrs import define, field, frozen

from report_ls.base.spans import Edit
from report_ls.base.text import SourceText
from report_ls.data.error import DataError
from report_ls.data.toml import with_severity
from report_ls.lsp.wire.loop import Loop
from report_ls.lsp.wire.worker import DISK_TIMEOUT_SECONDS, TooLate, Worker
from report_ls.project.configuration import FILES
from report_ls.project.find_configuration import Broken, ResolvedConfiguration, configuration_text, find_configuration

Error = DataError

NOTHING = ResolvedConfiguration()


@frozen
class Change:
    """An edit of a configuration's file."""

    path: Path
    source: SourceText
    """The text before."""
    edit: Edit
    on_disk: str | None
    """The text on disk, which an editor's may be ahead of; None if there is no such file yet."""

    @property
    def after(self) -> str:
        """The text afterwards."""
        return self.source.apply([self.edit]).text


_Found = Future[Mapping[Path, ResolvedConfiguration | Broken]]


@define
class Configurations:
    """What is configured for each folder of an open report."""

    _loop: Loop
    _worker: Worker
    _when_changed: Callable[[], None]
    """Called in the loop when another configuration holds than what was said before."""
    _tell: Callable[[Path, Error | None], None]
    """Called in the loop with the file of a mistake, and again with None when the mistake is gone."""
    is_trusted: bool = True
    """Whether what lies in the workspace may be obeyed."""
    _known: dict[Path, ResolvedConfiguration] = field(factory=dict, init=False)
    """The last good one, by the report's folder."""
    _broken: dict[Path, Broken] = field(factory=dict, init=False)
    """The folders whose configuration is a broken one now."""
    _elsewhere: tuple[Broken, ...] = field(default=(), init=False)
    """The broken ones of reports that are not open."""
    _told: dict[Path, Error] = field(factory=dict, init=False)
    """The mistakes that the client shows, by file."""
    _last: _Found | None = field(default=None, init=False)
    _offered: dict[tuple[Path, str], Change] = field(factory=dict, init=False)
    """The changes that the client was given, by file and what they switch off."""
    _unsaved: dict[Path, tuple[str, str]] = field(factory=dict, init=False)
    """Of files that the client has changed: the text on disk then, and the one that the client has."""

    def of(self, folder: Path | None) -> ResolvedConfiguration:
        """Return what is configured for the reports of a folder, None being that of a text which is on no disk."""
        if folder is None or not self.is_trusted:
            return NOTHING
        if folder not in self._known:
            self._known[folder] = NOTHING
            self._look((folder,), DISK_TIMEOUT_SECONDS)
        return self._known[folder]

    def file(self, folder: Path | None) -> Path | None:
        """Return the file in which something can be configured for a folder, maybe a new one; None if nothing can."""
        found = self.of(folder).path
        if folder is None or folder in self._broken or not self.is_trusted:
            return None
        return found or folder / next(iter(FILES))

    def switch_off(self, path: Path, key: str, opened: SourceText | None) -> Change | None:
        """Return what switches a check, or that of one question, off in a file; None if it cannot be found out soon.

        The client's own text counts, where it tells it or has made changes that are not saved: a change of what is
        on disk would stand in the wrong place.
        """
        found = self._worker.ask(lambda: _read(path), None)
        if found is None:
            return None
        (on_disk,) = found
        before, now = self._unsaved.get(path, (None, ""))
        source = opened or SourceText(now if before == (on_disk or "") else on_disk or "")
        edit = with_severity(source.text, FILES[path.name], key, "off")
        if edit is None:
            return None
        change = self._offered[path, key] = Change(path, source, edit, on_disk)
        return change

    def applied(self, path: Path, key: str) -> None:
        """Remember that the client has made a change: its text counts for as long as the one on disk stays."""
        change = self._offered.pop((path, key), None)
        if change:
            # A file that is not there is as good as an empty one: clients make it so, and save what is in it later.
            self._unsaved[path] = change.on_disk or "", change.after

    def refresh(self, patience: float = DISK_TIMEOUT_SECONDS) -> None:
        """Look again at the configurations of all folders that were asked for, and wait so many seconds for them."""
        if self._known and self._look(tuple(self._known), patience):
            self._when_changed()

    def forget(self, folder: Path | None) -> None:
        """Forget a folder in which no report is open any more, and what was said of its configuration."""
        if folder in self._known:
            del self._known[folder]
            self._broken.pop(folder, None)
            self._tell_mistakes()

    def tell_elsewhere(self, broken: Iterable[Broken]) -> None:
        """Tell of the mistakes that are in the way of the reports that are not open, instead of those of last time."""
        self._elsewhere = tuple(broken)
        self._tell_mistakes()

    def _look(self, folders: tuple[Path, ...], patience: float) -> bool:
        """Look, wait so many seconds, and return whether anything is another than before."""
        future = self._worker.submit(lambda: _find(folders))
        self._last = future
        try:
            return self._take(future.result(patience))
        except TooLate:
            future.add_done_callback(lambda late: self._loop.post(lambda: self._arrived(late)))
            return False

    def _arrived(self, late: _Found) -> None:
        if late is not self._last:
            self.refresh()  # What was asked for later was answered before, so this may be out of date.
        elif self._take(late.result()):
            self._when_changed()

    def _take(self, found: Mapping[Path, ResolvedConfiguration | Broken]) -> bool:
        """Take what was found, and return whether anything is another than before."""
        before = dict(self._known)
        for folder in found.keys() & self._known.keys():
            one = found[folder]
            if isinstance(one, Broken):
                self._broken[folder] = one
            else:
                if one.path and one.configuration != before[folder].configuration:
                    self._unsaved.pop(one.path, None)
                self._known[folder] = one
                self._broken.pop(folder, None)
        self._tell_mistakes()
        return before != self._known

    def _tell_mistakes(self) -> None:
        """Tell of the mistakes that are new, and of those that are gone."""
        mistakes = {broken.path: broken.error for broken in (*self._elsewhere, *self._broken.values())}
        for path in self._told.keys() - mistakes.keys():
            self._tell(path, None)
        for path, error in mistakes.items():
            if str(error) != str(self._told.get(path)):
                self._tell(path, error)
        self._told = mistakes


def _find(folders: Iterable[Path]) -> Mapping[Path, ResolvedConfiguration | Broken]:
    return {folder: find_configuration(folder) for folder in folders}


def _read(path: Path) -> tuple[str | None] | None:
    """Return the text of a file, None in it if there is none; None if the file cannot be read."""
    try:
        return (configuration_text(path, FILES[path.name]),)
    except DataError:
        return None
