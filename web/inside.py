"""Runs in Pyodide during the build of the page: compiles its Python, or lists the library modules that it imports."""

import ast
import codecs
import importlib
import json
import sys
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

LIBRARY = next(Path(path) for path in sys.path if path.endswith(".zip"))
SITE, OUT, EXTRACTED = Path("/build/site"), Path("/build/bytecode"), Path("/library")
EXAMPLE = "/examples/report.md"


def compile_all(modules: str) -> None:
    """Compile the named files of the standard library and all files of the site, without docstrings and asserts."""
    with ZipFile(LIBRARY) as library:
        library.extractall(EXTRACTED)
    for name in modules.split():
        _compile(EXTRACTED / name, OUT / "library", name, 2)
    for path in SITE.rglob("*.py"):
        name = path.relative_to(SITE).as_posix()
        # Except the checks: their docstrings are their pages.
        _compile(path, OUT / "site", name, 0 if name.startswith("report_ls/checks/") else 2)


def _compile(path: Path, folder: Path, name: str, optimize: int) -> None:
    import py_compile  # noqa: PLC0415 - needed only here

    # Ignore the times of files, because files that are unpacked in a browser have none.
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    target = str(folder / name) + "c"
    py_compile.compile(str(path), target, name, doraise=True, optimize=optimize, invalidation_mode=mode)


def trace() -> list[str]:
    """Do all that the page does, import all that report-ls may import, and return the library files that this used."""
    sys.path.insert(0, str(SITE))
    import start  # noqa: PLC0415 - it is in that folder

    _ask_everything(start)
    for path in [*(SITE / "report_ls").rglob("*.py"), *(SITE / "ftfy").rglob("*.py")]:
        with suppress(ImportError):
            importlib.import_module(".".join(path.relative_to(SITE).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                with suppress(LookupError, ValueError):  # Not the name of an encoding.
                    codecs.lookup(node.value)
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in [node.module] if isinstance(node, ast.ImportFrom) and node.module else names:
                with suppress(ImportError):  # A module that no browser has, such as for processes.
                    importlib.import_module(name)
    files = (getattr(module, "__file__", None) or "" for module in [*sys.modules.values()])
    start_of_path = f"{LIBRARY}/"
    return sorted({file.removeprefix(start_of_path) for file in files if file.startswith(start_of_path)})


def _ask_everything(start: object) -> None:
    sent: list[str] = []
    feed = start.serve(sent.append)  # type: ignore[attr-defined]
    text, uri = Path(EXAMPLE).read_text("utf-8"), f"file://{EXAMPLE}"

    def say(method: str, params: object, number: int | None = None) -> None:
        id_field = {} if number is None else {"id": number}
        feed(json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **id_field}))

    say("initialize", {"processId": None, "rootUri": "file:///examples", "capabilities": {}}, 1)
    say("initialized", {})
    say("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})
    feed()
    for number, name in enumerate(("page", "handin", "fixAll", "summary"), 2):
        say("workspace/executeCommand", {"command": f"reportLs.{name}", "arguments": [uri]}, number)
    for line in range(text.count("\n")):
        at = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 4}}
        say("textDocument/hover", at, 100 + line)
    start.reports("/examples")  # type: ignore[attr-defined]
    start.command("--check", "--format", "json", "/examples")  # type: ignore[attr-defined]
    start.command("--check", "--format", "csv", "/examples")  # type: ignore[attr-defined]
    start.command("--infer-pack", EXAMPLE)  # type: ignore[attr-defined]
    start.command("--explain", "unanswered")  # type: ignore[attr-defined]
