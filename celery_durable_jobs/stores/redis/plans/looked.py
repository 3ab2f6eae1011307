"""The answer of a look: one server's, or those of a cluster's nodes put together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from celery_durable_jobs.model.identity import stripe_of_shard
from celery_durable_jobs.model.options import CONTACT_QUIET_US
from celery_durable_jobs.model.when import MAX_US
from celery_durable_jobs.steps import DueLine, Held, Looked, Term
from celery_durable_jobs.stores.redis.plans.context import need, time_or_none
from celery_durable_jobs.stores.redis.records import route_of

_NO_HEAD = 1 << 62
_CLEAN = 2
"""Granted, and nothing is claimed in it."""


def shares(limit: int, groups: int) -> list[int]:
    """A limit in as many parts: they are even, and what is over goes to some, by chance."""
    each, over = divmod(limit, groups)
    parts = [each + 1] * over + [each] * (groups - over)
    random.shuffle(parts)
    return parts


def looked(reply: list[Any], terms: Sequence[Term], stripes: Sequence[int]) -> Looked:
    """The answer that stands in a reply of ``lua/look.lua``; ``terms``: those that were named;
    ``stripes``: those that were looked at, in this order."""
    now, held, lost, soonest, since, keepers, pruned, aside, nexts, _ = reply
    recover_us = since + CONTACT_QUIET_US
    return Looked(
        now_us=now,
        held=tuple(_held(*each) for each in held),
        lost=tuple(terms[place - 1] for place in sorted(lost)),
        next_us=time_or_none(soonest),
        may_recover=recover_us <= now,
        recover_us=recover_us,
        keepers=tuple(sorted(each.decode() for each in keepers)),
        pruned=pruned,
        aside=aside,
        nexts=tuple((stripe, need(us)) for stripe, us in zip(stripes, nexts, strict=True)),
    )


def joined(answers: Sequence[tuple[Looked, frozenset[int]]]) -> Looked:
    """One answer from those of several nodes, each with the stripes that it looked at. A term of a stripe that no node
    looked at is neither held nor lost. Each node has its own clock: all times but due ones are put as if by the first
    one's.
    """
    (first, _), *_ = answers
    held: list[Held] = []
    lost: list[Term] = []
    times: list[int] = []
    nexts: list[tuple[int, int]] = []
    recover_us = 0
    for answer, stripes in answers:
        ahead = first.now_us - answer.now_us
        held += [Held(each.term, each.lease_until_us + ahead, *_rest(each)) for each in answer.held]
        lost += [term for term in answer.lost if stripe_of_shard(term.shard_id) in stripes]
        times += [] if answer.next_us is None else [answer.next_us + ahead]
        nexts += [(stripe, min(us + ahead, MAX_US)) for stripe, us in answer.nexts]
        recover_us = max(recover_us, answer.recover_us + ahead)
    return Looked(
        now_us=first.now_us,
        held=tuple(sorted(held, key=_head)),
        lost=tuple(lost),
        next_us=min(times, default=None),
        may_recover=recover_us <= first.now_us,
        recover_us=recover_us,
        keepers=tuple(sorted({keeper for answer, _ in answers for keeper in answer.keepers})),
        pruned=sum(answer.pruned for answer, _ in answers),
        aside=sum(answer.aside for answer, _ in answers),
        nexts=tuple(nexts),
    )


def _held(shard: bytes, token: bytes, until: int, granted: int, overdue: int, lines: list[bytes | int]) -> Held:
    due = tuple(DueLine(route_of(bytes(route)), int(head)) for route, head in zip(lines[::2], lines[1::2], strict=True))
    return Held(Term(shard.decode(), token.decode()), until, granted > 0, due, bool(overdue), granted == _CLEAN)


def _rest(held: Held) -> tuple[bool, tuple[DueLine, ...], bool, bool]:
    return held.granted, held.lines, held.overdue, held.clean


def _head(held: Held) -> tuple[int, str]:
    return held.lines[0].head_us if held.lines else _NO_HEAD, held.term.shard_id
