"""The private names of pygls that the server uses: they exist, and only one module uses them."""

import ast
from importlib.metadata import version
from pathlib import Path

from pygls.lsp.server import LanguageServer
from report_ls import lsp
from report_ls.lsp.wire import protocol

CHECKED_WITH = "2.1.1"
"""The version of pygls in which `protocol.py` knows the meaning of these names."""
NAMES = {
    "_converter",
    "_handle_cancel_notification",
    "_request_futures",
    "_send_data",
    "_send_handler_result",
    "_server",
    "_shutdown",
    "_workspace",
}
"""The private names of pygls' protocol that `protocol.py` reads, calls or replaces."""

HOME = Path(protocol.__file__)
PYGLS = LanguageServer("a server", "1")


def private(thing: object) -> set[str]:
    """Return the attributes of an object that begin with one underscore."""
    return {name for name in dir(thing) if name.startswith("_") and not name.startswith("__")}


def named_in(path: Path) -> set[str]:
    """Return the names of attributes and functions in a module."""
    nodes = [*ast.walk(ast.parse(path.read_text("utf-8")))]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return attributes | {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


def test_pygls_has_the_names_that_it_keeps_to_itself() -> None:
    missing = sorted(NAMES - private(PYGLS.protocol))
    assert missing == [], f"{HOME.name} needs {missing} as in pygls {CHECKED_WITH}; pygls {version('pygls')} has none"


def test_these_names_are_all_that_are_used_and_in_one_module_only() -> None:
    of_pygls = private(PYGLS) | private(PYGLS.protocol)
    used = {path: named_in(path) & of_pygls for path in Path(lsp.__file__).parent.rglob("*.py")}
    assert {HOME: NAMES} == {path: names for path, names in used.items() if names}
