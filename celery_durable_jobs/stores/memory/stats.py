"""stats, keepers and shards: see ``steps/stats.py``."""

from __future__ import annotations

from celery_durable_jobs.model.options import KEEPER_SEEN_US
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.stats import KeeperEntry, Keepers, RouteStats, ShardEntry, Shards, Stats, StripeStats
from celery_durable_jobs.stores.memory.registry import blocked
from celery_durable_jobs.stores.memory.state import State, Stripe

COUNTED = (JobState.WAITING, JobState.CLAIMED, JobState.SENT, JobState.RUNNING, JobState.DEAD)


def stats(state: State, request: Stats, now: int) -> StripeStats:
    """Figures of one stripe."""
    stripe = state.stripe(request.stripe)
    routes = {route for route, backlog in stripe.backlogs.items() if backlog} | stripe.lines.keys()
    rows = tuple(
        RouteStats(route, stripe.backlogs[route], _head(stripe, route), blocked(stripe, route, now))
        for route in sorted(routes, key=Route.dumps)
    )
    keep = state.options.keep_ended_us
    return StripeStats(
        now_us=now,
        counts={each.value: stripe.counts[each] for each in COUNTED},
        routes=rows,
        ended=sum(1 for ended in stripe.ended.values() if now < ended.ended_us + keep),
        aside=0,
        paused=tuple(sorted(stripe.paused)),
        shards=sum(len(shards) for shards in stripe.lines.values()) + len(stripe.open),
        contact_since_us=stripe.contact_since_us,
    )


def _head(stripe: Stripe, route: Route) -> int | None:
    return min((line[0][0] for line in stripe.lines.get(route, {}).values()), default=None)


def keepers(state: State, request: Keepers, now: int) -> tuple[KeeperEntry, ...]:
    """By id, with the last look that any stripe knows of."""
    found: dict[str, KeeperEntry] = {}
    for number in state.numbers():
        for keeper, seen in state.stripe(number).keepers.items():
            if seen.last_look_us + KEEPER_SEEN_US <= now:
                continue
            alive = now - seen.last_look_us <= state.options.lease_ttl_us
            entry = KeeperEntry(keeper, seen.last_look_us, now, alive, dict(seen.info))
            if keeper not in found or found[keeper].last_look_us < entry.last_look_us:
                found[keeper] = entry
    return tuple(found[keeper] for keeper in sorted(found))


def shards(state: State, request: Shards, now: int) -> tuple[ShardEntry, ...]:
    """Those with the oldest head first."""
    stripe = state.stripe(request.stripe)
    names = set(stripe.open)
    for line in stripe.lines.values():
        names.update(line)
    entries = [_shard(stripe, shard_id, now) for shard_id in names]
    return tuple(sorted(entries, key=_oldest)[: request.limit])


def _oldest(entry: ShardEntry) -> tuple[int, str]:
    heads = [head for _, head in entry.lines] + ([] if entry.open_head_us is None else [entry.open_head_us])
    return min(heads), entry.shard_id


def _shard(stripe: Stripe, shard_id: str, now: int) -> ShardEntry:
    lease = stripe.leases.get(shard_id)
    held = lease is not None and now < lease.until_us
    lines = [(route, lines[shard_id][0][0]) for route, lines in stripe.lines.items() if shard_id in lines]
    lines.sort(key=lambda line: (line[1], line[0].dumps()))
    return ShardEntry(
        shard_id,
        keeper=lease.keeper if lease and held else None,
        lease_until_us=lease.until_us if lease and held else 0,
        lines=tuple(lines),
        open_head_us=stripe.open_head(shard_id),
    )
