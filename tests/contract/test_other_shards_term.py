"""A term is of one shard: it is good for nothing in another (G5)."""

from __future__ import annotations

import pytest

from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import Bury, Mark, MarkSent, PutBack, PutBackDone, Refusal, Refused, Term
from celery_durable_jobs.testing import StoreDriver


@pytest.fixture
def job(jobs: StoreDriver) -> JobRecord:
    """Claimed in a shard of its own."""
    return jobs.claimed(due=-3_600)


@pytest.fixture
def other(jobs: StoreDriver, job: JobRecord) -> Term:
    """The same keeper's term of another shard."""
    return jobs.lease(jobs.add())


def test_it_marks_nothing(jobs: StoreDriver, job: JobRecord, other: Term) -> None:
    assert jobs.send(MarkSent(other, ((job.id, job.generation),))).marks == (Mark.GONE,)
    assert jobs.state(job.id) is JobState.CLAIMED
    jobs.mark_sent(job)
    assert jobs.send(MarkSent(other, ((job.id, job.generation),))).marks == (Mark.GONE,)


def test_it_puts_nothing_back(jobs: StoreDriver, job: JobRecord, other: Term) -> None:
    assert jobs.send(PutBack(other, ((job.id, job.generation),))) == PutBackDone(0)
    assert jobs.send(PutBack(other)) == PutBackDone(0)
    assert jobs.state(job.id) is JobState.CLAIMED


def test_it_buries_nothing(jobs: StoreDriver, job: JobRecord, other: Term) -> None:
    assert jobs.send(Bury(job.id, job.generation, "r", other)) == Refused(Refusal.LEASE)
    assert jobs.state(job.id) is JobState.CLAIMED


def test_it_extends_nothing(jobs: StoreDriver, job: JobRecord, other: Term) -> None:
    deadline = jobs.deadline(job.id)
    jobs.clock.move(1)
    jobs.look("k1", extend=((other, (job.id,)),))
    assert jobs.deadline(job.id) == deadline
