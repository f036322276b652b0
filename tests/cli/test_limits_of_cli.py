"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import watchfiles
from report_ls.base.diagnostic import Severity
from report_ls.base.spans import Position
from report_ls.cli.arguments import WrongUseError
from report_ls.cli.baseline import _MAX_BASELINE_BYTES, read_baseline
from report_ls.cli.candidates import Candidate
from report_ls.cli.classes import _MIN_REPORTS, in_groups
from report_ls.cli.findings import Place
from report_ls.cli.formats import github, markdown, write
from report_ls.cli.formats.text import _CUT, _INDENT, _MIN_WIDTH, _TAB_STOP, _excerpt
from report_ls.cli.kept import _RACY_NANOSECONDS, MAX_CACHE_BYTES, Kept
from report_ls.cli.results import Results, Unreadable
from report_ls.cli.watch import _SETTLING_MILLISECONDS, changes
from support.fake_results import analysis, found, results


def _unreadable(*paths: str) -> Results:
    return results()._replace(unreadable=tuple(Unreadable(path, "gone") for path in paths))


@pytest.mark.parametrize(("n_reports", "are_groups"), [(_MIN_REPORTS - 1, False), (_MIN_REPORTS, True)])
def test_so_many_reports_side_by_side_are_a_class(
    n_reports: int, *, are_groups: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = [f"class/{number}/report.md" for number in range(n_reports)]
    for path in paths:
        Path(path).parent.mkdir(parents=True)
    expected = [f"group {number:03}" if are_groups else None for number in range(1, n_reports + 1)]
    named = [[Path("class")], [Path(path).parent for path in paths]]
    for folders in named:
        grouped = in_groups(_unreadable(*paths), folders, names=False, verbose=False, complete=True)
        assert expected == [unread.group or None for unread in grouped.unreadable]


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_many_annotations_are_written(n_more: int) -> None:
    most = github._MAX_ANNOTATIONS  # noqa: SLF001 - two formats have one
    lines = write("github", _unreadable(*"a" * (most + n_more))).splitlines()
    assert ["and 1 more"] * n_more == lines[most:]
    assert [True] * most == [line.startswith("::error file=a") for line in lines[:most]]


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_many_rows_are_written(n_more: int) -> None:
    most = markdown._MAX_ROWS  # noqa: SLF001 - two formats have one
    said = [found("photos", Severity.HINT, f"look {number} times") for number in range(most + n_more)]
    written = write("markdown", results(analysis(*said)))
    assert (most, n_more) == (written.count("| look "), written.count("\nand 1 more\n"))


@pytest.mark.parametrize(("n_more", "is_whole"), [(0, True), (1, False)])
def test_a_line_is_cut_where_it_is_wider_than_the_narrowest_terminal(n_more: int, *, is_whole: bool) -> None:
    line = "a" * (_MIN_WIDTH - len(_INDENT) - 1 + n_more)
    for width in (0, _MIN_WIDTH - 1, _MIN_WIDTH):
        shown, _ = _excerpt(line, Place(Position(0, 0), Position(0, 1)), width)
        assert is_whole == (shown == _INDENT + line) == (not shown.endswith(_CUT))


def test_a_tab_goes_on_to_the_next_stop() -> None:
    for n_before in (0, _TAB_STOP - 1, _TAB_STOP):
        shown, _ = _excerpt("a" * n_before + "\tb", Place(Position(0, 0), Position(0, 1)), 80)
        assert (n_before // _TAB_STOP + 1) * _TAB_STOP == shown.index("b") - len(_INDENT)


def test_a_baseline_has_so_many_bytes(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    with path.open("wb") as file:
        file.truncate(_MAX_BASELINE_BYTES + 1)  # Nothing is written, so it takes no room.
    with pytest.raises(WrongUseError, match=f"it is larger than {_MAX_BASELINE_BYTES // 1_000_000} megabytes"):
        read_baseline(str(path))


def test_it_is_looked_so_often_whether_a_report_was_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Watchfiles waits; this tests the time that it is told to wait."""
    waited: list[int] = []

    def watch(*_: Path, rust_timeout: int, **_others: Any) -> Iterator[set[object]]:  # noqa: ANN401 - as watchfiles has it
        waited.append(rust_timeout)
        yield set()

    monkeypatch.setattr(watchfiles, "watch", watch)
    assert [None] == [*changes([Path()])]
    assert [_SETTLING_MILLISECONDS] == waited


# The cache


def _kept(folder: Path, began: int) -> Kept:
    return Kept(str(folder / "kept"), "asks", began, {})


@pytest.mark.parametrize(("n_more", "is_kept"), [(0, False), (1, True)])
def test_what_was_written_so_shortly_before_a_run_is_not_kept(n_more: int, *, is_kept: bool, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("# Notes\n", "utf-8")
    changed = max(report.stat().st_mtime_ns, report.stat().st_ctime_ns)
    kept, candidate = _kept(tmp_path, changed + _RACY_NANOSECONDS + n_more), Candidate(report, "report.md", named=True)
    kept.keep(candidate, [], [str(report)])
    assert is_kept == (_kept(tmp_path, 0).find(candidate) == [])


@pytest.mark.parametrize(("n_more", "expected"), [(0, ["a", "b"]), (1, ["b"])])
def test_so_much_is_kept(n_more: int, expected: list[str], tmp_path: Path) -> None:
    kept = _kept(tmp_path, 0)
    Path(kept.folder).mkdir()
    for name, n_bytes in (("a", MAX_CACHE_BYTES // 2), ("b", MAX_CACHE_BYTES // 2 + n_more)):
        with Path(kept.folder, name).open("wb") as file:
            file.truncate(n_bytes)  # Nothing is written, so it takes no room.
        os.utime(Path(kept.folder, name), ns=(ord(name), ord(name)))
    kept.forget_oldest()
    assert expected == sorted(path.name for path in Path(kept.folder).iterdir())
