"""put back: see ``steps/put_back.py``."""

from __future__ import annotations

from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.common import Refusal
from celery_durable_jobs.steps.put_back import PutBack, PutBackDone
from celery_durable_jobs.stores.memory.guards import holds
from celery_durable_jobs.stores.memory.moves import expire_if_due, wait
from celery_durable_jobs.stores.memory.state import Again, Job, State, Stripe


def put_back(state: State, request: PutBack, now: int) -> PutBackDone:
    """Under the lease: named jobs of one's own, or a sweep over what another claimed or nobody has in hand."""
    stripe = state.stripe_of_shard(request.term.shard_id)
    if not holds(stripe, request.term, now):
        return PutBackDone(refused=Refusal.LEASE)
    jobs = _named(stripe, request) if request.jobs is not None else _swept(stripe, request, now)
    count, expired = 0, list[JobRecord]()
    for job in jobs[: request.limit]:
        gone = expire_if_due(stripe, job, now)
        if gone is not None:
            expired.append(gone)
            continue
        wait(stripe, job, job.due_us)
        count += 1
    if request.rest_route is not None and request.rest_us > 0:
        stripe.again[request.rest_route] = Again(now + request.rest_us, "resting")
    return PutBackDone(count, len(jobs) > request.limit, tuple(expired))


def _named(stripe: Stripe, request: PutBack) -> list[Job]:
    """The caller claimed it, and names its generation."""
    named = dict(request.jobs or ())
    found = (stripe.jobs[job_id] for job_id in named if job_id in stripe.jobs)
    return [
        job
        for job in found
        if (job.shard_id, job.state, job.token) == (request.term.shard_id, JobState.CLAIMED, request.term.token)
        and job.generation == named[job.id]
    ]


def _swept(stripe: Stripe, request: PutBack, now: int) -> list[Job]:
    """Claimed under another token; or its deadline passed, and the keeper hasn't it in hand."""
    return [
        job
        for job in stripe.in_flight(request.term.shard_id, JobState.CLAIMED)
        if job.token != request.term.token or (job.deadline_us <= now and job.id not in request.in_hand)
    ]
