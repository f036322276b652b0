"""The Pythons that are measured: the one that runs the bench, and the system's own where that is another one.

They are built differently: without its profile, as pyenv builds it, one needs up to a third more time.
"""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

_SYSTEMS = "/usr/bin/python3"
_ASK = (
    "import platform, sysconfig; print(platform.python_version(), '--enable-optimizations' in "
    "(sysconfig.get_config_var('CONFIG_ARGS') or ''))"
)


class Python(NamedTuple):
    """A Python with what report-ls and a bare pygls server need."""

    name: str
    command: tuple[str, ...]


def pythons() -> list[Python]:
    """Return the one that runs this first."""
    here = Python(_name(sys.executable), (sys.executable,))
    libraries = sysconfig.get_path("purelib"), str(Path(__file__).parent.parent / "server")
    # Libraries that are compiled are for one version of Python.
    version = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    is_alike = os.access(_SYSTEMS, os.X_OK) and subprocess.run([_SYSTEMS, "-c", version], check=False).returncode == 0  # noqa: S603 - Python itself
    if not is_alike or Path(sys.base_prefix) == Path("/usr"):
        return [here]
    # Each has bytecode of its own.
    settings = f"PYTHONPATH={os.pathsep.join(reversed(libraries))}", "PYTHONPYCACHEPREFIX=/tmp/report-ls-bench"
    return [here, Python(f"the system's {_name(_SYSTEMS)}", ("env", *settings, _SYSTEMS))]


def _name(executable: str) -> str:
    said = subprocess.run([executable, "-c", _ASK], capture_output=True, text=True, check=True).stdout.split()  # noqa: S603 - likewise
    return f"Python {said[0]} built {'with' if said[1] == 'True' else 'without'} optimizations"
