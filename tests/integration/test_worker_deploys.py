"""Ten rolling deploys of workers: what their stops cut is run again, and none of it becomes a dead letter."""

from __future__ import annotations

import signal
from collections import Counter
from typing import Any

import pytest

from celery_durable_jobs import DurableJob, JobRequest, durable_jobs, schedule_job
from celery_durable_jobs.jobs import JobState
from tests.apps.worker_fixtures import keeper, settings, stage, worker  # noqa: F401
from tests.support.processes import ChildProcess
from tests.support.waiting import WaitTimeoutError, wait_until

GRACE = 1.0
"""Seconds that a deploy gives a worker to end by itself."""


@pytest.fixture
def settings() -> dict[str, Any]:  # noqa: F811
    """One lost run would be one too many."""
    return {"durable_jobs_max_lost_runs": 1}


def stop(process: ChildProcess) -> None:
    """As a deploy does: warm; and cold, when that takes too long."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(GRACE)
    except WaitTimeoutError:
        process.send_signal(signal.SIGQUIT)
        process.wait(20)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("keeper")
def test_ten_in_a_row_make_no_dead_letter(stage, worker) -> None:  # noqa: F811
    module, gate = stage.module, str(stage.file("gate"))
    # These two are cut by each of the deploys, one of them with others behind it in its carrier.
    once: list[DurableJob] = [stage.job("waits", gate)]
    once += schedule_job.apply_many(
        JobRequest(module.together, args=args, countdown=0) for args in [("long", "waits", gate), ("a",), ("b",)]
    )
    cut: list[DurableJob] = [once.pop(0), once.pop(0)]
    process = worker(concurrency=4)
    for deploy in range(10):
        fresh = [JobRequest(module.note, args=(f"{deploy}.{place}",), countdown=place / 20) for place in range(30)]
        fresh += [JobRequest(module.together, args=(f"{deploy}-{place}",), countdown=place / 5) for place in range(8)]
        once += schedule_job.apply_many(fresh)
        cut.append(stage.job("stubborn", 2 * GRACE))
        stage.trace.wait("note", tag=f"{deploy}.0")  # amid its work
        following = worker(concurrency=4)
        stage.trace.wait("waits", count=2 * deploy + 2)
        stop(process)
        assert "lost its pool process" not in process.log()
        process = following
    stage.file("gate").touch()
    assert {job.join(60) for job in (*cut, *once)} == {JobState.SUCCEEDED}
    assert list(durable_jobs.find(state="dead")) == []
    runs = [line for line in stage.trace.lines() if line["what"] in ("note", "together", "waits", "stubborn")]
    assert {(line["lost_runs"], line["failures"], line["previous_error"]) for line in runs} == {(0, 0, None)}
    begun = Counter(line["id"] for line in runs if line["what"] != "waits" or line["id"] == cut[0].id)
    assert [begun[job.id] for job in once] == [1] * len(once)
    assert begun[cut[0].id] == begun[cut[1].id] == 11
    wait_until(lambda: not any(durable_jobs.stats().counts.values()), 10, lambda: str(durable_jobs.stats()))
