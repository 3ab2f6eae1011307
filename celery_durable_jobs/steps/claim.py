"""claim: a keeper takes due jobs out of their line."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.options import CALL_LIMIT_BYTES, CALL_LIMIT_JOBS
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps.common import Refusal, Term
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class Claimed:
    """``jobs`` in due order, each with its new generation; empty with ``refused`` (LEASE) where the guard failed.

    ``head_us``: the line's next head, or None. ``room``: what the route's backlog still takes (None: unbounded).
    ``paused``: the queue is. ``expired``: jobs met past their ``expires``, and ended. ``aside``: ids of records of a
    newer version, moved aside untouched until a look can read them. ``next_us``: what the keeper can't know from this
    line, ``now_us`` where another line of the stripe is due, else when a keeper is needed next there (None: not told).
    """

    now_us: int
    lease_until_us: int = 0
    jobs: tuple[JobRecord, ...] = ()
    head_us: int | None = None
    room: int | None = None
    paused: bool = False
    expired: tuple[JobRecord, ...] = ()
    aside: tuple[str, ...] = ()
    next_us: int | None = field(default=None, compare=False)
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Claim(Request[Claimed]):
    """Move due jobs of one line from waiting to claimed, with a deadline of now + lease ttl.

    By: keeper. Guard: lease token; due ≤ now; room in the route's backlog; queue not paused. Never takes a lease, and
    is never resent by a client library: a keeper that doesn't know what became of a claim starts a new term. Each
    claimed job gets a generation of its own from the stripe's counter (never reused) and counts in the backlog. A
    claim that finds the backlog full leaves the number to wake at (half the bound), and the time to look again (a poll
    interval); a paused route is looked at again when it is resumed.
    """

    term: Term
    route: Route
    limit: int = CALL_LIMIT_JOBS
    limit_bytes: int = CALL_LIMIT_BYTES

    resendable: ClassVar[bool] = False
