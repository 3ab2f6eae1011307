"""stats, keepers, shards, purge: for the people who run it."""

from __future__ import annotations

from collections.abc import Mapping

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class RouteStats:
    """A route: its backlog (claimed or sent), the oldest waiting job's due time, and why it isn't dispatched
    (``blocked`` is "", "paused", "full" or "resting").
    """

    route: Route
    backlog: int
    head_us: int | None
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class StripeStats:
    """Counts by counters and cardinalities of small sets. ``counts``: by state name (waiting, claimed, sent, running,
    dead). ``ended``: jobs remembered as succeeded, cancelled or expired; forgotten ones too, and some that are
    older than ``keep_ended`` and not shown any more. ``routes``: those with something waiting, claimed or sent.
    """

    now_us: int
    counts: Mapping[str, int]
    routes: tuple[RouteStats, ...]
    ended: int
    aside: int
    paused: tuple[str, ...]
    shards: int
    """Shards that hold waiting or in-flight jobs: counted once for each route that they have waiting jobs of, and once
    for what they have in flight."""
    contact_since_us: int


@dataclass(frozen=True, slots=True)
class Stats(Request[StripeStats]):
    """Figures of one stripe. By: anyone. Guard: none; writes nothing."""

    stripe: int


@dataclass(frozen=True, slots=True)
class KeeperEntry:
    """A keeper as it last told of itself. ``alive``: it looked within a lease ttl."""

    id: str
    last_look_us: int
    now_us: int
    alive: bool
    info: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Keepers(Request[tuple[KeeperEntry, ...]]):
    """All keepers that looked within an hour and didn't leave. By: anyone."""


@dataclass(frozen=True, slots=True)
class ShardEntry:
    """A shard with something in it: who holds it (None: nobody), until when, heads of its lines and in-flight
    jobs."""

    shard_id: str
    keeper: str | None
    lease_until_us: int
    lines: tuple[tuple[Route, int], ...]
    open_head_us: int | None


@dataclass(frozen=True, slots=True)
class Shards(Request[tuple[ShardEntry, ...]]):
    """Up to ``limit`` shards of a stripe, those with the oldest head first. By: anyone. Guard: none; writes
    nothing."""

    stripe: int
    limit: int = 1_000


@dataclass(frozen=True, slots=True)
class Purged:
    """``count`` went in this call; ``more``: call again."""

    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Purge(Request[Purged]):
    """Remove jobs of one stripe without a trace: ``what`` is "waiting", "dead" or "ended". By: the CLI alone.

    Guard: waiting jobs in lines, dead letters, ended entries; claimed, sent and running ones stay. Frees keys and
    registry entries as any end does. At most ``limit`` a call.
    """

    stripe: int
    what: str
    limit: int = 1_000
