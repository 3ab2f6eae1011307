"""A connection that is in use while the others are let go isn't used again: it leads to where the primary was."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from celery_durable_jobs.steps import Identify
from celery_durable_jobs.stores.redis import RedisStore
from tests.support.servers import Server
from tests.support.waiting import wait_until
from tests.unit.redis_store.conftest import OpenStore

pytestmark = pytest.mark.service("valkey")


class Moving:
    """A store whose sentinels name the one server, then the other; both take writes."""

    def __init__(self, store: RedisStore, old: Server, new: Server) -> None:
        self.store, self.old, self.new = store, old, new
        self.sync, self.awaited = _connections(store)
        self._place = ("127.0.0.1", old.port)
        self.sync._primary = lambda timeout: self._place
        self.awaited._primary = self._primary

    async def _primary(self, timeout: float) -> tuple[str, int]:
        return self._place

    def move(self) -> None:
        """The next call sees that the primary is another one."""
        self._place = ("127.0.0.1", self.new.port)
        self.sync._watch._next = self.awaited._watch._next = 0.0

    def calls(self) -> int:
        """How many scripts the old one has run."""
        with self.old.client() as client:
            stats: dict[str, Any] = client.info("commandstats")
        return sum(int(stats.get(f"cmdstat_{verb}", {}).get("calls", 0)) for verb in ("fcall", "evalsha"))


def _connections(store: RedisStore) -> tuple[Any, Any]:
    return store._connections, store._aconnections


@pytest.fixture
def moving(make_server: Callable[..., Server], open_store: OpenStore) -> Moving:
    old, new = make_server(), make_server()
    return Moving(open_store("sentinel://127.0.0.1:1/0?master_name=shop", timeout=20), old, new)


def test_between_threads(moving: Moving) -> None:
    store, idle = moving.store, moving.sync._idle
    store.send(Identify("shop", 1))
    moving.old.freeze()
    try:
        late = threading.Thread(target=store.send, args=(Identify("shop", 1),))
        late.start()
        wait_until(lambda: not idle, 5, "the call has its connection")
        moving.move()
        store.send(Identify("shop", 1))
    finally:
        moving.old.thaw()
    late.join(10)
    assert not late.is_alive()
    before = moving.calls()
    for _ in range(3):
        store.send(Identify("shop", 1))
    assert moving.calls() == before


def test_between_tasks(moving: Moving) -> None:
    store = moving.store

    async def run() -> None:
        await store.asend(Identify("shop", 1))
        moving.old.freeze()
        try:
            late = asyncio.ensure_future(store.asend(Identify("shop", 1)))
            while moving.awaited._mine():
                await asyncio.sleep(0)
            moving.move()
            await store.asend(Identify("shop", 1))
        finally:
            moving.old.thaw()
        await asyncio.wait_for(late, 10)
        before = moving.calls()
        for _ in range(3):
            await store.asend(Identify("shop", 1))
        assert moving.calls() == before

    asyncio.run(run())
