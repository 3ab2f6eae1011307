"""stats, shards and purge: for the people who run it."""

from __future__ import annotations

from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND
from celery_durable_jobs.steps import (
    AddOutcome,
    Get,
    Purge,
    Purged,
    RouteStats,
    ShardEntry,
    Shards,
    Source,
)
from celery_durable_jobs.testing import StoreDriver
from tests.contract.conftest import MakeDriver

MAIL = Route("mail", priority=3)


def test_figures_of_an_empty_store(jobs: StoreDriver) -> None:
    stats = jobs.stats()
    assert stats.counts == {"waiting": 0, "claimed": 0, "sent": 0, "running": 0, "dead": 0}
    assert (stats.routes, stats.ended, stats.aside, stats.paused, stats.shards) == ((), 0, 0, (), 0)
    assert stats.now_us == jobs.clock()


def test_counts_by_state_and_by_route(jobs: StoreDriver) -> None:
    jobs.dead()
    jobs.succeeded()
    jobs.running("d2", route=MAIL)
    jobs.sent()
    jobs.sent(route=MAIL)
    jobs.claimed(route=MAIL)
    jobs.add(3)
    jobs.add(2)
    stats = jobs.stats()
    assert stats.counts == {"waiting": 2, "claimed": 1, "sent": 2, "running": 1, "dead": 1}
    assert {row.route: row for row in stats.routes} == {
        Route(): RouteStats(Route(), 1, jobs.when(2)),
        MAIL: RouteStats(MAIL, 2, None),
    }
    assert stats.ended == 1


def test_shards_with_their_heads_and_holders(jobs: StoreDriver) -> None:
    jobs.add(180, route=MAIL)
    jobs.add(90)
    claimed = jobs.claimed(due=-60)
    jobs.add(-50, route=MAIL)
    lease = jobs.clock() + jobs.options.lease_ttl_us
    entries = jobs.send(Shards(0))
    assert len(entries) == 3
    assert entries[0] == ShardEntry(claimed.id[1:9], "k1", lease, ((MAIL, jobs.when(-50)),), lease)
    assert [(each.keeper, each.lease_until_us, each.lines) for each in entries[1:]] == [
        (None, 0, ((Route(), jobs.when(90)),)),
        (None, 0, ((MAIL, jobs.when(180)),)),
    ]
    assert jobs.send(Shards(0, limit=1)) == entries[:1]


def test_a_shard_names_its_keeper_while_the_lease_lasts(jobs: StoreDriver) -> None:
    jobs.lease(jobs.add(), "k7")
    assert [each.keeper for each in jobs.send(Shards(0))] == ["k7"]
    jobs.clock.move(us=jobs.options.lease_ttl_us)
    assert [(each.keeper, each.lease_until_us) for each in jobs.send(Shards(0))] == [(None, 0)]


def test_purge_of_waiting_jobs_leaves_no_trace(jobs: StoreDriver) -> None:
    requests = [jobs.request(60 + number, target="t", key=f"k{number}") for number in range(5)]
    for request in requests:
        jobs.send(request)
    sent, running = jobs.sent(), jobs.running("d1")
    assert jobs.send(Purge(0, "waiting", limit=3)) == Purged(3, more=True)
    assert jobs.send(Purge(0, "waiting", limit=3)) == Purged(2, more=False)
    assert jobs.send(Purge(0, "waiting", limit=3)) == Purged(0, more=False)
    assert jobs.find(Source.WAITING) == jobs.find(Source.ENDED) == jobs.find(Source.TARGET, target="t") == []
    assert {jobs.state(sent.id), jobs.state(running.id)} == {JobState.SENT, JobState.RUNNING}
    assert jobs.send(Get(requests[0].job_id)) is None
    assert jobs.send(requests[0]).outcome is AddOutcome.STORED


def test_purge_of_dead_letters(jobs: StoreDriver) -> None:
    dead, waiting = [jobs.dead() for _ in range(3)], jobs.add(60)
    assert jobs.send(Purge(0, "dead")) == Purged(3, more=False)
    assert jobs.find(Source.DEAD) == []
    assert jobs.send(Get(dead[0])) is None
    assert jobs.state(waiting) is JobState.WAITING


def test_purge_of_ended_ones(jobs: StoreDriver) -> None:
    for _ in range(3):
        jobs.cancel(jobs.add(60))
    jobs.dead()
    count, more = 0, True
    while more:
        purged = jobs.send(Purge(0, "ended", limit=2))
        count, more = count + purged.count, purged.more
    assert count == 3
    assert jobs.find(Source.ENDED) == []
    assert jobs.stats().counts["dead"] == 1


def test_looks_prune_old_dead_letters_a_hundred_at_a_time(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(keep_dead_us=1_000 * SECOND)
    old = [jobs.dead(key=f"k{number}") for number in range(120)]
    jobs.clock.move(500)
    new = jobs.dead()
    jobs.clock.move(500, us=-1)
    assert jobs.look().pruned == 0
    jobs.clock.move(us=1)
    assert jobs.look().pruned == 100
    assert jobs.look().pruned == 20
    assert jobs.find(Source.DEAD) == [new]
    assert jobs.send(Get(old[0])) is None
    jobs.clock.move(500)
    assert jobs.look().pruned == 1
