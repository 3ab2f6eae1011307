"""Wake-ups survive whatever becomes of their connection, and never raise."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from celery_durable_jobs.model.when import NOW
from celery_durable_jobs.stores.redis import wake
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.support.waiting import wait_until
from tests.unit.redis_store.conftest import OpenStore

if TYPE_CHECKING:
    from tests.support.servers import Server

MakeServer = Callable[..., "Server"]


def test_soon_after_an_add(server: Server, database: int, open_store: OpenStore) -> None:
    store = open_store(server.url(database))
    wakeups = store.wakeups()
    try:
        StoreDriver(store, MovedClock()).add(NOW)
        started = time.monotonic()
        assert wakeups.wait(5)
        assert time.monotonic() - started < 0.1
    finally:
        wakeups.close()


def test_a_restart_is_survived_and_wakes(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    store = open_store(server.url())
    wakeups = store.wakeups()
    try:
        server.kill()
        assert not wakeups.wait(0.2)
        server.restart()
        assert wakeups.wait(10)  # something may have been missed
        assert not wakeups.wait(0.2)
        StoreDriver(store, MovedClock()).add(NOW)
        assert wakeups.wait(5)
    finally:
        wakeups.close()


def test_nobody_there_at_first(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    server.kill()
    wakeups = open_store(server.url()).wakeups()
    try:
        assert not wakeups.wait(0.1)
        server.restart()
        assert wakeups.wait(10)
    finally:
        wakeups.close()


def test_a_half_open_connection_is_noticed(
    make_server: MakeServer, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server keeps its sockets and answers nothing: no error ever comes, only silence."""
    monkeypatch.setattr(wake, "PING_EVERY", 0.2)
    monkeypatch.setattr(wake, "SILENCE", 0.6)
    server = make_server()
    store = open_store(server.url())
    wakeups = store.wakeups()
    try:
        with server.client() as client:
            before = client.info("stats")["total_connections_received"]
            server.freeze()
            time.sleep(1.5)  # longer than the silence that is borne
            server.thaw()
            wait_until(lambda: client.info("stats")["total_connections_received"] > before)
        assert wakeups.wait(10)
        assert not wakeups.wait(0.3)
        StoreDriver(store, MovedClock()).add(NOW)
        assert wakeups.wait(5)
    finally:
        wakeups.close()


def test_a_quiet_connection_stays(
    server: Server, database: int, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wake, "PING_EVERY", 0.1)
    monkeypatch.setattr(wake, "SILENCE", 0.4)
    wakeups = open_store(server.url(database)).wakeups()
    try:
        assert not wakeups.wait(1.2)  # connected anew it would say so
    finally:
        wakeups.close()


def test_close_ends_its_thread(server: Server, database: int, open_store: OpenStore) -> None:
    wakeups = open_store(server.url(database)).wakeups()
    assert isinstance(wakeups, wake.RedisWakeups)
    wakeups.close()
    assert not wakeups._thread.is_alive()
    wakeups.close()
    assert not wakeups.wait(0)
