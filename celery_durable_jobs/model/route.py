"""A route: where a job's message goes. Settled when the job is scheduled, never changed."""

from __future__ import annotations

import json
from functools import lru_cache

from celery_durable_jobs._dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """Queue, exchange, routing key and priority.

    ``queue`` is the name of the Celery queue, or None where only exchange and routing key were given.
    ``exchange`` and ``routing_key`` None mean: those of the queue. A pause belongs to the queue, a backlog to
    the route.
    """

    queue: str | None = "celery"
    exchange: str | None = None
    routing_key: str | None = None
    priority: int | None = None

    def dumps(self) -> str:
        """The text under which a store knows this route: equal routes have equal texts."""
        return _dumps(self)

    @classmethod
    def loads(cls, text: str | bytes) -> Route:
        """The inverse of ``dumps``."""
        return cls(*json.loads(text))


@lru_cache(1_024)
def _dumps(route: Route) -> str:
    return json.dumps([route.queue, route.exchange, route.routing_key, route.priority], separators=(",", ":"))
