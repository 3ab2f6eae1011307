"""heartbeat: a run is alive."""

from __future__ import annotations

from enum import Enum

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.steps.request import Request


class Pulse(str, Enum):
    """A heartbeat's answer."""

    ALIVE = "alive"
    CANCEL = "cancel"
    """Alive, and a cancel was requested."""
    TAKEN_OVER = "taken_over"
    """Not running under this delivery id any more."""


@dataclass(frozen=True, slots=True)
class Heartbeat(Request[tuple[Pulse, ...]]):
    """Set the deadline of runs to now + run lease; one answer each.

    By: the executing process and its pool's parent; either is enough. Guard: ``running``, delivery id. ``runs`` are
    ``(job id, delivery id, the handler's own run lease in µs or None)``.
    """

    runs: tuple[tuple[str, str, int | None], ...]
