"""lsprotocol's classes that are completed at first use equal those that lsprotocol itself makes."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent / "classes_of_lsprotocol.py"
COUNT = """
import attrs, sys, types
from report_ls.lsp.wire.lazy_types import _is_marked, import_lazily
{before}
import_lazily()
from lsprotocol import types
print(sum(map(_is_marked, vars(types).values())))
types.Position(1, 2)
print(sum(map(_is_marked, vars(types).values())))
print(sum(isinstance(value, type) and attrs.has(value) for value in vars(types).values()))
print(hasattr(types.Position, "__slots__"), attrs.fields(types.Range).start.type)
"""
"""Prints how many classes are not completed, the same after one was used, and how many there are."""


def printed(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True).stdout


def counted(before: str = "") -> list[str]:
    return printed("-c", COUNT.format(before=before)).splitlines()


def test_every_class_and_every_message_is_the_same() -> None:
    eager, lazy = (json.loads(printed(str(SCRIPT), *mode)) for mode in ((), ("lazily",)))
    assert len(eager["classes"]) > 500
    assert len(eager["messages"]) > 100
    assert eager == lazy


def test_a_class_waits_until_it_is_used() -> None:
    waiting, then, n_classes, position = counted()
    assert int(waiting) == int(n_classes) > 500
    assert int(then) == int(waiting) - 1
    assert position == "False <class 'lsprotocol.types.Position'>"


def test_what_is_imported_already_stays_as_it_is() -> None:
    assert counted("import lsprotocol.types")[:2] == ["0", "0"]


def test_an_lsprotocol_with_another_flag_is_completed_at_once() -> None:
    before = "sys.modules['lsprotocol._hooks'] = types.ModuleType('lsprotocol._hooks')"
    assert counted(before)[:2] == ["0", "0"]
