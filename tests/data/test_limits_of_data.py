"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

from collections.abc import Callable

import pytest
from report_ls.data import toml, yaml
from report_ls.data.error import _MIN_SIMILARITY, DataError, did_you_mean, nearest
from report_ls.data.python_text import MAX_DEPTH, bare
from report_ls.data.toml import _MAX_CHARACTERS, _MAX_KEY_PARTS
from report_ls.data.yaml import _MAX_DEPTH, _MAX_SHOWN_CHARACTERS, describe
from support.at_a_limit import words_alike


def _refusal(read: Callable[[str, str], object], text: str) -> str | None:
    try:
        read(text, "a")
    except DataError as error:
        return error.message
    return None


def test_a_word_that_is_a_slip_is_told_from_another_word() -> None:
    known, slip, other = words_alike(_MIN_SIMILARITY)
    assert f'; did you mean "{known}"?' == did_you_mean(slip, [known])
    assert "" == did_you_mean(other, [known])
    assert known == nearest(other, ["c", known], 0)


def test_another_word_of_which_half_is_the_same_is_no_slip() -> None:
    stages = "draft", "final", "auto"
    assert '; did you mean "final"?' == did_you_mean("fiscal", stages)
    assert "" == did_you_mean("manual", stages)


def test_brackets_in_a_script_are_so_deep() -> None:
    texts = ["(" * depth + ")" * depth for depth in (MAX_DEPTH, MAX_DEPTH + 1)]
    assert [True, False] == [bare(text) is not None for text in texts]


def test_a_configuration_has_so_many_characters() -> None:
    assert {} == toml.read("#" * _MAX_CHARACTERS, "a")
    expected = f"this is too long: {_MAX_CHARACTERS + 1} characters, and at most {_MAX_CHARACTERS} are read"
    assert expected == _refusal(toml.read, "#" * (_MAX_CHARACTERS + 1))


def test_a_key_has_so_many_parts() -> None:
    keys = [".".join(["a"] * n_parts) for n_parts in (_MAX_KEY_PARTS, _MAX_KEY_PARTS + 1)]
    expected = [None, "there are too many dots in this key: write tables"]
    assert expected == [_refusal(toml.read, f"{key} = 1\n") for key in keys]


def test_lists_of_a_pack_are_so_deep() -> None:
    # What is inside of the innermost list that may be has as many lists above it.
    texts = ["[" * n_lists + "]" * n_lists for n_lists in (_MAX_DEPTH + 1, _MAX_DEPTH + 2)]
    assert [None, "this is nested deeper than any pack is"] == [_refusal(yaml.read, text) for text in texts]


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_much_of_a_text_is_shown(n_more: int) -> None:
    end = "..." if n_more else ""
    assert f'"{"a" * _MAX_SHOWN_CHARACTERS}{end}"' == describe("a" * (_MAX_SHOWN_CHARACTERS + n_more))
