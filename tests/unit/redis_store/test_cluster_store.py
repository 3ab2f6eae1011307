"""The store on a real cluster: where stripes lie, how calls find them, and what happens while a slot moves."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from celery_durable_jobs import steps
from celery_durable_jobs.errors import (
    ConfigurationError,
    StoreBrokenError,
    StoreNotDurableError,
    StoreUnavailableError,
)
from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.stores.redis import RedisStore
from celery_durable_jobs.stores.redis.cluster import ClusterStore
from celery_durable_jobs.stores.redis.cluster.address import Place
from celery_durable_jobs.testing import MovedClock, StoreDriver
from celery_durable_jobs.testing.driver import CELERY
from tests.support.cluster_servers import ClusterNode, ClusterServers, SlotMove, move_slot, slot_of

if TYPE_CHECKING:
    from tests.support.servers import Server

pytestmark = [pytest.mark.service("valkey"), pytest.mark.xdist_group("cluster")]

STRIPES = 16

MakeDriver = Callable[..., StoreDriver]


@pytest.fixture
def make_jobs(cluster: ClusterServers, namespace: str) -> Iterator[MakeDriver]:
    """Drivers over stores of one namespace, under one moved clock; each store is a process's own."""
    made: list[ClusterStore] = []
    clock = MovedClock()

    def make(timeout: float = 5.0, durability: Any = "memory", **options: Any) -> StoreDriver:
        settings = StoreOptions(**{"namespace": namespace, "identity": "shop", "stripes": STRIPES, **options})
        made.append(ClusterStore(cluster.url(), settings, clock=clock, timeout=timeout, durability=durability))
        return StoreDriver(made[-1], clock)

    yield make
    for store in made:
        store.close()


@pytest.fixture
def jobs(make_jobs: MakeDriver) -> StoreDriver:
    return make_jobs()


def of_stripe(jobs: StoreDriver, stripe: int, due: float = 0, **fields: Any) -> str:
    """A job of this stripe."""
    while True:
        job_id = jobs.new_id(jobs.when(due))
        if parse_job_id(job_id).stripe == stripe:
            return jobs.add(due, job_id=job_id, **fields)


def calls(cluster: ClusterServers) -> dict[ClusterNode, int]:
    """How many scripts each master has run."""
    found = {}
    for node in cluster.masters:
        with node.client() as client:
            stats = client.info("commandstats")
            found[node] = sum(stats.get(f"cmdstat_{verb}", {"calls": 0})["calls"] for verb in ("fcall", "evalsha"))
    return found


def topology(jobs: StoreDriver) -> Any:
    return jobs.store._topology  # type: ignore[attr-defined]


# -- where things lie


def test_stripes_are_spread_over_all_masters_and_each_lies_in_one_slot(
    jobs: StoreDriver, cluster: ClusterServers, namespace: str
) -> None:
    for stripe in range(STRIPES):
        of_stripe(jobs, stripe, target=None, name="n")
    places = {key: node for key, node in cluster.all_keys().items() if namespace.encode() in key}
    owners = cluster.owners_of_stripes(namespace, STRIPES)
    assert set(places.values()) == set(owners.values()) == set(cluster.masters)
    for key, node in places.items():
        assert node is owners[int(key.split(b"}")[0].rpartition(b":")[2])]
    jobs.recount()


def test_a_look_is_one_call_a_node(jobs: StoreDriver, cluster: ClusterServers) -> None:
    ids = [of_stripe(jobs, stripe) for stripe in range(STRIPES)]
    jobs.look("k1", limit=0)
    before = calls(cluster)
    looked = jobs.look("k1")
    assert {node: count - before[node] for node, count in calls(cluster).items()} == dict.fromkeys(cluster.masters, 1)
    assert {held.term.shard_id for held in looked.held} == {parse_job_id(each).shard_id for each in ids}
    assert looked.keepers == ("k1",)


def test_grants_keep_to_the_limit_and_all_get_their_turn(jobs: StoreDriver) -> None:
    for stripe in range(STRIPES):
        of_stripe(jobs, stripe)
    held: set[str] = set()
    for _ in range(300):
        granted = [each.term.shard_id for each in jobs.look("k1", limit=1).held if each.granted]
        assert len(granted) <= 1
        held.update(granted)
        if len(held) == STRIPES:
            break
    assert len(held) == STRIPES


def test_what_is_held_comes_oldest_head_first(jobs: StoreDriver) -> None:
    for number, stripe in enumerate(range(STRIPES)):
        of_stripe(jobs, stripe, due=-number)
    heads = [held.lines[0].head_us for held in jobs.look("k1").held]
    assert len(heads) == STRIPES
    assert heads == sorted(heads)


