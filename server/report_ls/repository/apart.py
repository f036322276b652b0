"""What takes long to find out, in a process of its own: Python's parser lets no other thread go on while it works."""

import json
import sys
from pathlib import Path

from report_ls.files.port import CountedTests

LOOK = "--look-into"
"""The argument that makes `python -m report_ls` such a process: a folder follows it."""
_TIMEOUT_SECONDS = 10.0
"""Seconds until it is ended."""


def count_apart(folder: Path) -> CountedTests | None:
    """Return which tests pytest would find round the report of a folder; None where that is not known."""
    import subprocess  # noqa: PLC0415 - most reports need none

    # It finds its modules where this one found them: they need not be installed.
    program = f"import sys; sys.path[:] = {sys.path!r}; from report_ls.__main__ import main; sys.exit(main())"
    try:
        told = subprocess.check_output(  # noqa: S603 - Python itself, with our own arguments
            [sys.executable, "-I", "-B", "-X", "utf8", "-c", program, LOOK, str(folder)],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_SECONDS,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        found = json.loads(told)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    if found is None:
        return None
    n_files, n_functions, low, is_open, others = found
    return CountedTests(n_files, n_functions, low, is_open, frozenset(others))


def look_into(folder: str) -> str:
    """Return what such a process says."""
    from report_ls.repository.project_files import ProjectFiles  # noqa: PLC0415 - the server needs it only here

    tests = ProjectFiles(Path(folder)).tests()
    return json.dumps(tests and [*tests[:-1], sorted(tests.others)])
