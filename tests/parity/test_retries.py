"""Rows about failing: who decides, when it runs again, and what is left when it doesn't."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from celery_durable_jobs import DurableJob, JobState, durable_jobs, schedule_job
from celery_durable_jobs.testing import moved_time
from tests.parity.staging import Stage, memory_only

SUCCEEDED, DEAD, WAITING = JobState.SUCCEEDED, JobState.DEAD, JobState.WAITING


def waits_after(error: str, job: DurableJob) -> bool:
    return job.state is WAITING and job.error == error


def test_p13_default_three_retries_after_2_4_and_8_seconds(stage: Stage) -> None:
    job = stage.job("always_fails")
    for number, delay in enumerate((2, 4, 8), 1):
        stage.wait("always", number, id=job.id)
        failure = f"ValueError: failure {number}"
        now = stage.wait_job(job, functools.partial(waits_after, failure))
        wait = now.due_time.timestamp() - stage.events("always", id=job.id)[-1]["at"]
        assert 0.9 * delay <= wait <= 1.1 * delay + 1
        assert job.reschedule(countdown=0) is not None, "we don't wait as long as it would"
    assert job.join(timeout=20) is DEAD
    dead = stage.look(job)
    assert (dead.attempt, dead.error.splitlines()[0]) == (4, "ValueError: failure 4")  # type: ignore[union-attr]


def test_p13_celerys_own_options(stage: Stage) -> None:
    """``retry_backoff=0.1, retry_jitter=False``, and ``max_retries`` of 3 by default."""
    job = stage.job("fails", 99)
    assert job.join(timeout=20) is DEAD
    times = [event["at"] for event in stage.events("fails")]
    assert len(times) == 4
    for delay, before, after in zip((0.1, 0.2, 0.4), times[:3], times[1:], strict=True):
        assert after - before >= delay


def test_p13_a_handlers_own_policy(stage: Stage) -> None:
    well, refused = (stage.job("asks_its_policy", errors) for errors in (["broken"] * 2, ["broken", "refused"]))
    hourly = stage.job("asks_its_policy", ["busy"])
    assert stage.ended(well, refused) == [SUCCEEDED, DEAD]
    assert [event["error"] for event in stage.events("asked", id=well.id)] == ["broken", "broken"]
    assert [event["error"] for event in stage.events("asked", id=refused.id)] == ["broken", "refused"]
    assert "PermissionError: refused" in (stage.look(refused).error or "")
    now = stage.wait_job(hourly, lambda job: job.error is not None)
    (asked,) = stage.events("asked", id=hourly.id)
    assert now.due_time.timestamp() - asked["at"] == pytest.approx(3600, abs=2)


def test_p13_the_apps_policy(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(should_retry="tests.apps.parity_jobs:app_policy", concurrency=1)
    asks_app, has_its_own = stage.job("always_fails"), stage.job("fails", 1)
    assert stage.ended(asks_app, has_its_own) == [DEAD, SUCCEEDED]
    assert [event["failures"] for event in stage.events("app policy")] == [0, 1, 2]
    assert {event["id"] for event in stage.events("app policy")} == {asks_app.id}


def test_p13_a_policy_that_raises_makes_a_dead_letter_with_both_errors(stage: Stage) -> None:
    job = stage.job("has_a_broken_policy")
    assert job.join(timeout=20) is DEAD
    error = stage.look(job).error or ""
    assert "ValueError: first trouble" in error
    assert "KeyError: 'bug in the policy'" in error


def test_p14_success_removes_a_job_and_its_outcome_is_kept(stage: Stage) -> None:
    job = stage.job("note", target="order:14", key="once")
    assert job.join(timeout=20) is SUCCEEDED
    assert list(durable_jobs.find(target="order:14")) == []
    assert durable_jobs.get(key="once", target="order:14") is None
    assert stage.state(job) is SUCCEEDED
    assert [found.id for found in durable_jobs.find(state="succeeded") if found.id == job.id] == [job.id]
    assert job.replay() is None


def test_p14_no_retry_makes_a_dead_letter_that_can_be_replayed(stage: Stage) -> None:
    gate = stage.gate()
    job = stage.job("never_retried", str(gate), target="order:14", metadata={"a": "b"})
    assert job.join(timeout=20) is DEAD
    assert list(durable_jobs.find(target="order:14")) == []
    (dead,) = durable_jobs.find(state="dead", target="order:14")
    assert dead.id == job.id
    assert (dead.error or "").startswith("ValueError: no use")
    assert stage.app.AsyncResult(job.id).state == "FAILURE"
    gate.touch()
    assert job.replay() is not None
    assert job.join(timeout=20) is SUCCEEDED
    assert [(event["attempt"], event["failures"], event["metadata"]) for event in stage.events("never")] == [
        (1, 0, {"a": "b"})
    ] * 2


@memory_only
def test_p14_how_long_they_are_kept(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(keep_ended=600, keep_dead=86_400 * 30)
    with moved_time(stage.app) as time:
        done, dead = stage.job("note"), stage.job("never_retried")
        time.move(1)
        assert [stage.state(job) for job in (done, dead)] == [SUCCEEDED, DEAD]
        time.move(598)
        assert done.refresh() is not None
        time.move(700)
        assert done.refresh() is None
        time.move(timedelta(days=29, hours=23))
        assert stage.state(dead) is DEAD
        stage.job("note", countdown=timedelta(hours=2))  # a keeper looks, and prunes
        time.move(timedelta(hours=2))
        assert dead.refresh() is None


def test_p24_a_retry_keeps_shard_count_metadata_and_headers(stage: Stage) -> None:
    """The retry is due in an hour, 3,600 windows later."""
    told: dict[str, Any] = {"metadata": {"tenant": "acme"}, "headers": {"traceparent": "00-1-2-01"}, "name": "Sync"}
    job = schedule_job.apply(stage.module.asks_its_policy, args=(["busy"],), countdown=0, target="t", **told)
    now = stage.wait_job(job, lambda job: job.state is WAITING and job.error is not None)
    assert now.shard_id == job.shard_id
    assert now.due_time - job.due_time > timedelta(minutes=59)
    assert (now.attempt, now.metadata) == (1, {"tenant": "acme"})
    assert job.reschedule(countdown=0) is not None
    assert job.join(timeout=20) is SUCCEEDED
    first, second = stage.events("asks")
    assert (second["attempt"], second["failures"], second["previous_error"]) == (2, 1, "ConnectionError: busy")
    for name in ("shard", "metadata", "target", "name"):
        assert first[name] == second[name]
    assert first["headers"]["traceparent"] == second["headers"]["traceparent"] == "00-1-2-01"


@pytest.mark.parametrize("outcome", ["cancelled error", "timeout error"])
def test_p40_a_cancellation_of_the_handlers_own_goes_to_the_policy(stage: Stage, outcome: str) -> None:
    job = stage.job("ends", [outcome, "return"])
    assert job.join(timeout=20) is SUCCEEDED
    assert len(stage.events("asked")) == 1
    assert [(event["attempt"], event["failures"]) for event in stage.events("call")] == [(1, 0), (2, 1)]
