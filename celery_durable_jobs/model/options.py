"""The numbers that a store's steps go by; the same for every process of an app (µs where a name ends in _us)."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.when import SECOND

RETRY_HORIZON_US = 60 * SECOND
"""How long the answer to a client's call is kept; past it no client call is sent again."""

CONTACT_GAP_US = 3 * SECOND
"""A gap between looks above this means: the workers may have been out of contact too."""

CONTACT_QUIET_US = 20 * SECOND
"""How long contact must have lasted before anything is rescued or resent."""

MAX_BEGIN_TIMEOUT_US = 3_600 * SECOND
"""The longest pause between two copies of a message that has not begun."""

CALL_LIMIT_JOBS = 1_000
CALL_LIMIT_BYTES = 1_000_000
"""One call moves at most this many jobs or bytes, whichever is first."""

TRICKLE = 10
"""On a full server: so many jobs a route, and only while fewer are in flight."""

PAUSE_LOOK_US = 60 * SECOND
"""A paused queue's route is looked at again after this time, or when it is resumed."""

NOT_COME_US = 1_200_000
"""A keeper that was due to take a shard and has not for so long "has not come" (one look missed, and a little)."""

KEEPER_SEEN_US = 3_600 * SECOND
"""A keeper that has not looked for so long is forgotten."""

PRUNE_LIMIT = 100
"""So many dead letters a stripe go with one look."""

LAYOUT = 1
"""Version of the way in which a store keeps its jobs."""


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """What every step of one namespace goes by. ``identity`` is ``app.main``."""

    namespace: str
    identity: str
    stripes: int = 1
    lease_ttl_us: int = 5 * SECOND
    run_lease_us: int = 30 * SECOND
    begin_timeout_us: int = 30 * SECOND
    max_backlog: int | None = 1_000
    poll_interval_us: int = SECOND
    max_lost_runs: int = 3
    unknown_grace_us: int = 600 * SECOND
    keep_ended_us: int = 300 * SECOND
    keep_dead_us: int = 30 * 86_400 * SECOND

    @property
    def backlog_bound(self) -> int | None:
        """A route's bound within one stripe: its share, at least 16; None is unbounded."""
        if self.max_backlog is None:
            return None
        return max(16, self.max_backlog // self.stripes)
