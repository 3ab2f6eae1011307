"""A store behind Sentinel: real sentinels, failed over in peace and by kill -9."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest

from celery_durable_jobs.errors import SettingError, StoreUnavailableError
from celery_durable_jobs.model.when import NOW
from celery_durable_jobs.steps import AddOutcome, Get, Identify
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.stores.redis.keys import wake_channel
from celery_durable_jobs.stores.redis.sentinel import SentinelAddress, SentinelConnections
from celery_durable_jobs.testing import MovedClock, StoreDriver
from tests.support.proxy import Proxy
from tests.support.sentinels import NAME, Sentinels
from tests.support.servers import free_port
from tests.support.waiting import wait_until
from tests.unit.redis_store.conftest import OpenStore


def driver(store: RedisStore) -> StoreDriver:
    return StoreDriver(store, MovedClock())


class TestAddress:
    """URLs."""

    def test_kombus_spelling(self) -> None:
        address = SentinelAddress("sentinel://u:p%40w@a:1/3;sentinel://b;sentinel://c:4?master_name=shop%2F1")
        assert address.name == "shop/1"
        assert [(each.arguments["host"], each.arguments["port"]) for each in address.sentinels()] == [
            ("a", 1),
            ("b", 26379),
            ("c", 4),
        ]
        assert address.arguments["username"] == "u"
        assert address.arguments["password"] == "p@w"
        assert address.arguments["db"] == 3
        assert "p@w" not in address.where
        assert "a:1, b:26379, c:4" in address.where

    def test_commas_will_do(self) -> None:
        address = SentinelAddress("sentinel://:pw@a,b:2/5?master_name=x")
        assert [each.arguments["host"] for each in address.sentinels()] == ["a", "b"]
        assert (address.arguments["db"], address.arguments["password"]) == (5, "pw")
        assert "password" not in address.sentinels()[0].arguments

    def test_the_sentinels_own_login_and_tls(self) -> None:
        url = "sentinel://a?master_name=x&sentinel_password=s&sentinel_ssl=true&ssl=true&ssl_cert_reqs=CERT_NONE"
        address = SentinelAddress(url)
        [sentinel] = address.sentinels()
        assert (sentinel.tls, sentinel.arguments["password"]) == (True, "s")
        assert (address.tls, address.arguments["ssl_cert_reqs"]) == (True, "none")
        assert "password" not in address.arguments

    def test_options_as_kombu_has_them(self) -> None:
        address = SentinelAddress("sentinel://a", {"master_name": "x", "sentinel_kwargs": {"password": "s"}})
        assert address.name == "x"
        assert address.sentinels()[0].arguments["password"] == "s"
        assert "sentinel_kwargs" not in address.arguments

    def test_without_a_name_it_is_refused(self, open_store: OpenStore) -> None:
        with pytest.raises(SettingError, match=r"needs \?master_name=") as raised:
            open_store("sentinel://:hush@a;sentinel://b")
        assert "hush" not in str(raised.value)

    def test_parameters_belong_behind_all(self, open_store: OpenStore) -> None:
        with pytest.raises(SettingError, match="behind the last sentinel"):
            open_store("sentinel://a?master_name=x;sentinel://b")

    def test_nobody_there(self, open_store: OpenStore) -> None:
        url = f"sentinel://:hush@127.0.0.1:{free_port()};sentinel://127.0.0.1:{free_port()}?master_name=x"
        store = open_store(url, timeout=0.5)
        started = time.monotonic()
        for call in (store.send, lambda request: asyncio.run(store.asend(request))):
            with pytest.raises(StoreUnavailableError, match="no sentinel tells where 'x' is") as raised:
                call(Identify("shop", 1))
            assert raised.value.maybe_done is False
            assert "hush" not in str(raised.value)
        assert 0.5 < time.monotonic() - started < 4


@pytest.fixture(scope="module")
def sentinels(no_process_left_behind: None) -> Iterator[Sentinels]:
    from tests.support.services import require_service

    require_service("valkey")
    with Sentinels(2) as made:
        yield made


@pytest.fixture
def whole(sentinels: Sentinels) -> Sentinels:
    """All servers up, and following one of them."""
    sentinels.mend()
    return sentinels


@pytest.mark.service("valkey")
class TestFailover:
    """Calls find the new primary."""

    def test_all_is_well(self, whole: Sentinels, open_store: OpenStore) -> None:
        store = open_store(whole.url())
        jobs = driver(store)
        job_id = jobs.add()
        assert asyncio.run(store.asend(Get(job_id))) == jobs.get(job_id)
        with whole.primary.client() as client:
            assert client.keys("*:jobs")
        assert NAME in repr(store)

    def test_in_peace(self, whole: Sentinels, open_store: OpenStore) -> None:
        store = open_store(whole.url())
        jobs = driver(store)
        job_id = jobs.add()
        whole.fail_over()
        assert jobs.get(job_id).id == job_id
        assert store.send(jobs.request()).outcome is AddOutcome.STORED

    def test_in_peace_awaited(self, whole: Sentinels, open_store: OpenStore) -> None:
        store = open_store(whole.url())

        async def calls() -> None:
            job_id = driver(store).request()
            assert (await store.asend(job_id)).outcome is AddOutcome.STORED
            await asyncio.to_thread(whole.fail_over)
            assert (await store.asend(Get(job_id.job_id))) is not None
            assert (await store.asend(driver(store).request())).outcome is AddOutcome.STORED

        asyncio.run(calls())

    @pytest.mark.parametrize("awaited", [False, True])
    def test_standing_connections_are_left_in_time(
        self, awaited: bool, whole: Sentinels, open_store: OpenStore
    ) -> None:
        """The old primary of a planned failover takes writes for seconds more. Calls find the new one sooner."""
        store = open_store(whole.url())
        jobs = driver(store)

        async def add() -> str:
            request = jobs.request()
            assert (await store.asend(request) if awaited else store.send(request)).outcome is AddOutcome.STORED
            return request.job_id

        async def run() -> None:
            await add()
            new = await asyncio.to_thread(whole.fail_over)
            started = time.monotonic()
            while driver(open_store(new.url())).get(await add()) is None:
                assert time.monotonic() - started < 3
                await asyncio.sleep(0.05)

        asyncio.run(run())

    @pytest.mark.parametrize("awaited", [False, True])
    def test_a_call_rides_out_a_kill(self, awaited: bool, whole: Sentinels, open_store: OpenStore) -> None:
        """Within its time: the sentinels need a second and a half to find out and choose."""
        store = open_store(whole.url(), timeout=20, durability=("replicas", 1))
        jobs = driver(store)
        job_id = jobs.add()
        old = whole.kill_primary()
        request = jobs.request()
        answer: Any = asyncio.run(store.asend(request)) if awaited else store.send(request)
        assert answer.outcome is AddOutcome.STORED
        assert jobs.get(job_id).id == job_id
        assert whole.wait_for_another(old) is not old

    def test_a_short_call_says_it_clearly(self, whole: Sentinels, open_store: OpenStore) -> None:
        store = open_store(whole.url(), timeout=0.4)
        store.send(Identify("shop", 1), timeout=5)
        old = whole.kill_primary()
        started = time.monotonic()
        with pytest.raises(StoreUnavailableError) as raised:
            store.send(driver(store).request())
        assert time.monotonic() - started < 2
        assert NAME in str(raised.value)
        assert raised.value.maybe_done is False
        whole.wait_for_another(old)

    def test_a_frozen_primary_is_left_behind(self, whole: Sentinels, open_store: OpenStore) -> None:
        """It keeps its connections and says nothing; the first part of a call's time is lost to it, not all."""
        store = open_store(whole.url(), timeout=20)
        driver(store).add()
        old = whole.primary
        old.freeze()
        try:
            assert store.send(driver(store).request()).outcome is AddOutcome.STORED
            assert whole.primary is not old
        finally:
            old.thaw()

    def test_the_sentinel_that_answers_is_asked_first(self, whole: Sentinels) -> None:
        dead = free_port()
        url = f"sentinel://127.0.0.1:{dead};sentinel://127.0.0.1:{whole.ports[0]}?master_name={NAME}"
        address = SentinelAddress(url)
        connections = SentinelConnections(address, 2)
        connections.connect(2).disconnect()
        assert address.sentinels()[0].arguments["port"] == whole.ports[0]

    def test_a_silent_sentinel_costs_its_share(self, whole: Sentinels, open_store: OpenStore) -> None:
        with Proxy("127.0.0.1", whole.ports[0]) as proxy:
            proxy.black_hole()
            url = f"sentinel://127.0.0.1:{proxy.port};sentinel://127.0.0.1:{whole.ports[1]}?master_name={NAME}"
            store = open_store(url, timeout=4)
            assert store.send(Identify("shop", 1)).stripes == 1
            assert asyncio.run(store.asend(Identify("shop", 1))).stripes == 1

    def test_a_name_that_no_sentinel_knows(self, whole: Sentinels, open_store: OpenStore) -> None:
        store = open_store(f"sentinel://127.0.0.1:{whole.ports[0]}?master_name=nobody", timeout=0.5)
        with pytest.raises(StoreUnavailableError, match="knows of no such primary"):
            store.send(Identify("shop", 1))

    def test_a_replica_is_never_taken_for_the_primary(self, whole: Sentinels, open_store: OpenStore) -> None:
        """A sentinel that is behind names one; reading from it would show the past."""

        def refused() -> str:
            replica = next(server for server in whole.servers if server is not whole.primary)
            store = open_store(whole.url(), timeout=0.5)
            connections: Any = store._connections
            connections._primary = lambda timeout: ("127.0.0.1", replica.port)
            try:
                store.send(Get(driver(store).request().job_id))
            except StoreUnavailableError as error:
                return str(error)
            # On a busy machine the sentinels may have made it the primary just then.
            assert replica is whole.primary
            return ""

        assert "which the sentinels name, is a slave" in wait_until(refused, 20, "a replica is asked")

    def test_wakeups_find_the_new_primary(self, whole: Sentinels, open_store: OpenStore) -> None:
        store = open_store(whole.url())
        store.send(Identify("shop", 1))
        wakeups = store.wakeups()
        try:
            driver(store).add(NOW)
            assert wakeups.wait(5)
            whole.fail_over()
            new = whole.primary

            def subscribed() -> bool:
                with new.client() as client:
                    return bool(client.pubsub_channels("dj:*"))

            wait_until(subscribed, 20, "it has subscribed at the new primary")
            assert wakeups.wait(5)  # something may have been missed
            assert not wakeups.wait(0.2)
            with new.client() as client:
                assert client.publish(wake_channel(store.options.namespace), b"0") == 1
            assert wakeups.wait(5)
        finally:
            wakeups.close()
