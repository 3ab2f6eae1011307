"""A Redis store whose name leads to another server after a failover, while the old one lives on as its replica."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.steps import Identify
from celery_durable_jobs.stores.redis import RedisStore
from tests.support.servers import Server
from tests.support.waiting import wait_until

pytestmark = pytest.mark.service("valkey")


def port_of(server: Server) -> int:
    port = urlsplit(server.url()).port
    assert port is not None
    return port


class Name:
    """Stands for a DNS name: connections that are made now lead to ``port``, and stay there."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._listener.getsockname()[1]}/0"
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for each in [self._listener, *self._sockets]:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self.port))
                self._sockets += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def failed_over(make_server: Callable[..., Server], namespace: str) -> Iterator[tuple[RedisStore, Callable[[], None]]]:
    """A store, and what makes its server the replica of another one that takes over its name."""
    old, new = make_server(), make_server()
    name = Name(port_of(old))
    store = RedisStore(name.url, StoreOptions(namespace=namespace, identity="shop"), timeout=2)

    def fail_over() -> None:
        client = old.client()
        client.execute_command("REPLICAOF", "127.0.0.1", port_of(new))
        name.port = port_of(new)
        wait_until(lambda: client.info("replication")["master_link_status"] == "up", 10, "the replica's link")

    yield store, fail_over
    store.close()
    name.close()


def test_the_next_call_finds_the_new_primary(failed_over) -> None:
    store, fail_over = failed_over
    store.send(Identify("shop", 1))
    fail_over()
    assert store.send(Identify("shop", 1)).identity == "shop"
    assert store.send(Identify("shop", 1)).identity == "shop"


def test_awaited_too(failed_over) -> None:
    store, fail_over = failed_over

    async def calls() -> None:
        await store.asend(Identify("shop", 1))
        await asyncio.to_thread(fail_over)
        assert (await store.asend(Identify("shop", 1))).identity == "shop"

    asyncio.run(calls())
