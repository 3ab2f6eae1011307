"""bury: see ``steps/bury.py``."""

from __future__ import annotations

from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.bury import Bury
from celery_durable_jobs.steps.common import Refusal, Refused
from celery_durable_jobs.stores.memory.guards import gone, holds, not_sent
from celery_durable_jobs.stores.memory.moves import die, expire_if_due
from celery_durable_jobs.stores.memory.state import State
from celery_durable_jobs.stores.memory.views import ended_entry


def bury(state: State, request: Bury, now: int) -> JobRecord | Refused:
    """Claimed or sent at this generation (a keeper: under its lease too): a dead letter."""
    stripe = state.stripe_of_job(request.job_id)
    shard_id = parse_job_id(request.job_id).shard_id
    if request.term is not None and (request.term.shard_id != shard_id or not holds(stripe, request.term, now)):
        return Refused(Refusal.LEASE)
    job = stripe.jobs.get(request.job_id)
    if job is None:
        return gone(ended_entry(stripe, request.job_id, now, state.options.keep_ended_us))
    expired = expire_if_due(stripe, job, now)
    if expired is not None:
        return Refused(Refusal.ENDED, JobState.EXPIRED, expired)
    return not_sent(job, request.generation) or die(stripe, job, now, request.reason)
