"""The app, its task, and how it is scheduled."""

from __future__ import annotations

import os
from datetime import datetime, timezone

import celery_redis_plus  # noqa: F401 - registers its transport
import record
from celery import Celery

app = Celery("app", broker=os.environ["PEER_URL"].replace("redis://", "valkey://", 1))
app.conf.update(
    task_ignore_result=True,
    worker_prefetch_multiplier=128,
    timezone="UTC",
    broker_connection_retry_on_startup=True,
)


@app.task
def handler(number: int) -> None:
    """The task."""
    record.started(number)


def schedule(number: int, due: float) -> None:
    """One call."""
    handler.apply_async((number,), eta=datetime.fromtimestamp(due, timezone.utc))
