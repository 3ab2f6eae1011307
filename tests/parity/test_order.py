"""Rows about windows, stripes and order: which shard a job is born into, and which one comes first."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from celery_durable_jobs import DurableJob, JobState, durable_jobs, schedule_job
from tests.parity.staging import Stage
from tests.parity.test_scheduling import next_window, now
from tests.support.waiting import PATIENCE

SUCCEEDED = JobState.SUCCEEDED


def run_order(stage: Stage) -> list[str]:
    """Ids of the jobs in the order of their runs."""
    return [event["id"] for event in stage.events("note")]


def by_due(jobs: list[DurableJob]) -> list[str]:
    """Ids in due order."""
    return [job.id for job in sorted(jobs, key=lambda job: (job.due_time, job.id))]


def test_p11_shards_by_time_window_and_due_order(stage: Stage) -> None:
    edge = next_window(timedelta(seconds=0.5))
    offsets = [-0.4, -0.1, 0, 0.1, 0.25, 0.4] * 3
    random.shuffle(offsets)
    with stage.busy(leave=1):
        jobs = [stage.job("note", eta=edge + timedelta(seconds=offset)) for offset in offsets]
        assert len({job.shard_id for job in jobs if job.due_time < edge}) == 1
        assert len({job.shard_id for job in jobs if job.due_time >= edge}) == 1
        assert len({job.shard_id for job in jobs}) == 2
        assert set(stage.ended(*jobs)) == {SUCCEEDED}
    # Equal due times come in the order in which they were scheduled: ids rise with it.
    assert run_order(stage) == by_due(jobs)
    for event in stage.events("note"):
        assert event["at"] >= event["due"]


def test_p26_stripes(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(shard_stripes=4, concurrency=2)
    jobs = [stage.job("note", countdown=0.2) for _ in range(48)]
    stripes = [job.shard_id[:2] for job in jobs]
    assert len(set(stripes)) == 4
    assert max(stripes.count(stripe) for stripe in set(stripes)) < 30
    ours = [stage.job("note", countdown=number / 10, target="order:26") for number in range(4)]
    assert len({job.shard_id[:2] for job in ours}) == 1, "a target's jobs live together"
    assert {job.id for job in durable_jobs.find(target="order:26")} <= {job.id for job in ours}
    assert set(stage.ended(*jobs, *ours)) == {SUCCEEDED}
    assert sorted(run_order(stage)) == sorted(job.id for job in jobs + ours)
    assert durable_jobs.stats().counts["waiting"] == 0


def test_p27_the_first_job_of_a_window_is_not_late(stage: Stage) -> None:
    """Nobody owns its shard until then: the very look that finds it due grants the lease."""
    with stage.busy():
        pass  # every place has run something: first runs open connections
    for _ in range(2):
        job = stage.job("note", eta=next_window(timedelta(seconds=0.1)))
        assert job.join(timeout=20) is SUCCEEDED
        (event,) = stage.events(id=job.id)
        assert 0 <= event["at"] - job.due_time.timestamp() < 0.2 * PATIENCE


def test_p29_overdue_shards_the_oldest_first(stage: Stage) -> None:
    start = now()
    with stage.busy(leave=1):
        with stage.paused():
            minutes = list(range(40))
            random.shuffle(minutes)
            jobs = [stage.job("note", eta=start - timedelta(minutes=number)) for number in minutes]
            assert len({job.shard_id for job in jobs}) == 40
        assert set(stage.ended(*jobs)) == {SUCCEEDED}
    assert run_order(stage) == by_due(jobs)


def test_p52_jobs_years_overdue_the_oldest_first(stage: Stage) -> None:
    years = [2019, 1971, 2024, 2008]
    with stage.busy(leave=1):
        with stage.paused():
            jobs = [stage.job("note", eta=datetime(year, 2, 3, 4, 5, 6, 7, tzinfo=timezone.utc)) for year in years]
            jobs.append(stage.job("note"))
        assert set(stage.ended(*jobs)) == {SUCCEEDED}
    assert run_order(stage) == by_due(jobs)
    assert [event["due"] for event in stage.events("note")] == [
        job.due_time.timestamp() for job in sorted(jobs, key=lambda job: job.due_time)
    ]


def lags_of(stage: Stage, jobs: list[tuple[DurableJob, float]]) -> list[float]:
    """How long after its moment each was begun, least first."""
    for job, _ in jobs:
        job.join(timeout=20)
    return sorted(stage.events(id=job.id)[0]["at"] - moment for job, moment in jobs)


def test_p48_an_earlier_job_wakes_a_sleeping_owner(stage: Stage) -> None:
    """A keeper looks each second by itself: without being woken it would be half a second late."""
    with stage.busy():
        pass  # every place has run something: first runs open connections
    stage.job("note", countdown=60)
    earlier, moved, replaced = [], [], []
    for number in range(5):
        waiting = stage.job("note", countdown=3600)
        keyed = stage.job("note", countdown=3600, key=f"k{number}")
        time.sleep(random.random() / 3)  # at any moment of the keeper's sleep
        job = stage.job("note", countdown=0.05)
        earlier.append((job, job.due_time.timestamp()))
        moment = time.time()
        now_due = waiting.reschedule(countdown=0)
        assert now_due is not None
        moved.append((waiting, moment))
        moment = time.time()
        again = schedule_job.apply(stage.module.note, countdown=0, key=f"k{number}", on_conflict="replace")
        assert again.id == keyed.id
        replaced.append((keyed, moment))
    for jobs in (earlier, moved, replaced):
        lags = lags_of(stage, jobs)
        assert lags[0] >= 0
        assert lags[2] < 0.1 * PATIENCE, lags


def waits_for_an_hour(job: DurableJob) -> bool:
    return job.state is JobState.WAITING and job.due_time - now() > timedelta(minutes=59)


def test_p48_a_retry_and_a_reschedule_moved_to_now(stage: Stage) -> None:
    with stage.busy():
        pass
    for handler, outcomes in (("asks_its_policy", ["busy"]), ("ends", ["reschedule later", "return"])):
        lags = []
        for _ in range(3):
            job = stage.job(handler, outcomes)
            stage.wait_job(job, waits_for_an_hour)
            moment = time.time()
            assert job.reschedule(countdown=0) is not None
            assert job.join(timeout=20) is SUCCEEDED
            lags.append(stage.events(id=job.id)[-1]["at"] - moment)
        assert sorted(lags)[1] < 0.1 * PATIENCE, (handler, lags)


def test_p48_an_add_into_a_bucket_being_drained_is_not_stranded(stage: Stage) -> None:
    due = now() + timedelta(seconds=0.2)
    jobs = []
    for _ in range(120):  # all into one shard, before it is due, while it is drained, and after
        jobs.append(stage.job("note", eta=due))
        time.sleep(0.004)
    assert len({job.shard_id for job in jobs}) == 1
    assert set(stage.ended(*jobs)) == {SUCCEEDED}
    assert sorted(run_order(stage)) == sorted(job.id for job in jobs)
