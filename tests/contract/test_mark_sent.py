"""mark sent: the broker has the message."""

from __future__ import annotations

from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import (
    Claim,
    Delivery,
    FinishKind,
    Hold,
    Mark,
    MarkSent,
    PutBack,
    Refusal,
    Source,
    Term,
)
from celery_durable_jobs.testing import StoreDriver
from celery_durable_jobs.testing.driver import CELERY
from tests.contract.conftest import MakeDriver


def test_claimed_becomes_sent_with_a_deadline_of_a_begin_timeout(jobs: StoreDriver) -> None:
    job = jobs.claimed()
    jobs.clock.move(1)
    assert jobs.mark_sent(job) == (Mark.SENT,)
    assert jobs.state(job.id) is JobState.SENT
    assert jobs.deadline(job.id) == jobs.clock() + jobs.options.begin_timeout_us
    assert jobs.backlog() == 1


def test_repeated_it_is_the_same_answer_and_moves_nothing(jobs: StoreDriver) -> None:
    job = jobs.sent()
    deadline = jobs.deadline(job.id)
    jobs.clock.move(1)
    assert jobs.mark_sent(job) == (Mark.SENT,)
    assert jobs.deadline(job.id) == deadline


def test_already_begun_is_a_good_answer(jobs: StoreDriver) -> None:
    job = jobs.claimed()
    jobs.begin(job, "d")
    assert jobs.mark_sent(job) == (Mark.BEGUN,)
    assert jobs.state(job.id) is JobState.RUNNING


def test_what_moved_on_meanwhile_is_gone(jobs: StoreDriver) -> None:
    ids = [jobs.add() for _ in range(7)]
    term = jobs.lease(ids[0])
    claimed = jobs.send(Claim(term, CELERY)).jobs
    cancelled, changed, put_back, finished, reclaimed, good, unknown = claimed
    jobs.cancel(cancelled.id)
    jobs.change(changed.id, due=When(after_us=60 * SECOND))
    jobs.send(PutBack(term, ((put_back.id, put_back.generation), (reclaimed.id, reclaimed.generation))))
    jobs.begin(finished, "d")
    jobs.finish(finished.id, "d", FinishKind.SUCCEED)
    jobs.claim(reclaimed.id)
    named = [(job.id, job.generation) for job in (cancelled, changed, put_back, finished, reclaimed, good)]
    marks = jobs.send(MarkSent(term, (*named, (jobs.new_id(), unknown.generation)))).marks
    assert marks == (Mark.GONE, Mark.GONE, Mark.GONE, Mark.GONE, Mark.GONE, Mark.SENT, Mark.GONE)
    assert jobs.state(good.id) is JobState.SENT


def test_a_lost_lease_marks_nothing(jobs: StoreDriver) -> None:
    """G5"""
    job = jobs.claimed()
    term = jobs.terms["k1"][job.id[1:9]]
    forged = Term(term.shard_id, "1.other")
    marked = jobs.send(MarkSent(forged, ((job.id, job.generation),)))
    assert (marked.marks, marked.refused) == ((), Refusal.LEASE)
    jobs.clock.move(us=jobs.options.lease_ttl_us)
    assert jobs.send(MarkSent(term, ((job.id, job.generation),))).refused is Refusal.LEASE
    assert jobs.state(job.id) is JobState.CLAIMED


def test_what_was_claimed_under_another_token_is_not_marked(jobs: StoreDriver) -> None:
    job = jobs.claimed()
    new = jobs.look("k1", []).held
    jobs.clock.move(5)
    new = jobs.look("k1", []).held
    assert new[0].granted
    assert jobs.send(MarkSent(new[0].term, ((job.id, job.generation),))).marks == (Mark.GONE,)
    assert jobs.state(job.id) is JobState.CLAIMED


def test_a_hold_that_reaches_further_stays(jobs: StoreDriver) -> None:
    job = jobs.claimed()
    jobs.send(Hold((Delivery(job.id, job.generation, "d"),), (90 * SECOND,)))
    jobs.mark_sent(job)
    assert jobs.deadline(job.id) == jobs.when(90)


def test_a_hold_that_does_not_reach_as_far_gives_way(jobs: StoreDriver) -> None:
    job = jobs.claimed()
    jobs.send(Hold((Delivery(job.id, job.generation, "d"),), (3 * SECOND,)))
    jobs.mark_sent(job)
    assert jobs.deadline(job.id) == jobs.when(30)


def test_a_short_begin_timeout_holds_from_the_first_message_on(make_jobs: MakeDriver) -> None:
    """The claim's own deadline, a lease ttl, means nothing any more."""
    jobs = make_jobs(begin_timeout_us=2 * SECOND)
    jobs.mark_sent(jobs.claimed())
    [sent] = jobs.find(Source.IN_FLIGHT)
    assert jobs.deadline(sent) == jobs.when(2)


def test_a_hold_of_an_earlier_claim_is_forgotten(jobs: StoreDriver) -> None:
    job = jobs.claimed()
    jobs.send(Hold((Delivery(job.id, job.generation, "d"),), (90 * SECOND,)))
    jobs.send(PutBack(jobs.terms["k1"][job.id[1:9]], ((job.id, job.generation),)))
    jobs.mark_sent(jobs.claim(job.id))
    assert jobs.deadline(job.id) == jobs.when(30)


def test_past_its_expires_it_is_ended_instead(jobs: StoreDriver) -> None:
    job = jobs.claimed(expires=When(after_us=SECOND))
    jobs.clock.move(1)
    assert jobs.mark_sent(job) == (Mark.GONE,)
    assert jobs.state(job.id) is JobState.EXPIRED
    assert jobs.backlog() == 0
