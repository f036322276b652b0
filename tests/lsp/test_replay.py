"""Real reports as they were written: each version becomes the next by keystrokes, and the server keeps up.

All versions take minutes, so every fourth step of a report's history is taken; what is long is pasted.
"""

from collections.abc import Iterator
from copy import copy
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import pytest
from lsp.client import Json
from lsp.driver import Driver
from lsp.units import range_of
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Diagnostic
from report_ls.base.memo import clear_memos
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.files.disk import DiskFiles
from report_ls.packs.edition import edition
from report_ls.project.packs import packs
from report_ls.report.outline import outline
from support.corpus import Version, real_reports

pytestmark = pytest.mark.slow

_EVERY = 50
"""So many edits lie between two comparisons."""
_PASTED = 30
"""More characters than this are pasted, or deleted, at once."""


def _parts(before: str, after: str) -> Iterator[tuple[Span, str]]:
    """Yield what is replaced, by lines and then within them, each place in the text after what was replaced before."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    moved = 0
    for kind, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        removed, added = "".join(old[first:last]), "".join(new[new_first:new_last])
        codes = [("replace", 0, len(removed), 0, len(added))]
        if "\r" not in removed + added:  # No position is between the two halves of a line end.
            codes = SequenceMatcher(None, removed, added).get_opcodes()  # type: ignore[assignment]
        for code, start, end, new_start, new_end in codes:
            if code != "equal":
                at = starts[first] + moved + start
                yield Span(at, at + end - start), added[new_start:new_end]
                moved += (new_end - new_start) - (end - start)


def _edits(before: str, after: str) -> Iterator[tuple[Span, str]]:
    """Yield the same as somebody types it, character by character."""
    for (start, end), text in _parts(before, after):
        if end - start > _PASTED or len(text) > _PASTED:
            yield Span(start, end), text
            continue
        for last in range(end, start, -1):
            yield Span(last - 1, last), ""
        for index, character in enumerate(text):
            yield Span(start + index, start + index), character


class _Replay:
    """A server, and the report that is typed into it."""

    def __init__(self, driver: Driver, folder: Path) -> None:
        self.driver, self.folder = driver, folder
        self.uri = folder.joinpath("report.md").as_uri()
        self.n_edits = 0

    def open(self, text: str) -> None:
        self.driver.open(self.uri, text)
        self.compare(text)

    def type(self, before: str, after: str) -> None:
        """Make one text the other, and compare every now and then and at the end."""
        text = before
        for span, inserted in _edits(before, after):
            change = {"range": range_of(text, span, "utf-16"), "text": inserted}
            text = text[: span.start] + inserted + text[span.end :]
            self.n_edits += 1
            self.driver.change(self.uri, self.n_edits, change)
            if self.n_edits % _EVERY == 0:
                self.compare(text)
        assert text == after
        self.compare(text)
        self.driver.received.clear()

    def compare(self, text: str) -> None:
        """Hold what was pushed against an analysis from scratch, with the pack that the server keeps.

        Where somebody is writing is not read from the text, so it is taken from the server, too.
        """
        document = self.driver.document(self.uri)
        assert document.source.text == text
        clear_memos()
        assert document.edition
        found, files = outline(SourceText(text).plain), DiskFiles(self.folder)
        before = copy(document.edition)
        before._placed = ()  # noqa: SLF001 - so it is recognised again
        kept = edition(found, packs(), files, before).pack
        assert kept == document.edition.pack
        expected: list[Json] = []
        if kept:
            analysis = analyze(SourceText(text), kept, DiskFiles(self.folder), None, edited=document.edited)
            assert analysis.failures == ()
            expected = [
                (found.code, found.severity.value, _message(found, text), range_of(text, found.span, "utf-16"))
                for found in analysis.diagnostics
            ]
        assert expected == [
            (item["code"], item["severity"], item["message"], item["range"])
            for item in self.driver.published(self.uri) or []
        ]


def _message(found: Diagnostic, text: str) -> str:
    """Return a message as a client without related places gets it."""
    others = found.other_lines(SourceText(text))
    return f"{found.full_message}; {others}" if others else found.full_message


_WAYS = [way for report in real_reports() for way in list(pairwise(report.versions[::-1]))[::4]]


@pytest.mark.parametrize(("before", "after"), _WAYS, ids=[after.name for _, after in _WAYS])
def test_a_version_becomes_the_next_by_keystrokes(before: Version, after: Version, tmp_path: Path) -> None:
    for path in after.files.paths:
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    with Driver({"textDocument": {"publishDiagnostics": {}}}, tmp_path) as driver:
        replay = _Replay(driver, tmp_path)
        replay.open(before.source.text)
        replay.type(before.source.text, after.source.text)
