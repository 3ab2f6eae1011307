"""claim: a keeper takes due jobs out of their line."""

from __future__ import annotations

import random

import pytest

from celery_durable_jobs.model.options import PAUSE_LOOK_US
from celery_durable_jobs.model.record import Content
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Claim, FinishKind, Pause, PutBack, Refusal, Term
from celery_durable_jobs.testing import StoreDriver
from tests.contract.conftest import MakeDriver

CELERY = Route()


def test_due_jobs_become_claimed_with_a_deadline_of_a_lease_ttl(jobs: StoreDriver) -> None:
    job_id = jobs.add(key="k", metadata={"a": "b"}, content=Content(b"body", headers={"h": 1}))
    term = jobs.lease(job_id)
    jobs.clock.move(1)
    claimed = jobs.send(Claim(term, CELERY))
    assert (claimed.now_us, claimed.lease_until_us) == (jobs.clock(), jobs.when(-1) + jobs.options.lease_ttl_us)
    assert (claimed.head_us, claimed.room, claimed.paused, claimed.refused) == (None, 999, False, None)
    assert claimed.jobs == (jobs.get(job_id),)
    assert claimed.jobs[0].state is JobState.CLAIMED
    assert claimed.jobs[0].content == Content(b"body", headers={"h": 1})
    assert jobs.deadline(job_id) == jobs.clock() + jobs.options.lease_ttl_us


def test_none_is_claimed_before_its_time(jobs: StoreDriver) -> None:
    """G3: never early, not by a microsecond."""
    due = jobs.add()
    early = jobs.add(When(after_us=1))
    term = jobs.lease(due)
    claimed = jobs.send(Claim(term, CELERY))
    assert [job.id for job in claimed.jobs] == [due]
    assert claimed.head_us == jobs.clock() + 1
    jobs.clock.move(us=1)
    assert [job.id for job in jobs.send(Claim(term, CELERY)).jobs] == [early]


def test_in_due_order_and_equal_ones_in_the_order_of_their_requests(jobs: StoreDriver) -> None:
    """G3: in order."""
    rng = random.Random(1)
    offsets = [rng.choice([-1.0, -0.5, 0.0, -1e-6]) for _ in range(60)]
    ids = [jobs.add(offset, target=f"t{rng.random()}") for offset in offsets]
    expected = [ids[index] for index in sorted(range(60), key=lambda index: offsets[index])]
    term, got = jobs.lease(ids[0]), list[str]()
    for _ in range(10):
        got += [job.id for job in jobs.send(Claim(term, CELERY, limit=7)).jobs]
    assert got == expected


def test_jobs_of_another_line_are_not_touched(jobs: StoreDriver) -> None:
    mine = jobs.add(route=Route("mail"))
    others = [jobs.add(route=Route("mail", priority=3)), jobs.add(), jobs.add(-120, route=Route("mail"))]
    term = jobs.lease(mine)
    assert [job.id for job in jobs.send(Claim(term, Route("mail"))).jobs] == [mine]
    assert {jobs.state(each) for each in others} == {JobState.WAITING}


def test_each_claim_gives_a_generation_that_was_never_there(jobs: StoreDriver) -> None:
    ids = [jobs.add() for _ in range(3)]
    term, seen = jobs.lease(ids[0]), list[int]()
    for _ in range(4):
        claimed = jobs.send(Claim(term, CELERY)).jobs
        seen += [job.generation for job in claimed]
        jobs.send(PutBack(term, tuple((job.id, job.generation) for job in claimed)))
    assert len(seen) == len(set(seen)) == 12
    assert min(seen) > 0


@pytest.mark.parametrize("wrong", ["token", "run out", "never"])
def test_without_the_lease_nothing_is_claimed(jobs: StoreDriver, wrong: str) -> None:
    """G5: one that lost its lease can change nothing."""
    job_id = jobs.add()
    term = jobs.lease(job_id)
    if wrong == "token":
        term = Term(term.shard_id, "0." + term.token.split(".", 1)[1])
    elif wrong == "run out":
        jobs.clock.move(us=jobs.options.lease_ttl_us)
    else:
        term = Term("---00001", term.token)
    claimed = jobs.send(Claim(term, CELERY))
    assert (claimed.refused, claimed.jobs, claimed.now_us) == (Refusal.LEASE, (), jobs.clock())
    assert jobs.state(job_id) is JobState.WAITING


def test_a_claim_is_never_sent_again_by_a_client_library() -> None:
    assert not Claim.resendable


def test_the_limit_of_jobs(jobs: StoreDriver) -> None:
    ids = [jobs.add() for _ in range(5)]
    claimed = jobs.send(Claim(jobs.lease(ids[0]), CELERY, limit=2))
    assert [job.id for job in claimed.jobs] == ids[:2]
    assert claimed.head_us == jobs.get(ids[2]).due_us


def test_the_limit_of_bytes_and_at_least_one(jobs: StoreDriver) -> None:
    ids = [jobs.add(content=Content(b"x" * 1_000)) for _ in range(6)]
    term = jobs.lease(ids[0])
    assert [job.id for job in jobs.send(Claim(term, CELERY, limit_bytes=10)).jobs] == ids[:1]
    assert [job.id for job in jobs.send(Claim(term, CELERY, limit_bytes=2_500)).jobs] == ids[1:3]
    assert [job.id for job in jobs.send(Claim(term, CELERY)).jobs] == ids[3:]


def test_what_is_past_its_expires_ends_on_the_way(jobs: StoreDriver) -> None:
    gone = jobs.add(key="k", expires=When(after_us=SECOND))
    stays = jobs.add(expires=When(after_us=SECOND + 1))
    term = jobs.lease(gone)
    jobs.clock.move(1)
    claimed = jobs.send(Claim(term, CELERY))
    assert [job.id for job in claimed.jobs] == [stays]
    assert [(job.id, job.state, job.key, job.ended_us) for job in claimed.expired] == [
        (gone, JobState.EXPIRED, "k", jobs.clock())
    ]
    assert jobs.state(gone) is JobState.EXPIRED