def test_a_term_that_is_lost_is_told_and_no_other(jobs: StoreDriver) -> None:
    for stripe in range(STRIPES):
        of_stripe(jobs, stripe)
    terms = [held.term for held in jobs.look("k1").held]
    wrong = steps.Term(terms[3].shard_id, "0.k1")
    looked = jobs.look("k1", terms=[wrong, *terms[4:]], limit=0)
    assert looked.lost == (wrong,)
    assert {held.term for held in looked.held} == set(terms[4:])


def test_many_calls_of_all_stripes_at_once(jobs: StoreDriver) -> None:
    requests = [jobs.request(60) for _ in range(500)]
    assert {answer.outcome for answer in jobs.store.send_many(requests)} == {steps.AddOutcome.STORED}
    answers = jobs.store.send_many([steps.Get(request.job_id) for request in requests])
    assert [answer.id for answer in answers] == [request.job_id for request in requests]


# -- finding the node


def lost_map(jobs: StoreDriver, cluster: ClusterServers, namespace: str, stripes: list[int]) -> None:
    """Have the process believe that each stripe lies on the next node."""
    masters, owners = cluster.masters, cluster.owners_of_stripes(namespace, STRIPES)
    for stripe in stripes:
        wrong = masters[(masters.index(owners[stripe]) + 1) % len(masters)]
        topology(jobs).moved(f"MOVED {slot_of(namespace, stripe)} 127.0.0.1:{wrong.port}", Place("", 0))


def test_a_call_follows_its_stripe(jobs: StoreDriver, cluster: ClusterServers, namespace: str) -> None:
    ids = [of_stripe(jobs, stripe) for stripe in range(STRIPES)]
    lost_map(jobs, cluster, namespace, list(range(STRIPES)))
    started = time.monotonic()
    assert [answer.id for answer in jobs.store.send_many([steps.Get(each) for each in ids])] == ids
    assert time.monotonic() - started < 2
    lost_map(jobs, cluster, namespace, list(range(STRIPES)))

    async def again() -> list[Any]:
        return await jobs.store.asend_many([steps.Get(each) for each in ids])

    assert [answer.id for answer in asyncio.run(again())] == ids


def test_a_claim_that_was_sent_elsewhere_is_sent_again_and_claims_once(
    jobs: StoreDriver, cluster: ClusterServers, namespace: str
) -> None:
    job_id = of_stripe(jobs, 3)
    term = jobs.lease(job_id)
    lost_map(jobs, cluster, namespace, [3])
    claimed = jobs.send(steps.Claim(term, CELERY))
    assert [job.id for job in claimed.jobs] == [job_id]
    assert jobs.backlog(stripe=3) == 1


@pytest.mark.parametrize("stripes", [[0], [5], [5, 11], list(range(STRIPES))])
def test_a_look_finds_what_has_gone_elsewhere(
    jobs: StoreDriver, cluster: ClusterServers, namespace: str, stripes: list[int]
) -> None:
    ids = [of_stripe(jobs, stripe) for stripe in range(STRIPES)]
    jobs.look("k1")
    lost_map(jobs, cluster, namespace, stripes)
    looked = jobs.look("k1")
    assert {held.term.shard_id for held in looked.held} == {parse_job_id(each).shard_id for each in ids}
    assert looked.lost == ()


def test_any_node_may_be_named(cluster: ClusterServers, namespace: str) -> None:
    for node in cluster.nodes:
        store = ClusterStore(f"redis+cluster://{node.place}", StoreOptions(namespace, "shop", stripes=STRIPES))
        assert store.send(steps.Identify("shop", STRIPES)).stripes == STRIPES
        store.close()


def test_nodes_that_are_gone_are_passed_over(cluster: ClusterServers, namespace: str) -> None:
    url = f"redis+cluster://127.0.0.1:1,127.0.0.1:2,{cluster.nodes[0].place}"
    for _ in range(5):
        store = ClusterStore(url, StoreOptions(namespace, "shop"))
        assert store.send(steps.Stats(0)).shards == 0
        store.close()


def test_no_node_answers(namespace: str) -> None:
    store = ClusterStore("redis+cluster://u:secret@127.0.0.1:1,127.0.0.1:2", StoreOptions(namespace, "shop"))
    started = time.monotonic()
    with pytest.raises(StoreUnavailableError, match=r"127\.0\.0\.1:1.*has not taken effect") as caught:
        store.send(steps.Stats(0), timeout=0.5)
    assert not caught.value.maybe_done
    assert "secret" not in str(caught.value)
    with pytest.raises(StoreUnavailableError):
        asyncio.run(store.asend(steps.Stats(0), timeout=0.5))
    assert time.monotonic() - started < 3
    assert store.hazards() == []


