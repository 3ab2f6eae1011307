"""A Redis store of the test's own, with the server's clock or a moved one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.testing import MovedClock, StoreDriver

if TYPE_CHECKING:
    from tests.support.servers import Server

OpenStore = Callable[..., RedisStore]


@pytest.fixture
def clock() -> MovedClock:
    """The test's own time."""
    return MovedClock()


@pytest.fixture
def open_store(namespace: str) -> Iterator[OpenStore]:
    """``open_store(url, timeout=1, max_backlog=16)``: stores of one namespace, closed at the end."""
    made: list[RedisStore] = []

    def make(
        url: str, *, clock: Any = None, timeout: float = 5.0, durability: Any = "memory", **options: Any
    ) -> RedisStore:
        settings = StoreOptions(**{"namespace": namespace, "identity": "shop", **options})
        made.append(RedisStore(url, settings, clock=clock, timeout=timeout, durability=durability))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(server: Server, database: int, open_store: OpenStore, clock: MovedClock) -> RedisStore:
    """A store in an empty database, under the moved clock."""
    return open_store(server.url(database), clock=clock)


@pytest.fixture
def jobs(store: RedisStore, clock: MovedClock) -> StoreDriver:
    """Drives ``store``."""
    return StoreDriver(store, clock)
