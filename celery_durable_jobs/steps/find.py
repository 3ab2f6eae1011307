"""find: pages of jobs, in bounded calls."""

from __future__ import annotations

from enum import Enum

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.steps.request import Request


class Source(str, Enum):
    """Where to look."""

    WAITING = "waiting"
    """All lines of the stripe, merged in due order (due time, id)."""
    IN_FLIGHT = "in_flight"
    """Claimed, sent, running: read whole, sorted by due time and id; one page."""
    TARGET = "target"
    """What has not ended of one target: read whole, sorted by due time and id; one page."""
    DEAD = "dead"
    """Dead letters by (end time, id)."""
    ENDED = "ended"
    """Succeeded, cancelled, expired: unordered."""


@dataclass(frozen=True, slots=True)
class Page:
    """``cursor`` None: that was the last page. A page may be empty and not the last."""

    jobs: tuple[JobRecord, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Find(Request[Page]):
    """One page of one stripe. By: anyone. Guard: none; writes nothing; no call of it visits more than about
    1,000 jobs.

    A job that doesn't move meanwhile is seen exactly once over the pages. ``cursor`` is opaque.
    ``target``: with Source.TARGET, all of the target's jobs that have not ended.
    """

    stripe: int
    source: Source
    target: str | None = None
    cursor: str | None = None
    limit: int = 1_000
