"""A cluster of which a node is slow, away or loses replies: the others' stripes go on, nothing is done twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from celery_durable_jobs import steps
from celery_durable_jobs.errors import StoreUnavailableError
from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.stores.redis.address import Address
from celery_durable_jobs.stores.redis.cluster import ClusterStore
from celery_durable_jobs.stores.redis.cluster import store as store_module
from celery_durable_jobs.stores.redis.cluster.address import ClusterAddress, Place
from celery_durable_jobs.testing import MovedClock, StoreDriver
from celery_durable_jobs.testing.driver import CELERY
from tests.support.cluster_servers import ClusterServers
from tests.support.proxy import Proxy
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.service("valkey"), pytest.mark.xdist_group("cluster")]

STRIPES = 16
LOOK_S = 2.5
"""What a keeper gives a look."""

Run = Callable[[Any], Any]


class Field:
    """A store whose every node is reached through a proxy; one node is the test's to break."""

    def __init__(self, cluster: ClusterServers, namespace: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.proxies = {node.port: Proxy("127.0.0.1", node.port) for node in cluster.nodes}
        proxies = self.proxies

        class Proxied(ClusterAddress):
            def at(self, place: Place) -> Address:
                return super().at(Place(place.host, proxies[place.port].port))

        monkeypatch.setattr(store_module, "ClusterAddress", Proxied)
        options = StoreOptions(namespace, "shop", stripes=STRIPES)
        self.store = ClusterStore(cluster.url(nodes=6), options, clock=MovedClock())
        self.jobs = StoreDriver(self.store, self.store._context.clock)  # type: ignore[arg-type]
        owners = cluster.owners_of_stripes(namespace, STRIPES)
        self.node = owners[0]
        self.bad = self.proxies[self.node.port]
        self.broken = {stripe for stripe, node in owners.items() if node is self.node}
        requests = [self.jobs.request() for _ in range(300)]
        assert {answer.outcome for answer in self.store.send_many(requests)} == {steps.AddOutcome.STORED}
        self.ids = {parse_job_id(request.job_id).stripe: request.job_id for request in requests}
        assert len(self.ids) == STRIPES
        assert 0 < len(self.broken) < STRIPES

    def shards(self, stripes: set[int]) -> set[str]:
        return {parse_job_id(self.ids[stripe]).shard_id for stripe in stripes}

    def close(self) -> None:
        self.store.close()
        for proxy in self.proxies.values():
            proxy.close()


@pytest.fixture
def field(cluster: ClusterServers, namespace: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Field]:
    made = Field(cluster, namespace, monkeypatch)
    yield made
    made.close()


@pytest.fixture(params=["blocking", "asyncio"])
def send(request: pytest.FixtureRequest, field: Field) -> Callable[..., Any]:
    """``store.send`` or its twin."""
    if request.param == "blocking":
        return field.store.send
    return lambda *args, **options: asyncio.run(field.store.asend(*args, **options))


@pytest.mark.parametrize("how", ["hold", "refuse"])
def test_a_look_tells_of_the_other_nodes(field: Field, send: Callable[..., Any], how: str) -> None:
    others = field.shards(set(range(STRIPES)) - field.broken)
    terms = {held.term.shard_id: held.term for held in send(steps.Look("k1", {})).held}
    assert set(terms) == field.shards(set(range(STRIPES)))
    getattr(field.bad, how)()
    field.bad.cut()
    for _ in range(2):
        started = time.monotonic()
        looked = send(steps.Look("k1", {}, tuple(terms.values())), timeout=LOOK_S)
        assert time.monotonic() - started < LOOK_S
        assert {held.term.shard_id for held in looked.held} == others
        assert looked.lost == ()
    field.bad.accept()
    looked = send(steps.Look("k1", {}, tuple(terms.values())), timeout=LOOK_S)
    assert {held.term for held in looked.held} == set(terms.values())


def test_keepers_are_known_without_one_node(field: Field, send: Callable[..., Any]) -> None:
    field.jobs.look("k1")
    field.bad.refuse()
    field.bad.cut()
    (entry,) = send(steps.Keepers())
    assert (entry.id, entry.alive) == ("k1", True)


def test_a_node_that_is_away_is_told_of_once(field: Field, caplog: pytest.LogCaptureFixture) -> None:
    field.jobs.look("k1")
    field.bad.refuse()
    field.bad.cut()
    for _ in range(5):
        field.jobs.look("k1")
    field.bad.accept()
    field.jobs.look("k1")
    said = [record.getMessage() for record in caplog.records if record.name == "celery_durable_jobs.store"]
    assert [("unreachable" in each, "is back" in each) for each in said] == [(True, False), (False, True)]
    assert all(f"127.0.0.1:{field.node.port}" in each for each in said)


def test_all_are_away(field: Field, send: Callable[..., Any]) -> None:
    send(steps.Stats(0))
    for proxy in field.proxies.values():
        proxy.refuse()
        proxy.cut()
    started = time.monotonic()
    with pytest.raises(StoreUnavailableError):
        send(steps.Look("k1", {}), timeout=0.5)
    with pytest.raises(StoreUnavailableError):
        send(steps.Stats(0), timeout=0.5)
    assert time.monotonic() - started < 3
    for proxy in field.proxies.values():
        proxy.accept()
    assert len(send(steps.Look("k1", {})).held) == STRIPES


def test_of_many_calls_those_to_other_nodes_are_answered(field: Field) -> None:
    ids = [field.ids[stripe] for stripe in range(STRIPES)]
    field.bad.hold()
    field.bad.cut()
    started = time.monotonic()
    answers = field.store.send_many([steps.Get(each) for each in ids], timeout=1)
    assert time.monotonic() - started < 2
    for stripe, answer in enumerate(answers):
        if stripe in field.broken:
            assert isinstance(answer, StoreUnavailableError)
        else:
            assert answer.id == ids[stripe]


def test_what_one_node_claims_waits_a_moment_only_for_another(field: Field) -> None:
    held = {parse_job_id(field.ids[stripe]).shard_id: stripe for stripe in range(STRIPES)}
    looked = field.jobs.look("k1")
    terms = [each.term for each in looked.held]
    field.bad.refuse()
    field.bad.cut()
    started = time.monotonic()
    answers = field.store.send_many([steps.Claim(term, CELERY, limit=1) for term in terms], timeout=10)
    assert time.monotonic() - started < 5
    for term, answer in zip(terms, answers, strict=True):
        if held[term.shard_id] in field.broken:
            assert isinstance(answer, StoreUnavailableError)
        else:
            assert len(answer.jobs) == 1


def test_an_add_whose_reply_is_lost_is_sent_again(field: Field, send: Callable[..., Any]) -> None:
    before = field.jobs.stats(0).counts["waiting"]
    request = field.jobs.request(0)
    while parse_job_id(request.job_id).stripe != 0:
        request = field.jobs.request(0)
    field.bad.lose_replies(1)
    assert send(request).outcome is steps.AddOutcome.STORED
    assert field.jobs.stats(0).counts["waiting"] == before + 1


@pytest.mark.parametrize("twin", ["blocking", "asyncio"])
def test_a_claim_whose_reply_is_lost_is_not_sent_again(field: Field, twin: str) -> None:
    held = {each.term.shard_id: each.term for each in field.jobs.look("k1").held}
    term = held[parse_job_id(field.ids[0]).shard_id]
    waiting = field.jobs.stats(0).counts["waiting"]
    assert waiting > 2

    def claim() -> None:
        field.store.send(steps.Claim(term, CELERY, limit=0))  # so that the script is there
        field.bad.lose_replies(1)
        field.store.send(steps.Claim(term, CELERY, limit=1))

    async def aclaim() -> None:
        await field.store.asend(steps.Claim(term, CELERY, limit=0))
        field.bad.lose_replies(1)
        await field.store.asend(steps.Claim(term, CELERY, limit=1))

    with pytest.raises(StoreUnavailableError) as caught:
        claim() if twin == "blocking" else asyncio.run(aclaim())
    assert caught.value.maybe_done
    assert field.jobs.stats(0).counts["waiting"] == waiting - 1
    assert field.jobs.backlog() == 1


def test_wake_ups_come_by_another_node(field: Field) -> None:
    wakeups = field.store.wakeups()
    kept, *others = field.proxies.values()
    try:
        for proxy in others:
            proxy.refuse()
        for proxy in field.proxies.values():
            proxy.cut()
        assert wakeups.wait(10)  # something may have been missed
        wait_until(lambda: kept.open, 10, "it is heard by the node that is left")
        for proxy in others:
            proxy.accept()
        for sooner in range(1, 4):
            field.jobs.add(-sooner)
        assert wakeups.wait(5)
    finally:
        wakeups.close()
