"""Builds the page that runs report-ls in a browser: static files in web/dist, for any host.

Run by hand, or by `make page` and `make test-all`. Needs Node 20 or newer, and pip in the Python that runs it. The
page's Python is WebAssembly from the npm package `pyodide`. This Python compiles report-ls, its libraries and the parts
of the standard library that they need (`library.txt`). With `--node FOLDER` it builds the same for Node into that
folder: the extension for VS Code contains it for computers without Python.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from tools.licences import Licence, node_licences, notices, python_licences  # noqa: E402 - needs the path above
from tools.node import need_node  # noqa: E402 - likewise

BUILD, DIST = HERE / "build", HERE / "dist"
SITE, BYTECODE, PYTHON = BUILD / "site", BUILD / "bytecode", BUILD / "python"
PYODIDE = HERE / "node_modules" / "pyodide"
STATIC = "index.html", "style.css", "icon.svg"
OF_PYODIDE = "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json"
LEFT_OUT = "cattr", "cattrs/preconf", "tomli", "exceptiongroup", "bin", "yaml/_yaml", "platformdirs"
"""Files that only older Pythons need, old names of libraries, commands, and modules that nothing here imports."""

PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-deps", "--no-compile")
PURE = ("--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--python-version", "3.10")


def main() -> None:
    """Build the page if any of its sources has changed; with `--trace`, print the correct content of library.txt."""
    need_node("the page")
    if find_spec("pip") is None:
        sys.exit("this Python has no pip: run `python -m ensurepip`, or install python3-pip")
    install_packages()
    if sys.argv[1:] == ["--trace"]:
        install_site()
        run(["node", "inside.mjs", "trace"])
    elif sys.argv[1:2] == ["--node"]:
        build_for_node(Path(sys.argv[2]).absolute())
    elif is_up_to_date(DIST / "service.js"):
        print(f"{DIST} is up to date")  # noqa: T201 - this is a command
    else:
        build()


def is_up_to_date(last: Path) -> bool:
    """Return whether the file that is built last is newer than all its sources."""
    return last.exists() and last.stat().st_mtime > max(path.stat().st_mtime for path in sources())


def sources() -> Iterator[Path]:
    """Yield the source files of the page, and their folders, whose times change when a file is deleted."""
    yield from (ROOT / "pyproject.toml", ROOT / "vscode-extension" / "requirements.txt")
    for folder in (
        ROOT / "server",
        ROOT / "rules",
        ROOT / "examples",
        ROOT / "vscode-extension" / "src",
        HERE / "src",
        HERE / "example",
    ):
        yield from (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
    yield from (path for path in HERE.iterdir() if path.is_file())


def install_packages() -> None:
    """Install the npm packages, unless the locked versions are installed."""
    stamp = HERE / "node_modules" / ".report-ls"
    locked = (HERE / "package-lock.json").read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != locked:
        # Standard output is only for the content of library.txt.
        run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], output=sys.stderr)
        stamp.write_text(locked, "utf-8")


def install_site() -> None:
    """Install report-ls and its libraries as source files."""
    shutil.rmtree(BUILD, ignore_errors=True)
    target = "--target", str(SITE)
    run([*PIP, *PURE, *target, "--requirement", str(ROOT / "vscode-extension" / "requirements.txt")])
    # As for the extension: PyYAML is pure Python if it is built from source without libyaml.
    pure = {"PYYAML_FORCE_LIBYAML": "0"}
    run([*PIP, *target, "--no-binary", "pyyaml", "pyyaml==6.0.3", str(ROOT)], pure)
    for name in LEFT_OUT:
        shutil.rmtree(SITE / name, ignore_errors=True)
    for name in ("client", "_base_client"):  # The client's side, not needed here.
        (SITE / "pygls" / "lsp" / f"{name}.py").unlink()
    for path in (SITE / "markdown" / "extensions").glob("[a-z]*.py"):  # The course's page has none.
        path.unlink()
    shutil.copy(HERE / "start.py", SITE)


def make_python() -> None:
    """Make the files of Python and report-ls, unless they are up to date."""
    if is_up_to_date(PYTHON / "site.zip"):
        return
    install_site()
    BYTECODE.mkdir()
    PYTHON.mkdir()
    run(["node", "inside.mjs", "compile"])
    for name in OF_PYODIDE:
        shutil.copy(PYODIDE / name, PYTHON)
    pack(PYTHON / "python_stdlib.zip", BYTECODE / "library")
    data = [path for path in (SITE / "report_ls").rglob("*") if path.suffix in (".json", ".md")]
    for path in data:
        place = BYTECODE / "site" / path.relative_to(SITE)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    pack(PYTHON / "site.zip", BYTECODE / "site")


def build_for_node(folder: Path) -> None:
    """Build the server that runs in Node."""
    make_python()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PYTHON, folder)
    bundle(folder / "meta.json", "src/node.ts", "--platform=node", f"--outfile={folder / 'server.mjs'}")
    write_notices("The server without Python", folder)


def build() -> None:
    """Build the page."""
    make_python()
    shutil.rmtree(DIST, ignore_errors=True)
    shutil.copytree(PYTHON, DIST)
    n_bytes = sum(path.stat().st_size for path in DIST.iterdir() if path.suffix != ".mjs")
    for name in STATIC:
        shutil.copy(HERE / name, DIST)
    shutil.copytree(ROOT / "examples", DIST / "example")
    shutil.copytree(HERE / "example", DIST / "example", dirs_exist_ok=True)
    entries = [f"src/{name}.ts" for name in ("main", "worker")]
    bundle(DIST / "meta.json", *entries, "--outdir=dist", f"--define:N_BYTES={n_bytes}")
    write_notices("The page", DIST)
    # For use without a network, the page caches all its files, under a name that changes with their content.
    kept = sorted(path for path in DIST.rglob("*") if path.is_file())
    version = sha256(b"".join(path.read_bytes() for path in kept)).hexdigest()
    addresses = json.dumps(["./", *(path.relative_to(DIST).as_posix() for path in kept)])
    defined = f"--define:FILES={addresses}", f'--define:VERSION="{version}"'
    bundle(BUILD / "meta.json", "src/service.ts", "--outdir=dist", *defined)


def bundle(metafile: Path, *arguments: str) -> None:
    """Bundle code with esbuild, which lists the inputs in a metafile."""
    flags = "--bundle", "--format=esm", "--target=es2022", "--minify", "--legal-comments=none", "--external:node:*"
    esbuild = "npm", "exec", "--no", "--", "esbuild", *flags, "--log-level=warning"
    run([*esbuild, *arguments, f"--metafile={metafile}"])


def write_notices(product: str, folder: Path) -> None:
    """Write the licences of all third-party software in a folder; the metafile lists the npm packages."""
    metafile = folder / "meta.json"
    (folder / "THIRD-PARTY-NOTICES.txt").write_text(notices(product, licences(metafile)), "utf-8")
    metafile.unlink()


def licences(metafile: Path) -> Iterator[Licence]:
    """Yield the licences of all third-party software in a bundle."""
    yield from python_licences(SITE)
    yield from node_licences(HERE, metafile)
    yield "Python 3.14 (in Pyodide)", ["PSF-2.0: https://docs.python.org/3.14/license.html"]


def pack(archive: Path, folder: Path) -> None:
    """Pack a folder; the same content gives the same bytes."""
    with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = ZipInfo(path.relative_to(folder).as_posix())
                info.compress_type = ZIP_DEFLATED
                packed.writestr(info, path.read_bytes())


def run(command: Sequence[str], environment: Mapping[str, str] | None = None, output: TextIO | None = None) -> None:
    """Run a program in the page's folder; if it fails, exit with its status."""
    line, variables = [shutil.which(command[0]) or command[0], *command[1:]], {**os.environ, **(environment or {})}
    done = subprocess.run(line, cwd=HERE, env=variables, stdout=output, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