def test_who_may_not_ask_is_told_at_once(cluster: ClusterServers, namespace: str) -> None:
    for node in cluster.nodes:
        node.call("ACL", "SETUSER", namespace, "on", ">secret", "-@all", "+ping")
    address = cluster.url().partition("://")[2]
    try:
        for login, why in ((f"{namespace}:secret", "NOPERM"), (f"{namespace}:wrong", "NOAUTH")):
            store = ClusterStore(f"redis+cluster://{login}@{address}", StoreOptions(namespace, "shop"))
            started = time.monotonic()
            with pytest.raises(StoreUnavailableError, match=why):
                store.send(steps.Stats(0))
            with pytest.raises(StoreUnavailableError, match=why):
                asyncio.run(store.asend(steps.Stats(0)))
            assert time.monotonic() - started < 4
            store.close()
    finally:
        for node in cluster.nodes:
            node.call("ACL", "DELUSER", namespace)


def test_a_server_of_its_own_is_none(server: Server, namespace: str) -> None:
    store = ClusterStore(f"redis+cluster://127.0.0.1:{server.port}", StoreOptions(namespace, "shop"))
    with pytest.raises(ConfigurationError, match="begin the URL with redis://"):
        store.send(steps.Stats(0))
    store.close()


def test_a_cluster_is_no_server_of_its_own(cluster: ClusterServers, namespace: str) -> None:
    node = next(each for each in cluster.masters if each is not cluster.owner(slot_of(namespace, 0)))
    store = RedisStore(f"redis://{node.place}", StoreOptions(namespace, "shop"))
    with pytest.raises(StoreBrokenError, match=r"redis\+cluster://"):
        store.send(steps.Stats(0))
    store.close()


def test_the_library_is_loaded_on_each_node(jobs: StoreDriver, cluster: ClusterServers) -> None:
    for node in cluster.masters:
        node.call("FUNCTION", "FLUSH", "SYNC")
        for stripe in range(STRIPES):
            of_stripe(jobs, stripe)
    assert sum(jobs.stats(stripe).counts["waiting"] for stripe in range(STRIPES)) == len(cluster.masters) * STRIPES


# -- how durable


def test_each_node_waits_for_its_own_replica(make_jobs: MakeDriver, cluster: ClusterServers, namespace: str) -> None:
    jobs = make_jobs(durability=("replicas", 1))
    requests = [jobs.request(60) for _ in range(100)]
    assert {answer.outcome for answer in jobs.store.send_many(requests)} == {steps.AddOutcome.STORED}
    lost_map(jobs, cluster, namespace, list(range(STRIPES)))
    assert {answer.outcome for answer in jobs.store.send_many(requests)} == {steps.AddOutcome.STORED}
    cancels = [steps.Cancel(request.job_id, jobs.call_id()) for request in requests]
    assert all(answer.outcome for answer in asyncio.run(jobs.store.asend_many(cancels)))


