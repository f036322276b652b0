"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

from pathlib import Path

import pytest
from report_ls.files.port import Tree
from report_ls.repository.apart import _TIMEOUT_SECONDS, count_apart
from report_ls.repository.paths import (
    _MAX_OTHER_CHARACTERS,
    _MAX_PATH_CHARACTERS,
    _MIN_NAME_CHARACTERS,
    _near,
    is_near,
    place_of,
)
from support.at_a_limit import seconds_waited


def test_tests_are_counted_for_so_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = seconds_waited(monkeypatch)
    assert count_apart(tmp_path) is None
    assert [_TIMEOUT_SECONDS] == waited


def test_a_path_has_so_many_characters() -> None:
    tree = Tree("", frozenset(), frozenset())
    path = "a" * _MAX_PATH_CHARACTERS
    assert [path, None] == [place_of(tree, path), place_of(tree, f"{path}a")]


@pytest.mark.parametrize("n_more", [0, 1])
def test_two_names_are_near_that_differ_in_so_many_signs(n_more: int) -> None:
    name = "a" * _MIN_NAME_CHARACTERS
    other, longer = "b" * (_MAX_OTHER_CHARACTERS + n_more), name + "b" * (_MAX_OTHER_CHARACTERS + n_more)
    pairs = [(name + "a" * len(other), name + other), (name, longer), (longer, name)]
    assert [not n_more] * 3 == [is_near(*pair) for pair in pairs]
    assert ([] if n_more else [f"c/{longer}"]) == [*_near([f"c/{longer}"], ["c", name])]


@pytest.mark.parametrize("n_fewer", [0, 1])
def test_names_that_may_be_near_have_so_many_signs(n_fewer: int) -> None:
    name = "abcdefghijkl"[: _MIN_NAME_CHARACTERS - n_fewer]
    assert (not n_fewer) == is_near(name, f"{name}x") == is_near(f"{name}x", name)
