"""What a worker's parent tells: hold, settle."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.steps import Hold, Refused, Settle, Settled
from celery_durable_jobs.stores.codec import to_bytes
from celery_durable_jobs.stores.redis.plans.context import Context, Plan, maybe, refused, time_or_none
from celery_durable_jobs.stores.redis.records import job_of, names_of, state_of
from celery_durable_jobs.stores.redis.wire import raw


def hold(context: Context, request: Hold) -> Plan:
    """See ``lua/hold.lua``: one call a stripe, all in one round trip."""
    leases = request.run_leases_us[: len(request.deliveries)]
    calls: dict[int, tuple[list[int], list[bytes]]] = {}
    for place, (delivery, lease) in enumerate(zip_longest(request.deliveries, leases)):
        places, args = calls.setdefault(parse_job_id(delivery.job_id).stripe, ([], []))
        places.append(place)
        args += (delivery.job_id.encode(), raw(delivery.generation), to_bytes(delivery.delivery_id), raw(lease or None))
    replies = yield [context.wire("hold", stripe, args) for stripe, (_, args) in calls.items()]
    answers: dict[int, Refused | None] = {}
    for (places, _), reply in zip(calls.values(), replies, strict=True):
        answers.update(zip(places, map(_held, reply), strict=True))
    return tuple(answers[place] for place in range(len(request.deliveries)))


def _held(reply: Any) -> Refused | None:
    return refused(reply) if reply else None


def settle(context: Context, request: Settle) -> Plan:
    """See ``lua/settle.lua``."""
    delivery = request.delivery
    args = (
        delivery.job_id.encode(),
        raw(delivery.generation),
        to_bytes(delivery.delivery_id),
        raw(request.points),
        maybe(request.reason),
        b"1" if request.unknown_handler else b"",
        b"1" if request.if_running else b"",
    )
    [reply] = yield [context.wire("settle", parse_job_id(delivery.job_id).stripe, args)]
    if reply[0] == b"refused":
        return refused(reply)
    _, state, due, view, texts = reply
    return Settled(state_of(state), time_or_none(due), job_of(view, names_of(texts)) if view else None)
