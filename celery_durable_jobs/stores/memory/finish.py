"""finish: see ``steps/finish.py``."""

from __future__ import annotations

from celery_durable_jobs.model.record import ERROR_LENGTH
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import NOW
from celery_durable_jobs.steps.common import Refusal, Refused
from celery_durable_jobs.steps.finish import Finish, Finished, FinishKind
from celery_durable_jobs.stores.memory.guards import gone
from celery_durable_jobs.stores.memory.moves import cut, die, end, wait
from celery_durable_jobs.stores.memory.state import Job, Last, State, Stripe
from celery_durable_jobs.stores.memory.views import ended_entry


def finish(state: State, request: Finish, now: int) -> Finished | Refused:
    """Running under this delivery; or this delivery was the last to finish: its answer again."""
    stripe = state.stripe_of_job(request.job_id)
    job = stripe.jobs.get(request.job_id)
    if job is None:
        ended = ended_entry(stripe, request.job_id, now, state.options.keep_ended_us)
        return again(ended.last if ended else None, request.delivery_id) or gone(ended)
    if job.state is not JobState.RUNNING or job.delivery_id != request.delivery_id:
        why = Refusal.ENDED if job.state is JobState.DEAD else Refusal.STALE
        return again(job.last, request.delivery_id) or Refused(why, job.state)

    if request.kind is FinishKind.SUCCEED:
        return _ended(stripe, job, JobState.SUCCEEDED, now, None)
    if request.kind is FinishKind.DIE:
        job.failures += 1
        job.last = (job.delivery_id, JobState.DEAD, None)
        return Finished(JobState.DEAD, None, die(stripe, job, now, request.error))
    return _go_on(stripe, job, request, now)


def again(last: Last | None, delivery_id: str) -> Finished | None:
    """The answer that this delivery got when it was finished."""
    return Finished(last[1], last[2]) if last is not None and last[0] == delivery_id else None


def _go_on(stripe: Stripe, job: Job, request: Finish, now: int) -> Finished:
    """What would put it back: unless a cancel was requested, or its time is over."""
    when = now if request.kind is FinishKind.STOP else (request.when or NOW).resolve(now)
    if job.cancel_requested:
        return _ended(stripe, job, JobState.CANCELLED, now, request.error or job.error)
    if job.expires_us is not None and (job.expires_us <= now or when > job.expires_us):
        return _ended(stripe, job, JobState.EXPIRED, now, request.error or job.error)

    job.poll_next = request.kind is FinishKind.POLL or (request.kind is FinishKind.STOP and job.polled)
    if request.kind is FinishKind.RETRY:
        job.failures += 1
        job.error = cut(request.error, ERROR_LENGTH)
    elif request.kind is FinishKind.RESCHEDULE:
        job.attempt = job.failures = job.lost_runs = job.lost_points = 0
        job.error = None
    job.last = (job.delivery_id, JobState.WAITING, when)
    wait(stripe, job, when)
    return Finished(JobState.WAITING, when)


def _ended(stripe: Stripe, job: Job, outcome: JobState, now: int, error: str | None) -> Finished:
    job.last = (job.delivery_id, outcome, None)
    end(stripe, job, outcome, now, error)
    return Finished(outcome)
