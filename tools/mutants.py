"""Puts small mistakes into the code and reports those that no test notices.

        python tools/mutants.py 7 30                                          thirty random mistakes, with the seed 7
        python tools/mutants.py server/report_ls/lsp/wire/worker.py:22        all possible mistakes on this line

A mistake is one of: a wrong comparison or one that includes a value more or less, `and` for `or`, a missing `not`,
a wrong number, None returned, a statement left out. The tests of the module's room run first, then all fast
tests; `--room` skips the latter. The tests run in a separate working tree of the last commit. The first test that
fails is printed. If no test fails, the exit status is 1.
"""

import argparse
import ast
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

_TOP = Path(__file__).parent.parent
_PRODUCT = "server/report_ls"
_COMPARISONS: Mapping[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
_PYTEST = ("-m", "pytest", "-x", "-q", "-n", "2", "-p", "no:cacheprovider", "-m", "not slow and not alone")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


class Mutant(NamedTuple):
    """One mistake in a module."""

    path: str
    line: int
    before: str
    """The text of the module without the mistake."""
    after: str

    @property
    def room(self) -> str:
        """The folder with the tests of the module; all tests if it is in no room."""
        place = self.path.removeprefix(f"{_PRODUCT}/").split("/")
        return f"tests/{place[0]}" if len(place) > 1 else "tests"

    @property
    def difference(self) -> str:
        """The mistake as a diff."""
        before, after = (text.splitlines(keepends=True) for text in (self.before, self.after))
        return "".join(unified_diff(before, after, self.path, self.path, n=2))


def main() -> int:
    """Make the mistakes, one after the other, and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", metavar="SEED N | FILE:LINE", nargs="+")
    parser.add_argument("--room", action="store_true", help="run only the tests of the module's room")
    options = parser.parse_args()
    all_of = [mutant for path in sorted((_TOP / _PRODUCT).rglob("*.py")) for mutant in _mutants(path)]
    if ":" in options.what[0]:
        drawn = [mutant for mutant in all_of if f"{mutant.path}:{mutant.line}" in options.what]
    else:
        seed, number = map(int, options.what)
        drawn = random.Random(seed).sample(all_of, number)  # noqa: S311 - no secret
    n_survivors = 0
    with tempfile.TemporaryDirectory(prefix="report-ls-mutants-") as name:
        tree = Path(name, "tree")
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", tree], cwd=_TOP, check=True)
        try:
            for number, mutant in enumerate(drawn, 1):
                killer = _killer(tree, mutant, is_fast=options.room)
                n_survivors += killer is None
                result = f"killed by {killer}" if killer else "SURVIVED"
                print(f"{number}. {mutant.path}:{mutant.line}: {result}\n{mutant.difference}", flush=True)  # noqa: T201
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=_TOP, check=True)
    print(f"{len(drawn)} mistakes, {n_survivors} of them unnoticed")  # noqa: T201 - a script says what it found
    return min(n_survivors, 1)


def _killer(tree: Path, mutant: Mutant, *, is_fast: bool) -> str | None:
    """Return the first test that fails with a mistake; None if no test fails."""
    path = tree / mutant.path
    committed = path.read_bytes()
    path.write_text(mutant.after, "utf-8")
    try:
        for tests in (mutant.room,) if is_fast or mutant.room == "tests" else (mutant.room, "tests"):
            # The installed package may be of another tree, so this tree comes first on the path.
            environment = {**os.environ, "PYTHONPATH": str(tree / "server")}
            command = [sys.executable, *_PYTEST, tests]
            done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                found = _FAILED.search(done.stdout)
                return found[1] if found else f"the tests themselves: {done.stdout[-300:]}{done.stderr[-300:]}"
        return None
    finally:
        path.write_bytes(committed)


def _mutants(path: Path) -> Iterator[Mutant]:
    """Yield all possible mistakes in a module."""
    data = path.read_bytes()
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(line: int, column: int) -> int:
        return starts[line - 1] + column

    tree = ast.parse(data)
    # Skip named numbers, which tests import, and expressions in f-strings, whose places Python 3.11 does not know.
    skipped: set[ast.AST] = {node.value for node in tree.body if isinstance(node, ast.Assign)}
    skipped |= {inner for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        for start, end, new in () if node in skipped else _edits(node):
            first, last = place(*start), place(*end)
            after = data[:first] + _changed(data[first:last].decode(), new).encode() + data[last:]
            if after != data:
                yield Mutant(str(path.relative_to(_TOP).as_posix()), start[0], data.decode(), after.decode())


_Place = tuple[int, int]
_Edit = tuple[_Place, _Place, Sequence[str]]
"""A piece of a module and its replacement: one text for the whole piece, or an old text in it and a new one."""


def _edits(node: ast.AST) -> Iterator[_Edit]:
    """Yield the possible mistakes in a node of a module's syntax tree."""
    match node:
        case ast.Compare(left=left, ops=[how], comparators=[right]):
            yield _end(left), _start(right), _COMPARISONS[type(how)]
        case ast.BoolOp(op=how, values=values):
            words = ("and", "or") if isinstance(how, ast.And) else ("or", "and")
            yield from ((_end(left), _start(right), words) for left, right in pairwise(values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield _start(node), _start(operand), ("not ", "")
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            yield from ((_start(node), _end(node), (str(wrong),)) for wrong in (value + 1, value - 1))
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield _start(value), _end(value), ("None",)
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break():
            yield _start(node), _end(node), ("pass",)


def _start(node: ast.expr | ast.stmt) -> _Place:
    return node.lineno, node.col_offset


def _end(node: ast.expr | ast.stmt) -> _Place:
    return node.end_lineno or 0, node.end_col_offset or 0


def _changed(piece: str, new: Sequence[str]) -> str:
    return new[0] if len(new) == 1 else piece.replace(new[0], new[1], 1)


if __name__ == "__main__":
    sys.exit(main())
