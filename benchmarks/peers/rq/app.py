"""The job, and how it is scheduled."""

from __future__ import annotations

import os
from datetime import datetime, timezone

import record
from redis import Redis
from rq import Queue

queue = Queue(connection=Redis.from_url(os.environ["PEER_URL"]))


def handler(number: int) -> None:
    """The job."""
    record.started(number)


def schedule(number: int, due: float) -> None:
    """One call."""
    queue.enqueue_at(datetime.fromtimestamp(due, timezone.utc), "app.handler", number, result_ttl=0)


def bulk(first: int, dues: list[float]) -> None:
    """Many in pipelines: ``enqueue_many`` knows no time."""
    for at in range(0, len(dues), 1_000):
        with queue.connection.pipeline() as pipeline:
            for number, due in enumerate(dues[at : at + 1_000], first + at):
                job = queue.create_job("app.handler", args=(number,), result_ttl=0)
                queue.schedule_job(job, datetime.fromtimestamp(due, timezone.utc), pipeline=pipeline)
            pipeline.execute()
