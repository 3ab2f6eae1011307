"""hold: a worker's parent has taken the message and will begin it."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.steps.common import Delivery, Refused
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class Hold(Request[tuple[Refused | None, ...]]):
    """Set each job's deadline, up or down, to now + run lease; one answer each: None (held) or why it is refused.

    By: worker's parent, within 1 s of receipt and with each heartbeat. Guard: ``claimed`` or ``sent``, generation.
    Refused: the message is to be dropped without settling, except BEGUN by its own delivery id, which is answered
    None. ``run_leases_us``: per delivery a handler's own run lease, or None for the store's; empty means all None.
    """

    deliveries: tuple[Delivery, ...]
    run_leases_us: tuple[int | None, ...] = ()
