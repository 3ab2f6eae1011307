"""Rows about cancelling: what is answered, and that it holds."""

from __future__ import annotations

import pytest

from celery_durable_jobs import CancelOutcome, JobState, durable_jobs
from tests.parity.staging import Stage

CANCELLED, SUCCEEDED = JobState.CANCELLED, JobState.SUCCEEDED


def test_p06_a_waiting_job(stage: Stage) -> None:
    job, other = (stage.job("note", countdown=0.4, target="order:6", key=key) for key in ("a", "b"))
    assert job.cancel() is CancelOutcome.CANCELLED
    assert bool(CancelOutcome.CANCELLED) is True
    assert stage.state(job) is CANCELLED
    assert other.join(timeout=20) is SUCCEEDED
    assert [event["id"] for event in stage.events("note")] == [other.id]


def test_p06_from_another_process_and_by_key(stage: Stage) -> None:
    job = stage.job("note", countdown=60)
    by_key = stage.job("note", countdown=60, key="reminder", target="order:6")
    canceller = stage.job("cancels", job.id)
    assert canceller.join(timeout=20) is SUCCEEDED
    assert [event["outcome"] for event in stage.events("cancels")] == ["cancelled"]
    assert durable_jobs.cancel(key="reminder", target="order:6") is CancelOutcome.CANCELLED
    assert [stage.state(each) for each in (job, by_key)] == [CANCELLED] * 2


def test_p06_a_job_whose_message_is_on_the_queue(stage: Stage) -> None:
    with stage.busy():
        jobs = [stage.job("note") for _ in range(20)]  # some held by the worker, some on the queue
        for job in jobs:
            stage.wait_state(job, JobState.SENT)
        assert {job.cancel() for job in jobs} == {CancelOutcome.CANCELLED}
    after = stage.job("note", "after")
    assert after.join(timeout=20) is SUCCEEDED
    assert [event["id"] for event in stage.events("note")] == [after.id]
    assert {stage.state(job) for job in jobs} == {CANCELLED}


def test_p06_a_running_job_is_asked_and_no_true_is_said_of_it(stage: Stage) -> None:
    gate = stage.gate()
    job = stage.job("holds", str(gate))
    stage.wait("holds")
    outcome = job.cancel()
    assert outcome is CancelOutcome.REQUESTED
    assert not outcome
    assert job.cancel() is CancelOutcome.REQUESTED
    assert stage.state(job) is JobState.RUNNING
    gate.touch()
    assert job.join(timeout=20) is SUCCEEDED, "a handler that returns has succeeded"
    assert job.cancel() is CancelOutcome.ENDED


def test_p07_unknown_executed_and_cancelled_jobs(stage: Stage) -> None:
    done, cancelled = stage.job("note"), stage.job("note", countdown=60)
    dead = stage.job("never_retried")
    never_stored = done.id[:-1] + ("0" if done.id[-1] != "0" else "1")
    stage.ended(done, dead)
    assert cancelled.cancel() is CancelOutcome.CANCELLED
    assert durable_jobs.cancel(cancelled.id) is CancelOutcome.CANCELLED
    assert durable_jobs.cancel(done.id) is durable_jobs.cancel(dead.id) is CancelOutcome.ENDED
    assert durable_jobs.cancel(never_stored) is CancelOutcome.NOT_FOUND
    assert durable_jobs.cancel(key="nobody's") is CancelOutcome.NOT_FOUND
    assert not CancelOutcome.ENDED
    assert not CancelOutcome.NOT_FOUND


@pytest.mark.parametrize("outcome", ["raise", "poll", "reschedule", "no time at all"])
def test_p38_a_cancel_during_a_run_suppresses_what_would_put_it_back(stage: Stage, outcome: str) -> None:
    gate = stage.gate()
    job = stage.job("ends", [outcome], str(gate))
    stage.wait("call")
    assert job.cancel() is CancelOutcome.REQUESTED
    gate.touch()
    assert job.join(timeout=20) is CANCELLED
    assert job.cancel() is CancelOutcome.CANCELLED
    assert stage.look(job).attempt == 1
    after = stage.job("note", countdown=0.3)  # later than a retry or poll would be
    assert after.join(timeout=20) is SUCCEEDED
    assert len(stage.events("call")) == 1
    assert stage.app.AsyncResult(job.id).state == "REVOKED"