def test_what_too_few_have_is_told_and_is_there(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(durability=("replicas", 2), timeout=1)
    request = jobs.request(60)
    with pytest.raises(StoreNotDurableError, match="1 of 2 replicas"):
        jobs.send(request)
    assert jobs.state(request.job_id) is JobState.WAITING


def test_a_node_that_can_not_do_it_is_refused(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(durability="fsync")
    with pytest.raises(ConfigurationError, match="append-only file"):
        jobs.add(60)
    with pytest.raises(ConfigurationError, match="append-only file"):
        asyncio.run(jobs.store.asend(jobs.request(60)))


# -- while a slot moves


def test_while_its_slot_moves_a_stripe_is_left_alone(
    jobs: StoreDriver, cluster: ClusterServers, namespace: str
) -> None:
    """Half of its keys are here and half there: a script that ran would take what it doesn't find for gone."""
    ids = [of_stripe(jobs, 0, target=f"t{number}") for number in range(5)]
    slot = slot_of(namespace, 0)
    before = {key for key in cluster.all_keys() if namespace.encode() in key}
    with SlotMove(cluster, slot) as move:
        for keys in (3, len(before)):
            move.move_keys(keys)
            cancel = steps.Cancel(ids[1], jobs.call_id())
            with pytest.raises(StoreUnavailableError, match="its slot is on its way") as caught:
                jobs.store.send_many([steps.Get(ids[0]), jobs.request(0, job_id=ids[0]), cancel], timeout=4)
            assert not caught.value.maybe_done
            assert {key for key in cluster.all_keys() if namespace.encode() in key} == before
    assert cluster.owner(slot) is move.target
    assert [jobs.state(each) for each in ids] == [JobState.WAITING] * 5
    jobs.recount()


def test_a_claim_waits_until_the_slot_has_arrived_and_claims_once(
    jobs: StoreDriver, cluster: ClusterServers, namespace: str
) -> None:
    ids = [of_stripe(jobs, 2) for _ in range(20)]
    term = jobs.lease(ids[0])
    move = SlotMove(cluster, slot_of(namespace, 2)).begin()
    move.move_keys(2)
    later = threading.Timer(0.4, move.finish)
    later.start()
    try:
        claimed = jobs.send(steps.Claim(term, CELERY))
    finally:
        later.join()
    assert sorted(job.id for job in claimed.jobs) == sorted(ids)
    assert jobs.backlog(stripe=2) == 20
    jobs.recount()


def test_the_awaitable_twin_waits_too(jobs: StoreDriver, cluster: ClusterServers, namespace: str) -> None:
    job_id = of_stripe(jobs, 2)
    move = SlotMove(cluster, slot_of(namespace, 2)).begin()
    move.move_keys(2)

    async def cancel() -> steps.CancelAnswer:
        waiting = asyncio.ensure_future(jobs.store.asend(steps.Cancel(job_id, jobs.call_id())))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        move.finish()
        return await waiting

    assert asyncio.run(cancel()).outcome


@pytest.mark.parametrize("moved", [0, 4])
def test_other_stripes_of_the_node_are_looked_at_meanwhile(
    jobs: StoreDriver, cluster: ClusterServers, namespace: str, moved: int
) -> None:
    ids = {stripe: of_stripe(jobs, stripe) for stripe in range(STRIPES)}
    terms = {held.term.shard_id: held.term for held in jobs.look("k1").held}
    group = max(topology(jobs).groups([jobs.store._context.prefix(each) for each in range(STRIPES)]), key=len)  # type: ignore[attr-defined]
    for stripe in (group[0], group[1]):  # the one that the call is sent by, and one of its company
        shard = parse_job_id(ids[stripe]).shard_id
        with SlotMove(cluster, slot_of(namespace, stripe)) as move:
            move.move_keys(moved)
            jobs.look("k1")
            started = time.monotonic()
            looked = jobs.look("k1")
            assert time.monotonic() - started < 2.5  # of 5 s that it has
            assert {held.term.shard_id for held in looked.held} == set(terms) - {shard}
            assert looked.lost == ()
        assert {held.term for held in jobs.look("k1").held} == set(terms.values())


def test_slots_that_have_moved_are_found(jobs: StoreDriver, cluster: ClusterServers, namespace: str) -> None:
    ids = [of_stripe(jobs, stripe) for stripe in range(STRIPES)]
    before = cluster.owners_of_stripes(namespace, STRIPES)
    for stripe in range(0, STRIPES, 4):
        assert move_slot(cluster, slot_of(namespace, stripe)) > 0
    after = cluster.owners_of_stripes(namespace, STRIPES)
    assert [stripe for stripe in range(STRIPES) if after[stripe] is not before[stripe]] == list(range(0, STRIPES, 4))
    assert [jobs.get(each).id for each in ids] == ids
    looked = jobs.look("k1")
    assert len(looked.held) == STRIPES
    for stripe in range(STRIPES):
        jobs.store.send(steps.Stats(stripe))
    jobs.recount()


# -- wake-ups, hints


def test_a_wake_up_of_any_stripe_reaches_a_subscription_on_any_node(jobs: StoreDriver) -> None:
    sooner = itertools.count(0, -1)
    for _ in range(3):
        wakeups = jobs.store.wakeups()
        try:
            for stripe in range(0, STRIPES, 3):
                of_stripe(jobs, stripe, due=next(sooner))
                assert wakeups.wait(2)
        finally:
            wakeups.close()


def test_few_stripes_are_hinted_at(make_jobs: MakeDriver, cluster: ClusterServers) -> None:
    def about_stripes(stripes: int) -> list[str]:
        store = make_jobs(stripes=stripes).store
        return [each for each in store.hazards() if "shard_stripes" in each]  # type: ignore[attr-defined]

    assert "jobs lie on one of them" in about_stripes(1)[0]
    assert about_stripes(STRIPES) == []


def test_hazards_of_all_masters_are_told_once(jobs: StoreDriver, cluster: ClusterServers) -> None:
    assert len([each for each in jobs.store.hazards() if "writes nothing to disk" in each]) == 1  # type: ignore[attr-defined]
    assert not [each for each in jobs.store.hazards() if "without a replica" in each]  # type: ignore[attr-defined]
