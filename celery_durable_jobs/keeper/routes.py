"""Routes that fail rest, and how much is published at a time. One slow or broken queue holds up no other."""

from __future__ import annotations

import random
from collections.abc import Callable

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.keeper.clock import steady
from celery_durable_jobs.model.options import CALL_LIMIT_JOBS
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.observability.logging import get_logger

logger = get_logger("keeper")

LONGEST_REST_S = 60.0
FIRST_BATCH = 250
PROBE_BATCH = 10
"""A route that failed last is tried with so few."""


@dataclass(slots=True)
class _Failing:
    count: int
    until: float


class Routes:
    """What a keeper knows of its routes. Used by the batch loop alone."""

    def __init__(self, *, clock: Callable[[], float] = steady) -> None:
        self._clock = clock
        self._failing: dict[Route, _Failing] = {}
        self._size = FIRST_BATCH

    def open(self, route: Route) -> bool:
        """Whether it may be published to now."""
        failing = self._failing.get(route)
        return failing is None or failing.until <= self._clock()

    def failing(self, route: Route) -> bool:
        """Whether it failed last."""
        return route in self._failing

    @property
    def resting(self) -> tuple[Route, ...]:
        """Routes that may not be published to now."""
        return tuple(route for route in self._failing if not self.open(route))

    @property
    def on_trial(self) -> bool:
        """Some route failed last and may be tried again: with a little at a time."""
        return any(self.open(route) for route in self._failing)

    def failed(self, route: Route, reason: str) -> float:
        """A publish failed: answers for how many seconds the route rests; longer each time, 1 s to 60 s.

        What fails while it rests was tried in the same round, under another term: the rest is the same.
        """
        failing = self._failing.get(route)
        if failing is not None and failing.until > self._clock():
            return failing.until - self._clock()
        count = 1 if failing is None else failing.count + 1
        rest = min(2.0 ** (count - 1), LONGEST_REST_S)
        rest = min(max(1.0, rest * random.uniform(0.9, 1.1)), LONGEST_REST_S)
        self._failing[route] = _Failing(count, self._clock() + rest)
        level = logger.warning if count == 1 else logger.info
        level("%s can't be published to: %s; it rests for %.1f s", describe(route), reason or "no reason given", rest)
        return rest

    def succeeded(self, route: Route) -> None:
        """A message got through."""
        if self._failing.pop(route, None) is not None:
            logger.warning("%s can be published to again", describe(route))

    def wake_all(self) -> None:
        """The broker is back: try all at once."""
        for failing in self._failing.values():
            failing.until = 0.0

    def size(self, route: Route) -> int:
        """How many jobs to claim at once."""
        return min(PROBE_BATCH, self._size) if route in self._failing else self._size

    def took(self, count: int, seconds: float, allowed: float) -> None:
        """A publish of so many took so long, of what was allowed: fit the size to the broker's pace.

        A batch should take a small part of the time after which it would be in doubt, whatever the broker.
        """
        if seconds > allowed / 4:
            self._size = max(1, min(self._size, count) // 2)
        elif count >= self._size // 2 and seconds < allowed / 16:
            self._size = min(CALL_LIMIT_JOBS, self._size * 2)

    def in_doubt(self) -> None:
        """A publish ran into its timeout."""
        self._size = max(1, self._size // 4)


def describe(route: Route) -> str:
    """A route in words: its queue, or exchange and routing key."""
    if route.queue is not None and route.exchange is None:
        text = f"queue {route.queue!r}"
    else:
        text = f"exchange {route.exchange!r}, routing key {route.routing_key!r}"
    return text if route.priority is None else f"{text}, priority {route.priority}"
