"""The moves between states, each with all that follows from it. The steps decide; nothing else moves a job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from celery_durable_jobs.model.losses import LOST_RUN, lost_run_pause_us, lost_too_often
from celery_durable_jobs.model.options import StoreOptions
from celery_durable_jobs.model.record import ENDED_ERROR_LENGTH, ERROR_LENGTH, JobRecord
from celery_durable_jobs.model.states import NOT_BEGUN, TRANSITIONS, JobState
from celery_durable_jobs.stores.memory.state import Ended, Job, Stripe
from celery_durable_jobs.stores.memory.views import record


@contextmanager
def moving(stripe: Stripe, job: Job, to: JobState | None = None) -> Iterator[None]:
    """Change state, due time or deadline of a job: out of the indexes before, into them after."""
    assert to is None or to is job.state or to in TRANSITIONS[job.state], (job.state, to)
    before = stripe.backlogs[job.route]
    stripe.displace(job)
    if to is not None:
        job.state = to
    yield
    stripe.place(job)
    drained(stripe, job, before)


def drained(stripe: Stripe, job: Job, before: int) -> None:
    """A backlog that came down to the number to wake at: its route is open again."""
    there, again = stripe.backlogs[job.route], stripe.again.get(job.route)
    if again is not None and again.wake_at is not None and there < before and there <= again.wake_at:
        del stripe.again[job.route]


def free_key(stripe: Stripe, job: Job) -> None:
    """The key is free, if it is this job that it points to."""
    if job.key_field is not None and stripe.keys.get(job.key_field) == job.id:
        del stripe.keys[job.key_field]


def take_key(stripe: Stripe, job: Job) -> None:
    """The job takes its key if it is free, else it goes without."""
    if job.key_field is not None:
        stripe.keys.setdefault(job.key_field, job.id)


def wait(stripe: Stripe, job: Job, due_us: int) -> None:
    """Back to its line. Its old generation means nothing any more: the next claim gives a new one."""
    with moving(stripe, job, JobState.WAITING):
        job.due_us = due_us
        job.cancel_requested = False
    take_key(stripe, job)


def end(stripe: Stripe, job: Job, outcome: JobState, now: int, error: str | None) -> JobRecord:
    """Succeeded, cancelled or expired: nothing but the outcome is left. Answers the record as it was at its end."""
    assert outcome in TRANSITIONS[job.state], (job.state, outcome)
    before = stripe.backlogs[job.route]
    stripe.displace(job)
    drained(stripe, job, before)
    free_key(stripe, job)
    job.state, job.ended_us, job.error = outcome, now, cut(error, ERROR_LENGTH)
    stripe.ended[job.id] = Ended(
        outcome=outcome,
        ended_us=now,
        digest=job.digest,
        handler=job.handler,
        name=job.name,
        due_us=job.due_us,
        attempt=job.attempt,
        error=cut(error, ENDED_ERROR_LENGTH),
        last=job.last,
    )
    return record(job)


def die(stripe: Stripe, job: Job, now: int, error: str | None) -> JobRecord:
    """A dead letter: all of it stays. Answers it."""
    with moving(stripe, job, JobState.DEAD):
        job.ended_us, job.error = now, cut(error, ERROR_LENGTH)
    free_key(stripe, job)
    return record(job)


def expire_if_due(stripe: Stripe, job: Job, now: int) -> JobRecord | None:
    """End a job that has not begun and is past its ``expires``; answers its record where it did."""
    if job.state in NOT_BEGUN and job.expires_us is not None and job.expires_us <= now:
        return end(stripe, job, JobState.EXPIRED, now, job.error)
    return None


def lose(
    stripe: Stripe, job: Job, points: int, reason: str | None, now: int, options: StoreOptions
) -> JobRecord | None:
    """A lost run (DESIGN "Lost runs"); answers the record where that ended the job."""
    begun = job.state is JobState.RUNNING
    job.lost_runs += 1
    job.lost_points += points
    job.error = cut(reason or LOST_RUN, ERROR_LENGTH)
    job.poll_next = False
    if job.cancel_requested:
        return end(stripe, job, JobState.CANCELLED, now, job.error)
    if lost_too_often(job.lost_points, options.max_lost_runs):
        return die(stripe, job, now, job.error)
    if job.expires_us is not None and job.expires_us <= now:
        return end(stripe, job, JobState.EXPIRED, now, job.error)
    pause = lost_run_pause_us(job.id, job.lost_runs)
    wait(stripe, job, now + pause if begun or pause else job.due_us)
    return None


def cut(text: str | None, length: int) -> str | None:
    """At most ``length`` characters."""
    return text if text is None else text[:length]
