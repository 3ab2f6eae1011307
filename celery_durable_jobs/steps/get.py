"""get: one job's record."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps.common import KeyRef
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class Get(Request[JobRecord | None]):
    """The job as it is, ended ones for ``keep_ended``; None when there is none. By: anyone. Guard: none; writes
    nothing.

    By key: the job that holds the key now, else None. Of an ended job only id, handler, name, due time, state,
    attempt, error (200 characters) and end time are left; of a dead letter everything.
    """

    job: str | KeyRef
