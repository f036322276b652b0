"""The table of limits in the tree of a script.

In four years the table had two shapes: a list of functions, and a dictionary of objects. Both are
read whatever the arguments, constants and questions are called, in any order, and where a linter or
a type checker has been. A name counts only where it has one meaning, so a table that is changed
later, or a class that is defined twice, is not read.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from report_ls.packs._script_names import Definition, Function, Names, UnsureError, single
from report_ls.packs._script_rules import defaults, is_bound, kind, parameters, role
from report_ls.packs.limits import Limit

Limits = tuple[Limit | None, Limit | None]
"""Words, images."""


def read_table(text: str, label: str) -> tuple[Limits, ...] | None:
    """Return what a script that splits a report at a label asks, question by question; None where it is unsure."""
    try:
        return _Script(ast.parse(text)).table(label)
    except (SyntaxError, ValueError, MemoryError, RecursionError, UnsureError):
        return None


class _Script:
    """A script, and what its names mean."""

    def __init__(self, tree: ast.Module) -> None:
        self._names = Names(tree)

    def table(self, label: str) -> tuple[Limits, ...]:
        """Return the limits, question by question."""
        tables = [node for node in self._names.nodes if _target(node) and self._is_table(node)]
        # A table that another one is made of is not the script's own.
        parts = {name for table in tables for name in _names_in(table)}
        node = single(table for table in tables if _target(table) not in parts)
        self._names.known.clear()
        limits = self._limits_in(node)
        if (
            self._splits_at(label)
            and self._names.is_fixed(node, _target(node))
            and self._counts(node, len(limits)) == {len(limits)}
        ):
            return limits
        raise UnsureError

    # The table

    def _is_table(self, node: ast.AST) -> bool:
        try:
            return bool(self._limits_in(node))
        except UnsureError:
            return False

    def _limits_in(self, node: ast.AST) -> tuple[Limits, ...]:
        """Return the limits in the table that a statement names."""
        place = self._names.parents[node]
        while not isinstance(place, ast.Module):
            # What is in a branch or a loop may never be, or be again.
            is_function = isinstance(place, Function) and self._names.is_bound_once(place, place.name)
            if not is_function and not isinstance(place, ast.With | ast.Try) and not _is_start(place):
                raise UnsureError
            place = self._names.parents[place]
        return tuple(map(self._limits, self._entries(_value_of(node))))

    def _entries(self, node: ast.AST | None) -> Sequence[ast.AST]:
        """Return what a table has for each question, in their order."""
        node = self._names.value(node)
        if isinstance(node, ast.List | ast.Tuple):
            return node.elts
        if isinstance(node, ast.Dict):
            return _in_order([key and self._names.value(key) for key in node.keys], node.values)
        if isinstance(node, ast.Call) and self._names.is_builtin(node.func, "dict"):
            if not node.args:
                names = [ast.Constant(keyword.arg) for keyword in node.keywords]
                return _in_order(names, [keyword.value for keyword in node.keywords])
            if len(node.args) == 1 and not node.keywords:
                numbered, start = self._enumerated(node.args[0])
                if start == 1:
                    return self._entries(numbered)
        if isinstance(node, ast.DictComp) and len(node.generators) == 1:
            return self._entries_by(node, node.generators[0])
        raise UnsureError

    def _entries_by(self, node: ast.DictComp, each: ast.comprehension) -> Sequence[ast.AST]:
        numbered, start = self._enumerated(each.iter)
        match each.target, node.value:
            case ast.Tuple(elts=[ast.Name(id=number), ast.Name(id=entry)]), ast.Name(id=value) if value == entry:
                if not each.ifs and start + _added(node.key, number) == 1:
                    return self._entries(numbered)
        raise UnsureError

    def _enumerated(self, node: ast.AST) -> tuple[ast.AST, int]:
        """Return the numbered values, and the first number."""
        if isinstance(node, ast.Call) and node.args and self._names.is_builtin(node.func, "enumerate"):
            starts = [*node.args[1:], *(keyword.value for keyword in node.keywords if keyword.arg == "start")]
            if len(starts) == len(node.args) + len(node.keywords) - 1 <= 1:
                return node.args[0], self._number(starts[0]) if starts else 0
        raise UnsureError

    # An entry

    def _limits(self, node: ast.AST | None) -> Limits:
        """Return what the entry of one question asks."""
        self._names.step()
        node = self._names.value(node)
        if isinstance(node, ast.List | ast.Tuple):
            return _together(map(self._limits, node.elts))
        if isinstance(node, ast.Call):
            return self._limits_of_call(node)
        if isinstance(node, Definition) and kind(node) == "nothing":
            return None, None
        raise UnsureError

    def _limits_of_call(self, call: ast.Call) -> Limits:
        function, arguments = call.func, call.args
        is_partial = self._is_partial(function)
        if is_partial:
            function, *arguments = arguments or [call]
        definition = self._names.value(function) if isinstance(function, ast.Name) else None
        if not isinstance(definition, Definition):
            raise UnsureError
        what = kind(definition)
        if what == "nothing":
            if arguments or call.keywords:
                raise UnsureError
            return None, None
        given = self._given(definition, arguments, call.keywords)
        if what == "several":
            several = self._names.value(single(given.values()))
            if isinstance(several, ast.List | ast.Tuple):
                return _together(map(self._limits, several.elts))
            raise UnsureError
        limit = self._limit(given, defaults(definition))
        return (limit, None) if what == "words" else (None, limit)

    def _is_partial(self, function: ast.AST) -> bool:
        match function:
            case ast.Name(id="partial"):
                imported = self._names.meaning(function)
                return isinstance(imported, ast.ImportFrom) and imported.module == "functools"
            case ast.Attribute(value=ast.Name(id="functools") as module, attr="partial"):
                return isinstance(self._names.meaning(module), ast.Import)
        return False

    def _given(
        self, definition: Definition, arguments: Sequence[ast.AST], keywords: Sequence[ast.keyword]
    ) -> dict[str, ast.AST]:
        """Return what a call gives, by the names of the parameters."""
        names = parameters(definition)
        if len(arguments) > len(names):
            raise UnsureError
        pairs = [*zip(names, arguments, strict=False), *((keyword.arg, keyword.value) for keyword in keywords)]
        given = {name: value for name, value in pairs if name}
        if len(given) != len(pairs):
            raise UnsureError
        return given

    def _limit(self, given: dict[str, ast.AST], defaults: dict[str, ast.AST]) -> Limit:
        bounds = {role(name): value for name, value in given.items()}
        if len(bounds) != len(given):
            raise UnsureError
        bounds = {**{role(name): value for name, value in defaults.items() if is_bound(name)}, **bounds}
        if {*bounds} != {"low", "high"}:
            raise UnsureError
        low, high = self._number(bounds["low"]), self._bound(bounds["high"])
        if high is not None and high < low:
            raise UnsureError
        return Limit(low, high)

    def _bound(self, node: ast.AST) -> int | None:
        value = self._names.value(node)
        return None if isinstance(value, ast.Constant) and value.value is None else self._number(node)

    def _number(self, node: ast.AST) -> int:
        value = self._names.value(node)
        if isinstance(value, ast.Constant) and type(value.value) is int:
            return value.value
        raise UnsureError

    # The rest of the script

    def _splits_at(self, label: str) -> bool:
        for node in self._names.nodes:
            match node:
                case (
                    ast.Call(func=ast.Attribute(attr="split"), args=[separator])
                    | ast.Call(func=ast.Attribute(attr="split"), keywords=[ast.keyword(arg="sep", value=separator)])
                ):
                    with suppress(UnsureError):
                        value = self._names.value(separator)
                        if isinstance(value, ast.Constant) and value.value == label:
                            return True
        return False

    def _counts(self, table: ast.AST, n_entries: int) -> set[int]:
        """Return with how many answers the script is content; it also asks whether there are any."""
        counts = set()
        for node in self._names.nodes:
            match node:
                case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]):
                    for side, other in ((left, right), (right, left)):
                        counted = self._counted(side)
                        if counted and counted != _target(table):
                            is_all = self._counted(other) == _target(table)
                            counts.add(n_entries if is_all else self._number(other))
        return counts - {0}

    def _counted(self, node: ast.AST) -> str | None:
        """Return the name of what a node is the length of."""
        with suppress(UnsureError):
            match self._names.value(node):
                case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]):
                    return name
        return None


def _target(node: ast.AST) -> str:
    """Return the one name that a statement gives to a value; empty if it is no such statement."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            return name
    return ""


