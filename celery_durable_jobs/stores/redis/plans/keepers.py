"""A keeper's leases: look, release."""

from __future__ import annotations

import json
from collections.abc import Sequence

from celery_durable_jobs.model.identity import stripe_of_shard
from celery_durable_jobs.model.options import CONTACT_QUIET_US
from celery_durable_jobs.steps import DueLine, Held, Look, Looked, Release, Term
from celery_durable_jobs.stores.codec import to_bytes
from celery_durable_jobs.stores.redis.plans.context import Context, Plan, time_or_none
from celery_durable_jobs.stores.redis.records import route_of
from celery_durable_jobs.stores.redis.wire import flat, raw


def look(context: Context, request: Look) -> Plan:
    """See ``lua/look.lua``: one call for all stripes of the server."""
    args = [to_bytes(request.keeper), _told(request), raw(request.limit), b"1" if request.ill else b""]
    args += _terms(request.terms) + _terms(request.let_go)
    args.append(raw(len(request.extend)))
    for term, ids in request.extend:
        args += flat([(term.shard_id, term.token, len(ids)), ids])
    [reply] = yield [context.wire_of_all("look", range(context.options.stripes), args)]
    now, held, lost, soonest, since, keepers, pruned, aside = reply
    recover_us = since + CONTACT_QUIET_US
    return Looked(
        now_us=now,
        held=tuple(_held(*each) for each in held),
        lost=tuple(request.terms[place - 1] for place in sorted(lost)),
        next_us=time_or_none(soonest),
        may_recover=recover_us <= now,
        recover_us=recover_us,
        keepers=tuple(sorted(each.decode() for each in keepers)),
        pruned=pruned,
        aside=aside,
    )


def release(context: Context, request: Release) -> Plan:
    """See ``lua/release.lua``: one call a stripe, all in one round trip."""
    of_stripe: dict[int, list[Term]] = {}
    if request.leaving:
        of_stripe = {stripe: [] for stripe in range(context.options.stripes)}
    for term in request.terms:
        of_stripe.setdefault(stripe_of_shard(term.shard_id), []).append(term)
    first = (to_bytes(request.keeper), b"1" if request.leaving else b"")
    replies = yield [
        context.wire("release", stripe, (*first, *flat((term.shard_id, term.token) for term in terms)))
        for stripe, terms in of_stripe.items()
    ]
    return sum(replies)


def _told(request: Look) -> bytes:
    return json.dumps(dict(request.info), separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _terms(terms: Sequence[Term]) -> list[bytes]:
    return [raw(len(terms)), *flat((term.shard_id, term.token) for term in terms)]


def _held(shard: bytes, token: bytes, until: int, granted: int, overdue: int, lines: list[bytes | int]) -> Held:
    due = tuple(DueLine(route_of(bytes(route)), int(head)) for route, head in zip(lines[::2], lines[1::2], strict=True))
    return Held(Term(shard.decode(), token.decode()), until, bool(granted), due, bool(overdue))
