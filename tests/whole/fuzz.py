"""Judges and mends texts as test_fuzz.py does, led by which of our code a text has reached.

    PYTHONPATH=tests python tests/whole/fuzz.py [OPTION ...]

Needs `pip install atheris`, which is not among the developers' tools because not every Python can have it. It takes
libFuzzer's options: `-max_total_time=600` ends after ten minutes.
"""

import sys
from importlib import import_module
from typing import Any

atheris: Any = import_module("atheris")

with atheris.instrument_imports(include=["report_ls"]):
    from report_ls.project.packs import packs
    from support.random_texts import PIECES, judge_and_mend


def fuzz(data: bytes) -> None:
    """Judge and mend the text that some bytes stand for: the first is the pack, each other one a piece."""
    if data:
        pack = packs()[data[0] % len(packs())]
        judge_and_mend("".join(PIECES[byte % len(PIECES)] for byte in data[1:]), pack, None)


atheris.Setup(sys.argv, fuzz)
atheris.Fuzz()
