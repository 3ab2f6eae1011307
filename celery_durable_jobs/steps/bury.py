"""bury: a job that can never run becomes a dead letter."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps.common import Refused, Term
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class Bury(Request[JobRecord | Refused]):
    """Make a claimed or sent job dead, with the reason as its error; answers the dead letter.

    By: keeper (with its ``term``: then the token is guarded too), worker's parent (without). Guard: ``claimed`` or
    ``sent``, generation. Repeated: refused with ENDED and state dead.
    """

    job_id: str
    generation: int
    reason: str
    term: Term | None = None
