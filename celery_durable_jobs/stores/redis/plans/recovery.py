"""What a keeper does about jobs in flight: put back, resend, rescue, bury."""

from __future__ import annotations

from celery_durable_jobs.model.identity import parse_job_id, stripe_of_shard
from celery_durable_jobs.model.options import CALL_LIMIT_BYTES
from celery_durable_jobs.steps import (
    Bury,
    PutBack,
    PutBackDone,
    Refusal,
    Rescue,
    Rescued,
    Resend,
    Resending,
    Term,
)
from celery_durable_jobs.stores.codec import to_bytes
from celery_durable_jobs.stores.redis.plans.context import Context, Plan, maybe, refused
from celery_durable_jobs.stores.redis.records import job_of, jobs_of, names_of
from celery_durable_jobs.stores.redis.wire import flat, raw

LEASE = [b"lease"]
"""The reply where the token isn't the shard's current one, or its lease has run out."""


def put_back(context: Context, request: PutBack) -> Plan:
    """See ``lua/put_back.lua``."""
    named = request.jobs is not None
    args = (
        *_named(request.term),
        raw(request.limit),
        b"" if request.rest_route is None else request.rest_route.dumps().encode(),
        raw(request.rest_us),
        maybe(request.rest_route.queue if request.rest_route else None),
        b"named" if named else b"sweep",
        *(flat(request.jobs or ()) if named else [raw(job_id) for job_id in request.in_hand]),
    )
    [reply] = yield [context.wire("put_back", stripe_of_shard(request.term.shard_id), args)]
    if reply == LEASE:
        return PutBackDone(refused=Refusal.LEASE)
    count, more, expired, texts = reply
    return PutBackDone(count, bool(more), jobs_of(expired, names_of(texts)))


def resend(context: Context, request: Resend) -> Plan:
    """See ``lua/resend.lua``."""
    leave_out = [route.dumps().encode() for route in request.leave_out]
    args = (*_named(request.term), raw(request.limit), raw(CALL_LIMIT_BYTES), *leave_out)
    [reply] = yield [context.wire("resend", stripe_of_shard(request.term.shard_id), args)]
    if reply == LEASE:
        return Resending(refused=Refusal.LEASE)
    views, expired, more, texts = reply
    names = names_of(texts)
    return Resending(jobs_of(views, names), jobs_of(expired, names), bool(more))


def rescue(context: Context, request: Rescue) -> Plan:
    """See ``lua/rescue.lua``."""
    args = (*_named(request.term), raw(request.limit))
    [reply] = yield [context.wire("rescue", stripe_of_shard(request.term.shard_id), args)]
    if reply == LEASE:
        return Rescued(refused=Refusal.LEASE)
    returned, dead, cancelled, expired, more, texts = reply
    names = names_of(texts)
    return Rescued(
        returned=tuple(job_id.decode() for job_id in returned),
        dead=jobs_of(dead, names),
        cancelled=jobs_of(cancelled, names),
        expired=jobs_of(expired, names),
        more=bool(more),
    )


def bury(context: Context, request: Bury) -> Plan:
    """See ``lua/bury.lua``: a keeper's names its term, a worker's doesn't."""
    term = (b"", b"") if request.term is None else _named(request.term)
    args = (request.job_id.encode(), raw(request.generation), to_bytes(request.reason), *term)
    [reply] = yield [context.wire("bury", parse_job_id(request.job_id).stripe, args)]
    if reply[0] == b"refused":
        return refused(reply)
    _, view, texts = reply
    return job_of(view, names_of(texts))


def _named(term: Term) -> tuple[bytes, bytes]:
    return term.shard_id.encode(), to_bytes(term.token)
