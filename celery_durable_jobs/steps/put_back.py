"""put back: what was claimed and not sent returns to its line."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps.common import Refusal, Term
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class PutBackDone:
    """``count`` went back; ``more``: the sweep has not seen all, call again. ``expired``: ended on the way."""

    count: int = 0
    more: bool = False
    expired: tuple[JobRecord, ...] = ()
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class PutBack(Request[PutBackDone]):
    """Return claimed jobs to waiting at their own due time; their messages, if any, become stale.

    By: keeper. Guard: lease token; the job is ``claimed``, and one of: claimed under another token; its deadline
    passed and the keeper hasn't it in hand; the caller claimed it (same token) and names its generation. ``jobs``
    given: those alone (third case). Else a sweep over the shard's claimed jobs (first two cases), up to ``limit``: the
    first calls of a term do this, and it claims only when nothing is left. ``rest_us``: the route's publish failed:
    its registry entry becomes now + this, so that it rests.
    """

    term: Term
    jobs: tuple[tuple[str, int], ...] | None = None
    in_hand: tuple[str, ...] = ()
    limit: int = 1_000
    rest_route: Route | None = None
    rest_us: int = 0
