"""replay: see ``steps/replay.py``."""

from __future__ import annotations

from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.replay import Replay, ReplayAnswer, ReplayOutcome
from celery_durable_jobs.stores.memory.guards import first_answer
from celery_durable_jobs.stores.memory.moves import moving, take_key
from celery_durable_jobs.stores.memory.state import Call, State, Stripe
from celery_durable_jobs.stores.memory.views import known


def replay(state: State, request: Replay, now: int) -> ReplayAnswer:
    """Dead, and its key free or its own: waiting again, as if new."""
    stripe, keep = state.stripe_of_job(request.job_id), state.options.keep_ended_us
    call = first_answer(stripe, request.call_id, now)
    if call is None:
        call = stripe.calls[request.call_id] = Call(_replay(stripe, request, now, keep), now)
    outcome, holder = call.answer
    job = known(stripe, request.job_id, now, keep) if outcome is ReplayOutcome.REPLAYED else None
    return ReplayAnswer(outcome, job, holder)


def _replay(stripe: Stripe, request: Replay, now: int, keep_ended_us: int) -> tuple[ReplayOutcome, str | None]:
    job = stripe.jobs.get(request.job_id)
    if job is None or job.state is not JobState.DEAD:
        found = known(stripe, request.job_id, now, keep_ended_us)
        return (ReplayOutcome.NOT_DEAD if found else ReplayOutcome.NOT_FOUND), None
    holder = stripe.keys.get(job.key_field, job.id) if job.key_field else job.id
    if holder != job.id:
        return ReplayOutcome.KEY_TAKEN, holder
    with moving(stripe, job, JobState.WAITING):
        job.due_us = request.due.resolve(now)
        job.expires_us = None if request.expires is None else request.expires.resolve(now)
        job.attempt = job.failures = job.lost_runs = job.lost_points = 0
        job.cancel_requested = job.poll_next = False
        job.error = job.ended_us = job.unknown_since_us = None
    take_key(stripe, job)
    return ReplayOutcome.REPLAYED, None
