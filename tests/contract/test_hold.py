"""hold: a worker's parent has taken the message and will begin it."""

from __future__ import annotations

from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Delivery, FinishKind, Hold, Refusal, Refused
from celery_durable_jobs.testing import StoreDriver


def test_it_sets_the_deadline_up_and_down(jobs: StoreDriver) -> None:
    job = jobs.sent()
    delivery = Delivery(job.id, job.generation, "d1")
    assert jobs.send(Hold((delivery,), (5 * SECOND,))) == (None,)
    assert jobs.deadline(job.id) == jobs.when(5)
    assert jobs.send(Hold((delivery,))) == (None,)
    assert jobs.deadline(job.id) == jobs.clock() + jobs.options.run_lease_us
    assert jobs.state(job.id) is JobState.SENT
    assert jobs.backlog() == 1


def test_claimed_jobs_may_be_held_too(jobs: StoreDriver) -> None:
    job = jobs.claimed()
    assert jobs.send(Hold((Delivery(job.id, job.generation, "d1"),))) == (None,)
    assert jobs.deadline(job.id) == jobs.clock() + jobs.options.run_lease_us


def test_each_has_its_answer(jobs: StoreDriver) -> None:
    held, stale, begun, mine, done = (jobs.sent() for _ in range(5))
    jobs.change(stale.id)
    jobs.begin(begun, "other")
    jobs.begin(mine, "d-mine")
    jobs.begin(done, "d-done")
    jobs.finish(done.id, "d-done", FinishKind.SUCCEED)
    deliveries = [
        Delivery(job.id, job.generation, delivery)
        for job, delivery in [(held, "a"), (stale, "b"), (begun, "c"), (mine, "d-mine"), (done, "e")]
    ]
    unknown = Delivery(jobs.new_id(), 1, "f")
    assert jobs.send(Hold((*deliveries, unknown))) == (
        None,
        Refused(Refusal.STALE, JobState.WAITING),
        Refused(Refusal.BEGUN, JobState.RUNNING),
        None,
        Refused(Refusal.ENDED, JobState.SUCCEEDED),
        Refused(Refusal.UNKNOWN),
    )


def test_what_runs_under_this_delivery_is_not_moved_by_it(jobs: StoreDriver) -> None:
    job = jobs.sent()
    jobs.begin(job, "d1", run_lease_us=600 * SECOND)
    assert jobs.send(Hold((Delivery(job.id, job.generation, "d1"),))) == (None,)
    assert jobs.deadline(job.id) == jobs.when(600)


def test_past_its_expires_it_ends(jobs: StoreDriver) -> None:
    job = jobs.sent(expires=When(after_us=SECOND))
    jobs.clock.move(1)
    (refused,) = jobs.send(Hold((Delivery(job.id, job.generation, "d1"),)))
    assert refused is not None
    assert (refused.why, refused.state) == (Refusal.ENDED, JobState.EXPIRED)
    assert refused.expired is not None
    assert refused.expired.id == job.id
    assert jobs.state(job.id) is JobState.EXPIRED


def test_nothing_to_hold(jobs: StoreDriver) -> None:
    assert jobs.send(Hold(())) == ()
