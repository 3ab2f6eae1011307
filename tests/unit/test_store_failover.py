"""A Redis store whose name leads to another server after a failover, while the old one lives on as its replica."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.steps import Identify
from celery_durable_jobs.stores.redis import RedisStore
from tests.support.proxy import Proxy
from tests.support.servers import Server
from tests.support.waiting import wait_until

pytestmark = pytest.mark.service("valkey")

Failed = tuple[RedisStore, Callable[[], None], Server]


@pytest.fixture(params=["the old one becomes its replica", "the old one dies", "the old one is gone without a sign"])
def failed_over(request: pytest.FixtureRequest, make_server: Callable[..., Server], namespace: str) -> Iterator[Failed]:
    """A store, and what makes its name lead to another server: a proxy stands for the name."""
    old, new = make_server(), make_server()
    with Proxy("127.0.0.1", old.port) as name:
        store = RedisStore(f"redis://127.0.0.1:{name.port}/0", StoreOptions(namespace, "shop"), timeout=4)

        def fail_over() -> None:
            name.lead_to("127.0.0.1", new.port)
            if "dies" in request.param:
                old.kill()
            elif "sign" in request.param:
                old.freeze()
            else:
                client: Any = old.client()
                client.execute_command("REPLICAOF", "127.0.0.1", new.port)
                wait_until(lambda: client.info("replication")["master_link_status"] == "up", 10, "the replica's link")

        yield store, fail_over, new
        store.close()
        old.thaw()


def test_the_next_call_finds_the_new_primary(failed_over: Failed) -> None:
    store, fail_over, _ = failed_over
    store.send(Identify("shop", 1))
    fail_over()
    assert store.send(Identify("shop", 1)).identity == "shop"
    assert store.send(Identify("shop", 1)).identity == "shop"


def test_awaited_too(failed_over: Failed) -> None:
    store, fail_over, _ = failed_over

    async def calls() -> None:
        await store.asend(Identify("shop", 1))
        await asyncio.to_thread(fail_over)
        assert (await store.asend(Identify("shop", 1))).identity == "shop"
        assert (await store.asend(Identify("shop", 1))).identity == "shop"

    asyncio.run(calls())


def test_all_idle_connections_follow(failed_over: Failed) -> None:
    """The first that finds itself at the old place takes the others along: the next call isn't lost to another one."""
    store, fail_over, _ = failed_over
    threads = [threading.Thread(target=store.send, args=(Identify("shop", 1),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fail_over()
    assert store.send(Identify("shop", 1)).identity == "shop"
    started = time.monotonic()
    for _ in range(10):
        assert store.send(Identify("shop", 1)).identity == "shop"
    assert time.monotonic() - started < 1.5


def test_wakeups_follow(failed_over: Failed, monkeypatch: pytest.MonkeyPatch) -> None:
    from celery_durable_jobs.stores.redis import wake
    from celery_durable_jobs.stores.redis.keys import wake_channel

    monkeypatch.setattr(wake, "PING_EVERY", 0.2)
    monkeypatch.setattr(wake, "SILENCE", 0.5)
    store, fail_over, new = failed_over
    store.send(Identify("shop", 1))
    wakeups = store.wakeups()
    try:
        fail_over()
        channel = wake_channel(store.options.namespace)

        def heard() -> bool:  # by a replica too: its primary hands on what is published
            with new.client() as client:
                client.publish(channel, b"0")
            return wakeups.wait(0.2)

        wait_until(lambda: not wakeups.wait(1.5), 20, "no more wake-ups for lost connections")
        wait_until(heard, 20, "what the new primary publishes is heard")
    finally:
        wakeups.close()


def test_a_name_that_resolves_to_another_address(
    make_server: Callable[..., Server], namespace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a failover by DNS, with the old server as a replica."""
    old, new = make_server(), make_server()
    resolve, ports = socket.getaddrinfo, [old.port]

    def resolved(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
        if host == "store.example":
            host, port = "127.0.0.1", ports[0]
        return resolve(host, port, *arguments, **options)

    def taken() -> int:
        with new.client() as client:
            return int(client.dbsize())

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    store = RedisStore("redis://store.example:1/0", StoreOptions(namespace, "shop"), timeout=4)

    async def follow() -> None:
        await store.asend(Identify("shop", 1))
        store.send(Identify("shop", 1))
        ports[0] = new.port
        await store.asend(Identify("shop", 1))
        store.send(Identify("shop", 1))
        assert taken() == 0  # a connection that stands stays where it is
        with old.client() as client:
            client.execute_command("REPLICAOF", "127.0.0.1", "1")
        assert (await store.asend(Identify("shop", 1))).identity == "shop"
        assert store.send(Identify("shop", 1)).identity == "shop"
        assert taken() == 1

    asyncio.run(follow())
    store.close()
