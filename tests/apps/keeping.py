"""An app for the keeper's tests: handlers that leave traces, settings from the environment."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from celery import Celery

from celery_durable_jobs import DurableJobs, JobContext, durable_job_handler
from tests.apps.surroundings import configure, namespace, store_url

app = Celery(namespace("keeping"), set_as_current=False)
configure(app)
app.conf.durable_jobs_store = store_url()
app.conf.update(json.loads(os.environ.get("TEST_SETTINGS") or "{}"))
DurableJobs(app)


@durable_job_handler(app=app)
def trace(context: JobContext, path: str, word: str = "") -> None:
    """Append a line: word, the time in s, the due time in s."""
    with Path(path).open("a") as file:
        file.write(f"{word} {time.time():.6f} {context.job.due_time.timestamp():.6f}\n")
