"""The modules of report_ls, and what each of them imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

SERVER = Path(__file__).parents[2] / "server"
PACKAGE = SERVER / "report_ls"


@frozen
class Module:
    """A module as far as its imports go."""

    name: str
    """Without `report_ls`, as `checks.unanswered`; empty for the package itself."""
    tree: ast.Module
    n_lines: int
    """Without its docstring, which may be the page of a check."""

    @property
    def room(self) -> str:
        """The room it is in."""
        return room_of(self.name)

    @property
    def own_imports(self) -> Iterator[str]:
        """The modules of report_ls it imports, named as `name` is, also those for types alone."""
        for imported in self._imports:
            if imported.split(".")[0] == "report_ls" and imported != "report_ls.__version__":
                yield module_of(imported.partition(".")[2])

    @property
    def libraries(self) -> set[str]:
        """The top-level packages of others that it imports."""
        return {imported.partition(".")[0] for imported in self._imports} - {"report_ls"}

    @property
    def _imports(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name} imports relatively"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def read_modules() -> Iterator[Module]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        yield Module(name, tree, text.count("\n") - (ast.get_docstring(tree) or "").count("\n"))


MODULES = {module.name: module for module in read_modules()}


def module_of(imported: str) -> str:
    """Return the module that is imported, or of which a name is."""
    return imported if imported in MODULES else imported.rpartition(".")[0]


def room_of(name: str) -> str:
    """Return the room of a module: a folder, and of the server's folder a part."""
    parts = name.split(".")
    return ".".join(parts[:2]) if parts[0] == "lsp" and len(parts) > 1 else parts[0]
