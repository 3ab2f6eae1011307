"""begin: see ``steps/begin.py``."""

from __future__ import annotations

from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.begin import Begin, Begun
from celery_durable_jobs.steps.common import Refusal, Refused
from celery_durable_jobs.stores.memory.guards import gone, not_sent
from celery_durable_jobs.stores.memory.moves import expire_if_due, free_key, moving
from celery_durable_jobs.stores.memory.state import Job, State, Stripe
from celery_durable_jobs.stores.memory.views import ended_entry, record


def begin(state: State, request: Begin, now: int) -> Begun | Refused:
    """Claimed or sent at this generation, or already running under this delivery."""
    stripe = state.stripe_of_job(request.job_id)
    deadline_us = now + (request.run_lease_us or state.options.run_lease_us)
    job = stripe.jobs.get(request.job_id)
    if job is None:
        ended = ended_entry(stripe, request.job_id, now, state.options.keep_ended_us)
        if ended is not None and ended.last is not None and ended.last[0] == request.delivery_id:
            return Refused(Refusal.BEGUN, ended.outcome)
        return gone(ended)
    if job.state is JobState.RUNNING and job.delivery_id == request.delivery_id:
        job.deadline_us = deadline_us
        return _begun(job, now, request.content)
    if job.last is not None and job.last[0] == request.delivery_id:
        return Refused(Refusal.BEGUN, job.state)
    expired = expire_if_due(stripe, job, now)
    if expired is not None:
        return Refused(Refusal.ENDED, JobState.EXPIRED, expired)
    refused = not_sent(job, request.generation)
    if refused is not None:
        return refused

    _run(stripe, job, request.delivery_id, deadline_us)
    return _begun(job, now, request.content)


def _run(stripe: Stripe, job: Job, delivery_id: str, deadline_us: int) -> None:
    with moving(stripe, job, JobState.RUNNING):
        job.delivery_id, job.deadline_us, job.unknown_since_us = delivery_id, deadline_us, None
        job.polled, job.poll_next = job.poll_next, False
        if not job.polled:
            job.attempt += 1
            job.run_id = delivery_id
    if job.key_until == "started":
        free_key(stripe, job)


def _begun(job: Job, now: int, content: bool) -> Begun:
    return Begun(record(job, content=content), now, job.deadline_us, job.polled)
