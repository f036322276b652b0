"""The list of layers in server/ARCHITECTURE.md is true, and each library and each power has one home."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

SERVER = Path(__file__).parent.parent / "server"
PACKAGE = SERVER / "report_ls"

HOMES = {
    "markdown_it": {"markdown"},
    "markdown": {"python_markdown"},
    "yaml": {"data"},
    "ftfy": {"checks"},
    "tomllib": {"data"},
    "tomli": {"data"},
    "imagesize": {"pictures"},
    "puremagic": {"pictures"},
    "pygls": {"lsp"},
    "cattrs": {"lsp"},
    "lsprotocol": {"lsp"},
    # What touches the disk, the terminal or another process.
    "os": {"git", "text_files", "folder", "workspace", "cli.terminal", "lsp"},
    "pathlib": {"git", "text_files", "folder", "workspace", "ready", "judge", "cli", "lsp"},
    "socket": {"lsp"},
    # The server's threads; and what a library that keeps a state of its own needs in each.
    "threading": {"lsp", "python_markdown"},
    "shutil": {"text_files", "cli.terminal"},
    "tempfile": {"text_files"},
    "subprocess": {"git"},
    "argparse": {"cli"},
    "multiprocessing": {"cores"},
    "watchfiles": {"cli.watch"},
}
"""The modules that may import a library, or the rooms all of whose modules may."""
EVERYWHERE = {"attrs"}

CHECKS_THAT_KNOW_OTHERS = {"checks.script_differs"}
"""This one closes the set: it speaks where no other check explains a difference."""


@frozen
class Module:
    """A module as far as its imports go."""

    name: str
    """Without `report_ls`, as `checks.unanswered`; empty for the package itself."""
    tree: ast.Module

    @property
    def layer(self) -> str:
        """The name in the list of layers."""
        return self.name.partition(".")[0]

    @property
    def own_imports(self) -> Iterator[str]:
        """The modules of report_ls it imports, named as `name` is, also those that it imports for types alone."""
        for imported in _imports(ast.walk(self.tree)):
            if imported.split(".")[0] == "report_ls" and imported != "report_ls.__version__":
                yield imported.partition(".")[2]

    @property
    def libraries(self) -> set[str]:
        """The top-level packages of others that it imports, but for types alone."""
        return {imported.partition(".")[0] for imported in _imports(_walk_what_runs(self.tree))} - {"report_ls"}


def _imports(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the full name of each thing that is imported."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"from {node.module or '.'} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lies_in(name: str, places: Iterable[str]) -> bool:
    """Say whether a module is one of some, or lies in a room that is; or something in it does."""
    return any(f"{name}.".startswith(f"{place}.") for place in places)


def _walk_what_runs(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield from _walk_what_runs(child)


def read_modules() -> Iterator[Module]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield Module(name, ast.parse(path.read_text("utf-8")))


MODULES = tuple(read_modules())


def read_list(name: str) -> str:
    blocks: list[str] = re.findall(rf"(?ms)^```{name}\n(.*?)^```$", (SERVER / "ARCHITECTURE.md").read_text("utf-8"))
    assert len(blocks) == 1
    return blocks[0].replace("->", " ")


LAYERS = read_list("layers").split()
LSP_ROOMS = {
    room: modules.split() for room, modules in re.findall(r"(?m)^(\w+):(.*(?:\n .*)*)", read_list("layers-of-lsp"))
}
LSP_LAYERS = [module for modules in LSP_ROOMS.values() for module in modules]


def test_every_module_stands_once_in_the_list_of_layers() -> None:
    assert sorted({module.layer for module in MODULES} - {""}) == sorted(LAYERS)


def test_every_module_stands_once_in_the_code_map() -> None:
    page = (SERVER / "ARCHITECTURE.md").read_text("utf-8")
    code_map = page.partition("## Code map")[2].partition("## Invariants")[0]
    named = re.findall(r"(?m)^`([a-z_]+)(?:\.py|/)`: ", code_map)
    assert [layer for layer in LAYERS if layer != "__main__"] == named


def test_a_module_imports_only_what_stands_before_it() -> None:
    wrong = {
        (module.name, imported)
        for module in MODULES
        for imported in module.own_imports
        if imported.partition(".")[0]
        not in {*LAYERS[: LAYERS.index(module.layer) if module.layer else 0], module.layer}
    }
    assert set() == wrong


def test_the_two_edges_do_not_know_each_other() -> None:
    edges = {"cli": {"lsp"}, "lsp": {"cli"}}
    known = {
        (module.name, imported)
        for module in MODULES
        for imported in module.own_imports
        if imported.partition(".")[0] in edges.get(module.layer, ())
    }
    assert known == set()


def test_the_modules_of_the_server_stand_in_their_order_too() -> None:
    modules = [module for module in MODULES if module.name.startswith("lsp.")]
    assert sorted(LSP_LAYERS) == sorted(module.name.partition(".")[2] for module in modules)
    wrong = {
        (module.name, imported)
        for module in modules
        for imported in module.own_imports
        if imported.startswith("lsp.")
        if imported.split(".")[1] not in LSP_LAYERS[: LSP_LAYERS.index(module.name.partition(".")[2])]
    }
    assert wrong == set()


def test_a_feature_of_the_server_knows_of_the_others_only_what_they_share() -> None:
    features = LSP_ROOMS["features"]
    wrong = {
        (module.name, imported)
        for module in MODULES
        if module.name.partition(".")[2] in features
        for imported in module.own_imports
        if imported.startswith("lsp.")
        if imported.split(".")[1] in features and not imported.startswith("lsp._")
    }
    assert wrong == set()


def test_the_session_of_the_server_does_not_know_pygls() -> None:
    modules = [module for module in MODULES if module.name.removeprefix("lsp.") in LSP_ROOMS["session"]]
    assert len(modules) == len(LSP_ROOMS["session"])
    assert {module.name for module in modules if "pygls" in module.libraries} == set()


def test_a_module_of_a_folder_knows_of_its_siblings_only_what_they_share() -> None:
    wrong = {
        (module.name, imported)
        for folder in ("checks", "cli.formats")
        for module in MODULES
        if lies_in(module.name, {folder}) and module.name not in CHECKS_THAT_KNOW_OTHERS
        for imported in module.own_imports
        if lies_in(imported, {other.name for other in MODULES if other.name.startswith(f"{folder}.")})
        if not imported.startswith(f"{folder}._")
    }
    assert set() == wrong


def test_a_library_is_imported_at_its_home_only() -> None:
    strangers = {
        (module.name, library)
        for module in MODULES
        for library in module.libraries
        if not lies_in(module.name, HOMES.get(library, {module.name}))
    }
    assert set() == strangers


def test_a_library_that_is_imported_is_pythons_own_or_has_a_home() -> None:
    imported = {library for module in MODULES for library in module.libraries}
    assert set() == imported - sys.stdlib_module_names - set(HOMES) - EVERYWHERE


def _printing(node: ast.AST) -> set[str]:
    """Return what of a node prints."""
    if isinstance(node, ast.Attribute):
        return {node.attr} & {"stdout", "stderr"}
    return {node.id} & {"print", "input"} if isinstance(node, ast.Name) else set()


def test_only_the_module_for_that_prints() -> None:
    wrong = {
        (module.name, name)
        for module in MODULES
        if module.name not in ("cli.terminal", "__main__", "lsp.start")  # The server's messages go there.
        for node in ast.walk(module.tree)
        for name in _printing(node)
    }
    assert set() == wrong


def test_only_what_reads_the_disk_opens_files() -> None:
    powers = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "scandir"}
    calls = [
        (module.name, call.func)
        for module in MODULES
        if module.layer not in ("text_files", "folder", "workspace", "git")
        and module.name != "cli.init"  # The metadata of an installed package.
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call)
    ]
    methods = {
        (name, ast.unparse(call)) for name, call in calls if isinstance(call, ast.Attribute) and call.attr in powers
    }
    assert set() == {(name, call) for name, call in methods if call != "os.open"}, (
        "os.open, which opens no text, is what the command closes a pipe with"
    )
    assert set() == {name for name, call in calls if isinstance(call, ast.Name) and call.id == "open"}
