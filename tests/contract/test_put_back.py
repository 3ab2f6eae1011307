"""put back: what was claimed and not sent returns to its line."""

from __future__ import annotations

import pytest

from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Begin, Claim, Looked, PutBack, PutBackDone, Refusal, Refused, Term
from celery_durable_jobs.testing import StoreDriver
from celery_durable_jobs.testing.driver import CELERY


def new_term(jobs: StoreDriver, shard_id: str, keeper: str = "k1") -> Term:
    """Another term of the same keeper, at once: under it, what was claimed before is another token's."""
    jobs.add(route=Route("something due in this shard"))
    looked: Looked = jobs.look(keeper, [])
    return next(held.term for held in looked.held if held.term.shard_id == shard_id)


def test_named_jobs_of_ones_own_return_at_their_due_time(jobs: StoreDriver) -> None:
    """Third case: the caller claimed it and names its generation."""
    ids = [jobs.add(-1), jobs.add(-1)]
    term = jobs.lease(ids[0])
    one, two = jobs.send(Claim(term, CELERY)).jobs
    assert jobs.send(PutBack(term, ((one.id, one.generation),))) == PutBackDone(1)
    assert [jobs.state(each.id) for each in (one, two)] == [JobState.WAITING, JobState.CLAIMED]
    assert jobs.get(one.id).due_us == one.due_us
    assert jobs.backlog() == 1
    assert jobs.send(Begin(one.id, one.generation, "d")) == Refused(Refusal.STALE, JobState.WAITING)


@pytest.mark.parametrize("why", ["generation", "token", "sent", "running", "waiting", "unknown"])
def test_named_jobs_that_are_not_so_stay(jobs: StoreDriver, why: str) -> None:
    job = jobs.claimed()
    term, generation, state = jobs.terms["k1"][job.id[1:9]], job.generation, JobState.CLAIMED
    job_id = job.id
    if why == "generation":
        generation += 1
    elif why == "token":
        term = new_term(jobs, term.shard_id)
    elif why == "sent":
        jobs.mark_sent(job)
        state = JobState.SENT
    elif why == "running":
        jobs.begin(job)
        state = JobState.RUNNING
    elif why == "waiting":
        jobs.change(job.id)
        state = JobState.WAITING
    else:
        job_id = jobs.new_id()
    assert jobs.send(PutBack(term, ((job_id, generation),))) == PutBackDone(0)
    assert jobs.state(job.id) is state


def test_a_sweep_returns_what_another_token_claimed(jobs: StoreDriver) -> None:
    """First case: a killed keeper's claims, by the first calls of the next term (rule 2)."""
    ids = [jobs.add() for _ in range(5)]
    jobs.claim(ids[0], limit=4)
    term = new_term(jobs, ids[0][1:9])
    mine = jobs.send(Claim(term, CELERY)).jobs
    assert [job.id for job in mine] == [ids[4]]
    assert jobs.send(PutBack(term)) == PutBackDone(4)
    assert [jobs.state(each) for each in ids] == [JobState.WAITING] * 4 + [JobState.CLAIMED]


def test_a_sweep_returns_what_is_overdue_and_in_nobodys_hand(jobs: StoreDriver) -> None:
    """Second case: its deadline passed, and the keeper hasn't it in hand."""
    ids = [jobs.add() for _ in range(3)]
    jobs.claim(ids[0])
    term = jobs.terms["k1"][ids[0][1:9]]
    jobs.keep_looking(4.999)
    assert jobs.send(PutBack(term, in_hand=(ids[1],))) == PutBackDone(0)
    jobs.keep_looking(0.001)
    assert jobs.send(PutBack(term, in_hand=(ids[1],))) == PutBackDone(2)
    assert [jobs.state(each).value for each in ids] == ["waiting", "claimed", "waiting"]


def test_a_sweep_leaves_what_is_sent_or_running(jobs: StoreDriver) -> None:
    sent, running = jobs.sent(), jobs.running()
    term = new_term(jobs, sent.id[1:9])
    assert jobs.send(PutBack(term)) == PutBackDone(0)
    assert [jobs.state(each.id).value for each in (sent, running)] == ["sent", "running"]


def test_a_sweep_in_bounded_calls(jobs: StoreDriver) -> None:
    ids = [jobs.add() for _ in range(5)]
    jobs.claim(ids[0])
    term = new_term(jobs, ids[0][1:9])
    assert jobs.send(PutBack(term, limit=2)) == PutBackDone(2, more=True)
    assert jobs.send(PutBack(term, limit=2)) == PutBackDone(2, more=True)
    assert jobs.send(PutBack(term, limit=2)) == PutBackDone(1)
    assert jobs.send(PutBack(term, limit=2)) == PutBackDone(0)


def test_past_its_expires_it_ends_instead(jobs: StoreDriver) -> None:
    job = jobs.claimed(expires=When(after_us=SECOND))
    jobs.clock.move(1)
    term = new_term(jobs, job.id[1:9])
    done = jobs.send(PutBack(term))
    assert (done.count, [(each.id, each.state) for each in done.expired]) == (0, [(job.id, JobState.EXPIRED)])
    assert jobs.backlog() == 0


@pytest.mark.parametrize("named", [True, False])
def test_a_lost_lease_puts_nothing_back(jobs: StoreDriver, named: bool) -> None:
    """G5"""
    job = jobs.claimed()
    old = jobs.terms["k1"][job.id[1:9]]
    new_term(jobs, old.shard_id)
    done = jobs.send(PutBack(old, ((job.id, job.generation),) if named else None))
    assert done == PutBackDone(refused=Refusal.LEASE)
    assert jobs.state(job.id) is JobState.CLAIMED


def test_a_route_whose_publish_failed_rests_and_others_go_on(jobs: StoreDriver) -> None:
    failed, good = Route("bad"), Route("good")
    one = jobs.add(route=failed)
    jobs.add(route=good)
    job = jobs.claim(one)
    term = jobs.terms["k1"][one[1:9]]
    rest = PutBack(term, ((job.id, job.generation),), rest_route=failed, rest_us=4 * SECOND)
    assert jobs.send(rest) == PutBackDone(1)
    looked = jobs.look()
    assert [line.route for line in looked.held[0].lines] == [good]
    assert {row.route: row.blocked for row in jobs.stats().routes} == {failed: "resting", good: ""}
    assert looked.next_us == jobs.when(4)
    jobs.keep_looking(3.999)
    assert [line.route for line in jobs.look().held[0].lines] == [good]
    jobs.keep_looking(0.001)
    assert [line.route for line in jobs.look().held[0].lines] == [failed, good]
