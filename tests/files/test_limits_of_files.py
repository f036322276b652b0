"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

import struct
import subprocess
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from report_ls.files import git
from report_ls.files.cache_folder import _BLOCK_BYTES, _MAX_FILE_BYTES, forget_oldest, put, recall
from report_ls.files.contents import _MAX_SCRIPT_BYTES
from report_ls.files.disk import DiskFiles
from report_ls.files.git import _MAX_CONFIG_BYTES, _MAX_VERSIONS, _TIMEOUT_SECONDS
from report_ls.files.git_network import _MAX_BYTES, _MAX_DEPTH
from report_ls.files.opening import read_below
from report_ls.files.pictures import _HEAD_BYTES, _MAX_CHUNKS, read_dimensions, read_picture
from report_ls.files.targets import (
    _MAX_PATH_CHARACTERS,
    _MIN_SIMILARITY,
    _MIN_STEM_CHARACTERS,
    Grade,
    Guess,
    _near,
    guess,
)
from report_ls.files.targets import resolve as target_of
from support.at_a_limit import seconds_waited, words_alike
from support.memory_files import MemoryFiles
from support.pictures import png
from support.repositories import run_git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    run_git(tmp_path, "init", "-q")
    return tmp_path


# git


def test_git_is_waited_for_so_long(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = seconds_waited(monkeypatch)
    assert git.ask(repository, "status") is None
    assert [_TIMEOUT_SECONDS] == waited


def test_git_may_use_no_transport_whatever_a_configuration_allows(repository: Path) -> None:
    trap = repository / "trap"
    trap.write_text(f"#!/bin/sh\necho caught >'{repository}/caught'\n", "utf-8")
    trap.chmod(0o755)
    run_git(repository, "config", "remote.origin.url", f"ext::{trap}")
    run_git(repository, "config", "protocol.ext.allow", "always")
    assert git.ask(repository, "ls-remote", "origin") is None
    assert not (repository / "caught").exists()
    # The trap is one: git itself falls into it.
    subprocess.run(["git", "ls-remote", "origin"], cwd=repository, capture_output=True, check=False)  # noqa: S607
    assert (repository / "caught").exists()


@pytest.mark.parametrize(("n_more", "expected"), [(0, True), (1, False)])
def test_so_much_of_a_repositorys_configuration_is_read(n_more: int, *, expected: bool, repository: Path) -> None:
    config = repository / ".git" / "config"
    before, setting = config.read_text("utf-8").replace("ignorecase", "other"), "\n[core]\n\tignorecase = true\n"
    config.write_text(before + "#" * (_MAX_CONFIG_BYTES + n_more - len(before + setting)) + setting, "utf-8")
    assert expected == git._ignores_case(repository)  # noqa: SLF001 - it is remembered with all that git lists


@pytest.mark.parametrize("name", ["commondir", "config", "config.worktree", "more", "objects/info/alternates"])
def test_where_what_may_lead_away_is_too_large_git_is_not_asked(name: str, repository: Path) -> None:
    folder = repository / ".git"
    (folder / "objects/info").mkdir(exist_ok=True)
    with (folder / "config").open("a", encoding="utf-8") as file:
        file.write("[include]\n\tpath = more\n")
    before = (folder / name).read_bytes() if (folder / name).exists() else b""
    start = b".\n" if name == "commondir" else before
    filling = b"\n" if name == "objects/info/alternates" else b"#"
    (folder / name).write_bytes(start + filling * (_MAX_BYTES - len(start)))
    assert git.ask(repository, "--version")
    (folder / name).write_bytes(start + filling * (_MAX_BYTES + 1 - len(start)))
    assert git.ask(repository, "--version") is None


@pytest.mark.parametrize(("depth", "is_asked"), [(_MAX_DEPTH, True), (_MAX_DEPTH + 1, False)])
def test_so_many_configurations_in_each_other_are_read(depth: int, *, is_asked: bool, repository: Path) -> None:
    names = ["config", *(f"more-{number}" for number in range(depth))]
    for name, inner in pairwise(names):
        with (repository / ".git" / name).open("a", encoding="utf-8") as file:
            file.write(f"[include]\n\tpath = {inner}\n")
    assert is_asked == (git.ask(repository, "--version") is not None)


def test_so_many_first_versions_are_looked_at(repository: Path) -> None:
    report = repository / "report.md"
    texts = [b"%d" % number for number in range(_MAX_VERSIONS + 1)]
    for text in texts:
        report.write_bytes(text)
        run_git(repository, "add", ".")
        run_git(repository, "commit", "-qm", "a")
        now = git.repository_state(repository)
        assert now
        if text in texts[-2:]:
            assert (*texts[:_MAX_VERSIONS],) == git.first_versions(now, "report.md")


# Files


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_much_of_a_file_of_the_cache_is_read(n_more: int, tmp_path: Path) -> None:
    put(str(tmp_path), "a", b"a" * (_MAX_FILE_BYTES + n_more))
    assert b"a" * _MAX_FILE_BYTES == recall(str(tmp_path), "a")


@pytest.mark.parametrize("n_more", [-1, 0, 1])
def test_what_was_put_is_read_whole_where_it_fills_a_block(n_more: int, tmp_path: Path) -> None:
    data = bytes(range(256)) * (_BLOCK_BYTES // 256) + b"b"
    put(str(tmp_path), "a", data[: _BLOCK_BYTES + n_more])
    assert data[: _BLOCK_BYTES + n_more] == recall(str(tmp_path), "a")


@pytest.mark.parametrize("n_more", [0, 1])
def test_the_cache_keeps_as_much_as_it_may(n_more: int, tmp_path: Path) -> None:
    most = 10
    for name in "ab":
        put(str(tmp_path), name, b"a" * (most // 2))
    put(str(tmp_path), "c", b"a" * n_more)
    forget_oldest(str(tmp_path), most)
    assert most + n_more - n_more * (most // 2) == sum(path.stat().st_size for path in tmp_path.iterdir())


@pytest.mark.parametrize("n_more", [0, 1])
def test_a_script_has_so_many_bytes(n_more: int, tmp_path: Path) -> None:
    (tmp_path / "report.py").write_bytes(b"#" * (_MAX_SCRIPT_BYTES + n_more))
    assert ("" if n_more else "#" * _MAX_SCRIPT_BYTES) == DiskFiles(tmp_path, "report.md").script()


@pytest.mark.parametrize("n_more", [0, 1])
def test_of_a_larger_file_one_byte_more_is_read(n_more: int, tmp_path: Path) -> None:
    most = 10
    (tmp_path / "a").write_bytes(b"a" * (most + n_more + 1))
    assert b"a" * (most + 1) == read_below(tmp_path, "a", most)
    (tmp_path / "a").write_bytes(b"a" * most)
    assert b"a" * most == read_below(tmp_path, "a", most)


# Pictures


@pytest.mark.parametrize(("n_more", "expected"), [(0, (5, 6)), (1, None)])
def test_the_size_of_a_picture_is_looked_for_in_its_head(n_more: int, expected: tuple[int, int] | None) -> None:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 6, 5, 1)
    n_comment = _HEAD_BYTES + n_more - len(b"\xff\xd8\xff\xfe" + frame)
    comment = b"\xff\xfe" + struct.pack(">H", n_comment) + b"a" * (n_comment - 2)
    assert expected == read_dimensions(BytesIO(b"\xff\xd8" + comment + frame + b"a" * 100))


@pytest.mark.parametrize(("n_more", "is_cut"), [(-1, True), (0, False)])
def test_so_many_chunks_of_a_picture_are_looked_at(n_more: int, *, is_cut: bool) -> None:
    chunk = struct.pack(">I", 0) + b"tEXt" + b"sums"
    signature = png()[:8]
    assert is_cut == read_picture(BytesIO(signature + chunk * (_MAX_CHUNKS + n_more))).is_cut


@pytest.mark.parametrize("n_behind", range(-10, 2))
def test_a_chunk_of_a_picture_may_begin_in_its_head_and_end_behind_it(n_behind: int) -> None:
    n_data = _HEAD_BYTES + n_behind - len(png()[:8]) - 12
    data = png()[:8] + struct.pack(">I", n_data) + b"tEXt" + bytes(n_data + 4) + bytes(4) + b"IEND" + b"sums"
    assert [False, True] == [read_picture(BytesIO(part)).is_cut for part in (data, data[:-1])]


# Targets


def _guesses(path: str) -> bool:
    return guess(MemoryFiles(["a.png"]), target_of(path), "") is not None


def test_a_path_that_may_mean_a_picture_has_so_many_characters() -> None:
    end = "b/a.png"
    assert [True, False] == [
        _guesses("c" * (n_signs - len(end)) + end) for n_signs in (_MAX_PATH_CHARACTERS, _MAX_PATH_CHARACTERS + 1)
    ]


def _by_likeness(name: str, picture: str) -> Guess | None:
    return _near(f"{name}.png", (f"{picture}.png",))


def test_a_name_that_is_a_slip_is_told_from_another_name() -> None:
    known, slip, other = words_alike(_MIN_SIMILARITY)
    assert Guess(f"{known}.png", Grade.POSSIBLE) == _by_likeness(slip, known)
    assert _by_likeness(other, known) is None


def test_a_name_that_is_part_of_another_one_has_so_many_signs() -> None:
    stem, short = "abcdefghijkl"[:_MIN_STEM_CHARACTERS], "abcdefghijkl"[: _MIN_STEM_CHARACTERS - 1]
    assert Guess(f"{stem}.png", Grade.POSSIBLE) == _by_likeness(f"{stem}{'-' * 20}", stem)
    assert _by_likeness(f"{short}{'-' * 20}", short) is None
