"""The scheduler, its job, and how that is scheduled."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from urllib.parse import urlsplit

import record
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.redis import RedisJobStore
from apscheduler.schedulers.background import BackgroundScheduler

_url = urlsplit(os.environ["PEER_URL"])
scheduler = BackgroundScheduler(
    jobstores={"default": RedisJobStore(host=_url.hostname, port=_url.port)},
    executors={"default": ThreadPoolExecutor(2)},
    job_defaults={"misfire_grace_time": None},  # else what is more than a second late is dropped
    timezone="UTC",
)


def handler(number: int) -> None:
    """The job."""
    record.started(number)


def start() -> None:
    """Start scheduler and threads in the client's process."""
    scheduler.start()


def schedule(number: int, due: float) -> None:
    """One call."""
    scheduler.add_job("app:handler", "date", run_date=datetime.fromtimestamp(due, timezone.utc), args=(number,))
