"""An app whose broker is behind Redis Sentinel; its store is what follows from that, by default."""

from __future__ import annotations

import json
import os
import time

from celery import Celery

from celery_durable_jobs import DurableJobs, JobContext
from tests.apps.surroundings import configure, namespace

app = Celery(namespace("sentinel_jobs"), set_as_current=False)
configure(app)
app.conf.update(
    broker_transport_options={"master_name": os.environ.get("TEST_MASTER_NAME", "shop-primary"), "socket_timeout": 2},
    **json.loads(os.environ.get("TEST_SETTINGS", "{}")),
)
DurableJobs(app)


@app.durable_job_handler
def note(context: JobContext, tag: str) -> None:
    """Leave a line in the file TEST_TRACE."""
    line = json.dumps({"tag": tag, "id": context.job.id, "attempt": context.attempt, "at": time.time()})
    file = os.open(os.environ["TEST_TRACE"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(file, (line + "\n").encode())
    finally:
        os.close(file)
