"""get: see ``steps/get.py``."""

from __future__ import annotations

from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps.get import Get
from celery_durable_jobs.stores.memory.state import State
from celery_durable_jobs.stores.memory.views import known


def get(state: State, request: Get, now: int) -> JobRecord | None:
    """What is known of the job."""
    stripe, job_id = state.find(request.job)
    return None if job_id is None else known(stripe, job_id, now, state.options.keep_ended_us)
