"""Stops builds that need Node, if Node is missing or too old."""

import shutil
import subprocess
import sys

OLDEST = 20


def need_node(what: str) -> None:
    """Exit with a message if Node or npm is missing or too old: else the build would fail without a clear reason."""
    needed = f"{what} needs Node {OLDEST} or newer"
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        sys.exit(f"{needed}, with npm: https://nodejs.org")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    if int(version.removeprefix("v").partition(".")[0] or 0) < OLDEST:
        sys.exit(f"{needed}, and this is {version}: https://nodejs.org")
