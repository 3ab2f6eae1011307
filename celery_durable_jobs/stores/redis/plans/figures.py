"""What the people who run it ask for: stats, keepers, shards, purge."""

from __future__ import annotations

import json
from typing import Any

from celery_durable_jobs.errors import StoreError
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps import (
    KeeperEntry,
    Keepers,
    Purge,
    Purged,
    RouteStats,
    ShardEntry,
    Shards,
    Stats,
    StripeStats,
)
from celery_durable_jobs.stores.codec import to_text
from celery_durable_jobs.stores.redis.plans.context import Context, Plan, time_or_none
from celery_durable_jobs.stores.redis.records import route_of, state_of
from celery_durable_jobs.stores.redis.wire import raw

COUNTED = (JobState.WAITING, JobState.CLAIMED, JobState.SENT, JobState.RUNNING, JobState.DEAD)


def stats(context: Context, request: Stats) -> Plan:
    """See ``lua/stats.lua``."""
    [reply] = yield [context.wire("stats", request.stripe)]
    now, counted, rows, ended, aside, paused, shards_, since = reply
    counts = {each.value: 0 for each in COUNTED}
    for number, count in zip(counted[::2], counted[1::2], strict=True):
        counts[state_of(int(number)).value] = int(count)
    routes = [
        RouteStats(route_of(text), backlog, time_or_none(head), blocked.decode())
        for text, backlog, head, blocked in zip(rows[::4], rows[1::4], rows[2::4], rows[3::4], strict=True)
    ]
    return StripeStats(
        now_us=now,
        counts=counts,
        routes=tuple(sorted(routes, key=lambda each: each.route.dumps())),
        ended=ended,
        aside=aside,
        paused=tuple(sorted(to_text(queue) for queue in paused)),
        shards=shards_,
        contact_since_us=since,
    )


def keepers(context: Context, request: Keepers) -> Plan:
    """See ``lua/keepers.lua``: all stripes, and of each keeper the last look that any of them knows of. A keeper looks
    at all of them: those of a cluster's node that is away needn't be heard.
    """
    stripes = range(context.options.stripes)
    told = yield [context.wire("keepers", stripe, may_fail=len(stripes) > 1) for stripe in stripes]
    replies = [reply for reply in told if not isinstance(reply, StoreError)]
    if not replies:
        raise told[0]
    found: dict[str, KeeperEntry] = {}
    for now, *entries in replies:
        for name, last, info in zip(entries[::3], entries[1::3], entries[2::3], strict=True):
            keeper = to_text(name)
            if keeper not in found or found[keeper].last_look_us < last:
                alive = now - last <= context.options.lease_ttl_us
                found[keeper] = KeeperEntry(keeper, last, now, alive, json.loads(to_text(info)))
    return tuple(found[keeper] for keeper in sorted(found))


def shards(context: Context, request: Shards) -> Plan:
    """See ``lua/shards.lua``."""
    [reply] = yield [context.wire("shards", request.stripe, (raw(request.limit),))]
    return tuple(_shard(*each) for each in reply)


def _shard(shard: bytes, token: bytes, until: int, head: int, lines: list[Any]) -> ShardEntry:
    held = [(route_of(bytes(text)), int(at)) for text, at in zip(lines[::2], lines[1::2], strict=True)]
    keeper = to_text(token).partition(".")[2] if token else None
    ordered = sorted(held, key=lambda line: (line[1], line[0].dumps()))
    return ShardEntry(shard.decode(), keeper, until, tuple(ordered), time_or_none(head))


def purge(context: Context, request: Purge) -> Plan:
    """See ``lua/purge.lua``."""
    if request.what not in ("waiting", "dead", "ended"):
        raise ValueError(f"purge knows 'waiting', 'dead' and 'ended', not {request.what!r}")
    [reply] = yield [context.wire("purge", request.stripe, (request.what.encode(), raw(request.limit)))]
    count, more = reply
    return Purged(count, bool(more))
