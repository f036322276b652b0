"""Caches the results for the reports of a class, in the user's cache folder.

A run looks into the cache before it imports the checks, because the import takes longer than the look.

A cached result is used if nothing has changed: the report, every place on disk that was read (git's state too), the
options, the environment and this program. It contains no text of the report except in messages. A result that is
broken, or of another version or time, is ignored.
"""

import json
import time
import zlib
from argparse import Namespace
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, final, overload

from report_ls import __version__
from report_ls.base.diagnostic import Severity, Stage
from report_ls.base.spans import Position
from report_ls.cli.candidates import Candidate
from report_ls.cli.results import Edition, Finding, Judged, JudgedQuestion, Place, Related, Script, ScriptAnswer
from report_ls.files.cache_folder import cache_folder, forget_oldest, put, recall
from report_ls.files.traces import Trace, is_older, read_trace, surroundings
from report_ls.packs.gaps import Gap, Lengths
from report_ls.packs.limits import Limit

MAX_CACHE_BYTES = 50_000_000
"""The size of all cached results together: about 5,000 reports."""
_RACY_NANOSECONDS = 2_000_000_000
"""A file that changed so shortly before a run may change again and keep the same time stamp."""
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
            known, traces, *answers = rest.decode("ascii").split("\n")
            if known != key or checksum != _checksum(rest):
                return None
            if not self._hold(json.loads(traces)):
                return None
            return [*map(_read, answers[::2], answers[1::2])]
        except (ValueError, TypeError, RecursionError):
            return None

    def keep(self, candidate: Candidate, judged: Iterable[Judged], grounds: Collection[str]) -> None:
        """Cache the results for a file. They are valid until one of the places in `grounds` changes."""
        traces = {path: read_trace(path) for path in grounds}
        if not all(is_older(trace, self.began - _RACY_NANOSECONDS) for trace in traces.values()):
            return
        key = self._key(candidate)
        lines = key, json.dumps(traces), *(line for report in judged for line in _written(report))
        rest = "\n".join(lines).encode("ascii")
        put(self.folder, _name(key), b"%b\n%b" % (_checksum(rest), rest))

    def forget_oldest(self) -> None:
        """Remove the oldest results if the cache is too large."""
        forget_oldest(self.folder, MAX_CACHE_BYTES)

    def _key(self, candidate: Candidate) -> str:
        return ascii((self.asks, candidate.below, str(candidate.path), candidate.named))

    def _hold(self, traces: dict[str, Trace]) -> bool:
        """Return whether no place has changed since it was read for the cached result."""
        for path, before in traces.items():
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


def _written(judged: Judged) -> Iterator[str]:
    """Yield two lines to cache of a report: one for the table of a class, one with parts that few formats need."""
    script = judged.script and judged.script._replace(answers=())
    answers = judged.script.answers if judged.script else ()
    yield json.dumps(
        (
            *(judged.edition, judged.stage.value, judged.findings, judged.n_answered, judged.n_asked),
            *(judged.lengths.gaps, script, judged.is_misread),
        )
    )
    yield json.dumps((judged.questions, answers))


def _read(line: str, more: str) -> Judged:
    """Return a report from its two cached lines; the caller sets its path."""
    edition, stage, findings, n_answered, n_asked, gaps, script, is_misread = json.loads(line)
    return Judged(
        "",
        Edition(*edition),
        Stage(stage),
        tuple([_finding(row) for row in findings]),
        (),
        _Later(lambda: [_question(row) for row in json.loads(more)[0]]),
        n_answered,
        n_asked,
        Lengths(tuple([Gap(*gap) for gap in gaps])),
        script and Script(script[0], script[1], _Later(lambda: [ScriptAnswer(*row) for row in json.loads(more)[1]])),
        is_misread,
    )


def _finding(row: list[Any]) -> Finding:
    code, severity, message, place, question, related, _, *more = row
    places = tuple([_related(related_row) for related_row in related])
    return Finding(code, Severity(severity), message, _place(place), question, places, (), *more)


def _related(row: list[Any]) -> Related:
    place, message, severity, name = row
    return Related(_place(place), message, severity and Severity(severity), name)


def _question(row: list[Any]) -> JudgedQuestion:
    *first, words, images, words_from, images_from, is_answered, place = row
    limits = (limit and Limit(*limit) for limit in (words, images))
    return JudgedQuestion._make((*first, *limits, words_from, images_from, is_answered, _place(place)))


def _place(place: list[Any]) -> Place:
    start, end = place
    return Place(Position(*start), Position(*end))


_T = TypeVar("_T")


@final
class _Later(Sequence[_T]):
    """A sequence that few formats need: read at its first use."""

    def __init__(self, read: Callable[[], Sequence[_T]]) -> None:
        self._make = read

    @cached_property
    def _read(self) -> Sequence[_T]:
        return self._make()

    def __len__(self) -> int:
        return len(self._read)

    @overload
    def __getitem__(self, index: int) -> _T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[_T]: ...

    def __getitem__(self, index: int | slice) -> _T | Sequence[_T]:
        return self._read[index]
