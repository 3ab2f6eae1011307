"""One suite drives every store: ``jobs`` is a driver over each in turn, under a clock that the test moves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.stores.contract import Store
from celery_durable_jobs.testing import MovedClock, StoreDriver

MakeDriver = Callable[..., StoreDriver]

WHOLE_CLUSTER = "DURABLE_JOBS_TEST_WHOLE_CLUSTER"
"""Set to 1, all of the suite runs on a cluster too; else the files in which it matters that stripes lie apart."""

APART = ("find", "identify", "look", "release", "store", "wakeups")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a cluster only what differs there, unless all is asked for."""
    if os.environ.get(WHOLE_CLUSTER, "") not in ("", "0"):
        return
    left_out = [item for item in items if _on_a_cluster(item) and item.path.stem.removeprefix("test_") not in APART]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _on_a_cluster(item: pytest.Item) -> bool:
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return parameters.get("store_kind") == "cluster"


@pytest.fixture(
    params=[
        "memory",
        pytest.param("valkey", marks=pytest.mark.service("valkey")),
        pytest.param("redis", marks=pytest.mark.service("redis")),
        # All in one process: a cluster is six servers.
        pytest.param("cluster", marks=[pytest.mark.service("valkey"), pytest.mark.xdist_group("cluster")]),
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
    if kind == "cluster":
        from celery_durable_jobs.stores.redis.cluster import ClusterStore

        return ClusterStore(request.getfixturevalue("cluster").url(), options, clock=clock, timeout=30)
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
