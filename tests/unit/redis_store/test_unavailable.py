"""A server that dies, hangs, loads or refuses: what is safe is sent again, within the time; then one clear error."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import redis

from celery_durable_jobs.errors import StoreBrokenError, StoreUnavailableError
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps import AddOutcome, Claim, Get, Identify, Look, Source, Term
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.stores.redis.connection import Connections
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.support.waiting import wait_until
from tests.unit.redis_store.conftest import OpenStore

if TYPE_CHECKING:
    from tests.support.servers import Server

MakeServer = Callable[..., "Server"]


def driver(store: RedisStore) -> StoreDriver:
    return StoreDriver(store, MovedClock())


def later(seconds: float, action: Callable[[], object]) -> threading.Thread:
    thread = threading.Timer(seconds, action)
    thread.start()
    return thread


def test_nobody_there(open_store: OpenStore) -> None:
    from tests.support.servers import free_port

    store = open_store(f"redis://user:secret@127.0.0.1:{free_port()}", timeout=0.5)
    request = driver(store).request()
    started = time.monotonic()
    with pytest.raises(StoreUnavailableError) as raised:
        store.send(request)
    assert 0.3 < time.monotonic() - started < 1.5
    assert raised.value.maybe_done is False
    assert raised.value.request is request
    assert "secret" not in str(raised.value)
    assert "127.0.0.1" in str(raised.value)
    with pytest.raises(StoreUnavailableError):
        asyncio.run(store.asend(request))


def test_a_server_that_hangs(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    store = open_store(server.url(), timeout=5)
    store.send(Identify("shop", 1))
    server.freeze()
    request = driver(store).request()
    started = time.monotonic()
    with pytest.raises(StoreUnavailableError) as raised:
        store.send(request, timeout=0.6)
    assert 0.4 < time.monotonic() - started < 2
    assert raised.value.maybe_done is True
    started = time.monotonic()
    with pytest.raises(StoreUnavailableError):
        asyncio.run(store.asend(request, timeout=0.6))
    assert 0.4 < time.monotonic() - started < 2
    later(0.5, server.thaw)
    assert store.send(request).outcome is AddOutcome.STORED  # whatever arrived before: the same answer
    assert driver(store).find(Source.WAITING) == [request.job_id]


def test_ridden_out_within_the_time(make_server: MakeServer, open_store: OpenStore) -> None:
    """The server is killed and comes back, with its data; the call is sent again by itself."""
    server = make_server(appendonly=True)
    store = open_store(server.url())
    jobs = driver(store)
    job_id = jobs.add()
    server.kill()
    thread = later(0.5, server.restart)
    assert jobs.get(job_id).id == job_id
    thread.join()
    server.kill()
    thread = later(0.5, server.restart)
    assert asyncio.run(store.asend(Get(job_id)))
    thread.join()


def test_a_claim_is_never_sent_twice(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    store = open_store(server.url())
    store.send(Identify("shop", 1))
    server.freeze()
    claim = Claim(Term("-" * 8, "1.k"), Route())
    with pytest.raises(StoreUnavailableError) as raised:
        store.send(claim, timeout=0.6)
    assert raised.value.maybe_done is True
    server.thaw()
    with server.client() as client:
        stats = client.info("commandstats")["cmdstat_evalsha"]
        assert stats["calls"] == 3  # the identify, before and after its script was loaded; and the claim


def test_a_batch_says_of_each_what_became_of_it(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    store = open_store(server.url())
    jobs = driver(store)
    jobs.add()
    server.freeze()
    claim = Claim(Term("-" * 8, "1.k"), Route())
    thread = later(0.3, server.restart)
    answers = store.send_many([jobs.request(), claim, Look("k", {})], timeout=5)
    thread.join()
    assert answers[0].outcome is AddOutcome.STORED
    assert answers[2].now_us
    assert isinstance(answers[1], StoreUnavailableError)
    assert answers[1].request is claim
    server.kill()
    with pytest.raises(StoreUnavailableError):
        store.send_many([jobs.request(), jobs.request()], timeout=0.3)


def test_scripts_that_the_server_forgot(server: Server, database: int, open_store: OpenStore) -> None:
    store = open_store(server.url(database))
    jobs = driver(store)
    jobs.add()
    with server.client(database) as client:
        client.script_flush()
        answers = store.send_many([jobs.request() for _ in range(50)])
        assert {answer.outcome for answer in answers} == {AddOutcome.STORED}
        client.script_flush()
        assert asyncio.run(store.asend(jobs.request())).outcome is AddOutcome.STORED
    assert jobs.stats().counts["waiting"] == 52


def test_a_connection_that_was_cut_meanwhile(server: Server, database: int, open_store: OpenStore) -> None:
    """Not even a claim notices: the dead connection is seen before anything is sent."""
    store = open_store(server.url(database))
    store.send(Identify("shop", 1))
    with server.client(database) as client:
        client.client_kill_filter(_type="normal", skipme=True)
        assert store.send(Claim(Term("-" * 8, "1.k"), Route())).refused


def hang(client: redis.Redis) -> None:
    with pytest.raises(redis.ResponseError, match="killed"):
        client.eval("while true do end", 0)


def test_a_server_busy_with_a_script(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server(options={"busy-reply-threshold": 50})
    store = open_store(server.url())
    store.send(Identify("shop", 1))
    with server.client() as other, server.client() as killer:
        thread = threading.Thread(target=hang, args=(other,))
        thread.start()

        def busy() -> bool:
            try:
                killer.ping()
            except Exception:
                return True
            return False

        wait_until(busy)
        later(0.5, killer.script_kill)
        assert store.send(Claim(Term("-" * 8, "1.k"), Route())).refused  # it wasn't begun, so it is sent again
        thread.join()


def test_a_primary_that_became_a_replica(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    store = open_store(server.url(), timeout=3)
    jobs = driver(store)
    jobs.add()
    with server.client() as client:
        client.slaveof("127.0.0.1", 1)
        with pytest.raises(StoreUnavailableError) as raised:
            store.send(jobs.request(), timeout=0.4)
        assert raised.value.maybe_done is False
        later(0.4, client.slaveof)
        assert store.send(jobs.request()).outcome is AddOutcome.STORED


def test_a_primary_that_lacks_its_replicas(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    store = open_store(server.url(), timeout=0.4)
    jobs = driver(store)
    job_id = jobs.add()
    with server.client() as client:
        client.config_set("min-replicas-to-write", 1)
        with pytest.raises(StoreUnavailableError, match="NOREPLICAS") as raised:
            store.send(jobs.request())
        assert raised.value.maybe_done is False
        assert jobs.get(job_id).id == job_id  # what only reads goes on
        later(0.2, lambda: client.config_set("min-replicas-to-write", 0))
        assert store.send(jobs.request(), timeout=3).outcome is AddOutcome.STORED


def test_a_wrong_password(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    with server.client() as client:
        client.config_set("requirepass", "right")
        port = server.port
        for url in (f"redis://:wrong@127.0.0.1:{port}", f"redis://127.0.0.1:{port}"):
            store = open_store(url, timeout=3)
            started = time.monotonic()
            with pytest.raises(StoreUnavailableError) as raised:
                store.send(Identify("shop", 1))
            assert raised.value.maybe_done is False
            assert "wrong" not in str(raised.value).replace("WRONGPASS", "")
            assert time.monotonic() - started < 2
        assert open_store(f"redis://:right@127.0.0.1:{port}").send(Identify("shop", 1)).stripes == 1


def test_a_script_that_fails_is_broken_not_away(server: Server, database: int, open_store: OpenStore) -> None:
    store = open_store(server.url(database))
    jobs = driver(store)
    job_id = jobs.add()
    with server.client(database) as client:
        [key] = client.keys("*:jobs")
        client.delete(key)
        client.set(key, "mine")
    with pytest.raises(StoreBrokenError) as raised:
        jobs.get(job_id)
    assert raised.value.request == Get(job_id)


def test_connections_are_reused_and_not_shared_with_a_fork(
    server: Server, database: int, open_store: OpenStore
) -> None:
    store = open_store(server.url(database))
    jobs = driver(store)
    job_id = jobs.add()
    with server.client(database) as client:
        before = client.info("stats")["total_connections_received"]
        for _ in range(20):
            jobs.get(job_id)
        assert client.info("stats")["total_connections_received"] == before
        child = os.fork()
        if child == 0:
            try:
                ok = all(store.send(Get(job_id)) is not None for _ in range(20))
            except BaseException:
                ok = False
            os._exit(0 if ok else 1)
        for _ in range(20):
            assert jobs.get(job_id).id == job_id
        assert os.waitpid(child, 0)[1] == 0


def test_the_reply_of_another_call_is_never_taken(server: Server, database: int, open_store: OpenStore) -> None:
    """A call that ran out of time leaves no reply behind on its connection."""
    store = open_store(server.url(database))
    jobs = driver(store)
    ids = [jobs.add(number) for number in range(3)]
    with server.client(database) as client:
        client.client_pause(300)
        with pytest.raises(StoreUnavailableError):
            store.send(Get(ids[0]), timeout=0.1)
        assert jobs.get(ids[1]).id == ids[1]
        assert asyncio.run(store.asend(Get(ids[2]))).id == ids[2]


def test_cancelled_while_it_waits(server: Server, database: int, open_store: OpenStore) -> None:
    store = open_store(server.url(database))
    jobs = driver(store)
    ids = [jobs.add(number) for number in range(2)]

    async def cut() -> None:
        assert await store.asend(Get(ids[0]))
        with server.client(database) as client:
            client.client_pause(300)
            task = asyncio.create_task(store.asend(Get(ids[0])))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert (await store.asend(Get(ids[1]))).id == ids[1]

    asyncio.run(cut())


def test_too_old_a_server_is_refused(server: Server, database: int, open_store: OpenStore) -> None:
    from celery_durable_jobs.errors import ConfigurationError
    from celery_durable_jobs.stores.redis.scripts import Form
    from celery_durable_jobs.stores.redis.server import Server as Told

    with pytest.raises(ConfigurationError, match=r"6\.2"):
        Told.of_info(b"# Server\r\nredis_version:5.0.14\r\n")
    assert Told.of_info(b"redis_version:6.2.6\r\n").form is Form.PLAIN
    assert Told.of_info(b"redis_version:7.2.4\r\nvalkey_version:9.1.2\r\n").form is Form.FUNCTIONS
    assert Told.of_info(RuntimeError("NOPERM")).form is Form.FUNCTIONS


def test_a_server_that_stumbles_over_flags(server: Server, database: int, open_store: OpenStore) -> None:
    """Without the ``#!lua`` line all goes as well: what a Redis 6.2 is sent."""
    store = open_store(server.url(database))
    store.send(Identify("shop", 1))
    connections: Connections = store._connections
    assert connections._server is not None
    connections._server = connections._server.without_flags()
    jobs = driver(store)
    job_id = jobs.add()
    assert jobs.get(job_id).id == job_id


def test_a_script_that_the_server_does_not_take(
    server: Server, database: int, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One clear error at once, not a try after the other until the time is over."""
    from celery_durable_jobs.stores.redis import aconnection, connection
    from celery_durable_jobs.stores.redis.scripts import Script

    for module in (connection, aconnection):
        monkeypatch.setattr(module, "script", lambda name, form: Script(b"EVALSHA", b"0" * 40, b"local and"))
    store = open_store(server.url(database))
    started = time.monotonic()
    with pytest.raises(StoreBrokenError, match="identify"):
        store.send(Identify("shop", 1))
    with pytest.raises(StoreBrokenError, match="identify"):
        asyncio.run(store.asend(Identify("shop", 1)))
    assert time.monotonic() - started < 1
