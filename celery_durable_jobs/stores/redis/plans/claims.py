"""What a keeper does with the jobs of a line: claim, mark sent."""

from __future__ import annotations

from celery_durable_jobs.errors import StoreFullError
from celery_durable_jobs.model.identity import stripe_of_shard
from celery_durable_jobs.model.options import TRICKLE as TRICKLE_JOBS
from celery_durable_jobs.steps import Claim, Claimed, Mark, MarkedSent, MarkSent, Refusal
from celery_durable_jobs.stores.redis.plans.context import Context, Plan, maybe, need, time_or_none
from celery_durable_jobs.stores.redis.records import jobs_of, names_of
from celery_durable_jobs.stores.redis.scripts import TRICKLE
from celery_durable_jobs.stores.redis.wire import flat, raw


def claim(context: Context, request: Claim) -> Plan:
    """See ``lua/claim.lua``. A full server refuses it as such, and gets it again as a trickle."""
    stripe = stripe_of_shard(request.term.shard_id)
    args = (
        request.term.shard_id.encode(),
        request.term.token.encode(),
        request.route.dumps().encode(),
        maybe(request.route.queue),
        b"%d" % request.limit,
        b"%d" % request.limit_bytes,
    )
    try:
        [reply] = yield [context.wire("claim", stripe, (*args, b""), resendable=False)]
    except StoreFullError:
        [reply] = yield [context.wire(TRICKLE, stripe, (*args, raw(TRICKLE_JOBS)), resendable=False)]
    if len(reply) == 1:
        return Claimed(reply[0], refused=Refusal.LEASE)
    now, lease_until, views, head, room, paused, expired, aside, needed, texts = reply
    names = names_of(texts)
    return Claimed(
        now_us=now,
        lease_until_us=lease_until,
        jobs=jobs_of(views, names),
        head_us=time_or_none(head),
        room=None if room < 0 else room,
        paused=bool(paused),
        expired=jobs_of(expired, names),
        aside=tuple(each.decode() for each in aside),
        next_us=need(needed),
    )


def mark_sent(context: Context, request: MarkSent) -> Plan:
    """See ``lua/mark_sent.lua``."""
    term = request.term
    args = (term.shard_id.encode(), term.token.encode(), *flat(request.jobs))
    [reply] = yield [context.wire("mark_sent", stripe_of_shard(term.shard_id), args)]
    if reply == [b"lease"]:
        return MarkedSent(refused=Refusal.LEASE)
    return MarkedSent(tuple(Mark(mark.decode()) for mark in reply))
