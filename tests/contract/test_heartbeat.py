"""heartbeat: a run is alive."""

from __future__ import annotations

from celery_durable_jobs.model.when import SECOND
from celery_durable_jobs.steps import FinishKind, Heartbeat, Pulse
from celery_durable_jobs.testing import StoreDriver


def test_it_sets_the_deadline(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.clock.move(10)
    assert jobs.send(Heartbeat(((job.id, "d1", None),))) == (Pulse.ALIVE,)
    assert jobs.deadline(job.id) == jobs.clock() + jobs.options.run_lease_us
    assert jobs.send(Heartbeat(((job.id, "d1", 600 * SECOND),))) == (Pulse.ALIVE,)
    assert jobs.deadline(job.id) == jobs.when(600)


def test_it_brings_a_cancel_request(jobs: StoreDriver) -> None:
    """G6: it was asked to stop."""
    job = jobs.running("d1")
    jobs.cancel(job.id)
    jobs.clock.move(1)
    assert jobs.send(Heartbeat(((job.id, "d1", None),))) == (Pulse.CANCEL,)
    assert jobs.deadline(job.id) == jobs.clock() + jobs.options.run_lease_us


def test_each_has_its_answer_and_a_refusal_moves_nothing(jobs: StoreDriver) -> None:
    alive, other, sent, ended = jobs.running("d1"), jobs.running("d2"), jobs.sent(), jobs.running("d4")
    jobs.finish(ended.id, "d4", FinishKind.SUCCEED)
    runs = ((alive.id, "d1", None), (other.id, "dx", None), (sent.id, "d3", None), (ended.id, "d4", None))
    taken = Pulse.TAKEN_OVER
    assert jobs.send(Heartbeat((*runs, (jobs.new_id(), "d5", None)))) == (Pulse.ALIVE, taken, taken, taken, taken)


def test_a_run_that_was_given_to_another_is_told(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.RETRY)
    jobs.again(job.id, "d2")
    assert jobs.send(Heartbeat(((job.id, "d1", None), (job.id, "d2", None)))) == (Pulse.TAKEN_OVER, Pulse.ALIVE)


def test_a_beat_after_the_deadline_and_before_a_rescue_saves_the_run(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.clock.move(3_600)
    assert jobs.send(Heartbeat(((job.id, "d1", None),))) == (Pulse.ALIVE,)
    assert jobs.deadline(job.id) == jobs.clock() + jobs.options.run_lease_us


def test_nothing_runs(jobs: StoreDriver) -> None:
    assert jobs.send(Heartbeat(())) == ()
