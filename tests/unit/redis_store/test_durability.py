"""What clients' requests wait for: the server's disk, or replicas; in the call's own round trip, within its time."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from celery_durable_jobs.errors import ConfigurationError, StoreNotDurableError, StoreUnavailableError
from celery_durable_jobs.model.states import CancelOutcome
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps import (
    Add,
    AddOutcome,
    Cancel,
    Change,
    Forget,
    Get,
    Identify,
    Look,
    Pause,
    Replay,
    Resume,
)
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.stores.redis.durability import Durability
from celery_durable_jobs.stores.redis.server import Server as Told
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.support.waiting import wait_until
from tests.unit.redis_store.conftest import OpenStore

if TYPE_CHECKING:
    from tests.support.servers import Server

MakeServer = Callable[..., "Server"]
ONE_REPLICA = ("replicas", 1)

pytestmark = pytest.mark.service("valkey")


@pytest.fixture
def open_durable(open_store: OpenStore) -> OpenStore:
    def make(url: str, durability: Any, **options: Any) -> RedisStore:
        return open_store(url, durability=durability, **options)

    return make


def driver(store: RedisStore) -> StoreDriver:
    return StoreDriver(store, MovedClock())


def replica_of(primary: Server, make_server: MakeServer, **options: Any) -> Server:
    replica = make_server(**options)
    with replica.client() as client, primary.client() as asked:
        client.execute_command("REPLICAOF", "127.0.0.1", primary.port)
        wait_until(lambda: asked.info("replication")["connected_slaves"] >= 1, 10, "the replica is known")
        wait_until(lambda: client.info("replication")["master_link_status"] == "up", 10, "the replica's link")
    return replica


def calls_of(server: Server, *commands: str) -> list[int]:
    with server.client() as client:
        stats = client.info("commandstats")
    return [int(stats.get(f"cmdstat_{name}", {"calls": 0})["calls"]) for name in commands]


class TestWhatWaits:
    """Which requests wait, and how."""

    def test_promises_to_clients_and_nothing_else(self) -> None:
        from celery_durable_jobs import steps

        requests = {each for each in vars(steps).values() if isinstance(each, type) and issubclass(each, steps.Request)}
        assert {each for each in requests if each.durable} == {Add, Cancel, Change, Replay, Forget, Pause, Resume}
        assert all(each.resendable for each in requests if each.durable)

    def test_in_the_calls_own_round_trip(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        """As many pieces arrive from the client as calls are made."""
        from tests.support.proxy import Proxy

        server = make_server(appendonly=True)
        with Proxy("127.0.0.1", server.port) as proxy:
            store = open_durable(f"redis://127.0.0.1:{proxy.port}/0", "fsync")
            jobs = driver(store)
            jobs.add()
            store.send_many([jobs.request(), jobs.request()])  # each script is sent once
            assert calls_of(server, "waitaof") == [2]
            before = proxy.pieces
            jobs.add()
            assert proxy.pieces - before == 1
            store.send_many([jobs.request() for _ in range(50)])
            assert proxy.pieces - before == 2
            assert calls_of(server, "waitaof") == [4]  # once a batch

    def test_each_verb_waits_and_reading_does_not(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        server = make_server(appendonly=True)
        store = open_durable(server.url(), "fsync")
        jobs = driver(store)
        job_id = jobs.add()
        counts = itertools.count(1)

        def waited() -> bool:
            return calls_of(server, "waitaof") == [next(counts)]

        assert waited()
        store.send(Change(job_id, b"c" * 16, due=When(after_us=60_000_000)))
        assert waited()
        assert store.send(Cancel(job_id, b"x" * 16)).outcome is CancelOutcome.CANCELLED
        assert waited()
        store.send(Forget(job_id, b"f" * 16))
        assert waited()
        store.send(Pause("celery", 0, b"p" * 16))
        assert waited()
        store.send(Get(job_id))
        store.send(Look("k", {}))
        assert calls_of(server, "waitaof") == [5]

    def test_it_leaves_nothing_behind(self, make_server: MakeServer, open_durable: OpenStore, namespace: str) -> None:
        server = make_server(appendonly=True)
        with server.client() as client:
            jobs = driver(open_durable(server.url(), "memory"))
            jobs.add()
            before = set(client.keys())
            jobs = driver(open_durable(server.url(), "fsync"))
            jobs.add()
            assert set(client.keys()) == before
            assert calls_of(server, "waitaof") == [1]

    def test_scripts_that_the_server_forgot(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        server = make_server(appendonly=True)
        jobs = driver(open_durable(server.url(), "fsync"))
        jobs.add()
        with server.client() as client:
            client.script_flush()
        assert jobs.store.send(jobs.request()).outcome is AddOutcome.STORED
        with server.client() as client:
            client.script_flush()
        assert asyncio.run(jobs.store.asend(jobs.request())).outcome is AddOutcome.STORED

    def test_what_was_never_done_is_an_error_as_ever(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        server = make_server(appendonly=True)
        store = open_durable(server.url(), "fsync", timeout=0.5)
        store.send(Identify("shop", 1))
        server.kill()
        for call in (store.send, lambda request: asyncio.run(store.asend(request))):
            with pytest.raises(StoreUnavailableError) as raised:
                call(driver(store).request())
            assert not isinstance(raised.value, StoreNotDurableError)


class TestReplicas:
    """``("replicas", n)``."""

    def test_with_a_replica_it_is_answered(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        primary = make_server()
        replica = replica_of(primary, make_server)
        jobs = driver(open_durable(primary.url(), ONE_REPLICA))
        ids = [jobs.add() for _ in range(20)]
        primary.kill()
        with replica.client() as client:
            client.execute_command("REPLICAOF", "NO", "ONE")
        after = driver(open_durable(replica.url(), "memory"))
        assert all(after.get(job_id) is not None for job_id in ids)

    @pytest.mark.parametrize("awaited", [False, True])
    def test_too_few_and_then_enough(self, awaited: bool, make_server: MakeServer, open_durable: OpenStore) -> None:
        """It is stored; repeated, it gets the same answer and waits again."""
        primary = make_server()
        store = open_durable(primary.url(), ONE_REPLICA, timeout=1)
        jobs = driver(store)
        request = jobs.request()

        def send() -> Any:
            return asyncio.run(store.asend(request)) if awaited else store.send(request)

        for _ in range(2):
            started = time.monotonic()
            with pytest.raises(StoreNotDurableError, match=r"0 of 1 replicas|no answer in time") as raised:
                send()
            assert 0.5 < time.monotonic() - started < 4
            assert raised.value.maybe_done is True
            assert raised.value.request is request
        assert store.send(Get(request.job_id)) is not None
        replica_of(primary, make_server)
        store = open_durable(primary.url(), ONE_REPLICA)
        assert send().outcome is AddOutcome.STORED

    def test_a_repeat_waits_for_what_it_found(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        """A repeated add writes nothing. On a connection that has written nothing a bare WAIT would be content."""
        primary = make_server(options={"repl-timeout": 60})
        replica = replica_of(primary, make_server)
        store = open_durable(primary.url(), ONE_REPLICA, timeout=0.4)
        driver(store).add()
        replica.freeze()
        request = driver(store).request()
        with pytest.raises(StoreNotDurableError):
            store.send(request)
        with pytest.raises(StoreNotDurableError):
            open_durable(primary.url(), ONE_REPLICA, timeout=0.4).send(request)
        replica.thaw()
        other = open_durable(primary.url(), ONE_REPLICA)
        assert other.send(request).outcome is AddOutcome.STORED
        with replica.client() as client:
            assert client.keys("*:jobs")

    @pytest.mark.service("redis")
    def test_an_older_redis_can_do_it(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        """``WAIT`` is old; the fence goes without the ``#!lua`` line where a server stumbles over it."""
        primary = make_server("redis")
        replica = replica_of(primary, make_server, kind="redis")
        store = open_durable(primary.url(), ONE_REPLICA)
        jobs = driver(store)
        jobs.add()
        connections = store._connections
        assert connections._server is not None
        connections._server = connections._server.without_flags()
        job_id = jobs.add()
        assert driver(open_durable(replica.url(), "memory")).get(job_id) == jobs.get(job_id)  # a replica may be read
        with primary.client() as client:
            assert not client.keys("*fence*")

    def test_of_a_batch_each_says_it(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        store = open_durable(make_server().url(), ONE_REPLICA, timeout=0.4)
        jobs = driver(store)
        looked = Look("k", {})
        answers = store.send_many([jobs.request(), looked, jobs.request()])
        assert [type(answer) for answer in answers[::2]] == [StoreNotDurableError] * 2
        assert answers[1].now_us
        with pytest.raises(StoreNotDurableError):
            asyncio.run(store.asend_many([jobs.request(), jobs.request()]))
        assert jobs.stats().counts["waiting"] == 4

    def test_a_primary_that_becomes_a_replica_while_it_waits(
        self, make_server: MakeServer, open_durable: OpenStore
    ) -> None:
        """The wait is broken off; it is asked again, until the time is over or somebody takes it."""
        primary = make_server()
        store = open_durable(primary.url(), ONE_REPLICA, timeout=20)
        store.send(Identify("shop", 1))
        request = driver(store).request()
        outcome: list[Any] = []

        def add() -> None:
            try:
                outcome.append(store.send(request))
            except StoreUnavailableError as error:
                outcome.append(error)

        thread = threading.Thread(target=add)
        thread.start()
        with primary.client() as client:
            wait_until(lambda: client.info("clients")["blocked_clients"] == 1, 5, "it waits")
            client.execute_command("REPLICAOF", "127.0.0.1", 1)
            wait_until(lambda: client.info("clients")["blocked_clients"] == 0, 5, "the wait was broken off")
            client.execute_command("REPLICAOF", "NO", "ONE")
        replica_of(primary, make_server)
        thread.join()
        [answer] = outcome
        assert not isinstance(answer, Exception), answer
        assert answer.outcome is AddOutcome.STORED


class TestFsync:
    """``"fsync"``."""

    def test_a_disk_that_does_not_answer(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        """``no-appendfsync-on-rewrite`` and a long rewrite; here: the policy was changed at run time."""
        server = make_server(appendonly=True)
        store = open_durable(server.url(), "fsync", timeout=0.5)
        jobs = driver(store)
        jobs.add()
        with server.client() as client:
            client.config_set("appendfsync", "no")
            request = jobs.request()
            for call in (store.send, lambda request: asyncio.run(store.asend(request))):
                with pytest.raises((StoreNotDurableError, ConfigurationError)):
                    call(request)
            client.config_set("appendfsync", "always")
        assert store.send(request, timeout=5).outcome is AddOutcome.STORED

    def test_an_append_only_file_that_was_taken_away(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        server = make_server(appendonly=True)
        store = open_durable(server.url(), "fsync")
        jobs = driver(store)
        jobs.add()
        with server.client() as client:
            client.config_set("appendonly", "no")
            with pytest.raises(StoreNotDurableError, match="appendonly is disabled") as raised:
                store.send(jobs.request())
            assert raised.value.maybe_done is True
            client.config_set("appendonly", "yes")

    @pytest.mark.parametrize("awaited", [False, True])
    def test_lost_while_it_waits_it_is_sent_again(
        self, awaited: bool, make_server: MakeServer, open_durable: OpenStore
    ) -> None:
        from tests.support.proxy import Proxy

        server = make_server(appendonly=True)
        with Proxy("127.0.0.1", server.port) as proxy:
            store = open_durable(f"redis://127.0.0.1:{proxy.port}/0", "fsync")
            jobs = driver(store)
            jobs.add()
            proxy.lose_replies(2)
            request = jobs.request()
            answer = asyncio.run(store.asend(request)) if awaited else store.send(request)
            assert answer.outcome is AddOutcome.STORED
            assert jobs.stats().counts["waiting"] == 2

    def test_on_a_full_server_a_cancel_waits_too(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        server = make_server(appendonly=True, options={"maxmemory-policy": "noeviction"})
        store = open_durable(server.url(), "fsync")
        jobs = driver(store)
        job_id = jobs.add()
        with server.client() as client:
            client.config_set("maxmemory", 1)
        assert store.send(Cancel(job_id, b"x" * 16)).outcome is CancelOutcome.CANCELLED


class TestRefusedAtTheStart:
    """With a sentence that names the mend, before anything is stored."""

    def test_without_an_append_only_file(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        server = make_server()
        store = open_durable(server.url(), "fsync")
        for call in (store.send, lambda request: asyncio.run(store.asend(request))):
            with pytest.raises(ConfigurationError, match="set appendonly yes"):
                call(Identify("shop", 1))
            with pytest.raises(ConfigurationError, match="set appendonly yes"):
                call(driver(store).request())
        with server.client() as client:
            assert client.dbsize() == 0

    def test_synced_once_a_second(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        """Valkey's WAITAOF doesn't wait then: the test of that is below."""
        for policy in ("everysec", "no"):
            server = make_server(appendonly=True, options={"appendfsync": policy})
            with pytest.raises(ConfigurationError, match="needs appendfsync always"):
                open_durable(server.url(), "fsync").send(Identify("shop", 1))

    @pytest.mark.service("redis")
    def test_a_server_without_waitaof(self, redis7: Server, open_durable: OpenStore) -> None:
        with redis7.client() as client:
            if Told.of_info(b"redis_version:%b\r\n" % client.info("server")["redis_version"].encode()).version >= (
                7,
                2,
            ):
                pytest.skip("this Redis has WAITAOF")
        with pytest.raises(ConfigurationError, match=r"needs a Redis 7\.2 or newer"):
            open_durable(redis7.url(), "fsync").send(Identify("shop", 1))

    def test_what_may_not_be_asked_is_taken_to_be_well(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        server = make_server(appendonly=True)
        with server.client() as client:
            client.execute_command("ACL", "SETUSER", "app", "on", ">pw", "~*", "&*", "+@all", "-config", "-info")
        store = open_durable(f"redis://app:pw@127.0.0.1:{server.port}", "fsync")
        assert driver(store).add()

    def test_a_user_who_may_not_wait(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        server = make_server(appendonly=True)
        with server.client() as client:
            client.execute_command("ACL", "SETUSER", "app", "on", ">pw", "~*", "&*", "+@all", "-waitaof")
        store = open_durable(f"redis://app:pw@127.0.0.1:{server.port}", "fsync")
        with pytest.raises(StoreNotDurableError, match="no permissions"):
            store.send(driver(store).request())

    def test_which_servers_tell_the_truth(self) -> None:
        fsync = Durability.of("fsync")
        everysec = [b"appendfsync", b"everysec"]
        redis8 = Told.of_info(b"redis_version:8.0.0\r\n")
        fsync.check(redis8, b"aof_enabled:1\r\n", everysec)
        for info in (b"redis_version:7.4.2\r\n", b"redis_version:7.2.4\r\nvalkey_version:9.1.2\r\n"):
            with pytest.raises(ConfigurationError, match="before its fsync"):
                fsync.check(Told.of_info(info), b"aof_enabled:1\r\n", everysec)
        with pytest.raises(ConfigurationError, match="never calls fsync"):
            fsync.check(redis8, b"aof_enabled:1\r\n", [b"appendfsync", b"no"])

    def test_a_keeper_is_not_stopped_by_it_later(self, make_server: MakeServer, open_durable: OpenStore) -> None:
        """What was well at the start and isn't any more concerns clients alone."""
        server = make_server(appendonly=True)
        store = open_durable(server.url(), "fsync")
        store.send(Identify("shop", 1))
        with server.client() as client:
            client.config_set("appendonly", "no")
            client.client_kill_filter(_type="normal", skipme=True)
        store._connections._forget()
        assert store.send(Look("k", {})).now_us
        with pytest.raises(ConfigurationError, match="set appendonly yes"):
            store.send(driver(store).request())
