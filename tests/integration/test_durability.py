"""What was acknowledged is found after kill -9 of the server, after a power cut, after the loss of the primary."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from celery import Celery

from celery_durable_jobs import DurableJobs, JobRequest, schedule_job
from celery_durable_jobs.errors import (
    BulkScheduleError,
    ConfigurationError,
    StoreNotDurableError,
    StoreUnavailableError,
)
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.steps import AddOutcome, Cancel, Get, Identify
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.support.powercut import PowerCutServer, library
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from tests.support.servers import Server

pytestmark = pytest.mark.service("valkey")

needs_a_compiler = pytest.mark.skipif(library() is None, reason="no C compiler (cc) to build what cuts the power")


class Clients:
    """Threads that add, until the server is gone; every second job is cancelled again."""

    def __init__(self, store: RedisStore, threads: int = 6) -> None:
        self.added: list[str] = []
        self.cancelled: list[str] = []
        self._store = store
        self._driver = StoreDriver(store, MovedClock())
        self._threads = [threading.Thread(target=self._run) for _ in range(threads)]
        self._gone = threading.Event()

    def run_until_cut(self, cut: Callable[[], object], after: int = 300) -> None:
        """Start them, cut after so many answers, wait for their end."""
        self._store.send(Identify("shop", 1))
        for thread in self._threads:
            thread.start()
        wait_until(lambda: len(self.added) >= after, 60, "clients are answered")
        cut()
        self._gone.set()
        for thread in self._threads:
            thread.join()

    def lost(self, store: RedisStore) -> int:
        """So many answers turned out to be untrue."""
        found = dict(zip(self.added, store.send_many([Get(job_id) for job_id in self.added], timeout=30), strict=True))
        assert not any(isinstance(answer, Exception) for answer in found.values())
        gone = sum(found[job_id] is None for job_id in self.added)
        return gone + sum(
            found[job_id] is not None and found[job_id].state is not JobState.CANCELLED for job_id in self.cancelled
        )

    def _run(self) -> None:
        number = 0
        while not self._gone.is_set():
            number += 1
            request = self._driver.request()
            try:
                assert self._store.send(request).outcome is AddOutcome.STORED
                self.added.append(request.job_id)
                if number % 2:
                    cancel = Cancel(request.job_id, os.urandom(16))
                    assert self._store.send(cancel).outcome is CancelOutcome.CANCELLED
                    self.cancelled.append(request.job_id)
            except StoreUnavailableError:
                return


def open_store(url: str, namespace: str, durability: Any, timeout: float = 1.0) -> RedisStore:
    return RedisStore(url, StoreOptions(namespace, "shop"), timeout=timeout, durability=durability)


def test_at_fsync_kill_9_loses_nothing(make_server: Callable[..., Server], namespace: str) -> None:
    server = make_server(appendonly=True)
    store = open_store(server.url(), namespace, "fsync")
    clients = Clients(store)
    for _ in range(3):
        clients.run_until_cut(server.kill, len(clients.added) + 150)
        server.restart()
        assert clients.lost(open_store(server.url(), namespace, "memory")) == 0
        clients = Clients(store)


@needs_a_compiler
def test_at_fsync_a_power_cut_loses_nothing(namespace: str) -> None:
    with PowerCutServer(policy="always") as server:
        store = open_store(server.url(), namespace, "fsync")
        clients = Clients(store)
        clients.run_until_cut(server.cut_power)
        server.restart()
        assert clients.lost(open_store(server.url(), namespace, "memory")) == 0


@needs_a_compiler
def test_at_memory_a_power_cut_takes_the_last_second(namespace: str) -> None:
    """What ``fsync`` is there for; and the proof that these tests can see a loss."""
    with PowerCutServer(policy="everysec") as server:
        store = open_store(server.url(), namespace, "memory")
        clients = Clients(store)
        clients.run_until_cut(server.cut_power)
        server.restart()
        assert clients.lost(open_store(server.url(), namespace, "memory")) > 0


@needs_a_compiler
def test_why_everysec_is_refused(namespace: str) -> None:
    """Valkey says that it has fsynced, and hasn't. If this fails one day, ``Server.waits_for_everysec`` can say so."""
    with PowerCutServer(policy="everysec") as server:
        with server.client() as client:
            client.set("first", "")
            assert client.execute_command("WAITAOF", 1, 0, 5_000) == [1, 0]
            acknowledged = [f"key{number}" for number in range(50)]
            for key in acknowledged:
                client.set(key, "")
                assert client.execute_command("WAITAOF", 1, 0, 5_000) == [1, 0]
        server.cut_power()
        server.restart()
        with server.client() as client:
            assert client.exists(*acknowledged) < len(acknowledged)


