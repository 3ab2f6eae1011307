"""release: a keeper lets leases go, and wakes the others."""

from __future__ import annotations

from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps import Claim, Keepers, Refusal, Release, Shards, Term
from celery_durable_jobs.testing import StoreDriver


def test_what_was_released_is_free_at_once(jobs: StoreDriver) -> None:
    term = jobs.lease(jobs.add())
    assert jobs.send(Release("k1", (term,), leaving=True)) == 1
    assert jobs.send(Shards(0))[0].keeper is None
    assert jobs.send(Claim(term, Route())).refused is Refusal.LEASE
    assert jobs.look("k2").held[0].granted


def test_it_guards_each_token(jobs: StoreDriver) -> None:
    one, two = jobs.add(), jobs.add(-120)
    first, second = jobs.lease(one), jobs.lease(two)
    forged = Term(second.shard_id, "1.k9")
    assert jobs.send(Release("k1", (first, forged, Term("---00000", "1.k1")))) == 1
    assert jobs.look("k1", [second]).lost == ()


def test_repeated_it_lets_go_of_nothing_that_another_has_by_now(jobs: StoreDriver) -> None:
    term = jobs.lease(jobs.add())
    release = Release("k1", (term,), leaving=True)
    assert jobs.send(release) == 1
    other = jobs.look("k2").held[0].term
    assert jobs.send(release) == 0
    assert jobs.look("k2", [other]).lost == ()


def test_a_run_out_lease_is_not_released(jobs: StoreDriver) -> None:
    term = jobs.lease(jobs.add())
    jobs.clock.move(us=jobs.options.lease_ttl_us)
    assert jobs.send(Release("k1", (term,))) == 0


def test_a_leaving_keeper_is_not_waited_for(jobs: StoreDriver) -> None:
    """G7: stopped politely, its shards are dispatched again within 1 s."""
    for minutes in range(20):
        jobs.add(-60 * minutes)
    jobs.look("k1")
    jobs.look("k2")
    terms = tuple(jobs.terms["k1"].values())
    assert len(terms) == 20
    assert jobs.send(Release("k1", terms, leaving=True)) == 20
    assert [each.id for each in jobs.send(Keepers())] == ["k2"]
    assert len(jobs.look("k2").held) == 20


def test_without_leaving_it_is_still_there(jobs: StoreDriver) -> None:
    term = jobs.lease(jobs.add())
    jobs.send(Release("k1", (term,)))
    assert [each.id for each in jobs.send(Keepers())] == ["k1"]


def test_what_it_claimed_and_did_not_send_stays_claimed(jobs: StoreDriver) -> None:
    job = jobs.claimed()
    jobs.send(Release("k1", tuple(jobs.terms["k1"].values()), leaving=True))
    assert jobs.state(job.id).value == "claimed"
