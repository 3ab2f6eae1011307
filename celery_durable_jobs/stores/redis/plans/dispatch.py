"""A keeper's dispatch in one step."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from celery_durable_jobs.errors import StoreFullError
from celery_durable_jobs.model.identity import stripe_of_shard
from celery_durable_jobs.model.options import TRICKLE as TRICKLE_JOBS
from celery_durable_jobs.steps import Carrier, Dispatch, Dispatched, Refusal, Template
from celery_durable_jobs.stores.codec import to_bytes
from celery_durable_jobs.stores.redis.plans.context import Context, Plan, maybe, need, time_or_none
from celery_durable_jobs.stores.redis.records import job_of, jobs_of, names_of
from celery_durable_jobs.stores.redis.scripts import DISPATCH_TRICKLE
from celery_durable_jobs.stores.redis.wire import raw


def dispatch(context: Context, request: Dispatch) -> Plan:
    """See ``lua/dispatch.lua``. A full server refuses it as such, and gets it again as a trickle."""
    stripe = stripe_of_shard(request.term.shard_id)
    first = (
        request.term.shard_id.encode(),
        to_bytes(request.term.token),
        request.route.dumps().encode(),
        maybe(request.route.queue),
        raw(request.limit),
        raw(request.limit_bytes),
    )
    carriers = _carriers(request.carriers)
    rest = (request.mark, request.queue_key, *carriers, *_written(request.templates))
    try:
        [reply] = yield [context.wire("dispatch", stripe, (*first, b"", *rest), resendable=False)]
    except StoreFullError:
        args = (*first, raw(TRICKLE_JOBS), *rest)
        [reply] = yield [context.wire(DISPATCH_TRICKLE, stripe, args, resendable=False)]
    if len(reply) == 1:
        return Dispatched(reply[0], refused=Refusal.LEASE)
    if len(reply) == 2:
        return Dispatched(reply[0], reply[1], elsewhere=True)
    now, lease_until, sent, generation, head, room, paused, expired, aside, odd, failed, took, needed, texts = reply
    names = names_of(texts)
    return Dispatched(
        now_us=now,
        lease_until_us=lease_until,
        jobs=tuple(zip(sent.decode().split(), count(generation))),
        head_us=time_or_none(head),
        room=None if room < 0 else room,
        paused=bool(paused),
        expired=jobs_of(expired, names),
        aside=tuple(each.decode() for each in aside),
        unfit=job_of(odd, names) if odd else None,
        failed=failed.decode("utf-8", "replace"),
        took_us=took,
        next_us=need(needed),
    )


def _carriers(carriers: tuple[Carrier, ...]) -> list[bytes]:
    parts = [raw(len(carriers))]
    for each in carriers:
        parts += [to_bytes(each.handler), raw(each.most), each.slots.encode(), *each.texts]
    return parts


def _written(templates: Iterable[Template]) -> list[bytes]:
    parts: list[bytes] = []
    for each in templates:
        headers = b"" if each.headers is None else b"+" + each.headers
        parts += [to_bytes(each.handler), each.form, headers, each.slots.encode(), *each.texts]
    return parts
