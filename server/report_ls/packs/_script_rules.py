"""What one rule of a script is: what it holds an answer against, and which bound a parameter is."""

import ast
import re

from report_ls.base.regex import regex
from report_ls.packs._script_names import Definition, Function, UnsureError, single

_KINDS = {
    "nothing": r"^_*no_?(?:constrain|limit|check)",
    "several": r"multi|combin|several",
    "words": r"length|word",
    "images": r"image|picture|figure|screenshot",
}


def kind(definition: Definition) -> str:
    """Return what a function or a class holds an answer against."""
    name = definition.name.lower()
    kind = single(kind for kind, pattern in _KINDS.items() if re.search(pattern, name))
    body = [*ast.walk(definition)]
    # A length could be one of characters: only what is split at blanks are words.
    splits = any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "split"
        and not node.args
        for node in body
    )
    compares = any(isinstance(node, ast.Compare) for node in body)
    if splits != (kind == "words") or compares != (kind in ("words", "images")):
        raise UnsureError
    return kind


def parameters(definition: Definition) -> list[str]:
    """Return the names of what a function or a class is given, in their order."""
    if isinstance(definition, ast.ClassDef):
        for node in definition.body:
            if isinstance(node, Function) and node.name == "__init__":
                return parameters(node)[1:]
        return [target for node in definition.body if (target := _field(node))]
    return [node.arg for node in (*definition.args.posonlyargs, *definition.args.args)]


def _field(node: ast.AST) -> str:
    match node:
        case ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


def defaults(definition: Definition) -> dict[str, ast.AST]:
    """Return what the parameters are where a call does not give them."""
    if isinstance(definition, ast.ClassDef):
        for node in definition.body:
            if isinstance(node, Function) and node.name == "__init__":
                return defaults(node)
        fields = ((_field(node), node.value) for node in definition.body if isinstance(node, ast.AnnAssign))
        return {name: default for name, value in fields if name and (default := _default(value))}
    arguments = definition.args
    names = parameters(definition)
    with_default = zip(reversed(names), reversed(arguments.defaults), strict=False)
    by_keyword = ((node.arg, value) for node, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True))
    return {name: value for name, value in (*with_default, *by_keyword) if value}


def _default(value: ast.AST | None) -> ast.AST | None:
    """Return the default of a field, which a library may describe with a call."""
    if not isinstance(value, ast.Call):
        return value
    named = [keyword.value for keyword in value.keywords if keyword.arg == "default"]
    return next(iter((*named, *value.args)), None)


_LOW, _HIGH = regex(r"min|low|least"), regex(r"max|high|upper|most")


def is_bound(name: str) -> bool:
    """Say whether a parameter is the lowest or the highest number."""
    return bool(_LOW.search(name)) != bool(_HIGH.search(name))


def role(name: str) -> str:
    """Return which bound a parameter is."""
    if not is_bound(name):
        raise UnsureError
    return "low" if _LOW.search(name) else "high"
