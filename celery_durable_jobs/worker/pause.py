"""While the store is away the consumer pauses: a job's message is parked instead of handed to the pool.

In the pool it would take a place, wait for its begin until the begin timeout, and be dropped: a worker would burn
through its queue, as many messages at a time as it has places. Parked, messages stay unacknowledged and in order; so
the prefetch stops the consumer by itself, and ordinary tasks go on as far as it leaves them room. When the store
answers again they are given to Celery as if they had just come.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Delivery

logger = get_logger("worker")

LOOK = 0.1
"""Seconds between looks whether the store is back."""

_ATTRIBUTE = "_durable_jobs_pause"


class Pause:
    """What one consumer has parked. Used where Celery's own timed tasks are: in its loop, or its timer's thread."""

    def __init__(self, consumer: Any, heart: Any) -> None:
        self._consumer = consumer
        self._heart = heart
        self._parked: deque[tuple[Any, tuple[Delivery, ...]]] = deque()
        self._timer: Any = None
        self._resuming = False

    def __len__(self) -> int:
        return len(self._parked)

    @property
    def on(self) -> bool:
        """Whether a message that comes now is to be parked: the store is away, or others that came first still wait."""
        return not self._resuming and (self._heart.away or bool(self._parked))

    def park(self, message: Any, *deliveries: Delivery) -> None:
        """Keep a message until the store is back. ``deliveries`` settle it, should its connection be lost."""
        if not self._parked:
            logger.info("the store is away: messages of jobs wait in this worker until it is back")
        self._parked.append((message, deliveries))
        self._look_later()

    def drop(self) -> list[Delivery]:
        """The connection that they came by is gone, or going: forget them, unacknowledged. Answers what they were."""
        dropped = [delivery for _, deliveries in self._parked for delivery in deliveries]
        self._parked.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        return dropped

    def _look_later(self) -> None:
        if self._timer is None:
            self._timer = self._consumer.timer.call_after(LOOK, self._look)

    def _look(self) -> None:
        self._timer = None
        try:
            self._resume()
        finally:
            if self._parked:
                self._look_later()

    def _resume(self) -> None:
        """Hand over all that is parked, in order, unless the store goes away again meanwhile."""
        tasks = self._consumer.task_consumer
        if self._heart.away or not self._parked or tasks is None:
            return
        logger.info("the store is back: %d messages of jobs go on", len(self._parked))
        self._resuming = True
        try:
            while self._parked and not self._heart.away:
                message, _ = self._parked.popleft()
                tasks.on_message(message)
        finally:
            self._resuming = False


def pause_of(consumer: Any, heart: Any) -> Pause:
    """The pause of a consumer, made at its first use."""
    known: Pause | None = consumer.__dict__.get(_ATTRIBUTE)
    if known is None:
        known = consumer.__dict__.setdefault(_ATTRIBUTE, Pause(consumer, heart))
    return known
