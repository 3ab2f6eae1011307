"""The Celery app. Durable jobs are the one line below it; the store is the broker's own Redis by default."""

from __future__ import annotations

import os

from celery import Celery

from celery_durable_jobs import DurableJobs

app = Celery(
    "example_project",
    broker=os.environ.get("EXAMPLE_REDIS_URL", "redis://localhost:6379/0"),
    include=[
        "example_project.notifications",
        "example_project.orders",
        "example_project.payments",
        "example_project.workflows",
    ],
)
DurableJobs(app)
