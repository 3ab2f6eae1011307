"""Publishes what was claimed, and tells the store what became of it.

claim → publish → mark sent, each batch a round of its own. What a publish came to decides:

- confirmed: mark sent. A mark is repeated until it is answered or the lease is no longer trusted.
- unroutable, or content that can't be made into a message: bury.
- failed: put back, at once, and the route rests; other routes go on.
- in doubt (no answer within the timeout): a new term, which puts back what isn't marked.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any, Protocol

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.keeper.claims import Batch
from celery_durable_jobs.keeper.clock import steady
from celery_durable_jobs.keeper.leases import Leases
from celery_durable_jobs.keeper.outcomes import Outcomes
from celery_durable_jobs.keeper.routes import Routes
from celery_durable_jobs.messages.envelope import UnreadableContentError
from celery_durable_jobs.messages.publish import PublishOutcome, PublishResult
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.observability.logging import Outage, get_logger
from celery_durable_jobs.steps import Bury, Mark, MarkedSent, MarkSent, PutBack, PutBackDone, Refusal, Refused, Term
from celery_durable_jobs.stores.contract import Store

logger = get_logger("keeper")


Load = Callable[[Sequence[JobRecord]], "Sequence[tuple[Sequence[JobRecord], Any]]"]
"""What ``keeper.together.Together.load`` does."""


class Publishes(Protocol):
    """What dispatch needs of a ``messages.publish.Publisher``."""

    last_error: Any

    def publish_batch(self, envelopes: Sequence[Any], timeout: float = 10.0) -> list[PublishOutcome]:
        """Publish in this order; one outcome each."""

    def probe(self, timeout: float = 2.0) -> bool:
        """Whether the broker can be reached."""

    def close(self) -> None:
        """Let the connection go."""


@dataclass(slots=True)
class _Fate:
    """What is to be told of one term's jobs."""

    sent: list[tuple[str, int]] = field(default_factory=list)
    buried: list[tuple[JobRecord, str]] = field(default_factory=list)
    back: dict[Route, list[tuple[str, int]]] = field(default_factory=dict)
    rest_s: dict[Route, float] = field(default_factory=dict)
    doubted: bool = False


