"""forget: remove every trace of an ended or dead job (privacy)."""

from __future__ import annotations

from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.model.when import SECOND
from celery_durable_jobs.steps import AddOutcome, Forget, ForgetOutcome, Get, Replay, ReplayOutcome, Source
from celery_durable_jobs.testing import StoreDriver
from tests.contract.conftest import MakeDriver


def forget(jobs: StoreDriver, job_id: str) -> ForgetOutcome:
    return jobs.send(Forget(job_id, jobs.call_id()))


def test_an_ended_one_is_shown_no_more(jobs: StoreDriver) -> None:
    job_id = jobs.succeeded(name="Jane Doe")
    assert forget(jobs, job_id) is ForgetOutcome.FORGOTTEN
    assert jobs.send(Get(job_id)) is None
    assert jobs.find(Source.ENDED) == []
    assert forget(jobs, job_id) is ForgetOutcome.FORGOTTEN


def test_a_dead_one_is_shown_no_more(jobs: StoreDriver) -> None:
    job_id = jobs.dead("Jane Doe's number", target="Jane", key="k")
    assert forget(jobs, job_id) is ForgetOutcome.FORGOTTEN
    assert jobs.send(Get(job_id)) is None
    assert jobs.find(Source.DEAD) == []
    assert jobs.stats().counts["dead"] == 0
    assert jobs.send(Replay(job_id, jobs.call_id())).outcome is not ReplayOutcome.REPLAYED
    assert forget(jobs, job_id) is ForgetOutcome.FORGOTTEN


def test_the_outcome_is_kept_with_the_id(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(keep_ended_us=100 * SECOND)
    request = jobs.request(60)
    jobs.send(request)
    jobs.cancel(request.job_id)
    forget(jobs, request.job_id)
    assert jobs.cancel(request.job_id).outcome is CancelOutcome.CANCELLED
    late = jobs.send(request)
    assert (late.outcome, late.state) == (AddOutcome.STORED, JobState.CANCELLED)
    jobs.clock.move(100)
    assert jobs.cancel(request.job_id).outcome is CancelOutcome.NOT_FOUND
    assert forget(jobs, request.job_id) is ForgetOutcome.NOT_FOUND


def test_what_lives_is_refused(jobs: StoreDriver) -> None:
    for job_id in (jobs.add(60), jobs.claimed().id, jobs.sent().id, jobs.running("d1").id):
        before = jobs.get(job_id)
        assert forget(jobs, job_id) is ForgetOutcome.ALIVE
        assert jobs.get(job_id) == before


def test_unknown_ones(jobs: StoreDriver) -> None:
    assert forget(jobs, jobs.new_id()) is ForgetOutcome.NOT_FOUND


def test_repeated_the_answer_is_the_first(jobs: StoreDriver) -> None:
    job_id = jobs.add(60)
    call = Forget(job_id, jobs.call_id())
    assert jobs.send(call) is ForgetOutcome.ALIVE
    jobs.cancel(job_id)
    assert jobs.send(call) is ForgetOutcome.ALIVE
    assert jobs.get(job_id).state is JobState.CANCELLED
