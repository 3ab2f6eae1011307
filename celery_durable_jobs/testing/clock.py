"""A clock that stands still until a test moves it."""

from __future__ import annotations

import threading

from celery_durable_jobs.model.when import SECOND

START_US = 1_800_000_030 * SECOND
"""15 January 2027, 08:00:30 UTC: in the middle of a minute, so that jobs a few seconds apart share a shard."""


class MovedClock:
    """Answers µs since 1970 when called, as a store's ``clock`` does. Safe in threads."""

    def __init__(self, start_us: int = START_US) -> None:
        self._lock = threading.Lock()
        self._now_us = start_us

    def __call__(self) -> int:
        with self._lock:
            return self._now_us

    def move(self, seconds: float = 0, *, us: int = 0) -> int:
        """Move it by seconds and µs (back, where negative); answers the new time in µs."""
        with self._lock:
            self._now_us += round(seconds * SECOND) + us
            return self._now_us

    def set(self, now_us: int) -> None:
        """Set it to a time in µs."""
        with self._lock:
            self._now_us = now_us
