"""Builds the page that runs report-ls in a browser: static files in web/dist, for any host.

Run by hand, `make page` and `make test-all`. Needs Node 20 or newer, and pip in the Python that runs it. Python comes
as WebAssembly from npm's `pyodide`; the bytecode of the product, of its libraries and of what they need of the standard
library (`library.txt`) is made with that same Python.
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

from tools.licences import Licence, node_licences, notices, python_licences  # noqa: E402 - now it is found
from tools.node import need_node  # noqa: E402 - likewise

BUILD, DIST = HERE / "build", HERE / "dist"
SITE, BYTECODE = BUILD / "site", BUILD / "bytecode"
PYODIDE = HERE / "node_modules" / "pyodide"
STATIC = "index.html", "style.css", "icon.svg"
OF_PYODIDE = "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json"
LEFT_OUT = "cattr", "cattrs/preconf", "tomli", "exceptiongroup", "bin", "yaml/_yaml", "platformdirs"
"""What only older Pythons need, old names of others, what is run by hand, and what nothing here imports."""

PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-deps", "--no-compile")
PURE = ("--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--python-version", "3.10")


def main() -> None:
    """Build it, unless nothing it is made of has changed since; with `--trace`, print what library.txt should hold."""
    need_node("the page")
    if find_spec("pip") is None:
        sys.exit("this Python has no pip: run `python -m ensurepip`, or install python3-pip")
    install_packages()
    if sys.argv[1:] == ["--trace"]:
        install_site()
        run(["node", "inside.mjs", "trace"])
    elif is_up_to_date():
        print(f"{DIST} is up to date")  # noqa: T201 - it is a command
    else:
        build()


def is_up_to_date() -> bool:
    """Say whether the page is younger than all that it is made of."""
    last = DIST / "service.js"
    return last.exists() and last.stat().st_mtime > max(path.stat().st_mtime for path in sources())


def sources() -> Iterator[Path]:
    """Yield all files that the page is made of, and their folders: those change when a file is deleted."""
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
    """Install the packages of npm, unless those that are locked are there."""
    stamp = HERE / "node_modules" / ".report-ls"
    locked = (HERE / "package-lock.json").read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != locked:
        # What is printed is what library.txt should hold, and nothing else.
        run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], output=sys.stderr)
        stamp.write_text(locked, "utf-8")


def install_site() -> None:
    """Install the product and its libraries, as they are."""
    shutil.rmtree(BUILD, ignore_errors=True)
    target = "--target", str(SITE)
    run([*PIP, *PURE, *target, "--requirement", str(ROOT / "vscode-extension" / "requirements.txt")])
    # As for the extension: made from its source without libyaml, PyYAML is pure.
    pure = {"PYYAML_FORCE_LIBYAML": "0"}
    run([*PIP, *target, "--no-binary", "pyyaml", "pyyaml==6.0.3", str(ROOT)], pure)
    for name in LEFT_OUT:
        shutil.rmtree(SITE / name, ignore_errors=True)
    for name in ("client", "_base_client"):  # The other end of the wire.
        (SITE / "pygls" / "lsp" / f"{name}.py").unlink()
    for path in (SITE / "markdown" / "extensions").glob("[a-z]*.py"):  # The course's page has none.
        path.unlink()
    shutil.copy(HERE / "start.py", SITE)


def build() -> None:
    """Build the page."""
    shutil.rmtree(DIST, ignore_errors=True)
    install_site()
    BYTECODE.mkdir()
    run(["node", "inside.mjs", "compile"])
    DIST.mkdir()
    pack(DIST / "python_stdlib.zip", BYTECODE / "library")
    data = [path for path in (SITE / "report_ls").rglob("*") if path.suffix in (".json", ".md")]
    for path in data:
        place = BYTECODE / "site" / path.relative_to(SITE)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    pack(DIST / "site.zip", BYTECODE / "site")
    for name in OF_PYODIDE:
        shutil.copy(PYODIDE / name, DIST)
    for name in STATIC:
        shutil.copy(HERE / name, DIST)
    shutil.copytree(ROOT / "examples", DIST / "example")
    shutil.copytree(HERE / "example", DIST / "example", dirs_exist_ok=True)
    loaded = sorted((*OF_PYODIDE, "python_stdlib.zip", "site.zip"))
    n_bytes = sum((DIST / name).stat().st_size for name in loaded if not name.endswith(".mjs"))
    entries = [f"src/{name}.ts" for name in ("main", "worker")]
    flags = "--bundle", "--format=esm", "--target=es2022", "--minify", "--legal-comments=none", "--external:node:*"
    esbuild = "npm", "exec", "--no", "--", "esbuild", *flags, "--outdir=dist", "--log-level=warning"
    run([*esbuild, *entries, f"--define:N_BYTES={n_bytes}", "--metafile=dist/meta.json"])
    (DIST / "THIRD-PARTY-NOTICES.txt").write_text(notices("The page", licences()), "utf-8")
    (DIST / "meta.json").unlink()
    # What the page keeps for when there is no network: all of it, under a name that changes with it.
    kept = sorted(path for path in DIST.rglob("*") if path.is_file())
    version = sha256(b"".join(path.read_bytes() for path in kept)).hexdigest()
    addresses = json.dumps(["./", *(path.relative_to(DIST).as_posix() for path in kept)])
    run([*esbuild, "src/service.ts", f"--define:FILES={addresses}", f'--define:VERSION="{version}"'])


def licences() -> Iterator[Licence]:
    """Yield the licences of all that the page carries."""
    yield from python_licences(SITE)
    yield from node_licences(HERE)
    yield "Python 3.14 (in Pyodide)", ["PSF-2.0: https://docs.python.org/3.14/license.html"]


def pack(archive: Path, folder: Path) -> None:
    """Pack a folder, each time into the same bytes."""
    with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = ZipInfo(path.relative_to(folder).as_posix())
                info.compress_type = ZIP_DEFLATED
                packed.writestr(info, path.read_bytes())


def run(command: Sequence[str], environment: Mapping[str, str] | None = None, output: TextIO | None = None) -> None:
    """Run a program in the page's folder, or end as it does."""
    line, variables = [shutil.which(command[0]) or command[0], *command[1:]], {**os.environ, **(environment or {})}
    done = subprocess.run(line, cwd=HERE, env=variables, stdout=output, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
