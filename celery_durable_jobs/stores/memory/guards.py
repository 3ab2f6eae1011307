"""Guards that several steps share."""

from __future__ import annotations

from celery_durable_jobs.model.options import CONTACT_QUIET_US, RETRY_HORIZON_US
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.common import Refusal, Refused, Term
from celery_durable_jobs.stores.memory.state import Call, Ended, Job, Stripe


def holds(stripe: Stripe, term: Term, now: int) -> bool:
    """The token is the shard's current one, and its lease has not run out."""
    lease = stripe.leases.get(term.shard_id)
    return lease is not None and lease.token == term.token and now < lease.until_us


def may_recover(stripe: Stripe, now: int) -> bool:
    """The contact rule: keepers have been looking without a gap for long enough."""
    return stripe.last_look_us is not None and now - stripe.contact_since_us >= CONTACT_QUIET_US


def first_answer(stripe: Stripe, call_id: str | bytes, now: int) -> Call | None:
    """The answer that a call had, for the retry horizon."""
    call = stripe.calls.get(call_id)
    return call if call is not None and now < call.at_us + RETRY_HORIZON_US else None


def gone(ended: Ended | None) -> Refused:
    """The refusal of a job that is not stored."""
    return Refused(Refusal.UNKNOWN) if ended is None else Refused(Refusal.ENDED, ended.outcome)


def not_sent(job: Job, generation: int) -> Refused | None:
    """Why a message of this generation is not the present one of a claimed or sent job; None where it is."""
    if job.state is JobState.DEAD:
        return Refused(Refusal.ENDED, job.state)
    if job.state is JobState.WAITING or job.generation != generation:
        return Refused(Refusal.STALE, job.state)
    if job.state is JobState.RUNNING:
        return Refused(Refusal.BEGUN, job.state)
    return None
