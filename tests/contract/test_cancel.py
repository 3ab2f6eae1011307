"""cancel: final and honest (G6)."""

from __future__ import annotations

import pytest

from celery_durable_jobs.model.options import RETRY_HORIZON_US
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Begin, Cancel, CancelAnswer, FinishKind, KeyRef, Refusal, Refused
from celery_durable_jobs.testing import StoreDriver
from tests.contract.conftest import MakeDriver


@pytest.mark.parametrize("state", ["waiting", "claimed", "sent"])
def test_what_has_not_begun_is_cancelled_and_does_not_begin(jobs: StoreDriver, state: str) -> None:
    """G6: no run begins after it, also if the message is already on the queue."""
    job = jobs.get(jobs.add(name="n")) if state == "waiting" else getattr(jobs, state)(name="n")
    jobs.clock.move(1)
    answer = jobs.cancel(job.id)
    assert answer.outcome is CancelOutcome.CANCELLED
    assert answer.outcome
    assert answer.job is not None
    assert (answer.job.id, answer.job.state, answer.job.ended_us) == (job.id, JobState.CANCELLED, jobs.clock())
    assert answer.job.content == job.content
    assert jobs.send(Begin(job.id, job.generation, "d")) == Refused(Refusal.ENDED, JobState.CANCELLED)
    assert jobs.get(job.id) == JobRecord(
        job.id, job.handler, JobState.CANCELLED, job.due_us, name="n", ended_us=jobs.clock()
    )
    assert jobs.backlog() == 0
    assert jobs.look().next_us is None


def test_a_retry_that_waits_is_cancelled_with_its_error(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.RETRY, after=60, error="E" * 300)
    assert jobs.cancel(job.id).outcome is CancelOutcome.CANCELLED
    ended = jobs.get(job.id)
    assert (ended.error, ended.attempt) == ("E" * 200, 1)


def test_a_poll_that_waits_is_cancelled(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.POLL, after=60)
    assert jobs.cancel(job.id).outcome is CancelOutcome.CANCELLED


def test_a_running_job_is_asked_to_stop_each_time(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    for _ in range(2):
        answer = jobs.cancel(job.id)
        assert answer == CancelAnswer(CancelOutcome.REQUESTED)
        assert not answer.outcome
    assert jobs.get(job.id).cancel_requested
    assert jobs.state(job.id) is JobState.RUNNING


def test_of_an_ended_job_it_says_how_it_ended(jobs: StoreDriver) -> None:
    cancelled = jobs.add()
    jobs.cancel(cancelled)
    assert jobs.cancel(cancelled) == CancelAnswer(CancelOutcome.CANCELLED)
    assert jobs.cancel(jobs.succeeded()) == CancelAnswer(CancelOutcome.ENDED)
    assert jobs.cancel(jobs.dead()) == CancelAnswer(CancelOutcome.ENDED)


def test_unknown_ones_and_unknown_keys(jobs: StoreDriver) -> None:
    assert jobs.cancel(jobs.new_id()) == CancelAnswer(CancelOutcome.NOT_FOUND)
    assert jobs.cancel(KeyRef("k")) == CancelAnswer(CancelOutcome.NOT_FOUND)


def test_ended_longer_ago_than_is_kept_is_not_found(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(keep_ended_us=100 * SECOND)
    job_id = jobs.add()
    jobs.cancel(job_id)
    jobs.clock.move(100, us=-1)
    assert jobs.cancel(job_id).outcome is CancelOutcome.CANCELLED
    jobs.clock.move(us=1)
    assert jobs.cancel(job_id).outcome is CancelOutcome.NOT_FOUND


def test_past_its_expires_it_has_ended_as_expired(jobs: StoreDriver) -> None:
    job_id = jobs.add(1, expires=When(after_us=SECOND))
    jobs.clock.move(1)
    assert jobs.cancel(job_id) == CancelAnswer(CancelOutcome.ENDED)
    assert jobs.state(job_id) is JobState.EXPIRED


def test_repeated_the_answer_is_the_first_for_the_retry_horizon(jobs: StoreDriver) -> None:
    """Rule 1: by call id."""
    running, waiting, unknown = jobs.running("d1"), jobs.add(600), jobs.new_id()
    calls = [Cancel(job_id, jobs.call_id()) for job_id in (running.id, waiting, unknown)]
    outcomes = [jobs.send(call).outcome for call in calls]
    assert outcomes == [CancelOutcome.REQUESTED, CancelOutcome.CANCELLED, CancelOutcome.NOT_FOUND]
    jobs.finish(running.id, "d1", FinishKind.SUCCEED)
    jobs.send(jobs.request(600, job_id=unknown))
    jobs.clock.move(us=RETRY_HORIZON_US - 1)
    assert [jobs.send(call) for call in calls] == [CancelAnswer(outcome) for outcome in outcomes]
    jobs.clock.move(us=1)
    later = [jobs.send(call).outcome for call in calls]
    assert later == [CancelOutcome.ENDED, CancelOutcome.CANCELLED, CancelOutcome.CANCELLED]


def test_a_repeated_cancel_by_key_does_not_take_the_next_holder(jobs: StoreDriver) -> None:
    call = Cancel(KeyRef("k"), jobs.call_id())
    jobs.add(60, key="k")
    assert jobs.send(call).outcome is CancelOutcome.CANCELLED
    successor = jobs.add(60, key="k")
    assert jobs.send(call).outcome is CancelOutcome.CANCELLED
    assert jobs.state(successor) is JobState.WAITING


def test_a_cancel_survives_a_change_of_owner(jobs: StoreDriver) -> None:
    """P39: a cancel after a takeover; G6: a change of owner changes no answer."""
    job = jobs.claimed("k1")
    jobs.clock.move(us=jobs.options.lease_ttl_us)
    jobs.look("k2")
    assert jobs.cancel(job.id).outcome is CancelOutcome.CANCELLED
    jobs.clock.move(2)
    jobs.look("k2")
    assert jobs.cancel(job.id).outcome is CancelOutcome.CANCELLED
