"""The app, its handler, and how it is scheduled."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from typing import Any

import record
from celery import Celery

from celery_durable_jobs import DurableJobs, JobRequest, durable_job_handler, schedule_job

app = Celery("app", broker=os.environ["PEER_URL"])
app.conf.update(task_ignore_result=True, timezone="UTC", broker_connection_retry_on_startup=True)
DurableJobs(app)
app.set_current()


options = {"batch": int(os.environ["PEER_BATCH"])} if "PEER_BATCH" in os.environ else {}


@durable_job_handler(**options)
def handler(context: Any, number: int) -> None:
    """The handler."""
    record.started(number)


def schedule(number: int, due: float) -> None:
    """One call."""
    schedule_job.apply(handler, args=(number,), eta=datetime.fromtimestamp(due, timezone.utc))


def bulk(first: int, dues: list[float]) -> None:
    """Many at once."""
    schedule_job.apply_many(
        JobRequest(handler, args=(number,), eta=datetime.fromtimestamp(due, timezone.utc))
        for number, due in enumerate(dues, first)
    )
