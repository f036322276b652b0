"""The Pythons that are measured: the one that runs the bench, and the system's own where that is another one.

They are built differently: without a profile, as pyenv builds it, one needs up to a third more time. How a distribution
builds its own cannot be asked.
"""

import os
import platform
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

_SYSTEMS = "/usr/bin/python3"


class Python(NamedTuple):
    """A Python with what report-ls and a bare pygls server need."""

    name: str
    command: tuple[str, ...]


def pythons() -> list[Python]:
    """Return the one that runs this first."""
    is_optimized = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    how = f"built {'with' if is_optimized else 'without'} optimizations"
    here = Python(f"Python {platform.python_version()} {how}", (sys.executable,))
    libraries = sysconfig.get_path("purelib"), str(Path(__file__).parent.parent / "server")
    # Libraries that are compiled are for one version of Python.
    version = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    is_alike = os.access(_SYSTEMS, os.X_OK) and subprocess.run([_SYSTEMS, "-c", version], check=False).returncode == 0  # noqa: S603 - Python itself
    if not is_alike or Path(sys.base_prefix) == Path("/usr"):
        return [here]
    # Each has bytecode of its own.
    settings = f"PYTHONPATH={os.pathsep.join(reversed(libraries))}", "PYTHONPYCACHEPREFIX=/tmp/report-ls-bench"
    return [here, Python("the system's Python", ("env", *settings, _SYSTEMS))]
