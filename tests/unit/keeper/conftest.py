"""The bench that the keeper's tests share."""

from __future__ import annotations

import pytest

from tests.unit.keeper.bench import Bench


@pytest.fixture
def bench() -> Bench:
    """A store in memory under a moved clock, and keepers driven by hand."""
    return Bench()
