"""One suite drives every store: ``jobs`` is a driver over each in turn, under a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.stores.contract import Store
from celery_durable_jobs.testing import MovedClock, StoreDriver

MakeDriver = Callable[..., StoreDriver]


@pytest.fixture(
    params=[
        "memory",
        pytest.param("valkey", marks=pytest.mark.service("valkey")),
        pytest.param("redis", marks=pytest.mark.service("redis")),
    ]
)
def store_kind(request: pytest.FixtureRequest) -> str:
    """Which store."""
    return str(request.param)


@pytest.fixture
def clock() -> MovedClock:
    """The test's own time."""
    return MovedClock()


@pytest.fixture
def make_store(
    store_kind: str, clock: MovedClock, namespace: str, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Store]]:
    """Make the store of this run: ``make_store(max_backlog=None, stripes=4)``. All of a test share one namespace."""
    made: list[Store] = []

    def make(**options: Any) -> Store:
        settings = StoreOptions(**{"namespace": namespace, "identity": "shop", **options})
        made.append(open_store(store_kind, settings, clock, request))
        return made[-1]

    yield make
    for store in made:
        store.close()


def open_store(kind: str, options: StoreOptions, clock: MovedClock, request: pytest.FixtureRequest) -> Store:
    """A store of this kind, empty."""
    if kind == "memory":
        from celery_durable_jobs.stores.memory import MemoryStore

        return MemoryStore(options, clock=clock)
    redis_store = pytest.importorskip("celery_durable_jobs.stores.redis")
    server = request.getfixturevalue("server" if kind == "valkey" else "redis7")
    store: Store = redis_store.RedisStore(server.url(_database(server, request)), options, clock=clock, timeout=30)
    return store


def _database(server: Any, request: pytest.FixtureRequest) -> int:
    """One database a test."""
    databases: dict[str, int] = request.config.__dict__.setdefault("_contract_databases", {})
    return databases.setdefault(f"{request.node.nodeid}", server.next_database())


@pytest.fixture
def make_jobs(make_store: Callable[..., Store], clock: MovedClock) -> Iterator[MakeDriver]:
    """Make a driver over a store with these options. At the test's end its counters are compared with its jobs."""
    made: list[StoreDriver] = []

    def make(**options: Any) -> StoreDriver:
        made.append(StoreDriver(make_store(**options), clock))
        return made[-1]

    yield make
    for driver in made:
        driver.recount()


@pytest.fixture
def jobs(make_jobs: MakeDriver) -> StoreDriver:
    """A driver over a store with default options."""
    return make_jobs()
