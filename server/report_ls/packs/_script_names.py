"""What the names in a script mean.

A name has a meaning only where it has one. Whatever is bound twice, or could be changed behind our
back, makes the script unsure.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_Scope = ast.Module | Definition
_T = TypeVar("_T")


class UnsureError(Exception):
    """Something is not understood."""


_MAX_NODES = 2_000
"""So many nodes are looked into for limits: names that refer to one another can make a short text endless."""
_POWERS = {"exec", "eval", "setattr", "delattr", "globals", "locals", "vars", "__import__", "__dict__"}
"""What could change a name behind our back."""


class Names:
    """The names of a script."""

    def __init__(self, tree: ast.Module) -> None:
        self.nodes = tuple(ast.walk(tree))
        self.parents = {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}
        self._bindings: defaultdict[tuple[_Scope, str], list[ast.AST]] = defaultdict(list)
        for node in self.nodes:
            for name in _names_bound(node):
                self._bindings[self._scope(node), name].append(node)
        self.known: set[str] = set()
        """Those whose meaning was asked for."""
        self._n_steps = 0

    def is_bound_once(self, node: ast.AST, name: str) -> bool:
        """Say whether what binds a name is alone in doing so."""
        return len(self._bindings[self._scope(node), name]) == 1

    def is_fixed(self, table: ast.AST, target: str) -> bool:
        """Say whether a table is used as it is written, and nothing that it is made of can change."""
        parts = self.known - {"functools"}
        uses = 0
        for node in self.nodes:
            match node:
                case ast.Name(id=name, ctx=ast.Load()) if name in _POWERS:
                    return False
                case ast.Attribute(attr="__dict__") | ast.alias(name="*"):
                    return False
                case ast.Global(names=names) | ast.Nonlocal(names=names) if {target, *parts} & {*names}:
                    return False
                case ast.Name(id=name, ctx=ast.Load()) if name == target:
                    uses += 1
                    if not self._only_reads(node):
                        return False
                case ast.Attribute(ctx=context) | ast.Subscript(ctx=context):
                    root = _root(node)
                    if root in parts or (root == target and not isinstance(context, ast.Load)):
                        return False
        return uses > 0 and self.is_bound_once(table, target)

    def _only_reads(self, name: ast.Name) -> bool:
        match self.parents[name]:
            case ast.Attribute(attr="items" | "values" | "keys" | "get") as method:
                call = self.parents[method]
                return isinstance(call, ast.Call) and call.func is method
            case ast.Call(func=ast.Name(id="zip" | "enumerate" | "len" | "list" | "tuple") as function):
                return name is not function and self.meaning(function) is None
            case ast.Subscript(ctx=ast.Load(), slice=index):
                return not isinstance(index, ast.Slice)
            case ast.For(iter=iterated) | ast.comprehension(iter=iterated):
                return iterated is name
        return False

    def _scope(self, node: ast.AST) -> _Scope:
        """Return the module, class or function that a node is in."""
        node = self.parents.get(node, node)
        while not isinstance(node, _Scope):
            node = self.parents[node]
        return node

    def meaning(self, name: ast.Name) -> ast.AST | None:
        """Return the value or the definition of a name; None if it is Python's own."""
        scope = self._scope(name)
        while (scope, name.id) not in self._bindings:
            if isinstance(scope, ast.Module):
                return None
            scope = self._scope(scope)
            while isinstance(scope, ast.ClassDef):
                scope = self._scope(scope)
        node = single(self._bindings[scope, name.id])
        self.known.add(name.id)
        if isinstance(node, ast.Name):
            statement = self.parents[node]
            if not (isinstance(statement, ast.Assign) and node in statement.targets) and not (
                isinstance(statement, ast.AnnAssign) and statement.target is node
            ):
                raise UnsureError
            return statement.value
        return node

    def step(self) -> None:
        """Count one more look. Raises `UnsureError` where they come to no end."""
        self._n_steps += 1
        if self._n_steps > _MAX_NODES:
            raise UnsureError

    def value(self, node: ast.AST | None) -> ast.AST | None:
        """Return what a node refers to, from name to name."""
        while isinstance(node, ast.Name):
            self.step()
            node = self.meaning(node)
        return node

    def is_builtin(self, node: ast.AST, name: str) -> bool:
        """Say whether a node is one of Python's own names."""
        return isinstance(node, ast.Name) and node.id == name and self.meaning(node) is None


def _names_bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            yield name
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in names)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name


def single(items: Iterable[_T]) -> _T:
    """Return the one thing that there is."""
    listed = [*items]
    if len(listed) != 1:
        raise UnsureError
    return listed[0]


def _root(node: ast.AST) -> str:
    """Return the name that an attribute or an item begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
