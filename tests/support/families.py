"""Families of generated cases: every run tests a sample of them, and `make test-all` tests all."""

from collections.abc import Sequence

import pytest


def sampled(family: Sequence[object]) -> list[object]:
    """Return the members of a family as parameters, of which every fifth is not slow."""
    return [pytest.param(one, marks=[] if index % 5 == 0 else [pytest.mark.slow]) for index, one in enumerate(family)]
