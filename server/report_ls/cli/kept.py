"""Caches the results for the reports of a class, in the user's cache folder.

A run looks into the cache before it imports the checks, because the import takes longer than the look.

A cached result is used if nothing has changed: the report, every place on disk that was read (git's state too), the
options, the environment and this program. It contains no text of the report except in messages. A result that is
broken, or of another version or time, is ignored.
"""

import time
import zlib
from argparse import Namespace
from collections.abc import Collection, Iterable
from itertools import chain
from pathlib import Path

from report_ls import __version__
from report_ls.base.named_tuple import NamedTuple
from report_ls.cli.candidates import Candidate
from report_ls.cli.judged_lines import read_lines, write_lines
from report_ls.cli.results import Judged
from report_ls.files.cache_folder import cache_folder, forget_oldest, put, recall
from report_ls.files.traces import Trace, is_older, read_trace, surroundings

MAX_CACHE_BYTES = 50_000_000
"""The size of all cached results together: about 5,000 reports."""
_RACY_NANOSECONDS = 2_000_000_000
"""A file that changed so shortly before a run may change again and keep the same time stamp."""
_ENCODING = "utf-8", "surrogateescape"
"""How paths are written, whatever bytes a disk has in them."""
_OPTIONS = "pack", "stage", "isolated", "select", "ignore"


class Kept(NamedTuple):
    """Cached results of earlier runs with the same options."""

    folder: str
    asks: str
    """All that results depend on except the reports and the files beside them, in one line."""
    began: int
    """The start of this run, in nanoseconds."""
    traces: dict[str, Trace]
    """The traces that this run has read: a folder above many reports is read once."""

    def find(self, candidate: Candidate) -> list[Judged] | None:
        """Return the cached results for a file, empty if it is no report; None if there is no valid cached result."""
        key = self._key(candidate)
        data = recall(self.folder, _name(key))
        if data is None:
            return None
        try:
            checksum, _, rest = data.partition(b"\n")
            known, traces, *answers = rest.decode(*_ENCODING).split("\n")
            if known != key or checksum != _checksum(rest) or not self._hold(traces.split("\t")):
                return None
            return [*map(read_lines, answers[::2], answers[1::2])]
        except (ValueError, TypeError, RecursionError):
            return None

    def keep(self, candidate: Candidate, judged: Iterable[Judged], grounds: Collection[str]) -> None:
        """Cache the results for a file. They are valid until one of the places in `grounds` changes."""
        traces = {path: read_trace(path) for path in grounds}
        is_certain = all(is_older(trace, self.began - _RACY_NANOSECONDS) for trace in traces.values())
        if not is_certain or any(sign in path for path in traces for sign in "\t\n"):
            return
        key = self._key(candidate)
        written = (line for report in judged for line in write_lines(report))
        rest = "\n".join((key, "\t".join(chain(*traces.items())), *written)).encode(*_ENCODING)
        put(self.folder, _name(key), b"%b\n%b" % (_checksum(rest), rest))

    def forget_oldest(self) -> None:
        """Remove the oldest results if the cache is too large."""
        forget_oldest(self.folder, MAX_CACHE_BYTES)

    def _key(self, candidate: Candidate) -> str:
        return ascii((self.asks, candidate.below, str(candidate.path), candidate.named))

    def _hold(self, traces: list[str]) -> bool:
        """Return whether no place, each given by its path and its trace, has changed since the result was cached."""
        for path, before in zip(traces[::2], traces[1::2], strict=True):
            now = self.traces.get(path)
            if now is None:
                now = self.traces[path] = read_trace(path)
            if now != before:
                return False
        return True


def kept_answers(options: Namespace) -> Kept:
    """Return the cached results of earlier runs with the same options, environment and program."""
    package = Path(__file__).parents[1]
    rules = package.parents[1] / "rules" / "packs.json"
    asked = [getattr(options, name) for name in _OPTIONS]
    named = [read_trace(path) for path in (str(rules), options.pack or "")]
    return Kept(cache_folder(), ascii((__version__, surroundings(str(package)), asked, named)), time.time_ns(), {})


def _name(key: str) -> str:
    """Return the file name of a cached result; of two keys with the same name only one result is cached."""
    return f"{zlib.crc32(key.encode()):08x}"


def _checksum(data: bytes) -> bytes:
    return b"%08x" % zlib.crc32(data)
