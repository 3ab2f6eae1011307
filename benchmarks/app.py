"""The app that is measured: one handler and one plain task that do nothing but write down when they started."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from celery import Celery

from celery_durable_jobs import DurableJobs, durable_job_handler

app = Celery("benchmarks", broker=os.environ.get("BENCHMARK_URL", "redis://localhost:6379/0"))
app.conf.update(
    task_ignore_result=True,
    broker_connection_retry_on_startup=True,
    timezone="UTC",
)
DurableJobs(app)

_files: dict[tuple[int, str], Any] = {}


def started(series: str, due: float) -> None:
    """Write down that a task of a series started now: a line in a file of this process."""
    now = time.time()
    key = (os.getpid(), series)
    if key not in _files:
        path = Path(os.environ["BENCHMARK_FOLDER"]) / f"{series}.{key[0]}"
        _files[key] = path.open("a", buffering=1)
    _files[key].write(f"{due!r} {now!r}\n")


@durable_job_handler
def durable(context: Any, series: str, due: float) -> None:
    """The handler."""
    started(series, due)


@app.task
def plain(series: str, due: float) -> None:
    """The plain task."""
    started(series, due)
