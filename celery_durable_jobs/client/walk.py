"""The way through the store for a selection: pages of several sources, merged in order."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator
from dataclasses import field
from typing import Any

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.client.calls import Effect, Many
from celery_durable_jobs.client.filters import Filters
from celery_durable_jobs.jobs import JobState
from celery_durable_jobs.model.identity import stripe_of_label
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import ENDED, IN_FLIGHT
from celery_durable_jobs.steps import Find, Page, Source

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """What a walk yields beside its requests: one job."""

    record: JobRecord


Walk = Generator[Effect | Found, Any, None]
"""Yields requests, to be answered, and jobs."""


@dataclass(slots=True)
class _Stream:
    """One stripe of one source, a page at a time."""

    stripe: int
    source: Source
    target: str | None
    cursor: str | None = None
    jobs: list[JobRecord] = field(default_factory=list)
    at: int = 0
    done: bool = False

    def request(self) -> Find:
        return Find(self.stripe, self.source, self.target, self.cursor, PAGE)

    def take(self, page: Page) -> None:
        self.jobs, self.at, self.cursor, self.done = list(page.jobs), 0, page.cursor, page.cursor is None

    @property
    def head(self) -> JobRecord:
        return self.jobs[self.at]


def walk(extension: Any, filters: Filters) -> Walk:
    """All chosen jobs: those alive in due order, then dead letters by end time, then what is remembered of the rest.

    Yields requests (to be answered) and ``Found`` jobs. A job that doesn't move meanwhile is found exactly once.
    """
    stripes = range(extension.stripes)
    alive = filters.states - ENDED
    if alive and filters.target is not None:
        stripe = stripe_of_label(filters.target, extension.stripes)
        yield from _merged([_Stream(stripe, Source.TARGET, filters.target)], filters, _by_due)
    elif alive:
        # In flight first: those few are read whole, and a job that is claimed meanwhile isn't found twice.
        sources = [Source.IN_FLIGHT] if alive & IN_FLIGHT else []
        sources += [Source.WAITING] if JobState.WAITING in alive else []
        yield from _merged(
            [_Stream(stripe, source, None) for source in sources for stripe in stripes], filters, _by_due
        )
    if JobState.DEAD in filters.states:
        yield from _merged([_Stream(stripe, Source.DEAD, None) for stripe in stripes], filters, _by_end)
    if filters.states & (ENDED - {JobState.DEAD}):
        for stripe in stripes:
            yield from _merged([_Stream(stripe, Source.ENDED, None)], filters, None)


def _by_due(job: JobRecord) -> tuple[int, str]:
    return job.due_us, job.id


def _by_end(job: JobRecord) -> tuple[int, str]:
    return job.ended_us or 0, job.id


def _merged(streams: list[_Stream], filters: Filters, order: Callable[[JobRecord], tuple[int, str]] | None) -> Walk:
    answers = yield Many([stream.request() for stream in streams])
    for stream, answer in zip(streams, answers, strict=True):
        if isinstance(answer, Exception):
            raise answer
        stream.take(answer)
    heap: list[tuple[Any, int]] = []
    for number, stream in enumerate(streams):
        yield from _advance(heap, number, stream, order)
    in_flight: set[str] = set()
    while heap:
        _, number = heapq.heappop(heap)
        stream = streams[number]
        job = stream.head
        stream.at += 1
        yield from _advance(heap, number, stream, order)
        if order is _by_due and filters.due_before_us is not None and job.due_us >= filters.due_before_us:
            return
        if stream.source is Source.IN_FLIGHT:
            in_flight.add(job.id)
        elif job.id in in_flight:  # it went back to waiting while we were reading
            continue
        if filters.match(job):
            yield Found(job)


def _advance(heap: list[tuple[Any, int]], number: int, stream: _Stream, order: Any) -> Walk:
    while stream.at >= len(stream.jobs) and not stream.done:
        stream.take((yield stream.request()))
    if stream.at < len(stream.jobs):
        heapq.heappush(heap, (order(stream.head) if order else (), number))
