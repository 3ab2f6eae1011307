"""Keeper and eager worker in one process, on ``memory://``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery

from celery_durable_jobs import DurableJobs, JobContext, JobState, durable_job_handler, schedule_job
from celery_durable_jobs._current import extension_of
from celery_durable_jobs.keeper.local import keep_locally, stop_locally
from tests.support.waiting import wait_until


@pytest.fixture
def app(namespace: str) -> Iterator[Any]:
    """An app in memory whose jobs are kept and run here."""
    app = Celery(namespace, broker="memory://", set_as_current=False)
    app.conf.update(durable_jobs_store="memory://", durable_jobs_poll_interval=0.1)
    DurableJobs(app)
    yield app
    stop_locally()


def test_jobs_run_are_retried_and_end(app: Any):
    attempts: list[int] = []

    @durable_job_handler(app=app, name="flaky", max_retries=3, retry_backoff=0.05, retry_jitter=False)
    def flaky(context: JobContext, limit: int) -> str:
        attempts.append(context.attempt)
        if context.attempt < limit:
            raise ValueError("not yet")
        return "done"

    extension = extension_of(app)
    assert keep_locally(app, extension) is keep_locally(app, extension)
    job = schedule_job.apply(flaky, args=(2,), countdown=0.05)
    assert job.join(timeout=10) is JobState.SUCCEEDED
    assert attempts == [1, 2]


def test_a_handler_that_is_not_known_is_put_back(app: Any, caplog: pytest.LogCaptureFixture):
    keep_locally(app, extension_of(app))
    app.set_current()
    job = schedule_job.apply("elsewhere.handler", countdown=0)
    wait_until(lambda: "no handler 'elsewhere.handler' is known" in caplog.text, 5)
    wait_until(lambda: job.refresh().state is JobState.WAITING, 5)
