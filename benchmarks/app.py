"""The app that is measured: a handler and a plain task that do nothing but write down when they started."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from celery import Celery

from celery_durable_jobs import DurableJobs

app = Celery("benchmarks", broker=os.environ.get("BENCHMARK_BROKER", "redis://localhost:6379/0"))
app.conf.update(
    task_ignore_result=True,
    broker_connection_retry_on_startup=True,
    timezone="UTC",
    durable_jobs_store=os.environ.get("BENCHMARK_STORE"),
    **json.loads(os.environ.get("BENCHMARK_SETTINGS", "{}")),
)
jobs = DurableJobs(app)

_files: dict[tuple[int, str], Any] = {}


def started(series: str, due: float) -> None:
    """Write down that a task of a series started now: a line in a file of this process."""
    now = time.time()
    key = (os.getpid(), series)
    if key not in _files:
        path = Path(os.environ["BENCHMARK_FOLDER"]) / f"{series}.{key[0]}"
        _files[key] = path.open("a", buffering=1)
    _files[key].write(f"{due!r} {now!r}\n")


@app.durable_job_handler(shared=False)
def durable(context: Any, series: str, due: float) -> None:
    """The handler."""
    started(series, due)


@app.durable_job_handler(batch=50, shared=False)
def batched(context: Any, series: str, due: float) -> None:
    """The handler whose jobs travel together."""
    started(series, due)


@app.task(shared=False)
def plain(series: str, due: float) -> None:
    """The plain task."""
    started(series, due)


@app.durable_job_handler(shared=False)
def small(context: Any, number: int) -> None:
    """A handler of one integer, for jobs that wait."""


@app.durable_job_handler(shared=False)
def numbered(context: Any, number: int) -> None:
    """A handler of one integer that writes down when it started."""
    started("numbered", 0.0)


@app.task(shared=False)
def small_plain(number: int) -> None:
    """Its plain twin."""
