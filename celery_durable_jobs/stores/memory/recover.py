"""resend and rescue: see ``steps/recover.py``."""

from __future__ import annotations

from celery_durable_jobs.model.options import CALL_LIMIT_BYTES, MAX_BEGIN_TIMEOUT_US
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.common import Refusal
from celery_durable_jobs.steps.recover import Rescue, Rescued, Resend, Resending
from celery_durable_jobs.stores.memory.guards import holds, may_recover
from celery_durable_jobs.stores.memory.moves import expire_if_due, lose
from celery_durable_jobs.stores.memory.state import Job, State, Stripe
from celery_durable_jobs.stores.memory.views import record


def resend(state: State, request: Resend, now: int) -> Resending:
    """Under the lease and the contact rule: sent, and its deadline passed."""
    stripe = state.stripe_of_shard(request.term.shard_id)
    if not holds(stripe, request.term, now):
        return Resending(refused=Refusal.LEASE)
    overdue = [
        job for job in _overdue(stripe, request.term.shard_id, JobState.SENT, now) if job.route not in request.leave_out
    ]
    jobs, expired, size = list[JobRecord](), list[JobRecord](), 0
    for job in overdue[: request.limit]:
        gone = expire_if_due(stripe, job, now)
        if gone is not None:
            expired.append(gone)
            continue
        size += len(job.content.body)
        if jobs and size > CALL_LIMIT_BYTES:
            break
        # 1, 2, 4, 8 … begin timeouts pass between the copies.
        pause = min(state.options.begin_timeout_us << min(job.sends, 32), MAX_BEGIN_TIMEOUT_US)
        job.sends += 1
        job.deadline_us = now + pause
        jobs.append(record(job))
    return Resending(tuple(jobs), tuple(expired), len(jobs) + len(expired) < len(overdue))


def rescue(state: State, request: Rescue, now: int) -> Rescued:
    """Under the lease and the contact rule: running, and its deadline passed; each is a lost run of one point."""
    stripe = state.stripe_of_shard(request.term.shard_id)
    if not holds(stripe, request.term, now):
        return Rescued(refused=Refusal.LEASE)
    overdue = _overdue(stripe, request.term.shard_id, JobState.RUNNING, now)
    returned: list[str] = []
    ended: dict[JobState, list[JobRecord]] = {JobState.DEAD: [], JobState.CANCELLED: [], JobState.EXPIRED: []}
    for job in overdue[: request.limit]:
        gone = lose(stripe, job, 1, None, now, state.options)
        if gone is None:
            returned.append(job.id)
        else:
            ended[gone.state].append(gone)
    return Rescued(
        tuple(returned),
        tuple(ended[JobState.DEAD]),
        tuple(ended[JobState.CANCELLED]),
        tuple(ended[JobState.EXPIRED]),
        more=len(overdue) > request.limit,
    )


def _overdue(stripe: Stripe, shard_id: str, wanted: JobState, now: int) -> list[Job]:
    if not may_recover(stripe, now):
        return []
    return [job for job in stripe.in_flight(shard_id, wanted) if job.deadline_us <= now]
