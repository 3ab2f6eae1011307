"""finish: what a run came to."""

from __future__ import annotations

import pytest

from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Delivery, Finish, Finished, FinishKind, Heartbeat, Pulse, Refusal, Refused, Settle
from celery_durable_jobs.testing import StoreDriver

BACK = [FinishKind.RETRY, FinishKind.RESCHEDULE, FinishKind.POLL, FinishKind.STOP]
"""What puts a job back to waiting."""


def test_success_leaves_the_outcome(jobs: StoreDriver) -> None:
    job = jobs.running("d1", name="n", target="t", key="k", metadata={"a": "b"})
    due_us = jobs.get(job.id).due_us
    jobs.clock.move(1)
    assert jobs.finish(job.id, "d1", FinishKind.SUCCEED) == Finished(JobState.SUCCEEDED)
    assert jobs.get(job.id) == JobRecord(
        job.id, job.handler, JobState.SUCCEEDED, due_us, name="n", attempt=1, ended_us=jobs.clock()
    )
    assert jobs.deadline(job.id) is None


def test_an_ended_job_has_no_error_though_an_earlier_attempt_had(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.RETRY, error="e")
    jobs.again(job.id, "d2")
    jobs.finish(job.id, "d2", FinishKind.SUCCEED)
    ended = jobs.get(job.id)
    assert (ended.error, ended.attempt) == (None, 2)


def test_a_retry_waits_and_counts(jobs: StoreDriver) -> None:
    job = jobs.running("d1", metadata={"a": "b"})
    jobs.clock.move(1)
    assert jobs.finish(job.id, "d1", FinishKind.RETRY, after=8, error="E" * 9_000) == Finished(
        JobState.WAITING, jobs.when(8)
    )
    waiting = jobs.get(job.id)
    assert (waiting.state, waiting.due_us, waiting.attempt, waiting.failures) == (JobState.WAITING, jobs.when(8), 1, 1)
    assert waiting.error == "E" * 8_000
    assert (waiting.content, waiting.metadata) == (job.content, {"a": "b"})
    assert jobs.deadline(job.id) is None
    assert jobs.look().next_us == jobs.when(8)


def test_a_reschedule_begins_anew(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.RETRY, error="e")
    message = jobs.claim(job.id)
    jobs.send(Settle(Delivery(job.id, message.generation, "d2"), points=1, reason="gone"))
    jobs.again(job.id, "d3")
    jobs.finish(job.id, "d3", FinishKind.RESCHEDULE, after=60)
    waiting = jobs.get(job.id)
    counts = (waiting.attempt, waiting.failures, waiting.lost_runs, waiting.lost_points)
    assert (counts, waiting.error, waiting.due_us) == ((0, 0, 0, 0), None, jobs.when(60))


def test_a_poll_counts_nothing(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.POLL, after=3)
    waiting = jobs.get(job.id)
    assert (waiting.due_us, waiting.attempt, waiting.failures, waiting.run_id) == (jobs.when(3), 1, 0, "d1")


