"""A call whose reply was lost is in doubt, even if its repetition is refused for sure."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from celery_durable_jobs.errors import StoreFullError, StoreUnavailableError
from celery_durable_jobs.steps import AddOutcome
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.support.proxy import Proxy
from tests.support.servers import Server
from tests.unit.redis_store.conftest import OpenStore

pytestmark = pytest.mark.service("valkey")


def fill(client: Any) -> None:
    client.config_set("maxmemory", client.info("memory")["used_memory"] // 2)


def drain(client: Any) -> None:
    client.config_set("maxmemory", 0)


def forbid(client: Any) -> None:
    client.execute_command("ACL", "SETUSER", "default", "-evalsha", "-fcall")


def allow(client: Any) -> None:
    client.execute_command("ACL", "SETUSER", "default", "+evalsha", "+fcall")


@pytest.fixture
def proxied(make_server: Callable[..., Server], open_store: OpenStore) -> Iterator[tuple[RedisStore, Proxy, Any]]:
    server = make_server()
    with Proxy("127.0.0.1", server.port) as proxy, server.client() as client:
        yield open_store(f"redis://127.0.0.1:{proxy.port}/0"), proxy, client


@pytest.mark.parametrize("awaited", [False, True])
@pytest.mark.parametrize(("refuse", "mend", "why"), [(fill, drain, "OOM"), (forbid, allow, "NOPERM")])
def test_it_stays_in_doubt(
    proxied: tuple[RedisStore, Proxy, Any],
    monkeypatch: pytest.MonkeyPatch,
    awaited: bool,
    refuse: Callable[[Any], None],
    mend: Callable[[Any], None],
    why: str,
) -> None:
    store, proxy, client = proxied
    jobs = StoreDriver(store, MovedClock())

    async def all_of_it() -> None:
        async def send(request: Any) -> Any:
            return await store.asend(request) if awaited else store.send(request)

        await send(jobs.request())
        request = jobs.request()
        connections: Any = store._aconnections if awaited else store._connections
        forget = connections._forget

        def lost() -> None:
            refuse(client)
            forget()

        monkeypatch.setattr(connections, "_forget", lost)
        proxy.lose_replies(1)
        with pytest.raises(StoreUnavailableError, match=f"{why}.*may have taken effect") as raised:
            await send(request)
        monkeypatch.undo()
        assert raised.value.maybe_done
        with pytest.raises((StoreUnavailableError, StoreFullError)) as another:
            await send(jobs.request())
        assert not getattr(another.value, "maybe_done", False)  # nothing of it was lost
        mend(client)
        assert (await send(request)).outcome is AddOutcome.STORED
        assert jobs.get(request.job_id) is not None

    asyncio.run(all_of_it())
