"""Servers for the tests of features: one for each module, because a start costs more than most tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("lsp.client")

from lsp.client import Client, capabilities, pushing  # noqa: E402 - it asserts, so pytest must know of it before


@pytest.fixture
def pushed(tmp_path: Path) -> Iterator[Client]:
    """A client of its own that diagnostics are pushed to."""
    with Client(tmp_path, pushing()) as client:
        client.initialize()
        yield client


@pytest.fixture
def pulling(tmp_path: Path) -> Iterator[Client]:
    """A client of its own that pulls diagnostics."""
    with Client(tmp_path, capabilities()) as client:
        client.initialize()
        yield client


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client that pulls, for all tests of a module: each opens documents of its own."""
    with Client(tmp_path_factory.mktemp("shared"), capabilities()) as client:
        client.initialize()
        yield client


@pytest.fixture(scope="module")
def shared_pushed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client that diagnostics are pushed to, for all tests of a module."""
    with Client(tmp_path_factory.mktemp("pushed"), pushing()) as client:
        client.initialize()
        yield client
