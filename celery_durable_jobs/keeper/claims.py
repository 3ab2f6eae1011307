"""Takes due jobs out of their lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.keeper.leases import Leases, Tenure
from celery_durable_jobs.keeper.outcomes import Outcomes
from celery_durable_jobs.keeper.routes import Routes
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.observability.logging import Outage, get_logger
from celery_durable_jobs.steps import Claim, Claimed, Refusal
from celery_durable_jobs.stores.contract import Store

logger = get_logger("keeper")

LINES_AT_ONCE = 32
"""Claims that go in one round trip."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Claimed jobs of one line, in due order, to be published under this term."""

    tenure: Tenure
    route: Route
    jobs: tuple[JobRecord, ...]


class Claims:
    """Claims from the lines with the oldest heads, several in one round trip.

    A claim whose answer was lost may have claimed: its term is doubted. (A store never sends a claim twice.)
    """

    def __init__(
        self, store: Callable[[], Store], leases: Leases, routes: Routes, outcomes: Outcomes, outage: Outage
    ) -> None:
        self._store = store
        self._leases = leases
        self._routes = routes
        self._outcomes = outcomes
        self._outage = outage

    def take(self, lines: Sequence[tuple[Tenure, Route, int]], timeout: float) -> list[Batch]:
        """Claim from these lines, in this order. Answers what was claimed."""
        lines = lines[:LINES_AT_ONCE]
        share = len(lines)
        claims = [
            Claim(tenure.term, route, limit=max(1, self._routes.size(route) // share)) for tenure, route, _ in lines
        ]
        try:
            answers = self._store().send_many(claims, timeout=timeout)
        except StoreError as error:
            answers = [error] * len(claims)
        batches = []
        for (tenure, route, _), answer in zip(lines, answers, strict=True):
            batch = self._read(tenure, route, answer)
            if batch is not None:
                batches.append(batch)
        return batches

    def _read(self, tenure: Tenure, route: Route, answer: Claimed | StoreError) -> Batch | None:
        if isinstance(answer, StoreUnavailableError):
            self._outage.begin(answer)
            if answer.maybe_done:
                self._leases.doubt(tenure.term)
            return None
        if isinstance(answer, StoreError):
            # A script that failed may have failed half-way: doubt the term, and let the line rest.
            self._leases.doubt(tenure.term)
            self._routes.failed(route, f"the claim failed: {answer}")
            return None
        self._outage.end()
        if answer.refused is Refusal.LEASE:
            self._leases.lost(tenure.term)
            return None
        self._outcomes.ended(answer.expired)
        for job_id in answer.aside:
            logger.error("job %s was written by a newer version: it was moved aside, untouched", job_id)
        closed = answer.room == 0 or answer.paused
        self._leases.found(tenure, route, None if closed else answer.head_us, answer.now_us)
        if closed:
            self._leases.closed(tenure, route)
        return Batch(tenure, route, answer.jobs) if answer.jobs else None
