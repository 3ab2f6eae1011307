"""What becomes of a job whose run was lost (DESIGN "Lost runs")."""

from __future__ import annotations

import hashlib

from celery_durable_jobs.model.when import SECOND

POINTS_DEATH = 3
"""A child's death seen by its living parent."""

POINTS_LEASE = 1
"""A run lease that ran out."""

MAX_PAUSE_US = 60 * SECOND

LOST_RUN = "Lost run: its worker vanished."
"""The error of a job whose run was lost for no known reason."""


def lost_too_often(points: int, max_lost_runs: int) -> bool:
    """Whether a job with so many points becomes a dead letter."""
    return points >= POINTS_DEATH * max_lost_runs


def lost_run_pause_us(job_id: str, lost_runs: int) -> int:
    """How long a job waits after its ``lost_runs``-th lost run: the first goes back at once.

    Later ones wait 2, 4, 8 … s up to 60 s, times a factor between 0.5 and 1 that is drawn from a hash of id and
    count: random enough to part jobs that died together, and the same in every store.
    """
    if lost_runs <= 1:
        return 0
    base = min(SECOND << min(lost_runs - 1, 6), MAX_PAUSE_US)
    draw = int(hashlib.sha1(f"{job_id}:{lost_runs}".encode()).hexdigest()[:8], 16)
    return base // 2 + (base // 2) * draw // 4_294_967_296


def unknown_handler_pause_us(since_us: int, now_us: int) -> int:
    """How long a job whose handler a worker doesn't know waits: as long as it already has, 1 s to 60 s."""
    return max(SECOND, min(now_us - since_us, 60 * SECOND))