class Dispatch:
    """Publishes batches and settles them.

    :param encode: makes a job's message; ``UnreadableContentError`` buries that job alone.
    :param load: which jobs of a line share a message, and which one; None: each has its own.
    :param stopping: answers True once the keeper stops: what isn't published yet is put back.
    """

    def __init__(
        self,
        store: Callable[[], Store],
        publisher: Publishes,
        encode: Callable[[JobRecord], Any],
        leases: Leases,
        routes: Routes,
        outcomes: Outcomes,
        outage: Outage,
        *,
        publish_timeout: float,
        stopping: Callable[[], bool],
        clock: Callable[[], float] = steady,
        sleep: Callable[[float], object] = time.sleep,
        load: Load | None = None,
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._encode = encode
        self._load = load
        self._leases = leases
        self._routes = routes
        self._outcomes = outcomes
        self._outage = outage
        self._timeout = publish_timeout
        self._stopping = stopping
        self._clock = clock
        self._sleep = sleep
        self.dispatched = 0
        """How many messages were confirmed since the start."""
        self.failing_since: float | None = None
        """Since when nothing at all could be published, or None."""
        self.confirmed_at: float | None = None
        """When a message was confirmed last."""

    def dispatch(self, batches: Sequence[Batch]) -> None:
        """Publish claimed jobs and settle them all."""
        fates: dict[Term, _Fate] = {batch.tenure.term: _Fate() for batch in batches}
        ready: list[tuple[Batch, Sequence[JobRecord], Any]] = []
        for batch in batches:
            fate = fates[batch.tenure.term]
            if self._stopping() or not self._leases.covers(batch.tenure.term, self._timeout):
                fate.back.setdefault(batch.route, []).extend(_named(batch.jobs))
                continue
            for jobs, shared in [(batch.jobs, None)] if self._load is None else self._load(batch.jobs):
                if shared is not None:
                    ready.append((batch, jobs, shared))
                    continue
                ready += [(batch, (job,), envelope) for job, envelope in self._encoded(jobs, fate, batch.route)]
        outcomes = self._publish([envelope for _, _, envelope in ready])
        for (batch, jobs, _), outcome in zip(ready, outcomes, strict=True):
            for job in jobs:
                self._judge(fates[batch.tenure.term], batch.route, job, outcome)
        self._settle(fates)

    def copies(self, jobs_by_term: Mapping[Term, Sequence[JobRecord]]) -> None:
        """Publish copies of messages that weren't begun in time. Whatever fails comes again at its next deadline."""
        fates: dict[Term, _Fate] = {}
        ready: list[tuple[Term, JobRecord, Any]] = []
        for term, jobs in jobs_by_term.items():
            if self._leases.covers(term, self._timeout):
                fates[term] = fate = _Fate()
                ready += [(term, job, envelope) for job, envelope in self._encoded(jobs, fate)]
        outcomes = self._publish([envelope for _, _, envelope in ready])
        for (term, job, _), outcome in zip(ready, outcomes, strict=True):
            assert job.route is not None
            if outcome.result is PublishResult.UNROUTABLE:
                fates[term].buried.append((job, f"unroutable: {outcome.reason}"))
            elif outcome.result is PublishResult.CONFIRMED:
                self._confirmed(job.route)
            elif self._routes.open(job.route):
                self._failed(job.route, outcome)
        self._settle(fates)

    def delivered(self, route: Route, count: int) -> None:
        """So many messages came onto their queue in one step with their claim."""
        self.dispatched += count
        self._confirmed(route)

    def covers(self, term: Term) -> bool:
        """Whether the term is trusted for as long as a publish may take."""
        return self._leases.covers(term, self._timeout)

    # -- publishing ------------------------------------------------------------------------------------------------

    def _encoded(
        self, jobs: Sequence[JobRecord], fate: _Fate, route: Route | None = None
    ) -> list[tuple[JobRecord, Any]]:
        """Jobs and their messages. What can't be read is buried.

        An unforeseen error is the job's own where others could be made into messages; where none could, it may as
        well be this keeper's (a configuration that Celery can't use): then nothing is buried, and the route rests.
        """
        ready, odd = [], []
        for job in jobs:
            try:
                ready.append((job, self._encode(job)))
            except UnreadableContentError as error:
                fate.buried.append((job, f"no message can be made of it: {error}"))
            except Exception as error:
                odd.append((job, f"no message can be made of it: {type(error).__name__}: {error}"))
        if odd and ready:
            fate.buried += odd
        elif odd and route is not None:
            outcome = PublishOutcome(PublishResult.FAILED, odd[0][1])
            fate.back.setdefault(route, []).extend(_named([job for job, _ in odd]))
            fate.rest_s[route] = self._failed(route, outcome)
        return ready

    def _publish(self, envelopes: Sequence[Any]) -> list[PublishOutcome]:
        if not envelopes:
            return []
        started = self._clock()
        try:
            outcomes = self._publisher.publish_batch(envelopes, timeout=self._timeout)
        except Exception as error:
            logger.exception("a publish failed in an unforeseen way")
            outcomes = [PublishOutcome(PublishResult.DOUBT, repr(error))] * len(envelopes)
        if any(outcome.result is PublishResult.DOUBT for outcome in outcomes):
            self._routes.in_doubt()
        else:
            self._routes.took(len(envelopes), self._clock() - started, self._timeout)
        return outcomes

    def _judge(self, fate: _Fate, route: Route, job: JobRecord, outcome: PublishOutcome) -> None:
        if outcome.result is PublishResult.CONFIRMED:
            self._confirmed(route)
            self.dispatched += 1
            fate.sent.append((job.id, job.generation))
        elif outcome.result is PublishResult.UNROUTABLE:
            fate.buried.append((job, f"unroutable: {outcome.reason}"))
        else:
            if route not in fate.rest_s:
                fate.rest_s[route] = self._failed(route, outcome)
            if outcome.result is PublishResult.DOUBT:
                fate.doubted = True
            else:
                fate.back.setdefault(route, []).append((job.id, job.generation))

    def _confirmed(self, route: Route) -> None:
        self.failing_since = None
        self.confirmed_at = self._clock()
        self._routes.succeeded(route)

    def _failed(self, route: Route, outcome: PublishOutcome) -> float:
        if self.failing_since is None:
            self.failing_since = self._clock()
        return self._routes.failed(route, outcome.reason)

    # -- settling --------------------------------------------------------------------------------------------------

    def _settle(self, fates: dict[Term, _Fate]) -> None:
        told: list[tuple[Term, Any]] = []
        for term, fate in fates.items():
            if fate.sent:
                told.append((term, MarkSent(term, tuple(fate.sent))))
            told += [(term, Bury(job.id, job.generation, reason, term)) for job, reason in fate.buried]
            for route, jobs in fate.back.items():
                rest_us = round(fate.rest_s.get(route, 0.0) * 1e6)
                back = PutBack(term, tuple(jobs), rest_route=route if rest_us else None, rest_us=rest_us)
                told.append((term, back))
        self._tell(told)
        for term, fate in fates.items():
            if fate.doubted:
                self._leases.doubt(term)

    def _tell(self, told: list[tuple[Term, Any]]) -> None:
        """Repeat until all is answered, or a lease is no longer trusted: then the next term will see to it."""
        pause = 0.02
        while told:
            requests = [request for _, request in told]
            try:
                answers = self._store().send_many(requests)
            except StoreError as error:
                answers = [error] * len(requests)
            unheard = []
            for (term, request), answer in zip(told, answers, strict=True):
                if not isinstance(answer, StoreUnavailableError):
                    self._read(term, answer)
                    continue
                self._outage.begin(answer)
                if self._stopping() or not self._leases.covers(term, pause):
                    self._leases.doubt(term)
                else:
                    unheard.append((term, request))
            told = unheard
            if told:
                self._sleep(pause * random.uniform(0.5, 1.0))
                pause = min(pause * 2, 0.5)

    def _read(self, term: Term, answer: Any) -> None:
        if isinstance(answer, StoreError):
            logger.error("a batch could not be settled: %s", answer)
            self._leases.doubt(term)
            return
        self._outage.end()
        if isinstance(answer, JobRecord):
            self._outcomes.ended([answer])
        elif isinstance(answer, Refused):
            if answer.expired is not None:
                self._outcomes.ended([answer.expired])
            if answer.why is Refusal.LEASE:
                self._leases.lost(term)
        elif isinstance(answer, (MarkedSent, PutBackDone)):
            if answer.refused is Refusal.LEASE:
                self._leases.lost(term)
            elif isinstance(answer, PutBackDone):
                self._outcomes.ended(answer.expired)
            elif Mark.GONE in answer.marks:
                gone = answer.marks.count(Mark.GONE)
                logger.debug("%d of %d jobs were taken back while they were published", gone, len(answer.marks))


def _named(jobs: Sequence[JobRecord]) -> list[tuple[str, int]]:
    return [(job.id, job.generation) for job in jobs]


__all__ = ["Dispatch", "Publishes"]
