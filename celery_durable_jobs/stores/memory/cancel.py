"""cancel: see ``steps/cancel.py``."""

from __future__ import annotations

from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.steps.cancel import Cancel, CancelAnswer
from celery_durable_jobs.stores.memory.guards import first_answer
from celery_durable_jobs.stores.memory.moves import end, expire_if_due
from celery_durable_jobs.stores.memory.state import Call, State, Stripe
from celery_durable_jobs.stores.memory.views import ended_entry


def cancel(state: State, request: Cancel, now: int) -> CancelAnswer:
    """Not begun: ended. Running: requested. Repeated: the first outcome."""
    stripe, job_id = state.find(request.job)
    call = first_answer(stripe, request.call_id, now)
    if call is not None:
        return CancelAnswer(call.answer)
    if job_id is None:
        answer = CancelAnswer(CancelOutcome.NOT_FOUND)
    else:
        answer = _cancel(stripe, job_id, now, state.options.keep_ended_us)
    stripe.calls[request.call_id] = Call(answer.outcome, now)
    return answer


def _cancel(stripe: Stripe, job_id: str, now: int, keep_ended_us: int) -> CancelAnswer:
    job = stripe.jobs.get(job_id)
    if job is None:
        ended = ended_entry(stripe, job_id, now, keep_ended_us)
        if ended is None:
            return CancelAnswer(CancelOutcome.NOT_FOUND)
        cancelled = ended.outcome is JobState.CANCELLED
        return CancelAnswer(CancelOutcome.CANCELLED if cancelled else CancelOutcome.ENDED)
    if job.state is JobState.DEAD or expire_if_due(stripe, job, now):
        return CancelAnswer(CancelOutcome.ENDED)
    if job.state is JobState.RUNNING:
        job.cancel_requested = True
        return CancelAnswer(CancelOutcome.REQUESTED)
    return CancelAnswer(CancelOutcome.CANCELLED, end(stripe, job, JobState.CANCELLED, now, job.error))
