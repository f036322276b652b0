"""The Pythons to measure: the one that runs the bench, and the system's Python if it is a different one.

They are built differently: a Python built without a profile, as by pyenv, takes up to a third more time. A
distribution's Python does not say how it was built.
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
    """Return the Pythons; the one that runs this is the first."""
    is_optimized = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    how = f"built {'with' if is_optimized else 'without'} optimizations"
    here = Python(f"Python {platform.python_version()} {how}", (sys.executable,))
    libraries = sysconfig.get_path("purelib"), str(Path(__file__).parent.parent / "server")
    # Compiled libraries work only with one version of Python.
    version = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    is_alike = os.access(_SYSTEMS, os.X_OK) and subprocess.run([_SYSTEMS, "-c", version], check=False).returncode == 0  # noqa: S603 - Python itself
    if not is_alike or Path(sys.base_prefix) == Path("/usr"):
        return [here]
    # Each Python has its own bytecode.
    settings = f"PYTHONPATH={os.pathsep.join(reversed(libraries))}", "PYTHONPYCACHEPREFIX=/tmp/report-ls-bench"
    return [here, Python("the system's Python", ("env", *settings, _SYSTEMS))]
