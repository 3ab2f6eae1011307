"""An app for the tests of the command line: nothing of it is ever run."""

from __future__ import annotations

from typing import Any

from celery import Celery

from celery_durable_jobs import DurableJobs, durable_job_handler
from tests.apps.surroundings import configure, namespace, store_url

app = Celery(namespace("cli"), set_as_current=False)
configure(app)
app.conf.update(durable_jobs_store=store_url(), durable_jobs_store_timeout=1)
extension = DurableJobs(app)


@durable_job_handler
def remind(context: Any, user_id: int, text: str = "") -> None:
    """A handler."""


@durable_job_handler
def expire(context: Any) -> None:
    """Another one."""
