"""Takes due jobs out of their lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.keeper.clock import steady
from celery_durable_jobs.keeper.leases import Leases, Tenure
from celery_durable_jobs.keeper.onestep import OneStep
from celery_durable_jobs.keeper.outcomes import Outcomes
from celery_durable_jobs.keeper.routes import Routes
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.observability.logging import Outage, get_logger
from celery_durable_jobs.steps import Claim, Claimed, Dispatch, Dispatched, Refusal, Term
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
        self,
        store: Callable[[], Store],
        leases: Leases,
        routes: Routes,
        outcomes: Outcomes,
        outage: Outage,
        *,
        onestep: OneStep | None = None,
        delivered: Callable[[Route, int], object] = lambda route, count: None,
        clock: Callable[[], float] = steady,
    ) -> None:
        self._store = store
        self._leases = leases
        self._routes = routes
        self._outcomes = outcomes
        self._outage = outage
        self._onestep = onestep
        self._delivered = delivered
        self._clock = clock

    def take(
        self, lines: Sequence[tuple[Tenure, Route, int]], timeout: float, began: float | None = None
    ) -> list[Batch]:
        """Claim from these lines, in this order. Answers what was claimed; what can go in one step is on its queue.

        :param began: when the round began of which this is a part.
        """
        lines = lines[:LINES_AT_ONCE]
        share = len(lines)
        requests = [self._request(tenure.term, route, share) for tenure, route, _ in lines]
        started = self._clock()
        began = started if began is None else began
        try:
            answers = self._store().send_many(requests, timeout=timeout)
        except StoreError as error:
            answers = [error] * len(requests)
        each_us = round((self._clock() - started) / max(1, share) * 1e6)
        batches = []
        for (tenure, route, _), request, answer in zip(lines, requests, answers, strict=True):
            if isinstance(request, Dispatch):
                self._read_dispatched(tenure, request, answer, began, each_us)
                continue
            batch = self._read(tenure, route, answer, began)
            if batch is not None:
                batches.append(batch)
        return batches

    def _request(self, term: Term, route: Route, share: int) -> Claim | Dispatch:
        dispatch = self._onestep.request(term, route, share) if self._onestep is not None else None
        return dispatch or Claim(term, route, limit=max(1, self._routes.size(route) // share))

    def _read_dispatched(
        self, tenure: Tenure, request: Dispatch, answer: Dispatched | StoreError, began: float, each_us: int
    ) -> None:
        assert self._onestep is not None
        if isinstance(answer, StoreUnavailableError):
            # Whatever became of it: the jobs are on their queue, or they wait.
            self._outage.begin(answer)
            return
        if isinstance(answer, StoreError):
            self._leases.doubt(tenure.term)
            self._onestep.turn_off(request.route, str(answer))
            return
        self._took(tenure, request.route, answer, began)
        if answer.refused is None:
            if answer.jobs:
                self._delivered(request.route, len(answer.jobs))
            self._onestep.answered(request, answer, answer.took_us or each_us)

    def _read(self, tenure: Tenure, route: Route, answer: Claimed | StoreError, began: float) -> Batch | None:
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
        self._took(tenure, route, answer, began)
        return Batch(tenure, route, answer.jobs) if answer.jobs else None

    def _took(self, tenure: Tenure, route: Route, answer: Claimed | Dispatched, began: float) -> None:
        self._outage.end()
        if answer.refused is Refusal.LEASE:
            self._leases.lost(tenure.term)
            return
        if isinstance(answer, Dispatched) and answer.elsewhere:
            return
        self._outcomes.ended(answer.expired)
        for job_id in answer.aside:
            logger.error("job %s was written by a newer version: it was moved aside, untouched", job_id)
        closed = answer.room == 0 or answer.paused
        head_us = None if closed else answer.head_us
        self._leases.found(tenure, route, head_us, answer.now_us, began=began, next_us=answer.next_us)
        if closed:
            self._leases.closed(tenure, route)
