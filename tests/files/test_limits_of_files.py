"""Each number of this room that bounds something: what is the same up to it, and what differs behind it."""

import struct
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from report_ls.files import git
from report_ls.files.cache_folder import _MAX_FILE_BYTES, forget_oldest, put, recall
from report_ls.files.disk import _MAX_SCRIPT_BYTES, DiskFiles
from report_ls.files.git import _MAX_CONFIG_BYTES, _MAX_VERSIONS, _TIMEOUT_SECONDS
from report_ls.files.opening import read_below
from report_ls.files.pictures import _HEAD_BYTES, _MAX_CHUNKS, read_dimensions, read_picture
from report_ls.files.targets import (
    _MAX_PATH_CHARACTERS,
    _MIN_STEM_CHARACTERS,
    _SIMILARITY_OF_A_SLIP,
    Grade,
    Guess,
    _near,
    guess,
)
from report_ls.files.targets import resolve as target_of
from support.memory_files import MemoryFiles
from support.pictures import png
from support.repositories import run_git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    run_git(tmp_path, "init", "-q")
    return tmp_path


# git


def test_git_is_waited_for_so_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is that of `subprocess`: what it is told to wait is what is tested."""
    waited: list[float] = []

    def never_answers(arguments: list[str], *, timeout: float, **_: Any) -> bytes:  # noqa: ANN401 - as subprocess has it
        waited.append(timeout)
        raise subprocess.TimeoutExpired(arguments, timeout)

    monkeypatch.setattr(subprocess, "check_output", never_answers)
    assert git.ask(tmp_path, "status") is None
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


def test_so_much_of_a_repositorys_configuration_is_read(repository: Path) -> None:
    (repository / ".git" / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    usual = (repository / ".git" / "config").read_text("utf-8").replace("ignorecase", "other")
    setting = "[core]\n\tignorecase = true\n"
    read = _MAX_CONFIG_BYTES + 1  # One byte more, by which it is seen that a file is larger.
    for n_more, expected in ((0, True), (1, False)):
        before = usual + "#" * (read + n_more - len(usual) - len("\n[core]\n\tignorecase")) + "\n"
        (repository / ".git" / "config").write_text(before + setting, "utf-8")
        assert expected == git._ignores_case(repository)  # noqa: SLF001 - it is remembered with all that git lists


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
    n_signs = 10
    n_alike = round(_SIMILARITY_OF_A_SLIP * n_signs)
    assert n_alike == _SIMILARITY_OF_A_SLIP * n_signs, "so that there is a name that is just as similar"
    known = "a" * n_signs
    slip, other = (known[:n] + "b" * (n_signs - n) for n in (n_alike, n_alike - 1))
    assert Guess(f"{known}.png", Grade.POSSIBLE) == _by_likeness(slip, known)
    assert _by_likeness(other, known) is None


def test_a_name_that_is_part_of_another_one_has_so_many_signs() -> None:
    stem, short = "abcdefghijkl"[:_MIN_STEM_CHARACTERS], "abcdefghijkl"[: _MIN_STEM_CHARACTERS - 1]
    assert Guess(f"{stem}.png", Grade.POSSIBLE) == _by_likeness(f"{stem}{'-' * 20}", stem)
    assert _by_likeness(f"{short}{'-' * 20}", short) is None
