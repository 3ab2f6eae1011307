"""hold: see ``steps/hold.py``."""

from __future__ import annotations

from itertools import zip_longest

from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.common import Delivery, Refusal, Refused
from celery_durable_jobs.steps.hold import Hold
from celery_durable_jobs.stores.memory.guards import gone, not_sent
from celery_durable_jobs.stores.memory.moves import expire_if_due
from celery_durable_jobs.stores.memory.state import State
from celery_durable_jobs.stores.memory.views import ended_entry


def hold(state: State, request: Hold, now: int) -> tuple[Refused | None, ...]:
    """Each that is claimed or sent at its generation gets a run lease to begin in."""
    leases = request.run_leases_us[: len(request.deliveries)]
    return tuple(_hold(state, *held, now) for held in zip_longest(request.deliveries, leases))


def _hold(state: State, delivery: Delivery, run_lease_us: int | None, now: int) -> Refused | None:
    stripe = state.stripe_of_job(delivery.job_id)
    job = stripe.jobs.get(delivery.job_id)
    if job is None:
        return gone(ended_entry(stripe, delivery.job_id, now, state.options.keep_ended_us))
    if job.state is JobState.RUNNING and job.delivery_id == delivery.delivery_id:
        return None
    expired = expire_if_due(stripe, job, now)
    if expired is not None:
        return Refused(Refusal.ENDED, JobState.EXPIRED, expired)
    refused = not_sent(job, delivery.generation)
    if refused is None:
        job.deadline_us, job.held = now + (run_lease_us or state.options.run_lease_us), True
    return refused
