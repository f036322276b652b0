"""Finds versions of report-ls to compare: a revision of this repository, or a checkout."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TOP = Path(__file__).parent.parent


@contextmanager
def server_of(version: str) -> Iterator[Path]:
    """Yield the folder `server` of a checkout, or of a revision, which is unpacked into a temporary folder."""
    if Path(version, "server", "report_ls").is_dir():
        yield Path(version, "server").resolve()
        return
    with tempfile.TemporaryDirectory(prefix="report-ls-version-") as name:
        archive = subprocess.run(
            ["git", "archive", version, "server", "rules"], cwd=_TOP, capture_output=True, check=True
        )
        subprocess.run(["tar", "-x", "-C", name], input=archive.stdout, check=True)
        yield Path(name, "server")
