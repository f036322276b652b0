"""Patterns are compiled when they are first used, and are then what `re.compile` makes."""

import re
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_ls.base.regex import matches_at, regex
from support.modules import MODULES


def test_a_pattern_is_compiled_at_its_first_use() -> None:
    broken = regex("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("text")


def test_a_pattern_does_what_a_compiled_one_does() -> None:
    ours, plain = regex(r"(a)|b", re.IGNORECASE), re.compile(r"(a)|b", re.IGNORECASE)
    for _ in range(2):  # The second time nothing is compiled.
        assert [match.span() for match in ours.finditer("xAb")] == [match.span() for match in plain.finditer("xAb")]
        assert ours.sub("-", "xAb") == plain.sub("-", "xAb") == "x--"
        assert (ours.groups, ours.flags, ours.pattern) == (plain.groups, plain.flags, plain.pattern)


@given(st.text(r"!![\a", max_size=12))
def test_matches_that_begin_with_a_sign_are_found_at_it(text: str) -> None:
    sign, pattern = regex("!"), regex(r"(?<!\\)!\[?(a|!)*\[?")
    assert [match.span() for match in pattern.finditer(text)] == [
        match.span() for match in matches_at(sign, pattern, text)
    ]


def test_every_pattern_of_a_module_can_be_compiled() -> None:
    ours = type(regex(""))
    modules = [import_module(f"report_ls.{name}".rstrip(".")) for name in MODULES if name != "__main__"]
    patterns = [value for module in modules for value in vars(module).values() if isinstance(value, ours)]
    assert len(patterns) > 100
    assert [pattern.pattern for pattern in patterns if pattern.groups < 0] == []
