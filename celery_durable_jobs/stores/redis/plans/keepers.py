"""A keeper's leases: look, release."""

from __future__ import annotations

import json
from collections.abc import Sequence

from celery_durable_jobs.errors import StoreError
from celery_durable_jobs.model.identity import stripe_of_shard
from celery_durable_jobs.steps import Look, Looked, Release, Term
from celery_durable_jobs.stores.codec import to_bytes
from celery_durable_jobs.stores.redis.plans.context import Context, Plan
from celery_durable_jobs.stores.redis.plans.looked import joined, looked, shares
from celery_durable_jobs.stores.redis.wire import Wire, flat, raw


def look(context: Context, request: Look) -> Plan:
    """See ``lua/look.lua``: one call for all stripes of a server; on a cluster one for those of each node."""
    told = (to_bytes(request.keeper), _told(request))
    further = [b"1" if request.ill else b"", *_terms(request.terms), *_terms(request.let_go), raw(len(request.extend))]
    for term, ids in request.extend:
        further += flat([(term.shard_id, term.token, len(ids)), ids])

    def wires(groups: Sequence[Sequence[int]], limit: int) -> list[Wire]:
        return [
            context.wire_of_group("look", group, (*told, raw(share), *further), may_fail=may_fail)
            for group, share in zip(groups, shares(limit, len(groups)), strict=True)
        ]

    groups = context.groups()
    may_fail = len(groups) > 1
    answers: list[tuple[Looked, frozenset[int]]] = []
    replies = yield wires(groups, request.limit)
    while True:
        # What is elsewhere by now is asked for apart, wherever it may be; grants can wait for the next look.
        elsewhere: list[int] = []
        errors: list[StoreError] = []
        for group, reply in zip(groups, replies, strict=True):
            if isinstance(reply, StoreError):
                errors.append(reply)
            else:
                gone = [group[place] for place in reply[-1]]
                here = [stripe for stripe in group if stripe not in gone]
                answers.append((looked(reply, request.terms, here), frozenset(here)))
                elsewhere += gone
        if not elsewhere:
            break
        groups, may_fail = [[stripe] for stripe in elsewhere], True
        replies = yield wires(groups, 0)
    if not answers:
        raise errors[0]
    return answers[0][0] if len(answers) == 1 and not may_fail else joined(answers)


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
