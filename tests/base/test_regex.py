"""Patterns are compiled when they are first used, and are then what `re.compile` makes."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

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


_WAITING = "markdown_it", "mdurl"
"""The libraries whose patterns wait too."""


def _modules_of(library: str) -> list[Path]:
    (folder,) = import_module(library).__path__
    return sorted(Path(folder).rglob("*.py"))


def test_patterns_of_libraries_wait_and_python_has_its_own() -> None:
    code = """
import re, sys
import report_ls.report.commonmark
from markdown_it.common import html_re, utils
import logging, textwrap
print(*(type(one).__name__ for one in (html_re.HTML_TAG_RE, utils.ESCAPE_CHAR, textwrap.TextWrapper.wordsep_re)))
print(type(re.compile("a")).__name__)
waiting = [
    one
    for name, module in sys.modules.items()
    if name.partition(".")[0] in ("markdown_it", "mdurl")
    for one in vars(module).values()
    if type(one) is type(utils.ESCAPE_CHAR)
]
print(len(waiting) > 30, [one.pattern for one in waiting if one.search("") and one.match("") is None])
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["_Uncompiled _Uncompiled Pattern", "Pattern", "True []"]


@pytest.mark.parametrize("library", _WAITING)
def test_libraries_whose_patterns_wait_pass_none_on(library: str) -> None:
    """A function of `re` takes patterns as text or compiled, not those that wait."""
    called = [
        (path.name, call.args[0])
        for path in _modules_of(library)
        for call in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(call, ast.Call)
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
        if call.func.value.id == "re" and call.func.attr not in ("compile", "escape")
    ]
    assert [place for place in called if not isinstance(place[1], ast.Constant)] == []
    # Nor do they ask what it is.
    asked = [
        path.name for path in _modules_of(library) if "isinstance" in (text := path.read_text()) and "Pattern" in text
    ]
    assert asked == []


def test_every_pattern_of_a_module_can_be_compiled() -> None:
    ours = type(regex(""))
    modules = [import_module(f"report_ls.{name}".rstrip(".")) for name in MODULES if name != "__main__"]
    patterns = [value for module in modules for value in vars(module).values() if isinstance(value, ours)]
    assert len(patterns) > 100
    assert [pattern.pattern for pattern in patterns if pattern.groups < 0] == []
