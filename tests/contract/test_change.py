"""change: a client gives a job another time, arguments, metadata or ``expires``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from celery_durable_jobs.model.options import RETRY_HORIZON_US
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import SECOND, When
from celery_durable_jobs.steps import (
    Begin,
    Change,
    ChangeAnswer,
    ChangeOutcome,
    Delivery,
    FinishKind,
    KeyRef,
    Refusal,
    Refused,
    Settle,
)
from celery_durable_jobs.testing import StoreDriver


def test_another_time(jobs: StoreDriver) -> None:
    job_id = jobs.add(60)
    before = jobs.get(job_id)
    answer = jobs.change(job_id, due=When(after_us=5 * SECOND))
    assert answer == ChangeAnswer(ChangeOutcome.CHANGED, replace(before, due_us=jobs.when(5)))
    assert jobs.get(job_id) == answer.job
    assert jobs.look().next_us == jobs.when(5)


def test_other_arguments_and_metadata(jobs: StoreDriver) -> None:
    job_id = jobs.add(60, name="n", target="t", key="k", metadata={"a": "1"})
    before = jobs.get(job_id)
    content = Content(b"new", headers={"h": "2"}, options={"time_limit": 9})
    jobs.change(job_id, content=content, metadata={"b": "2"})
    assert jobs.get(job_id) == replace(before, content=content, metadata={"b": "2"})
    jobs.change(job_id, metadata={})
    assert jobs.get(job_id).metadata == {}
    jobs.change(job_id, metadata=None)
    assert jobs.get(job_id) == replace(before, content=content, metadata=None)


def test_expires_is_given_kept_and_dropped(jobs: StoreDriver) -> None:
    job_id = jobs.add(60)
    jobs.change(job_id, expires=When(after_us=90 * SECOND))
    assert jobs.get(job_id).expires_us == jobs.when(90)
    jobs.change(job_id, due=When(after_us=30 * SECOND))
    assert jobs.get(job_id).expires_us == jobs.when(90)
    jobs.change(job_id, expires=None)
    assert jobs.get(job_id).expires_us is None


def test_nothing_given_nothing_changed(jobs: StoreDriver) -> None:
    job_id = jobs.add(60, metadata={"a": "1"}, expires=When(after_us=90 * SECOND))
    before = jobs.get(job_id)
    assert jobs.change(job_id) == ChangeAnswer(ChangeOutcome.CHANGED, before)


@pytest.mark.parametrize("state", ["claimed", "sent"])
def test_what_is_on_its_way_waits_again_and_its_message_is_stale(jobs: StoreDriver, state: str) -> None:
    message: JobRecord = getattr(jobs, state)()
    answer = jobs.change(message.id, due=When(after_us=60 * SECOND))
    assert answer.job is not None
    assert (answer.job.state, answer.job.due_us) == (JobState.WAITING, jobs.when(60))
    assert jobs.backlog() == 0
    assert jobs.send(Begin(message.id, message.generation, "d")) == Refused(Refusal.STALE, JobState.WAITING)
    settled = jobs.send(Settle(Delivery(message.id, message.generation, "d")))
    assert settled == Refused(Refusal.STALE, JobState.WAITING)
    assert jobs.get(message.id).due_us == jobs.when(60)


def test_counts_and_error_of_earlier_attempts_stay(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    jobs.finish(job.id, "d1", FinishKind.RETRY, after=600, error="e")
    jobs.change(job.id, due=When(after_us=0))
    begun = jobs.again(job.id, "d2")
    assert (begun.job.attempt, begun.job.failures, begun.job.error) == (2, 1, "e")


def test_a_running_one_is_refused(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    before = jobs.get(job.id)
    assert jobs.change(job.id, due=When(after_us=5), metadata={"a": "2"}) == ChangeAnswer(ChangeOutcome.RUNNING)
    assert jobs.get(job.id) == before


def test_ended_and_unknown_ones_are_refused(jobs: StoreDriver) -> None:
    assert jobs.change(jobs.succeeded()) == ChangeAnswer(ChangeOutcome.ENDED)
    assert jobs.change(jobs.dead()) == ChangeAnswer(ChangeOutcome.ENDED)
    assert jobs.change(jobs.new_id()) == ChangeAnswer(ChangeOutcome.NOT_FOUND)
    assert jobs.change(KeyRef("k")) == ChangeAnswer(ChangeOutcome.NOT_FOUND)


@pytest.mark.parametrize(
    "parts",
    [
        {"due": When(after_us=90 * SECOND + 1)},
        {"expires": When(after_us=59 * SECOND)},
        {"due": When(after_us=20 * SECOND), "expires": When(after_us=10 * SECOND)},
    ],
    ids=["time past expires", "expires before time", "both"],
)
def test_a_time_past_its_expires_is_refused(jobs: StoreDriver, parts: dict[str, When]) -> None:
    job_id = jobs.add(60, expires=When(after_us=90 * SECOND))
    before = jobs.get(job_id)
    assert jobs.change(job_id, **parts) == ChangeAnswer(ChangeOutcome.PAST_EXPIRES, before)
    assert jobs.get(job_id) == before
    assert jobs.change(job_id, due=When(after_us=90 * SECOND)).outcome is ChangeOutcome.CHANGED


def test_a_claimed_one_whose_change_is_refused_stays_claimed(jobs: StoreDriver) -> None:
    job = jobs.claimed(expires=When(after_us=90 * SECOND))
    assert jobs.change(job.id, due=When(after_us=91 * SECOND)).outcome is ChangeOutcome.PAST_EXPIRES
    jobs.begin(job)


def test_past_its_expires_it_has_ended(jobs: StoreDriver) -> None:
    job_id = jobs.add(1, expires=When(after_us=SECOND))
    jobs.clock.move(1)
    assert jobs.change(job_id, expires=None) == ChangeAnswer(ChangeOutcome.ENDED)
    assert jobs.state(job_id) is JobState.EXPIRED


def test_repeated_the_outcome_is_the_first_for_the_retry_horizon(jobs: StoreDriver) -> None:
    """Rule 1: by call id."""
    job_id = jobs.add(60)
    call = Change(job_id, jobs.call_id(), due=When(after_us=5 * SECOND))
    first = jobs.send(call)
    assert jobs.send(call) == first
    jobs.clock.move(1)
    jobs.change(job_id, due=When(after_us=50 * SECOND))
    assert jobs.send(call) == ChangeAnswer(ChangeOutcome.CHANGED, jobs.get(job_id))
    assert jobs.get(job_id).due_us == jobs.when(50)
    jobs.clock.move(us=RETRY_HORIZON_US)
    again = jobs.send(call)
    assert again.job is not None
    assert again.job.due_us == jobs.when(5)


def test_a_refused_one_repeated_is_refused_though_it_would_do_by_now(jobs: StoreDriver) -> None:
    job = jobs.running("d1")
    call = Change(job.id, jobs.call_id(), metadata={"a": "2"})
    assert jobs.send(call).outcome is ChangeOutcome.RUNNING
    jobs.finish(job.id, "d1", FinishKind.RETRY, after=60)
    assert jobs.send(call).outcome is ChangeOutcome.RUNNING
    assert jobs.get(job.id).metadata is None


def test_the_line_of_its_route_and_shard_is_its_place_for_ever(jobs: StoreDriver) -> None:
    job_id = jobs.add(60, route=Route("mail", priority=3))
    jobs.change(job_id, due=When(after_us=86_400 * SECOND))
    after = jobs.get(job_id)
    assert after.route == Route("mail", priority=3)
    jobs.clock.move(86_400)
    assert [held.term.shard_id for held in jobs.look().held] == [job_id[1:9]]
