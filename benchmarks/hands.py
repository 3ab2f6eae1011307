"""Steps of keeper and worker by hand, without the processes: for the cost of each."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from benchmarks.filling import Due, Filler, overdue
from benchmarks.lab import Place
from celery_durable_jobs.keeper.onestep import OneStep
from celery_durable_jobs.keeper.routes import Routes
from celery_durable_jobs.messages.publish import Publisher
from celery_durable_jobs.steps import Dispatch, Dispatched, Identify, Look, Release, Term
from celery_durable_jobs.stores.urls import open_store

SECOND = 1_000_000


class Hands:
    """A keeper that does nothing by itself, in a namespace of its own on a place's server; queues are the place's.

    :param own: False: in the place's namespace.
    """

    def __init__(self, place: Place, name: str = "hands", *, own: bool = True) -> None:
        jobs = place.module.jobs
        options = dataclasses.replace(
            jobs.store.options,
            max_backlog=None,
            begin_timeout_us=3_600 * SECOND,
            lease_ttl_us=300 * SECOND,
            namespace=name if own else jobs.settings.namespace,
        )
        self.name = name
        self.store = open_store(place.url, options, timeout=30)
        self.store.send(Identify(jobs.settings.identity, options.stripes))
        self.filler = Filler(place, self.store)
        self.route = self.filler.route
        self._publisher = Publisher(place.module.app)
        self._onestep = OneStep(place.module.app, options.namespace, self._publisher, Routes(), timeout=5)
        self._terms: dict[str, Term] = {}

    def fill(self, count: int, due: Due = overdue) -> None:
        """Store so many jobs."""
        self.filler.fill(count, due)

    def terms(self) -> list[Term]:
        """Lease what is due; answers the terms with something due."""
        looked = self.store.send(Look(self.name, {}, terms=tuple(self._terms.values())))
        self._terms = {held.term.shard_id: held.term for held in looked.held}
        return [held.term for held in looked.held if any(line.route == self.route for line in held.lines)]

    def request(self, term: Term, limit: int) -> Dispatch:
        """A dispatch in one step for the route of what ``fill`` stores, with its templates (learned at first).

        :raises RuntimeError: none can be made.
        """
        for _ in range(5):
            request = self._onestep.request(term, self.route, 1)
            if request is None:
                break
            if request.templates:
                return dataclasses.replace(request, limit=limit)
            answer = self.store.send(request)
            self._onestep.answered(request, answer, answer.took_us)
        raise RuntimeError("there is no dispatch in one step here")

    def dispatch(self, limit: int) -> Iterator[Dispatched]:
        """Dispatch all that is due, so many a call."""
        for term in self.terms():
            request = self.request(term, limit)
            while (answer := self.store.send(request)).jobs:
                yield answer

    def close(self) -> None:
        """Release what was leased, let connections go."""
        self.store.send(Release(self.name, tuple(self._terms.values()), leaving=True))
        self._publisher.close()
        self.store.close()
