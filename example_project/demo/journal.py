"""Writes down when a job was scheduled and when a run began, by Celery's own signals, for the show to read.

The worker imports this module too (``celery worker --include example_project.demo.journal``), so that the examples
themselves know nothing of being watched.
"""

from __future__ import annotations

import functools
import json
import os
import time
from typing import Any

import redis
from celery.signals import after_task_publish, task_prerun

from celery_durable_jobs import durable_jobs

LIST = "example_project:journal"


@functools.lru_cache(maxsize=1)
def _client(pid: int) -> redis.Redis:
    return redis.Redis.from_url(os.environ["EXAMPLE_REDIS_URL"])


def _write(entry: dict[str, Any]) -> None:
    _client(os.getpid()).rpush(LIST, json.dumps(entry))


def read() -> list[dict[str, Any]]:
    """What was written since the last time."""
    texts: Any = _client(os.getpid()).lpop(LIST, 1_000)
    return [json.loads(text) for text in texts or ()]


@after_task_publish.connect(weak=False)
def _scheduled(headers: dict[str, Any] | None = None, **_: Any) -> None:
    if headers and headers.get("id"):
        _write({"event": "scheduled", "id": headers["id"], "at": time.time()})


@task_prerun.connect(weak=False)
def _started(task_id: str = "", **_: Any) -> None:
    now = time.time()
    job = durable_jobs.get(task_id)
    if job is not None:
        due = job.due_time.timestamp()
        _write({"event": "started", "id": task_id, "at": now, "due": due, "attempt": job.attempt})
