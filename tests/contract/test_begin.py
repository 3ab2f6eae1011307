"""begin: a worker starts a run (G4: a job runs once, however often its message arrives)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Begin, Begun, FinishKind, PutBack, Refusal, Refused
from celery_durable_jobs.testing import StoreDriver


@pytest.mark.parametrize("state", ["claimed", "sent"])
def test_a_message_of_the_present_generation_begins(jobs: StoreDriver, state: str) -> None:
    message: JobRecord = getattr(jobs, state)(metadata={"a": "b"}, name="n", target="t")
    jobs.clock.move(2)
    begun = jobs.send(Begin(message.id, message.generation, "d1"))
    expected = replace(message, state=JobState.RUNNING, attempt=1, run_id="d1", content=None, route=None)
    assert begun == Begun(expected, jobs.clock(), jobs.clock() + jobs.options.run_lease_us, polled=False)
    assert jobs.state(message.id) is JobState.RUNNING
    assert jobs.deadline(message.id) == jobs.clock() + jobs.options.run_lease_us
    assert jobs.backlog() == 0


def test_a_handlers_own_run_lease(jobs: StoreDriver) -> None:
    begun = jobs.begin(jobs.sent(), run_lease_us=600 * SECOND)
    assert begun.lease_until_us == jobs.when(600) == jobs.deadline(begun.job.id)


def test_the_same_delivery_again_gets_the_same_answer_however_late(jobs: StoreDriver) -> None:
    """Rule 1: every call may arrive twice."""
    message = jobs.sent()
    first = jobs.begin(message, "d1")
    jobs.clock.move(1_000)
    again = jobs.begin(message, "d1")
    assert again.job == first.job
    assert again.lease_until_us == jobs.clock() + jobs.options.run_lease_us
    assert jobs.get(message.id).attempt == 1


def test_a_copy_is_refused_while_it_runs(jobs: StoreDriver) -> None:
    message = jobs.running("d1")
    assert jobs.send(Begin(message.id, message.generation, "d2")) == Refused(Refusal.BEGUN, JobState.RUNNING)
    assert jobs.get(message.id).run_id == "d1"


@pytest.mark.parametrize(("kind", "state"), [(FinishKind.SUCCEED, JobState.SUCCEEDED), (FinishKind.DIE, JobState.DEAD)])
def test_a_copy_is_refused_after_the_end(jobs: StoreDriver, kind: FinishKind, state: JobState) -> None:
    message = jobs.running("d1")
    jobs.finish(message.id, "d1", kind)
    assert jobs.send(Begin(message.id, message.generation, "d2")) == Refused(Refusal.ENDED, state)
    assert jobs.send(Begin(message.id, message.generation, "d1")) == Refused(Refusal.BEGUN, state)


def test_a_copy_is_refused_after_a_retry(jobs: StoreDriver) -> None:
    message = jobs.running("d1")
    jobs.finish(message.id, "d1", FinishKind.RETRY, after=5)
    assert jobs.send(Begin(message.id, message.generation, "d2")) == Refused(Refusal.STALE, JobState.WAITING)
    assert jobs.send(Begin(message.id, message.generation, "d1")) == Refused(Refusal.BEGUN, JobState.WAITING)
    jobs.clock.move(5)
    again = jobs.claim(message.id)
    assert jobs.send(Begin(message.id, message.generation, "d2")) == Refused(Refusal.STALE, JobState.CLAIMED)
    jobs.begin(again, "d3")
    assert jobs.send(Begin(message.id, message.generation, "d2")) == Refused(Refusal.STALE, JobState.RUNNING)


def _put_back(jobs: StoreDriver, message: JobRecord) -> None:
    jobs.send(PutBack(jobs.terms["k1"][message.id[1:9]], ((message.id, message.generation),)))


def _change(jobs: StoreDriver, message: JobRecord) -> None:
    jobs.change(message.id)


@pytest.mark.parametrize("back", [_put_back, _change])
def test_a_stale_generation_is_refused(jobs: StoreDriver, back: Callable[[StoreDriver, JobRecord], None]) -> None:
    old = jobs.claimed()
    back(jobs, old)
    assert jobs.send(Begin(old.id, old.generation, "d")) == Refused(Refusal.STALE, JobState.WAITING)
    new = jobs.claim(old.id)
    assert jobs.send(Begin(old.id, old.generation, "d")) == Refused(Refusal.STALE, JobState.CLAIMED)
    jobs.begin(new, "d")


def test_a_cancelled_job_does_not_begin(jobs: StoreDriver) -> None:
    """G6: no run begins after it, also if the message is already on the queue."""
    message = jobs.sent()
    jobs.cancel(message.id)
    assert jobs.send(Begin(message.id, message.generation, "d")) == Refused(Refusal.ENDED, JobState.CANCELLED)


def test_an_unknown_job_does_not_begin(jobs: StoreDriver) -> None:
    assert jobs.send(Begin(jobs.new_id(), 1, "d")) == Refused(Refusal.UNKNOWN)


def test_past_its_expires_it_ends_and_is_refused_with_its_record(jobs: StoreDriver) -> None:
    message = jobs.sent(expires=When(after_us=SECOND), key="k")
    jobs.clock.move(1, us=-1)
    assert jobs.state(message.id) is JobState.SENT
    jobs.clock.move(us=1)
    refused = jobs.send(Begin(message.id, message.generation, "d"))
    assert isinstance(refused, Refused)
    assert (refused.why, refused.state) == (Refusal.ENDED, JobState.EXPIRED)
    assert refused.expired is not None
    assert (refused.expired.id, refused.expired.state, refused.expired.key) == (message.id, JobState.EXPIRED, "k")
    again = jobs.send(Begin(message.id, message.generation, "d"))
    assert again == Refused(Refusal.ENDED, JobState.EXPIRED)
    assert jobs.backlog() == 0


def test_the_previous_error_and_all_counts_come_with_it(jobs: StoreDriver) -> None:
    message = jobs.running("d1")
    jobs.finish(message.id, "d1", FinishKind.RETRY, error="ValueError: no")
    begun = jobs.again(message.id, "d2")
    job = begun.job
    assert (job.attempt, job.failures, job.lost_runs, job.error, job.run_id) == (2, 1, 0, "ValueError: no", "d2")


def test_a_poll_keeps_run_id_and_attempt(jobs: StoreDriver) -> None:
    message = jobs.running("d1")
    for number in range(2, 5):
        jobs.finish(message.id, f"d{number - 1}", FinishKind.POLL)
        begun = jobs.again(message.id, f"d{number}")
        assert (begun.polled, begun.job.run_id, begun.job.attempt) == (True, "d1", 1)
        assert jobs.begin(message, f"d{number}") == begun
    jobs.finish(message.id, "d4", FinishKind.RETRY, error="e")
    begun = jobs.again(message.id, "d5")
    assert (begun.polled, begun.job.run_id, begun.job.attempt, begun.job.failures) == (False, "d5", 2, 1)


def test_a_worker_that_was_faster_than_the_mark_begins(jobs: StoreDriver) -> None:
    message = jobs.claimed()
    assert jobs.begin(message).job.state is JobState.RUNNING


def test_one_that_lost_its_lease_sends_what_is_refused(jobs: StoreDriver) -> None:
    """G5: what it still publishes is refused at begin."""
    old = jobs.claimed("k1")
    jobs.clock.move(us=jobs.options.lease_ttl_us)
    jobs.clock.move(2)
    term = jobs.lease(old.id, "k2")
    assert jobs.send(PutBack(term)).count == 1
    new = jobs.claim(old.id, "k2")
    assert jobs.send(Begin(old.id, old.generation, "d1")) == Refused(Refusal.STALE, JobState.CLAIMED)
    jobs.begin(new, "d2")
