"""How many tests pytest would find in files of Python: they are read as a tree, and nothing of them is run.

What only running them tells, such as how often a test is parametrized by a function, is open: then a number is the
lowest, and there is no highest one.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import dirname
from warnings import catch_warnings, simplefilter

from report_ls.base.named_tuple import NamedTuple
from report_ls.data.python_text import bare
from report_ls.files.port import CountedTests


def count_tests(texts: Mapping[str, str]) -> CountedTests | None:
    """Return how many tests there are in some files, by their paths; None where one of them cannot be read."""
    counts: dict[str, _Count] = {}
    for path, text in texts.items():
        count = _count(text)
        if count is None:
            return None
        counts[path] = count
    with_tests = {path: count for path, count in counts.items() if count.n_functions}
    by_folder: dict[str, list[_Count]] = {}
    for path, count in with_tests.items():
        by_folder.setdefault(dirname(path), []).append(count)
    groups = [*([count] for count in with_tests.values()), *by_folder.values()]
    others = {sum(count.low for count in group) for group in groups}
    others |= {sum(count.n_functions for count in group) for group in groups}
    others |= {len(texts), sum(count.n_asserts for count in counts.values())}
    return CountedTests(
        n_files=len(with_tests),
        n_functions=sum(count.n_functions for count in with_tests.values()),
        low=sum(count.low for count in with_tests.values()),
        is_open=any(count.is_open for count in counts.values()),
        others=frozenset(others),
    )


class _Count(NamedTuple):
    """What one file holds."""

    n_functions: int
    low: int
    is_open: bool
    n_asserts: int


def _count(text: str) -> _Count | None:
    plain = bare(text)
    if plain is None:
        return None
    try:
        with catch_warnings():
            simplefilter("ignore")
            tree = ast.parse(plain)
        return _Module(tree).count()
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


_FUNCTIONS = ast.FunctionDef, ast.AsyncFunctionDef


class _Module:
    """A file, and what its names mean."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._statements = list(_flat(tree.body))
        self._classes = {node.name: node for node in self._statements if isinstance(node, ast.ClassDef)}
        self._lists = {
            target.id: node.value
            for node in self._statements
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        self._is_open = False

    def count(self) -> _Count:
        functions = {node.name: node for node in self._statements if isinstance(node, _FUNCTIONS)}
        numbers = [self._times(node) for node in functions.values() if _is_test(node)]
        for node in self._classes.values():
            if node.name.startswith("Test") or self._is_test_case(node):
                numbers += self._in_class(node)
        nodes = list(ast.walk(self._tree))
        self._is_open = self._is_open or any(self._opens(node) for node in nodes)
        n_asserts = sum(isinstance(node, ast.Assert) for node in nodes)
        return _Count(len(numbers), sum(numbers), self._is_open, n_asserts)

    def _in_class(self, node: ast.ClassDef) -> list[int]:
        """Return how often each test of a class is run."""
        methods = self._methods(node, frozenset())
        if "__init__" in methods and not self._is_test_case(node):
            return []
        times = self._times(node)
        return [times * self._times(method) for method in methods.values() if _is_test(method)]

    def _methods(self, node: ast.ClassDef, above: frozenset[str]) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
        methods: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = {}
        for base in reversed(node.bases):
            known = self._classes.get(base.id) if isinstance(base, ast.Name) else None
            if known and known.name not in above:
                methods |= self._methods(known, above | {node.name})
            elif not known and ast.unparse(base).rpartition(".")[2] not in (*_TEST_CASES, "object", "ABC"):
                self._is_open = True  # It may bring tests along.
        return methods | {inner.name: inner for inner in _flat(node.body) if isinstance(inner, _FUNCTIONS)}

    def _is_test_case(self, node: ast.ClassDef, above: frozenset[str] = frozenset()) -> bool:
        for base in node.bases:
            if ast.unparse(base).rpartition(".")[2] in _TEST_CASES:
                return True
            known = self._classes.get(base.id) if isinstance(base, ast.Name) else None
            if known and known.name not in above and self._is_test_case(known, above | {node.name}):
                return True
        return False

    def _times(self, node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        """Return how often a test runs at least, by its decorators."""
        times = 1
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("parametrize"):
                n_values = self._n_values(decorator)
                if n_values is None:
                    self._is_open = True
                times *= n_values or 1  # An empty list is a test that is skipped.
        return times

    def _n_values(self, call: ast.Call) -> int | None:
        """Return how many values a test is given; None where only running it tells."""
        named = (keyword.value for keyword in call.keywords if keyword.arg == "argvalues")
        values = call.args[1] if len(call.args) > 1 else next(named, None)
        if isinstance(values, ast.Name):
            values = self._lists.get(values.id)
        if isinstance(values, ast.List | ast.Tuple | ast.Set):
            return None if any(isinstance(value, ast.Starred) for value in values.elts) else len(values.elts)
        if isinstance(values, ast.Call) and ast.unparse(values.func) == "range" and len(values.args) == 1:
            (end,) = values.args
            if isinstance(end, ast.Constant) and isinstance(end.value, int):
                return max(end.value, 0)
        return None

    def _opens(self, node: ast.AST) -> bool:
        """Say whether something makes more tests, or fewer, than are written down."""
        if isinstance(node, ast.keyword):
            return node.arg == "params"
        if isinstance(node, ast.ImportFrom):
            names = [alias.asname or alias.name for alias in node.names]
            return any(name == "*" or (name.lower().startswith("test") and name not in _NO_TESTS) for name in names)
        if isinstance(node, ast.Name):
            return node.id in ("pytestmark", "__test__")
        return isinstance(node, ast.FunctionDef) and node.name == "pytest_generate_tests"


_NO_TESTS = "TestClient", "TestCase"
_TEST_CASES = "TestCase", "IsolatedAsyncioTestCase"


def _flat(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements, and those under conditions."""
    for node in body:
        yield node
        inner: Iterable[ast.stmt] = ()
        if isinstance(node, ast.If | ast.With | ast.Try):
            inner = [*node.body, *getattr(node, "orelse", ())]
        yield from _flat(list(inner))


def _is_test(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    is_fixture = any("fixture" in ast.unparse(decorator) for decorator in node.decorator_list)
    return node.name.startswith("test") and not is_fixture
