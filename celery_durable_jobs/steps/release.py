"""release: a keeper lets leases go."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.steps.common import Term
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class Release(Request[int]):
    """Let leases go and wake the other keepers; answers how many were let go.

    By: keeper. Guard: token, for each. ``leaving``: the keeper stops; its live entry goes too, so that its shards are
    granted to others at once. What it claimed and didn't send stays claimed; the next term puts it back.
    """

    keeper: str
    terms: tuple[Term, ...]
    leaving: bool = False
