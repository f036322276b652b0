"""Servers for the tests of features: one for each module, because a start costs more than most tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lsp.client import INLINE, PATIENT, Client, capabilities, pushing

Command = tuple[str, ...]


@pytest.fixture(scope="module", params=[PATIENT, INLINE], ids=["threads", "inline"])
def started(request: pytest.FixtureRequest) -> Command:
    """The ways to run the server for tests of features: all give the same answers."""
    kind: Command = request.param
    return kind


@pytest.fixture
def pushed(started: Command, tmp_path: Path) -> Iterator[Client]:
    """A new client that diagnostics are pushed to."""
    with Client(tmp_path, pushing(), command=started) as client:
        client.initialize()
        yield client


@pytest.fixture
def pulling(started: Command, tmp_path: Path) -> Iterator[Client]:
    """A new client that pulls diagnostics."""
    with Client(tmp_path, capabilities(), command=started) as client:
        client.initialize()
        yield client


@pytest.fixture(scope="module")
def shared(started: Command, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client that pulls, for all tests of a module: each test opens its own documents."""
    with Client(tmp_path_factory.mktemp("shared"), capabilities(), command=started) as client:
        client.initialize()
        yield client


@pytest.fixture(scope="module")
def shared_pushed(started: Command, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client that diagnostics are pushed to, for all tests of a module."""
    with Client(tmp_path_factory.mktemp("pushed"), pushing(), command=started) as client:
        client.initialize()
        yield client
