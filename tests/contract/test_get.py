"""get: one job's record."""

from __future__ import annotations

from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import Delivery, Get, KeyRef, Settle
from celery_durable_jobs.testing import StoreDriver
from tests.contract.conftest import MakeDriver


def test_none_where_there_is_none(jobs: StoreDriver) -> None:
    assert jobs.send(Get(jobs.new_id())) is None
    assert jobs.send(Get(KeyRef("k"))) is None


def test_by_key_it_is_the_one_that_holds_it_now(jobs: StoreDriver) -> None:
    job_id = jobs.add(60, key="k", target="t")
    assert jobs.get(KeyRef("k", "t")) == jobs.get(job_id)
    assert jobs.send(Get(KeyRef("k"))) is None


def test_the_stages_of_a_life(jobs: StoreDriver) -> None:
    job_id = jobs.add()
    assert jobs.state(job_id) is JobState.WAITING
    job = jobs.claim(job_id)
    assert jobs.get(job_id) == job
    jobs.mark_sent(job)
    assert jobs.state(job_id) is JobState.SENT
    jobs.begin(job, "d1")
    running = jobs.get(job_id)
    assert (running.state, running.run_id, running.attempt) == (JobState.RUNNING, "d1", 1)
    assert (running.content, running.route) == (job.content, job.route)


def test_of_an_ended_job_little_is_left_and_that_for_keep_ended(make_jobs: MakeDriver) -> None:
    jobs = make_jobs(keep_ended_us=100 * SECOND)
    job = jobs.running("d1", name="n", target="t", key="k", metadata={"a": "b"}, expires=When(after_us=SECOND))
    jobs.clock.move(1)
    jobs.send(Settle(Delivery(job.id, job.generation, "d1"), 1, "E" * 300))
    left = JobRecord(
        job.id, job.handler, JobState.EXPIRED, job.due_us, name="n", attempt=1, error="E" * 200, ended_us=jobs.clock()
    )
    assert jobs.get(job.id) == left
    jobs.clock.move(100, us=-1)
    assert jobs.get(job.id) == left
    jobs.clock.move(us=1)
    assert jobs.send(Get(job.id)) is None


def test_it_writes_nothing(jobs: StoreDriver) -> None:
    """What is past its expires is shown as it is stored, until a step meets it."""
    job_id = jobs.add(1, expires=When(after_us=SECOND))
    jobs.clock.move(100)
    assert jobs.get(job_id).state is JobState.WAITING
    assert jobs.stats().counts["waiting"] == 1


def test_answers_are_snapshots(jobs: StoreDriver) -> None:
    job_id = jobs.add(60, metadata={"a": "1"}, content=Content(b"", headers={"list": [1]}))
    before = jobs.get(job_id)
    jobs.change(job_id, metadata={"a": "2"})
    assert before.metadata == {"a": "1"}
    again = jobs.get(job_id)
    assert isinstance(again.metadata, dict)
    again.metadata["a"] = "3"
    assert again.content is not None
    again.content.headers["list"].append(2)
    assert jobs.get(job_id).metadata == {"a": "2"}
    assert jobs.get(job_id).content == Content(b"", headers={"list": [1]})
