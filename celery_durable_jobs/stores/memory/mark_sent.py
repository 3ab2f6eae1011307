"""mark sent: see ``steps/mark_sent.py``."""

from __future__ import annotations

from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.common import Refusal, Term
from celery_durable_jobs.steps.mark_sent import Mark, MarkedSent, MarkSent
from celery_durable_jobs.stores.memory.guards import holds
from celery_durable_jobs.stores.memory.moves import expire_if_due, moving
from celery_durable_jobs.stores.memory.state import State, Stripe


def mark_sent(state: State, request: MarkSent, now: int) -> MarkedSent:
    """Under the lease, each that is claimed under this token at this generation."""
    stripe = state.stripe_of_shard(request.term.shard_id)
    if not holds(stripe, request.term, now):
        return MarkedSent(refused=Refusal.LEASE)
    timeout = state.options.begin_timeout_us
    return MarkedSent(tuple(_mark(stripe, request.term, *job, now, timeout) for job in request.jobs))


def _mark(stripe: Stripe, term: Term, job_id: str, generation: int, now: int, begin_timeout_us: int) -> Mark:
    job = stripe.jobs.get(job_id)
    if job is None or job.shard_id != term.shard_id or expire_if_due(stripe, job, now) or job.generation != generation:
        return Mark.GONE
    if job.state is JobState.RUNNING:
        return Mark.BEGUN
    if job.state is JobState.SENT:
        return Mark.SENT
    if job.state is not JobState.CLAIMED or job.token != term.token:
        return Mark.GONE
    with moving(stripe, job, JobState.SENT):
        job.sends = 1
        job.deadline_us = max(job.deadline_us if job.held else 0, now + begin_timeout_us)
    return Mark.SENT
