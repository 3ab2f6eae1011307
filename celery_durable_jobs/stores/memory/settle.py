"""settle: see ``steps/settle.py``."""

from __future__ import annotations

from celery_durable_jobs.model.losses import unknown_handler_pause_us
from celery_durable_jobs.model.record import ERROR_LENGTH, JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.common import Refusal, Refused
from celery_durable_jobs.steps.settle import Settle, Settled
from celery_durable_jobs.stores.memory.guards import gone, not_sent
from celery_durable_jobs.stores.memory.moves import cut, die, end, expire_if_due, lose, wait
from celery_durable_jobs.stores.memory.state import Job, Last, State, Stripe
from celery_durable_jobs.stores.memory.views import ended_entry


def settle(state: State, request: Settle, now: int) -> Settled | Refused:
    """Running under this delivery, or claimed or sent at its generation; settled before: its answer again."""
    delivery, options = request.delivery, state.options
    stripe = state.stripe_of_job(delivery.job_id)
    job = stripe.jobs.get(delivery.job_id)
    if job is None:
        ended = ended_entry(stripe, delivery.job_id, now, options.keep_ended_us)
        return _again(ended.last if ended else None, delivery.delivery_id) or gone(ended)
    running = job.state is JobState.RUNNING and job.delivery_id == delivery.delivery_id
    if not running:
        settled = _again(job.last, delivery.delivery_id)
        if settled is not None:
            return settled
        expired = expire_if_due(stripe, job, now)
        if expired is not None:
            return Refused(Refusal.ENDED, JobState.EXPIRED, expired)
        refused = not_sent(job, delivery.generation)
        if refused is not None:
            return refused

    if request.points > 0 and (running or not request.if_running):
        dead = lose(stripe, job, request.points, request.reason, now, options)
    elif running:
        dead = _stop(stripe, job, now)
    elif request.unknown_handler:
        dead = _unknown(stripe, job, request.reason, now, options.unknown_grace_us)
    else:
        dead = None
        wait(stripe, job, job.due_us)
    due_us = None if dead else job.due_us
    last = (delivery.delivery_id, job.state, due_us)
    job.last = last
    if job.id in stripe.ended:
        stripe.ended[job.id].last = last
    return Settled(job.state, due_us, dead)


def _again(last: Last | None, delivery_id: str) -> Settled | None:
    return Settled(last[1], last[2]) if last is not None and last[0] == delivery_id else None


def _stop(stripe: Stripe, job: Job, now: int) -> JobRecord | None:
    """As a finish with STOP: its worker stops."""
    if job.cancel_requested:
        return end(stripe, job, JobState.CANCELLED, now, job.error)
    if job.expires_us is not None and job.expires_us <= now:
        return end(stripe, job, JobState.EXPIRED, now, job.error)
    job.poll_next = job.polled
    wait(stripe, job, now)
    return None


def _unknown(stripe: Stripe, job: Job, reason: str | None, now: int, grace_us: int) -> JobRecord | None:
    """No worker knows its handler: a growing pause, and at the end of the grace a dead letter."""
    if job.unknown_since_us is None:
        job.unknown_since_us = now
    if now - job.unknown_since_us >= grace_us:
        return die(stripe, job, now, reason)
    job.error = cut(reason, ERROR_LENGTH) or job.error
    wait(stripe, job, now + unknown_handler_pause_us(job.unknown_since_us, now))
    return None
