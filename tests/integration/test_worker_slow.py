"""Workers that are away, slow, or take without limit: few copies, what is lost comes back, counts end at 0."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from celery_durable_jobs import JobRequest, durable_jobs, schedule_job
from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.stores.redis.keys import stripe_prefix
from tests.apps.worker_fixtures import keeper, settings, stage, worker  # noqa: F401
from tests.support.waiting import wait_until

BACKLOG = 16
JOBS = 60
HANDFUL = 6


@pytest.fixture
def settings() -> dict[str, Any]:  # noqa: F811
    return {"durable_jobs_run_lease": 3, "durable_jobs_begin_timeout": 1, "durable_jobs_max_backlog": BACKLOG}


@pytest.mark.slow
def test_few_copies_and_nothing_drifts(stage, keeper, worker, server, database) -> None:  # noqa: F811
    module, queue = stage.module, stage.site.queue
    contact = stripe_prefix(stage.extension.settings.namespace, 0) + b"contact"
    jobs = list(schedule_job.apply_many(JobRequest(module.stubborn, args=(0.1,), countdown=0) for _ in range(JOBS)))
    with server.client(database) as client:
        # While no worker is there: a bounded backlog, and copies at 1, 2, 4 … s. (The keeper has been there for long.)
        client.hset(contact, "since", int(client.hget(contact, "since")) - 20_000_000)
        wait_until(lambda: client.llen(queue) >= 2 * BACKLOG, 10, lambda: f"{client.llen(queue)} messages")
        assert client.llen(queue) <= HANDFUL * BACKLOG
        assert sum(route.backlog for route in durable_jobs.stats().routes) == BACKLOG
        assert [route.held_up for route in durable_jobs.stats().routes] == [("full",)]
        client.delete(queue)  # all of it is lost
    worker(concurrency=1, options=["--prefetch-multiplier=0"])
    assert {job.join(60) for job in jobs} == {JobState.SUCCEEDED}
    runs = Counter(line["id"] for line in stage.trace.lines("stubborn"))
    assert runs == {job.id: 1 for job in jobs}
    messages = Counter(line["id"] for line in stage.trace.lines("signal task_received"))
    assert max(messages.values()) <= HANDFUL
    stats = durable_jobs.stats()
    assert not any(stats.counts.values()), stats
    assert not any(route.backlog for route in stats.routes), stats
    with server.client(database) as client:
        wait_until(lambda: client.llen(queue) == 0)
