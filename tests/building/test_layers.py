"""The rooms in server/ARCHITECTURE.md are true, and each library and each power has one home."""

import ast
import re
import sys
from collections.abc import Iterable, Mapping

from support.modules import MODULES, SERVER, room_of

HOMES = {
    "markdown_it": {"report.commonmark"},
    "markdown": {"course.python_markdown"},
    "yaml": {"data.yaml"},
    "ftfy": {"checks"},
    "tomllib": {"data.toml"},
    "tomli": {"data.toml"},
    "imagesize": {"files.pictures"},
    "puremagic": {"files.pictures"},
    "ast": {"packs._script_table", "packs._script_names", "packs._script_rules", "repository.python_tests"},
    "pygls": {"lsp"},
    "cattrs": {"lsp"},
    "attrs": {"lsp"},
    "lsprotocol": {"lsp"},
    # What touches the disk, the terminal or another process.
    "os": {"files", "project", "cli.terminal", "lsp"},
    "pathlib": {"files", "repository", "project", "cli", "lsp"},
    "socket": {"lsp"},
    # The server's threads; and what a library that keeps a state of its own needs in each.
    "threading": {f"lsp.wire.{name}" for name in ("client_process", "lazy_types", "loop", "worker")}
    | {"course.python_markdown"},
    "shutil": {"files.text_files", "cli.terminal"},
    "tempfile": {"files.text_files"},
    "subprocess": {"files.git", "repository.apart"},
    "argparse": {"cli"},
    "multiprocessing": {"cli.processes"},
    "watchfiles": {"cli.watch"},
    "platformdirs": {"files.cache_folder"},
    "_sha2": {"base.sha256"},
    "_sha256": {"base.sha256"},
}
"""The modules that may import a library, or the rooms all of whose modules may."""

CHECKS_THAT_KNOW_OTHERS = {"checks.script_differs"}
"""This one closes the set: it speaks where no other check explains a difference."""

DOORS = {
    "analysis": {"analysis.analyze", "analysis.counts", "analysis.fixing", "analysis.rehearsal"},
    "checks": {"checks"},
}
"""The modules of a room by which the two edges enter it."""


def lies_in(name: str, places: Iterable[str]) -> bool:
    """Say whether a module is one of some modules, or in one of some rooms."""
    return any(f"{name}.".startswith(f"{place}.") for place in places)


def read_rooms() -> list[str]:
    page = (SERVER / "ARCHITECTURE.md").read_text("utf-8")
    ((block, parts),) = re.findall(r"(?ms)^```rooms\n(.*?)^```$.*?^Inside `lsp/` it goes on: (.*?)\.$", page)
    rooms = [line.split()[0] for line in block.splitlines()]
    assert rooms.pop() == "lsp"
    return [*rooms, *(f"lsp.{part}" for part in re.findall(r"`(\w+)`", parts))]


ROOMS = read_rooms()


