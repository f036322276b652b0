"""Files that are made from the code and committed: tests compare them, and with UPDATE=1 write them."""

import os
from pathlib import Path

import pytest


def assert_generated(path: Path, expected: str) -> None:
    """Assert that a file holds a text. With UPDATE=1 a file that does not is rewritten, and the test fails once."""
    actual = path.read_text("utf-8") if path.exists() else ""
    if actual != expected and os.environ.get("UPDATE") == "1":
        path.write_bytes(expected.encode())
        pytest.fail(f"{path.name} was out of date and has been rewritten: read what changed, then run the tests again")
    assert expected == actual, f"{path.name} is out of date: UPDATE=1 pytest rewrites it"
