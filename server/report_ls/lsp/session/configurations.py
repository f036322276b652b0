"""The configurations of the open reports: read again when files may have changed; the last valid one is kept."""

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
    """An edit of a configuration file."""

    path: Path
    source: SourceText
    """The text before the edit."""
    edit: Edit
    on_disk: str | None
    """The text on disk, which may be older than the client's; None if there is no such file yet."""

    @property
    def after(self) -> str:
        """The text after the edit."""
        return self.source.apply([self.edit]).text


_Found = Future[Mapping[Path, ResolvedConfiguration | Broken]]


@define
class Configurations:
    """The configuration of each folder that has an open report."""

    _loop: Loop
    _worker: Worker
    _when_changed: Callable[[], None]
    """Called in the loop when a configuration has changed."""
    _tell: Callable[[Path, Error | None], None]
    """Called in the loop with the file of a mistake and its error, and with None when the mistake is gone."""
    is_trusted: bool = True
    """Whether the client trusts the workspace; else no configuration is read."""
    _known: dict[Path, ResolvedConfiguration] = field(factory=dict, init=False)
    """The last valid configuration, by the report's folder."""
    _broken: dict[Path, Broken] = field(factory=dict, init=False)
    """The configurations that are broken now, by the report's folder."""
    _elsewhere: tuple[Broken, ...] = field(default=(), init=False)
    """The broken configurations of reports that are not open."""
    _told: dict[Path, Error] = field(factory=dict, init=False)
    """The mistakes that the client shows, by file."""
    _last: _Found | None = field(default=None, init=False)
    _offered: dict[tuple[Path, str], Change] = field(factory=dict, init=False)
    """The changes that were sent to the client, by file and by what they switch off."""
    _unsaved: dict[Path, tuple[str, str]] = field(factory=dict, init=False)
    """For each file that the client has changed: the text on disk at that time, and the text in the client."""

    def of(self, folder: Path | None) -> ResolvedConfiguration:
        """Return the configuration of the reports in a folder; None is the folder of a text that is not on disk."""
        if folder is None or not self.is_trusted:
            return NOTHING
        if folder not in self._known:
            self._known[folder] = NOTHING
            self._look((folder,), DISK_TIMEOUT_SECONDS)
        return self._known[folder]

    def file(self, folder: Path | None) -> Path | None:
        """Return the file to write settings for a folder into, maybe a new one; None if none can be written."""
        found = self.of(folder).path
        if folder is None or folder in self._broken or not self.is_trusted:
            return None
        return found or folder / next(iter(FILES))

    def switch_off(self, path: Path, key: str, opened: SourceText | None) -> Change | None:
        """Return the change that switches a check off in a file; None if the disk does not answer soon.

        `key` is a check, or a check in one question. If the client has the file open, or has changed it without saving,
        the change fits the client's text: positions in the text on disk would be wrong there.
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
        """Remember that the client has made a change: until the file changes on disk, the client's text counts."""
        change = self._offered.pop((path, key), None)
        if change:
            # A missing file counts as empty: clients create it empty, and save the change in it later.
            self._unsaved[path] = change.on_disk or "", change.after

    def refresh(self, patience: float = DISK_TIMEOUT_SECONDS) -> None:
        """Read all known configurations again, and wait at most `patience` seconds for them."""
        if self._known and self._look(tuple(self._known), patience):
            self._when_changed()

    def forget(self, folder: Path | None) -> None:
        """Forget a folder that has no open report any more, and take back the mistakes of its configuration."""
        if folder in self._known:
            del self._known[folder]
            self._broken.pop(folder, None)
            self._tell_mistakes()

    def tell_elsewhere(self, broken: Iterable[Broken]) -> None:
        """Report the broken configurations of reports that are not open, in place of those reported last time."""
        self._elsewhere = tuple(broken)
        self._tell_mistakes()

    def _look(self, folders: tuple[Path, ...], patience: float) -> bool:
        """Read configurations, wait at most `patience` seconds, and return whether any has changed."""
        future = self._worker.submit(lambda: _find(folders))
        self._last = future
        try:
            return self._take(future.result(patience))
        except TooLate:
            future.add_done_callback(lambda late: self._loop.post(lambda: self._arrived(late)))
            return False

    def _arrived(self, late: _Found) -> None:
        if late is not self._last:
            self.refresh()  # A later read may have ended earlier, so this one may be out of date.
        elif self._take(late.result()):
            self._when_changed()

    def _take(self, found: Mapping[Path, ResolvedConfiguration | Broken]) -> bool:
        """Store what was read, and return whether any configuration has changed."""
        before = dict(self._known)
        for folder in found.keys() & self._known.keys():
            configured = found[folder]
            if isinstance(configured, Broken):
                self._broken[folder] = configured
            else:
                if configured.path and configured.configuration != before[folder].configuration:
                    self._unsaved.pop(configured.path, None)
                self._known[folder] = configured
                self._broken.pop(folder, None)
        self._tell_mistakes()
        return before != self._known

    def _tell_mistakes(self) -> None:
        """Report the mistakes that are new or have changed, and take back those that are gone."""
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
    """Return a tuple with the text of a file, or with None if there is no file; None if it cannot be read."""
    try:
        return (configuration_text(path, FILES[path.name]),)
    except DataError:
        return None
