"""Jobs, plain messages and ``eta`` tasks that write down when they start."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from datetime import datetime, timezone

from benchmarks.lab import Place

PLAIN = "plain"
"""The queue of plain messages, which the worker consumes only while they are measured."""

_numbers = itertools.count(1)


def new_series(what: str) -> str:
    """A name that no other series of this process has."""
    return f"{what}-{next(_numbers)}"


def at(due: float) -> datetime:
    """A time of ``time.time()`` as Celery wants it."""
    return datetime.fromtimestamp(due, timezone.utc)


def schedule_durable(place: Place, series: str, dues: Sequence[float], handler: str = "durable") -> None:
    """As durable jobs, in bulk."""
    from celery_durable_jobs import JobRequest

    task = getattr(place.module, handler)
    place.module.jobs.schedule_job.apply_many(JobRequest(task, args=(series, due), eta=at(due)) for due in dues)


def schedule_eta(place: Place, series: str, dues: Sequence[float]) -> None:
    """As plain tasks with ``eta``."""
    for due in dues:
        place.module.plain.apply_async((series, due), eta=at(due))


def send_plain(place: Place, series: str, count: int) -> None:
    """As plain messages on the queue ``PLAIN``."""
    with place.module.app.producer_pool.acquire(block=True) as producer:
        for _ in range(count):
            place.module.plain.apply_async((series, 0.0), queue=PLAIN, producer=producer)


def consume_plain(place: Place) -> float:
    """Have the worker consume ``PLAIN``; answers when that was asked."""
    moment = time.time()
    place.module.app.control.add_consumer(PLAIN)
    return moment


def leave_plain(place: Place) -> None:
    """Have the worker no longer consume ``PLAIN``."""
    place.module.app.control.cancel_consumer(PLAIN, reply=True, timeout=5, limit=1)
