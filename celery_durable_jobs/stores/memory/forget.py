"""forget: see ``steps/forget.py``."""

from __future__ import annotations

from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.forget import Forget, ForgetOutcome
from celery_durable_jobs.stores.memory.guards import first_answer
from celery_durable_jobs.stores.memory.moves import free_key
from celery_durable_jobs.stores.memory.state import Call, Ended, State, Stripe
from celery_durable_jobs.stores.memory.views import ended_entry


def forget(state: State, request: Forget, now: int) -> ForgetOutcome:
    """Of an ended or dead job nothing but id and outcome is left."""
    stripe = state.stripe_of_job(request.job_id)
    call = first_answer(stripe, request.call_id, now)
    if call is None:
        call = stripe.calls[request.call_id] = Call(_forget(stripe, request, now, state.options.keep_ended_us), now)
    outcome: ForgetOutcome = call.answer
    return outcome


def _forget(stripe: Stripe, request: Forget, now: int, keep_ended_us: int) -> ForgetOutcome:
    job = stripe.jobs.get(request.job_id)
    if job is not None:
        if job.state is not JobState.DEAD:
            return ForgetOutcome.ALIVE
        stripe.displace(job)
        free_key(stripe, job)
        stripe.ended[job.id] = Ended(JobState.DEAD, now, digest=None, handler=None)
        return ForgetOutcome.FORGOTTEN
    ended = ended_entry(stripe, request.job_id, now, keep_ended_us)
    if ended is None:
        return ForgetOutcome.NOT_FOUND
    stripe.ended[request.job_id] = Ended(ended.outcome, ended.ended_us, digest=None, handler=None)
    return ForgetOutcome.FORGOTTEN
