"""Builds report-ls.vsix: the extension, the server and the libraries that it needs, for every platform.

Run by hand, `make vsix` and `make test-all`. Needs Node 20 or newer, and pip in the Python that runs it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import Distribution, distributions
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PICTURES = ROOT / "docs" / "images"
BUNDLED = HERE / "bundled"
VSIX = HERE / "report-ls.vsix"
NOTICES = HERE / "THIRD-PARTY-NOTICES.txt"
OLDEST_NODE = 20
MADE = (VSIX, NOTICES, HERE / "LICENSE")

PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-deps", "--no-compile")
PURE = ("--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--python-version", "3.10")


def main() -> None:
    """Build it, unless nothing it is made of has changed since; with `--packages`, only get what that needs."""
    need_node()
    if find_spec("pip") is None:
        sys.exit("this Python has no pip: run `python -m ensurepip`, or install python3-pip")
    if sys.argv[1:] == ["--packages"]:
        install_packages()
    elif VSIX.exists() and VSIX.stat().st_mtime > max(path.stat().st_mtime for path in sources()):
        print(f"{VSIX} is up to date")  # noqa: T201 - it is a command
    else:
        build()


def need_node() -> None:
    """End with a word where Node is missing or too old: what packs the extension would fail without one."""
    needed = f"the extension needs Node {OLDEST_NODE} or newer"
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        sys.exit(f"{needed}, with npm: https://nodejs.org")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    if int(version.removeprefix("v").partition(".")[0] or 0) < OLDEST_NODE:
        sys.exit(f"{needed}, and this is {version}: https://nodejs.org")


def sources() -> Iterator[Path]:
    """Yield all files that the .vsix is made of, and their folders: those change when a file is deleted."""
    yield from (ROOT / "LICENSE", ROOT / "pyproject.toml")
    for folder in (ROOT / "server", ROOT / "rules", HERE / "src", HERE / "media", HERE / "docs", PICTURES):
        yield from (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
    yield from (path for path in HERE.iterdir() if path.is_file() and path not in MADE)


def build() -> None:
    """Build the .vsix."""
    VSIX.unlink(missing_ok=True)
    install_packages()
    bundle_server()
    npm("run", "bundle", "--", "--metafile=dist/meta.json")
    shutil.copy(ROOT / "LICENSE", HERE)
    shutil.rmtree(HERE / "images", ignore_errors=True)
    shutil.copytree(PICTURES, HERE / "images", ignore=lambda _, names: {one for one in names if "vscode" not in one})
    (HERE / "dist" / "page.md").write_text(page(), "utf-8")
    NOTICES.write_text(notices(), "utf-8")
    npm("exec", "--", "vsce", "package", "--out", str(VSIX))


def page() -> str:
    """Return the extension's page without its pictures: VS Code shows only those that lie on the internet."""
    return re.sub(r"!\[[^]]*\]\(\.\./docs/images/[a-z-]+\.png\)\n\n", "", (HERE / "README.md").read_text("utf-8"))


def install_packages() -> None:
    """Install the packages of npm, unless those that are locked are there."""
    stamp = HERE / "node_modules" / ".report-ls"
    locked = (HERE / "package-lock.json").read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != locked:
        # No package runs a script of its own: what esbuild's does fails now and then, and is not needed.
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(locked, "utf-8")


def bundle_server() -> None:
    """Install the server and its libraries where `start.py` looks for them."""
    shutil.rmtree(BUNDLED, ignore_errors=True)
    target = "--target", str(BUNDLED)
    run([*PIP, *PURE, *target, "--requirement", str(HERE / "requirements.txt")])
    shutil.rmtree(BUNDLED / "bin", ignore_errors=True)
    # PyYAML has no pure wheel; made from its source without libyaml it is pure.
    pure = {"PYYAML_FORCE_LIBYAML": "0"}
    run([*PIP, *target, "--no-binary", "pyyaml", "pyyaml==6.0.3", str(ROOT)], pure)
    shutil.rmtree(BUNDLED / "bin", ignore_errors=True)
    compiled = [path for path in BUNDLED.rglob("*") if path.suffix in (".so", ".pyd", ".dylib", ".pyc")]
    if compiled:
        sys.exit(f"not every platform can use {compiled}")
    for builders_path in BUNDLED.glob("*.dist-info/direct_url.json"):
        builders_path.unlink()
    # Who has the Python that builds it need not wait at the first start; `start.py` sees to all others.
    bytecode = "--invalidation-mode", "unchecked-hash", "-s", str(BUNDLED), str(BUNDLED)
    run([sys.executable, "-m", "compileall", "-q", *bytecode])


def notices() -> str:
    """Return the licences of all that the .vsix carries and we did not write."""
    parts = ["report-ls for VS Code contains the following software of others.\n"]
    for name, texts in sorted((*python_licences(), *node_licences())):
        parts += ["\n" + "=" * 80 + "\n", f"{name}\n\n", "\n\n".join(text.strip() for text in texts), "\n"]
    return "".join(parts)


def python_licences() -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each bundled library of Python with the texts of its licence."""
    for library in distributions(path=[str(BUNDLED)]):
        name = f"{library.metadata['Name']} {library.version} (Python)"
        if library.metadata["Name"] != "report-ls":
            yield name, list(licence_texts(library)) or [declared(library)]


def licence_texts(library: Distribution) -> Iterator[str]:
    """Yield the texts of a library's licence files."""
    for file in library.files or ():
        if ".dist-info" in file.parts[0] and is_licence(file.name):
            yield file.read_text("utf-8")


def declared(library: Distribution) -> str:
    """Return the licence that a library without a file of it declares."""
    metadata = library.metadata
    classifiers = [line for line in metadata.get_all("Classifier") or () if line.startswith("License")]
    return "\n".join(filter(None, (metadata["License-Expression"], metadata["License"], *classifiers)))


def node_licences() -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each package of npm that went into the extension's one file, with the texts of its licence."""
    inputs = json.loads((HERE / "dist" / "meta.json").read_text("utf-8"))["inputs"]
    folders = {folder_of(Path(path)) for path in inputs if path.startswith("node_modules/")}
    for folder in folders:
        package = json.loads((folder / "package.json").read_text("utf-8"))
        texts = [path.read_text("utf-8") for path in sorted(folder.iterdir()) if is_licence(path.name)]
        yield f"{package['name']} {package['version']} (npm)", texts or [package["license"]]


def folder_of(path: Path) -> Path:
    """Return the folder of the package that a file belongs to."""
    start = len(path.parts) - 1 - path.parts[::-1].index("node_modules")
    return HERE.joinpath(*path.parts[: start + (3 if path.parts[start + 1].startswith("@") else 2)])


def is_licence(name: str) -> bool:
    """Say whether a file holds a licence, by its name."""
    return name.lower().startswith(("licen", "copying", "notice"))


def npm(*arguments: str) -> None:
    """Run npm in the extension's folder."""
    run([shutil.which("npm") or "npm", *arguments])


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    """Run a program in the extension's folder, or end as it does."""
    done = subprocess.run(command, cwd=HERE, env={**os.environ, **(environment or {})}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