def test_expired_ones_count_towards_the_limit(jobs: StoreDriver) -> None:
    ids = [jobs.add(expires=When(after_us=1)) for _ in range(5)]
    term = jobs.lease(ids[0])
    jobs.clock.move(1)
    claimed = jobs.send(Claim(term, CELERY, limit=3))
    assert (len(claimed.expired), claimed.head_us) == (3, jobs.when(-1))


# -- the backlog of a route is bounded


def test_a_claim_stops_at_the_bound(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(max_backlog=16)
    ids = [jobs.add() for _ in range(20)]
    term = jobs.lease(ids[0])
    first = jobs.send(Claim(term, CELERY, limit=10))
    assert (len(first.jobs), first.room) == (10, 6)
    second = jobs.send(Claim(term, CELERY))
    assert (len(second.jobs), second.room, second.head_us) == (6, 0, jobs.get(ids[16]).due_us)
    third = jobs.send(Claim(term, CELERY))
    assert (third.jobs, third.room, third.refused) == ((), 0, None)
    assert jobs.backlog() == 16


def test_a_full_route_is_looked_at_again_after_a_poll_interval(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(max_backlog=16)
    ids = [jobs.add() for _ in range(17)]
    term = jobs.lease(ids[0])
    jobs.send(Claim(term, CELERY))
    jobs.send(Claim(term, CELERY))
    looked = jobs.look()
    assert [held.lines for held in looked.held] == [()]
    assert looked.next_us == jobs.clock() + jobs.options.poll_interval_us
    assert jobs.stats().routes[0].blocked == "full"
    jobs.clock.move(us=jobs.options.poll_interval_us)
    assert len(jobs.look().held[0].lines) == 1


def test_a_backlog_that_came_down_to_half_opens_the_route(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(max_backlog=16)
    ids = [jobs.add() for _ in range(20)]
    term = jobs.lease(ids[0])
    taken = jobs.send(Claim(term, CELERY)).jobs
    jobs.send(Claim(term, CELERY))
    for job in taken[:7]:
        jobs.begin(job)
    assert jobs.look().held[0].lines == ()
    jobs.begin(taken[7])
    assert len(jobs.look().held[0].lines) == 1
    assert jobs.stats().routes[0].blocked == ""
    assert len(jobs.send(Claim(term, CELERY)).jobs) == 4


def test_what_left_the_backlog_makes_room_whichever_way_it_went(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(max_backlog=16)
    ids = [jobs.add() for _ in range(16)]
    term = jobs.lease(ids[0])
    taken = jobs.send(Claim(term, CELERY)).jobs
    jobs.mark_sent(*taken[:4])
    jobs.begin(taken[0])
    jobs.cancel(taken[1].id)
    jobs.change(taken[2].id, due=When(after_us=60 * SECOND))
    jobs.begin(taken[4], "d4")
    jobs.send(PutBack(term, ((taken[5].id, taken[5].generation),)))
    assert jobs.backlog() == 11
    jobs.finish(taken[4].id, "d4", FinishKind.SUCCEED)
    assert jobs.backlog() == 11


def test_routes_do_not_take_each_others_room(make_jobs: MakeDriver) -> None:
    """No head-of-line blocking."""
    jobs = make_jobs(max_backlog=16)
    low, high = Route(priority=9), Route(priority=0)
    ids = [jobs.add(route=low) for _ in range(40)]
    urgent = jobs.add(route=high)
    term = jobs.lease(ids[0])
    jobs.send(Claim(term, low))
    jobs.send(Claim(term, low))
    assert [line.route for line in jobs.look().held[0].lines] == [high]
    assert [job.id for job in jobs.send(Claim(term, high)).jobs] == [urgent]


def test_each_stripe_has_its_share_and_at_least_16(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(max_backlog=100, stripes=4)
    ids = [jobs.add(target="t") for _ in range(30)]
    assert len(jobs.send(Claim(jobs.lease(ids[0]), CELERY)).jobs) == 25
    assert make_jobs(namespace=f"{jobs.options.namespace}2", max_backlog=1, stripes=4).options.backlog_bound == 16


def test_unbounded_where_the_bound_is_none(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(max_backlog=None)
    ids = [jobs.add() for _ in range(1_005)]
    term = jobs.lease(ids[0])
    first = jobs.send(Claim(term, CELERY))
    assert (len(first.jobs), first.room) == (1_000, None)
    assert len(jobs.send(Claim(term, CELERY)).jobs) == 5


# -- paused


def test_a_paused_queue_gives_nothing_on_any_of_its_routes(jobs: StoreDriver) -> None:
    one, two = jobs.add(route=Route("mail")), jobs.add(route=Route("mail", priority=5))
    other = jobs.add(route=Route("news"))
    term = jobs.lease(one)
    jobs.send(Pause("mail", 0, jobs.call_id()))
    for route in (Route("mail"), Route("mail", priority=5)):
        claimed = jobs.send(Claim(term, route))
        assert (claimed.paused, claimed.jobs, claimed.head_us) == (True, (), jobs.clock())
    assert [job.id for job in jobs.send(Claim(term, Route("news"))).jobs] == [other]
    assert {jobs.state(one), jobs.state(two)} == {JobState.WAITING}
    looked = jobs.look()
    assert looked.held[0].lines == ()
    assert looked.next_us == min(jobs.clock() + PAUSE_LOOK_US, jobs.clock() + jobs.options.lease_ttl_us)