def test_a_stop_waits_from_now_and_counts_nothing(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.clock.move(4)
    assert jobs.finish(job.id, "d1", FinishKind.STOP) == Finished(JobState.WAITING, jobs.clock())
    waiting = jobs.get(job.id)
    assert (waiting.failures, waiting.lost_runs, waiting.error) == (0, 0, None)
    begun = jobs.again(job.id, "d2")
    assert (begun.polled, begun.job.run_id, begun.job.attempt) == (False, "d2", 2)


def test_a_stop_of_a_continued_poll_stays_that_run(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.POLL)
    jobs.again(job.id, "d2")
    jobs.finish(job.id, "d2", FinishKind.STOP)
    begun = jobs.again(job.id, "d3")
    assert (begun.polled, begun.job.run_id, begun.job.attempt) == (True, "d1", 1)


def test_die_makes_a_dead_letter_with_everything(jobs: StoreDriver) -> None:
    job = jobs.running("d1", metadata={"a": "b"}, target="t", key="k")
    jobs.clock.move(2)
    finished = jobs.finish(job.id, "d1", FinishKind.DIE, error="ValueError: no")
    dead = jobs.get(job.id)
    assert finished == Finished(JobState.DEAD, None, dead)
    assert (dead.state, dead.error, dead.failures, dead.attempt) == (JobState.DEAD, "ValueError: no", 1, 1)
    assert (dead.ended_us, dead.content, dead.metadata) == (jobs.clock(), job.content, {"a": "b"})
    assert (dead.target, dead.key, dead.route) == ("t", "k", job.route)


def test_a_retry_in_the_past_is_due_at_once(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.send(Finish(job.id, "d1", FinishKind.RETRY, When(at_us=1), "e"))
    assert jobs.get(job.id).due_us == 1
    jobs.again(job.id, "d2")


@pytest.mark.parametrize("kind", list(FinishKind))
def test_repeated_the_answer_is_the_first_however_late(jobs: StoreDriver, kind: FinishKind) -> None:
    """Rule 1: by delivery id."""
    job = jobs.running("d1")
    request = Finish(job.id, "d1", kind, When(after_us=5 * SECOND), "e")
    first = jobs.send(request)
    assert isinstance(first, Finished)
    jobs.clock.move(100)
    again = Finished(first.state, first.due_us)
    assert jobs.send(request) == again
    if first.state is JobState.WAITING:
        assert jobs.get(job.id).failures == (1 if kind is FinishKind.RETRY else 0)
        message = jobs.claim(job.id)
        assert jobs.send(request) == again
        jobs.begin(message, "d2")
        assert jobs.send(request) == again
        jobs.finish(job.id, "d2", FinishKind.SUCCEED)
        assert jobs.send(request) == Refused(Refusal.ENDED, JobState.SUCCEEDED)


def test_another_delivery_finishes_nothing(jobs: StoreDriver) -> None:
    """G4, and P42: ownership lost at finish: nothing is recorded, nothing is counted."""
    job = jobs.running("d1")
    for kind in FinishKind:
        assert jobs.send(Finish(job.id, "dx", kind)) == Refused(Refusal.STALE, JobState.RUNNING)
    assert jobs.get(job.id).failures == 0
    jobs.finish(job.id, "d1", FinishKind.RETRY)
    assert jobs.send(Finish(job.id, "dx", FinishKind.SUCCEED)) == Refused(Refusal.STALE, JobState.WAITING)
    jobs.claim(job.id)
    assert jobs.send(Finish(job.id, "dx", FinishKind.SUCCEED)) == Refused(Refusal.STALE, JobState.CLAIMED)


def test_of_one_that_has_not_begun(jobs: StoreDriver) -> None:
    job = jobs.sent()
    assert jobs.send(Finish(job.id, "d1", FinishKind.SUCCEED)) == Refused(Refusal.STALE, JobState.SENT)


def test_of_one_that_ended_or_is_unknown(jobs: StoreDriver) -> None:
    dead, succeeded = jobs.dead(), jobs.succeeded()
    assert jobs.send(Finish(dead, "dx", FinishKind.SUCCEED)) == Refused(Refusal.ENDED, JobState.DEAD)
    assert jobs.send(Finish(succeeded, "dx", FinishKind.DIE)) == Refused(Refusal.ENDED, JobState.SUCCEEDED)
    assert jobs.send(Finish(jobs.new_id(), "dx", FinishKind.DIE)) == Refused(Refusal.UNKNOWN)


# -- a cancel was requested (G6)


@pytest.mark.parametrize("kind", BACK)
def test_what_would_put_it_back_ends_it_as_cancelled(jobs: StoreDriver, kind: FinishKind) -> None:
    """G6, P38: a cancel during a run suppresses that run's later retry, poll or reschedule."""
    job = jobs.running("d1", key="k", expires=When(after_us=SECOND))
    assert jobs.cancel(job.id).outcome is CancelOutcome.REQUESTED
    jobs.clock.move(2)
    assert jobs.finish(job.id, "d1", kind, after=5, error="why") == Finished(JobState.CANCELLED)
    ended = jobs.get(job.id)
    assert (ended.state, ended.error) == (JobState.CANCELLED, "why")
    assert jobs.cancel(job.id).outcome is CancelOutcome.CANCELLED


def test_a_run_that_succeeds_has_succeeded_and_one_that_dies_is_dead(jobs: StoreDriver) -> None:
    one, two = jobs.running("d1"), jobs.running("d2")
    for job in (one, two):
        assert jobs.cancel(job.id).outcome is CancelOutcome.REQUESTED
    assert jobs.finish(one.id, "d1", FinishKind.SUCCEED).state is JobState.SUCCEEDED
    assert jobs.finish(two.id, "d2", FinishKind.DIE, error="e").state is JobState.DEAD
    assert jobs.cancel(one.id).outcome is CancelOutcome.ENDED
    assert jobs.cancel(two.id).outcome is CancelOutcome.ENDED


# -- expires


@pytest.mark.parametrize("kind", BACK)
def test_past_its_expires_what_would_put_it_back_ends_it(jobs: StoreDriver, kind: FinishKind) -> None:
    job = jobs.running("d1", expires=When(after_us=SECOND))
    jobs.clock.move(1)
    assert jobs.finish(job.id, "d1", kind, after=0, error="why") == Finished(JobState.EXPIRED)
    assert (jobs.get(job.id).state, jobs.get(job.id).error) == (JobState.EXPIRED, "why")


@pytest.mark.parametrize("kind", BACK[:3])
def test_a_time_past_its_expires_ends_it_now(jobs: StoreDriver, kind: FinishKind) -> None:
    job = jobs.running("d1", expires=When(after_us=9 * SECOND))
    other = jobs.running("d2", expires=When(after_us=9 * SECOND))
    assert jobs.finish(job.id, "d1", kind, after=9, error="e").state is JobState.WAITING
    assert jobs.finish(other.id, "d2", kind, after=9.000001, error="e").state is JobState.EXPIRED


def test_a_run_past_its_expires_may_succeed_or_die(jobs: StoreDriver) -> None:
    one, two = (jobs.running(run, expires=When(after_us=SECOND)) for run in ("d1", "d2"))
    jobs.clock.move(2)
    assert jobs.send(Heartbeat(((one.id, "d1", None),))) == (Pulse.ALIVE,)
    assert jobs.finish(one.id, "d1", FinishKind.SUCCEED).state is JobState.SUCCEEDED
    assert jobs.finish(two.id, "d2", FinishKind.DIE, error="e").state is JobState.DEAD


def test_of_a_long_error_the_end_keeps_the_beginning(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.cancel(job.id)
    jobs.finish(job.id, "d1", FinishKind.RETRY, error="\U0001f600é" * 5_000)
    assert jobs.get(job.id).error == "\U0001f600é" * 100
