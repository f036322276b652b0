"""What builds with Node says where Node is missing or too old."""

import shutil
import subprocess
import sys

OLDEST = 20


def need_node(what: str) -> None:
    """End with a word where Node, with npm, is missing or too old: what is built with it would fail without one."""
    needed = f"{what} needs Node {OLDEST} or newer"
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        sys.exit(f"{needed}, with npm: https://nodejs.org")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    if int(version.removeprefix("v").partition(".")[0] or 0) < OLDEST:
        sys.exit(f"{needed}, and this is {version}: https://nodejs.org")