def wrong_imports(is_wrong: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    """Return the imports of each module from the modules and rooms that it must not import from."""
    return {
        (name, imported)
        for name, forbidden in is_wrong.items()
        for imported in MODULES[name].own_imports
        if lies_in(imported, forbidden)
    }


def test_every_module_is_in_a_room() -> None:
    assert {"", "__main__", "lsp"} == {name for name in MODULES if room_of(name) not in ROOMS}
    assert set(ROOMS) == {room_of(name) for name in MODULES} - {"", "__main__", "lsp"}


def test_every_folder_of_tests_is_a_room_or_says_what_it_is_for() -> None:
    folders = {path.parent.name for path in (SERVER.parent / "tests").glob("*/*.py")}
    page = (SERVER / "ARCHITECTURE.md").read_text("utf-8")
    (block,) = re.findall(r"(?ms)^```tests\n(.*?)^```$", page)
    assert folders - {*ROOMS, "lsp"} == {line.split()[0] for line in block.splitlines()}


def test_a_room_imports_only_from_those_above_it() -> None:
    below = {room: ROOMS[index + 1 :] for index, room in enumerate(ROOMS)}
    forbidden = {name: below[room_of(name)] for name in MODULES if room_of(name) in below}
    assert set() == wrong_imports(forbidden)


def test_the_two_edges_do_not_know_each_other() -> None:
    assert set() == wrong_imports({name: ["cli"] for name in MODULES if lies_in(name, ["lsp"])})


def test_the_edges_enter_a_room_by_its_door() -> None:
    inside = [name for name in MODULES for room, doors in DOORS.items() if lies_in(name, [room]) and name not in doors]
    wrong = {
        (name, imported)
        for name in MODULES
        if lies_in(name, ["cli", "lsp"])
        for imported in MODULES[name].own_imports
        if imported in inside
    }
    assert set() == wrong


def test_what_begins_with_an_underscore_is_its_rooms_own() -> None:
    wrong = {
        (name, imported)
        for name, module in MODULES.items()
        for imported in module.own_imports
        if imported.rpartition(".")[2].startswith("_") and room_of(imported) != module.room
        if (module.room, imported) != ("analysis", "checks._context")  # What runs the checks gives them that.
    }
    assert set() == wrong


def test_nothing_is_imported_in_a_circle() -> None:
    left = {name: set(module.own_imports) - {name} for name, module in MODULES.items()}
    while free := {name for name, imported in left.items() if not imported & left.keys()}:
        left = {name: imported for name, imported in left.items() if name not in free}
    assert {} == left


def test_a_room_itself_imports_none_of_its_modules() -> None:
    wrong = {
        (room, imported)
        for room in [*ROOMS, "lsp", "cli.formats"]
        if room != "checks"  # It is the list of its modules.
        for imported in MODULES[room].own_imports
        if imported.startswith(f"{room}.")
    }
    assert set() == wrong


def test_checks_formats_and_features_know_of_each_other_only_what_they_share() -> None:
    wrong = {
        (name, imported)
        for room in ("checks", "cli.formats", "lsp.features")
        for name, module in MODULES.items()
        if name.startswith(f"{room}.") and name not in CHECKS_THAT_KNOW_OTHERS
        for imported in module.own_imports
        if imported.startswith(f"{room}.") and not imported.startswith(f"{room}._")
    }
    assert set() == wrong


def test_no_module_is_long_without_a_reason() -> None:
    """A module over 300 lines says in its first lines why it is long."""
    long = {
        name
        for name, module in MODULES.items()
        if module.n_lines > _LONG
        if "Long because" not in (ast.get_docstring(module.tree) or "")
    }
    assert set() == long


_LONG = 300


def test_a_library_is_imported_at_its_home_only() -> None:
    strangers = {
        (name, library)
        for name, module in MODULES.items()
        for library in module.libraries
        if not lies_in(name, HOMES.get(library, {name}))
    }
    assert set() == strangers


def test_a_library_that_is_imported_is_pythons_own_or_has_a_home() -> None:
    imported = {library for module in MODULES.values() for library in module.libraries}
    assert set() == imported - sys.stdlib_module_names - set(HOMES)


def test_named_tuples_are_those_that_are_quickly_made() -> None:
    imported = {
        (name, f"{node.module}.{alias.name}")
        for name, module in MODULES.items()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name.lower() == "namedtuple" and node.module != "report_ls.base.named_tuple"
    }
    assert {("base.named_tuple", "typing.NamedTuple")} == imported


def test_the_session_of_the_server_does_not_know_pygls() -> None:
    modules = [module for name, module in MODULES.items() if lies_in(name, ["lsp.session"])]
    assert [] == [module.name for module in modules if "pygls" in module.libraries]


def _printing(node: ast.AST) -> set[str]:
    """Return what of a node prints."""
    if isinstance(node, ast.Attribute):
        return {node.attr} & {"stdout", "stderr"}
    return {node.id} & {"print", "input"} if isinstance(node, ast.Name) else set()


def test_only_the_module_for_that_prints() -> None:
    wrong = {
        (name, printed)
        for name, module in MODULES.items()
        if name not in ("cli.terminal", "__main__", "lsp.start")  # The server's messages go there.
        for node in ast.walk(module.tree)
        for printed in _printing(node)
    }
    assert set() == wrong


def test_only_what_reads_the_disk_opens_files() -> None:
    powers = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "scandir"}
    calls = [
        (name, call.func)
        for name, module in MODULES.items()
        if not lies_in(
            name,
            [
                "files.text_files",
                "files.opening",
                "files.disk",
                "files.cache_folder",
                "files.grounds",
                "files.traces",
                "files.listing",
                "files.paths",
                "files.git",
                "project.find_configuration",
            ],
        )
        and name != "cli.init"  # The metadata of an installed package.
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


def test_no_module_compiles_a_pattern_while_it_is_imported() -> None:
    compiled = {
        (name, node.lineno)
        for name, module in MODULES.items()
        for statement in module.tree.body
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "re.compile"
    }
    assert set() == compiled
