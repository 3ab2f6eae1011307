"""replay: a dead letter gets another life."""

from __future__ import annotations

from dataclasses import replace

from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.model.when import NOW, SECOND, When
from celery_durable_jobs.steps import FinishKind, Replay, ReplayAnswer, ReplayOutcome, Source
from celery_durable_jobs.testing import StoreDriver


def test_it_waits_again_as_if_new(jobs: StoreDriver) -> None:
    job = jobs.running("d1", metadata={"a": "b"}, target="t", expires=When(after_us=60 * SECOND))
    jobs.finish(job.id, "d1", FinishKind.RETRY, error="first")
    jobs.again(job.id, "d2")
    assert jobs.cancel(job.id).outcome is CancelOutcome.REQUESTED
    jobs.finish(job.id, "d2", FinishKind.DIE, error="second")
    assert jobs.get(job.id).cancel_requested
    jobs.clock.move(3_600)
    answer = jobs.send(Replay(job.id, jobs.call_id(), When(after_us=5 * SECOND)))
    assert answer == ReplayAnswer(ReplayOutcome.REPLAYED, jobs.get(job.id))
    waiting = jobs.get(job.id)
    assert (waiting.state, waiting.due_us, waiting.expires_us) == (JobState.WAITING, jobs.when(5), None)
    counts = (waiting.attempt, waiting.failures, waiting.lost_runs, waiting.lost_points)
    assert (counts, waiting.error, waiting.ended_us, waiting.cancel_requested) == ((0, 0, 0, 0), None, None, False)
    assert (waiting.content, waiting.metadata, waiting.target) == (job.content, {"a": "b"}, "t")
    assert jobs.find(Source.DEAD) == []
    assert jobs.find(Source.TARGET, target="t") == [job.id]
    jobs.clock.move(5)
    assert jobs.again(job.id, "d3").job.attempt == 1


def test_it_may_get_a_new_expires(jobs: StoreDriver) -> None:
    job_id = jobs.dead()
    jobs.send(Replay(job_id, jobs.call_id(), NOW, When(after_us=7 * SECOND)))
    assert jobs.get(job_id).expires_us == jobs.when(7)


def test_only_dead_letters(jobs: StoreDriver) -> None:
    for job_id in (jobs.add(60), jobs.succeeded(), jobs.sent().id, jobs.running("d9").id):
        before = jobs.state(job_id)
        assert jobs.send(Replay(job_id, jobs.call_id())) == ReplayAnswer(ReplayOutcome.NOT_DEAD)
        assert jobs.state(job_id) is before
    assert jobs.send(Replay(jobs.new_id(), jobs.call_id())) == ReplayAnswer(ReplayOutcome.NOT_FOUND)


def test_repeated_the_outcome_is_the_first(jobs: StoreDriver) -> None:
    job_id = jobs.dead()
    call = Replay(job_id, jobs.call_id())
    first = jobs.send(call)
    assert jobs.send(call) == first
    jobs.again(job_id, "d2")
    jobs.finish(job_id, "d2", FinishKind.DIE, error="again")
    assert jobs.send(call).outcome is ReplayOutcome.REPLAYED
    assert jobs.state(job_id) is JobState.DEAD
    assert jobs.send(replace(call, call_id=jobs.call_id())).outcome is ReplayOutcome.REPLAYED
    assert jobs.state(job_id) is JobState.WAITING


def test_a_key_that_is_taken(jobs: StoreDriver) -> None:
    job_id = jobs.dead(key="k", target="t")
    holder = jobs.add(60, key="k", target="t")
    call = Replay(job_id, jobs.call_id())
    assert jobs.send(call) == ReplayAnswer(ReplayOutcome.KEY_TAKEN, holder=holder)
    jobs.cancel(holder)
    assert jobs.send(call) == ReplayAnswer(ReplayOutcome.KEY_TAKEN, holder=holder)
    assert jobs.send(Replay(job_id, jobs.call_id())).outcome is ReplayOutcome.REPLAYED
