"""A worker that dies or is stopped amid a carrier (``batch=``): what ran is run again, its companions run once."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from celery_durable_jobs import DurableJob, JobRequest, schedule_job
from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.stores.redis.keys import stripe_prefix
from tests.apps.worker_fixtures import POOLS, Stage, keeper, settings, stage, worker  # noqa: F401
from tests.support.processes import ChildProcess
from tests.support.servers import Server

Start = Callable[..., ChildProcess]


@pytest.fixture
def settings() -> dict[str, Any]:  # noqa: F811
    """What a dead worker had comes back within four seconds."""
    return {"durable_jobs_run_lease": 3, "durable_jobs_begin_timeout": 3, "durable_jobs_lease_ttl": 2}


@pytest.fixture
def in_contact(stage: Stage, keeper: ChildProcess, server: Server, database: int) -> None:  # noqa: F811
    """A keeper that has been at work for long: else nothing is rescued in its first 20 s."""
    contact = stripe_prefix(stage.extension.settings.namespace, 0) + b"contact"
    with server.client(database) as client:
        client.hset(contact, "since", int(client.hget(contact, "since")) - 20_000_000)  # type: ignore[arg-type]


def carried(stage: Stage, start: Start, pool: str) -> tuple[ChildProcess, list[DurableJob]]:  # noqa: F811
    """A worker amid a carrier of four: one has run, one runs until the file ``gate`` exists, two are behind it."""
    process = start(pool, concurrency=1)
    calls: list[tuple[Any, ...]] = [("1",), ("2", "waits", str(stage.file("gate"))), ("3",), ("4",)]
    due = datetime.now(timezone.utc) + timedelta(seconds=0.7)
    jobs = list(schedule_job.apply_many(JobRequest(stage.module.together, args=call, eta=due) for call in calls))
    stage.trace.wait("waits")
    taken = stage.trace.lines("signal task_received")
    assert [line["id"].startswith("carrier-") for line in taken] == [True]
    return process, jobs


def runs(stage: Stage) -> Counter[str]:  # noqa: F811
    """How often each has begun."""
    return Counter(line["tag"] for line in stage.trace.lines("together"))


@pytest.mark.parametrize(("pool", "whole"), [*((pool, True) for pool in POOLS), ("prefork", False)])
@pytest.mark.usefixtures("in_contact")
def test_killed(stage, worker, pool, whole):  # noqa: F811
    """With its pool, or its parent alone: Linux kills the children of a prefork pool when their parent dies."""
    process, jobs = carried(stage, worker, pool)
    if whole:
        process.kill_group()
    else:
        process.kill()
    worker("threads")
    again = stage.trace.wait("together", timeout=40, tag="2", count=2)[1]
    assert (again["attempt"], again["lost_runs"], again["failures"]) == (2, 1, 0)
    stage.file("gate").touch()
    assert {job.join(40) for job in jobs} == {JobState.SUCCEEDED}
    assert runs(stage) == {"1": 1, "2": 2, "3": 1, "4": 1}
    companions = [line for line in stage.trace.lines("together") if line["tag"] in ("3", "4")]
    assert {(line["attempt"], line["lost_runs"]) for line in companions} == {(1, 0)}


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.usefixtures("keeper")
def test_a_warm_shutdown_gives_back_what_has_not_begun(stage, worker, pool):  # noqa: F811
    process, jobs = carried(stage, worker, pool)
    process.send_signal(signal.SIGTERM)
    process.wait_for_log("Warm shutdown")
    stage.file("gate").touch()
    assert jobs[1].join(20) is JobState.SUCCEEDED
    process.wait(20)
    for job in jobs[2:]:
        now = stage.wait_state(job, JobState.WAITING, JobState.CLAIMED, JobState.SENT, timeout=3)
        assert (now.attempt, now.error) == (0, None)
    worker("threads")
    assert {job.join(10) for job in jobs} == {JobState.SUCCEEDED}
    assert runs(stage) == {"1": 1, "2": 1, "3": 1, "4": 1}


@pytest.mark.parametrize("pool", ["prefork", "gevent"])
@pytest.mark.usefixtures("keeper")
def test_a_cold_shutdown_cuts_the_one_that_runs_and_nothing_is_counted(stage, worker, pool):  # noqa: F811
    process, jobs = carried(stage, worker, pool)
    process.send_signal(signal.SIGQUIT)
    process.wait(20)
    worker("threads")
    stage.trace.wait("together", tag="2", count=2)
    stage.file("gate").touch()
    assert {job.join(10) for job in jobs} == {JobState.SUCCEEDED}
    assert runs(stage) == {"1": 1, "2": 2, "3": 1, "4": 1}
    lines = stage.trace.lines("together")
    assert {(line["lost_runs"], line["failures"], line["previous_error"]) for line in lines} == {(0, 0, None)}
