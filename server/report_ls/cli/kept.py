"""What earlier runs said of the reports of a class, kept in the user's cache folder.

It is looked up before anything that judges is imported, which takes longer than to look.

An answer is used again if all is as it was: the report and every place of the disk that was looked at, git's state too,
the options, the environment and this program. Of the report's words it holds those in messages, and no others. One that
is broken, another program's or of another time is as good as none.
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
"""Bytes of all answers together: some 5,000 reports."""
_RACY_NANOSECONDS = 2_000_000_000
"""Nanoseconds: what was written so shortly before a run may be written again and bear the same time."""
_OPTIONS = "pack", "stage", "isolated", "select", "ignore"


class Kept(NamedTuple):
    """Answers of earlier runs to what this one asks."""

    folder: str
    asks: str
    """All that decides what is said of a report, but the disk: in one line."""
    began: int
    """When this run began, in nanoseconds."""
    traces: dict[str, Trace]
    """Those that this run has read: folders above many reports are looked at once."""

    def find(self, candidate: Candidate) -> list[Judged] | None:
        """Return what is said of a file: nothing of one that is no report. None where that is not known."""
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
        """Keep what is said of a file for as long as the places that it rests on are as they were before this run."""
        traces = {path: read_trace(path) for path in grounds}
        if not all(is_older(trace, self.began - _RACY_NANOSECONDS) for trace in traces.values()):
            return
        key = self._key(candidate)
        lines = key, json.dumps(traces), *(line for one in judged for line in _written(one))
        rest = "\n".join(lines).encode("ascii")
        put(self.folder, _name(key), b"%b\n%b" % (_checksum(rest), rest))

    def forget_oldest(self) -> None:
        """Keep less, where it has become too much."""
        forget_oldest(self.folder, MAX_CACHE_BYTES)

    def _key(self, candidate: Candidate) -> str:
        return ascii((self.asks, candidate.below, str(candidate.path), candidate.named))

    def _hold(self, traces: dict[str, Trace]) -> bool:
        """Say whether all is as it was where something was looked at."""
        for path, before in traces.items():
            now = self.traces.get(path)
            if now is None:
                now = self.traces[path] = read_trace(path)
            if now != before:
                return False
        return True


def kept_answers(options: Namespace) -> Kept:
    """Return the answers of earlier runs with the same options, surroundings and program."""
    package = Path(__file__).parents[1]
    rules = package.parents[1] / "rules" / "packs.json"
    asked = [getattr(options, name) for name in _OPTIONS]
    named = [read_trace(path) for path in (str(rules), options.pack or "")]
    return Kept(cache_folder(), ascii((__version__, surroundings(str(package)), asked, named)), time.time_ns(), {})


def _name(key: str) -> str:
    """Return the name of an answer's file: of two with the same, one is forgotten."""
    return f"{zlib.crc32(key.encode()):08x}"


def _checksum(data: bytes) -> bytes:
    return b"%08x" % zlib.crc32(data)


def _written(judged: Judged) -> Iterator[str]:
    """Yield what is kept of a report in two lines: what a table of a class says, and what few formats ask for."""
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
    """Return a report of which two lines were kept; who uses it says where it is."""
    edition, stage, findings, n_answered, n_asked, gaps, script, is_misread = json.loads(line)
    return Judged(
        "",
        Edition(*edition),
        Stage(stage),
        tuple([_finding(one) for one in findings]),
        (),
        _Later(lambda: [_question(one) for one in json.loads(more)[0]]),
        n_answered,
        n_asked,
        Lengths(tuple([Gap(*gap) for gap in gaps])),
        script and Script(script[0], script[1], _Later(lambda: [ScriptAnswer(*one) for one in json.loads(more)[1]])),
        is_misread,
    )


def _finding(one: list[Any]) -> Finding:
    code, severity, message, place, question, related, _, *more = one
    others = tuple([_related(other) for other in related])
    return Finding(code, Severity(severity), message, _place(place), question, others, (), *more)


def _related(one: list[Any]) -> Related:
    place, message, severity, name = one
    return Related(_place(place), message, severity and Severity(severity), name)


def _question(one: list[Any]) -> JudgedQuestion:
    *about, words, images, words_from, images_from, is_answered, place = one
    limits = (limit and Limit(*limit) for limit in (words, images))
    return JudgedQuestion._make((*about, *limits, words_from, images_from, is_answered, _place(place)))


def _place(place: list[Any]) -> Place:
    start, end = place
    return Place(Position(*start), Position(*end))


_T = TypeVar("_T")


@final
class _Later(Sequence[_T]):
    """What few formats ask for: read when it is first asked for."""

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
