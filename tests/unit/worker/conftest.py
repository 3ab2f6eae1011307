"""A bench a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.worker.bench import Bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    """An app with a memory store and a moved clock."""
    made = Bench()
    yield made
    made.close()