def _value_of(node: ast.AST) -> ast.AST | None:
    return node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None


def _names_in(node: ast.AST) -> set[str]:
    """Return the names that the value of a statement is made of."""
    value = _value_of(node)
    return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)} if value else set()


def _is_start(node: ast.AST) -> bool:
    """Say whether a node is the branch in which a script starts."""
    match node:
        case ast.If(
            test=ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant("__main__")])
        ):
            return True
    return False


def _in_order(keys: Sequence[ast.AST | None], values: Sequence[ast.AST]) -> Sequence[ast.AST]:
    """Return the values if the numbers in their keys are 1, 2, 3 and so on."""
    for number, key in enumerate(keys, 1):
        written = str(key.value) if isinstance(key, ast.Constant) else ""
        if re.findall(r"\d+", written) != [str(number)]:
            raise UnsureError
    return values


def _added(key: ast.AST, number: str) -> int:
    """Return what a key adds to a number."""
    match key:
        case ast.Name(id=name) if name == number:
            return 0
        case ast.BinOp(left=ast.Name(id=name), op=ast.Add(), right=ast.Constant(value=int(added))) if name == number:
            return added
        case ast.JoinedStr(values=values):
            formatted = single(value for value in values if isinstance(value, ast.FormattedValue))
            return _added(formatted.value, number)
    raise UnsureError


def _together(entries: Iterator[Limits]) -> Limits:
    """Return several limits of one question as one."""
    pairs = [*entries]
    if not pairs:
        raise UnsureError
    words, images = ([pair[place] for pair in pairs if pair[place]] for place in (0, 1))
    return single(words or [None]), single(images or [None])
