"""change: see ``steps/change.py``."""

from __future__ import annotations

from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.change import Change, ChangeAnswer, ChangeOutcome
from celery_durable_jobs.steps.common import Unset
from celery_durable_jobs.stores.memory.guards import first_answer
from celery_durable_jobs.stores.memory.moves import expire_if_due, moving, take_key
from celery_durable_jobs.stores.memory.state import Call, State, Stripe
from celery_durable_jobs.stores.memory.views import ended_entry, frozen_content, known

_WITH_JOB = (ChangeOutcome.CHANGED, ChangeOutcome.PAST_EXPIRES)


def change(state: State, request: Change, now: int) -> ChangeAnswer:
    """Not running, not ended: waiting again, with the given parts replaced."""
    stripe, job_id = state.find(request.job)
    keep = state.options.keep_ended_us
    call = first_answer(stripe, request.call_id, now)
    if call is None:
        outcome = ChangeOutcome.NOT_FOUND if job_id is None else _change(stripe, job_id, request, now, keep)
        call = stripe.calls[request.call_id] = Call((outcome, job_id), now)
    outcome, job_id = call.answer
    return ChangeAnswer(outcome, known(stripe, job_id, now, keep) if outcome in _WITH_JOB else None)


def _change(stripe: Stripe, job_id: str, request: Change, now: int, keep_ended_us: int) -> ChangeOutcome:
    job = stripe.jobs.get(job_id)
    if job is None:
        found = ended_entry(stripe, job_id, now, keep_ended_us)
        return ChangeOutcome.ENDED if found else ChangeOutcome.NOT_FOUND
    if job.state is JobState.DEAD or expire_if_due(stripe, job, now):
        return ChangeOutcome.ENDED
    if job.state is JobState.RUNNING:
        return ChangeOutcome.RUNNING

    due_us = job.due_us if request.due is None else request.due.resolve(now)
    expires_us = job.expires_us
    if not isinstance(request.expires, Unset):
        expires_us = None if request.expires is None else request.expires.resolve(now)
    if expires_us is not None and due_us > expires_us:
        return ChangeOutcome.PAST_EXPIRES
    with moving(stripe, job, JobState.WAITING):
        job.due_us, job.expires_us = due_us, expires_us
        if request.content is not None:
            job.content = frozen_content(request.content)
        if not isinstance(request.metadata, Unset):
            job.metadata = None if request.metadata is None else dict(request.metadata)
    take_key(stripe, job)
    return ChangeOutcome.CHANGED
