"""bury: a job that can never run becomes a dead letter (G8)."""

from __future__ import annotations

import pytest

from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Begin, Bury, Refusal, Refused, Term
from celery_durable_jobs.testing import StoreDriver


@pytest.mark.parametrize("state", ["claimed", "sent"])
@pytest.mark.parametrize("by", ["keeper", "worker"])
def test_claimed_or_sent_becomes_dead_with_the_reason(jobs: StoreDriver, state: str, by: str) -> None:
    job: JobRecord = getattr(jobs, state)(metadata={"a": "b"})
    term = jobs.terms["k1"][job.id[1:9]] if by == "keeper" else None
    jobs.clock.move(1)
    dead = jobs.send(Bury(job.id, job.generation, "unroutable: no queue", term))
    assert dead == jobs.get(job.id)
    assert isinstance(dead, JobRecord)
    assert (dead.state, dead.error, dead.ended_us) == (JobState.DEAD, "unroutable: no queue", jobs.clock())
    assert (dead.failures, dead.attempt, dead.content, dead.metadata) == (0, 0, job.content, {"a": "b"})
    assert jobs.backlog() == 0
    assert jobs.deadline(job.id) is None


def test_repeated_it_says_that_it_is_dead(jobs: StoreDriver) -> None:
    job = jobs.sent()
    bury = Bury(job.id, job.generation, "unreadable")
    jobs.send(bury)
    assert jobs.send(bury) == Refused(Refusal.ENDED, JobState.DEAD)
    assert jobs.send(Begin(job.id, job.generation, "d")) == Refused(Refusal.ENDED, JobState.DEAD)


def test_a_keeper_that_lost_its_lease_buries_nothing(jobs: StoreDriver) -> None:
    """G5"""
    job = jobs.sent()
    term = jobs.terms["k1"][job.id[1:9]]
    forged = Term(term.shard_id, "1.k2")
    assert jobs.send(Bury(job.id, job.generation, "r", forged)) == Refused(Refusal.LEASE)
    jobs.clock.move(us=jobs.options.lease_ttl_us)
    assert jobs.send(Bury(job.id, job.generation, "r", term)) == Refused(Refusal.LEASE)
    assert jobs.state(job.id) is JobState.SENT


def test_a_stale_message_buries_nothing(jobs: StoreDriver) -> None:
    old = jobs.sent()
    jobs.change(old.id)
    assert jobs.send(Bury(old.id, old.generation, "r")) == Refused(Refusal.STALE, JobState.WAITING)
    new = jobs.claim(old.id)
    assert jobs.send(Bury(old.id, old.generation, "r")) == Refused(Refusal.STALE, JobState.CLAIMED)
    jobs.begin(new, "d")
    assert jobs.send(Bury(new.id, new.generation, "r")) == Refused(Refusal.BEGUN, JobState.RUNNING)
    assert jobs.send(Bury(old.id, old.generation, "r")) == Refused(Refusal.STALE, JobState.RUNNING)
    assert jobs.send(Bury(jobs.new_id(), 1, "r")) == Refused(Refusal.UNKNOWN)


def test_past_its_expires_it_ends_as_expired(jobs: StoreDriver) -> None:
    job = jobs.sent(expires=When(after_us=SECOND))
    jobs.clock.move(1)
    refused = jobs.send(Bury(job.id, job.generation, "r"))
    assert isinstance(refused, Refused)
    assert (refused.why, refused.state) == (Refusal.ENDED, JobState.EXPIRED)
    assert refused.expired is not None
    assert jobs.state(job.id) is JobState.EXPIRED