def test_at_memory_without_a_file_kill_9_takes_everything(make_server: Callable[..., Server], namespace: str) -> None:
    server = make_server()
    clients = Clients(open_store(server.url(), namespace, "memory"))
    clients.run_until_cut(server.kill)
    server.restart()
    assert clients.lost(open_store(server.url(), namespace, "memory")) == len(clients.added)


def test_at_one_replica_the_loss_of_the_primary_loses_nothing(
    make_server: Callable[..., Server], namespace: str
) -> None:
    primary, replica = make_server(), make_server()
    with replica.client() as client:
        client.execute_command("REPLICAOF", "127.0.0.1", primary.port)
        wait_until(lambda: client.info("replication")["master_link_status"] == "up", 10, "the replica's link")
    clients = Clients(open_store(primary.url(), namespace, ("replicas", 1)))
    clients.run_until_cut(primary.kill)
    with replica.client() as client:
        client.execute_command("REPLICAOF", "NO", "ONE")
    assert clients.lost(open_store(replica.url(), namespace, "memory")) == 0


@needs_a_compiler
def test_callers_share_one_fsync(namespace: str) -> None:
    """Sixteen callers at a time take much less than sixteen times as long as one: each waits on its own connection."""
    with PowerCutServer(policy="always", options={"aof-rewrite-incremental-fsync": "no"}) as server:
        store = open_store(server.url(), namespace, "fsync", timeout=10)
        driver = StoreDriver(store, MovedClock())
        driver.add()

        def one_by_one(count: int) -> None:
            for _ in range(count):
                assert store.send(driver.request()).outcome is AddOutcome.STORED

        before = server.fsyncs()
        one_by_one(160)
        alone = server.fsyncs() - before
        threads = [threading.Thread(target=one_by_one, args=(10,)) for _ in range(16)]
        before, started = server.fsyncs(), time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - started < 60
        assert server.fsyncs() - before < 0.8 * alone


class TestAnApp:
    """From the setting to ``apply()``."""

    @pytest.fixture
    def make_app(self) -> Iterator[Callable[..., Any]]:
        made = []

        def make(name: str, url: str, durability: Any) -> Any:
            settings = {"broker_url": url, "durable_jobs_store_timeout": 1, "durable_jobs_durability": durability}
            app = Celery(name, changes=settings, set_as_current=False)
            made.append((app, DurableJobs(app)))

            @app.durable_job_handler
            def handler(context: Any) -> None: ...

            return handler

        yield make
        for app, extension in made:
            extension.close()
            app.close()

    @pytest.mark.parametrize("awaited", [False, True])
    def test_stored_and_not_yet_safe(
        self, awaited: bool, make_app: Callable[..., Any], make_server: Callable[..., Server], namespace: str
    ) -> None:
        """Repeated it gets the same job, and waits again; then it is safe."""
        primary = make_server()
        handler = make_app(namespace, primary.url(), ["replicas", 1])

        def apply(*arguments: Any, **options: Any) -> Any:
            if awaited:
                return asyncio.run(schedule_job.aapply(*arguments, **options))
            return schedule_job.apply(*arguments, **options)

        with pytest.raises(StoreNotDurableError, match="is stored, and not yet safe") as caught:
            apply(handler, countdown=60, key="k")
        assert isinstance(caught.value.request, JobRequest)
        assert caught.value.maybe_done is True
        with pytest.raises(StoreNotDurableError):
            apply(caught.value.request)
        replica = make_server()
        with replica.client() as client:
            client.execute_command("REPLICAOF", "127.0.0.1", primary.port)
            wait_until(lambda: client.info("replication")["master_link_status"] == "up", 10, "the replica's link")
        job = apply(caught.value.request)
        assert job.created is True
        assert job.cancel() is CancelOutcome.CANCELLED

    def test_a_batch(self, make_app: Callable[..., Any], make_server: Callable[..., Server], namespace: str) -> None:
        handler = make_app(namespace, make_server().url(), ("replicas", 1))
        with pytest.raises(BulkScheduleError) as caught:
            schedule_job.apply_many([JobRequest(handler, countdown=60) for _ in range(10)])
        assert len(caught.value.unknown) == 10
        assert isinstance(caught.value.__cause__, StoreNotDurableError)

    def test_a_server_that_cannot_is_refused_before_anything_is_stored(
        self, make_app: Callable[..., Any], make_server: Callable[..., Server], namespace: str
    ) -> None:
        server = make_server()
        handler = make_app(namespace, server.url(), "fsync")
        with pytest.raises(ConfigurationError, match="set appendonly yes and appendfsync always"):
            schedule_job.apply(handler, countdown=60)
        with server.client() as client:
            assert client.dbsize() == 0
