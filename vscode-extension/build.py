"""Builds report-ls.vsix: the extension, the server and the libraries that it needs, for every platform.

Run by hand, `make vsix` and `make test-all`. Needs Node 20 or newer, and pip in the Python that runs it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from tools.licences import node_licences, notices, python_licences  # noqa: E402 - now it is found
from tools.node import need_node  # noqa: E402 - likewise

WEB = ROOT / "web"
PICTURES = ROOT / "docs" / "images"
BUNDLED = HERE / "bundled"
VSIX = HERE / "report-ls.vsix"
NOTICES = HERE / "THIRD-PARTY-NOTICES.txt"
MADE = (VSIX, NOTICES, HERE / "LICENSE")

PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-deps", "--no-compile")
PURE = ("--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--python-version", "3.10")


def main() -> None:
    """Build it, unless nothing it is made of has changed since; with `--packages`, only get what that needs."""
    need_node("the extension")
    if find_spec("pip") is None:
        sys.exit("this Python has no pip: run `python -m ensurepip`, or install python3-pip")
    if sys.argv[1:] == ["--packages"]:
        install_packages()
    elif VSIX.exists() and VSIX.stat().st_mtime > max(path.stat().st_mtime for path in sources()):
        print(f"{VSIX} is up to date")  # noqa: T201 - it is a command
    else:
        build()


def sources() -> Iterator[Path]:
    """Yield all files that the .vsix is made of, and their folders: those change when a file is deleted."""
    yield from (ROOT / "LICENSE", ROOT / "pyproject.toml")
    own = HERE / "src", HERE / "media", HERE / "docs"
    for folder in (ROOT / "server", ROOT / "rules", ROOT / "examples", *own, PICTURES, WEB / "src"):
        yield from (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
    for folder in (HERE, WEB):
        yield from (path for path in folder.iterdir() if path.is_file() and path not in MADE)


def build() -> None:
    """Build the .vsix."""
    VSIX.unlink(missing_ok=True)
    install_packages()
    bundle_server()
    # The same for computers without Python.
    run([sys.executable, str(WEB / "build.py"), "--node", str(HERE / "wasm")])
    npm("run", "bundle", "--", "--metafile=dist/meta.json")
    shutil.copy(ROOT / "LICENSE", HERE)
    shutil.rmtree(HERE / "images", ignore_errors=True)
    shutil.copytree(PICTURES, HERE / "images", ignore=lambda _, names: {one for one in names if "vscode" not in one})
    (HERE / "dist" / "page.md").write_text(page(), "utf-8")
    of_others = [*python_licences(BUNDLED), *node_licences(HERE, HERE / "dist" / "meta.json")]
    NOTICES.write_text(notices("report-ls for VS Code", of_others), "utf-8")
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
