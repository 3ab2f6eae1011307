"""A selection: jobs by filters, read lazily in due order, and verbs on all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from celery_durable_jobs._options import named_calls
from celery_durable_jobs.client import bulk_verbs
from celery_durable_jobs.client.calls import Steps, ado, arun, do, run
from celery_durable_jobs.client.filters import Filters, filters_of
from celery_durable_jobs.client.walk import PAGE, Found, walk
from celery_durable_jobs.jobs import DurableJob, Moment
from celery_durable_jobs.model.record import JobRecord


@named_calls
class Selection:
    """Jobs by filters: iterate (also with ``async for``), or apply a verb to all. Each use looks anew.

    In due order; dead letters by end time; the ended ones, of which little is kept, in no order. Nothing is read until
    it is wanted, 1,000 jobs at a time, and the server is never held up.

    ``if durable_jobs.find(…):`` looks whether there is any, and blocks for it; with asyncio: ``await ….afirst()``.

    The verbs answer counts by outcome.
    """

    def __init__(self, extension: Any, given: Mapping[str, Any]) -> None:
        self._extension = extension
        self._given = {name: value for name, value in given.items() if value is not None}
        self._filters = filters_of(extension.app, given)

    def __iter__(self) -> Iterator[DurableJob]:
        extension = self._extension
        namespace = extension.settings.namespace
        walking = walk(extension, self._filters)
        answer: Any = None
        try:
            while True:
                step = walking.send(answer)
                answer = None
                if isinstance(step, Found):
                    yield DurableJob.from_record(step.record, None, namespace)
                else:
                    answer = do(extension, step)
        except StopIteration:
            return

    async def __aiter__(self) -> AsyncIterator[DurableJob]:
        extension = self._extension
        await extension.aopen()
        namespace = extension.settings.namespace
        walking = walk(extension, self._filters)
        answer: Any = None
        try:
            while True:
                step = walking.send(answer)
                answer = None
                if isinstance(step, Found):
                    yield DurableJob.from_record(step.record, None, namespace)
                else:
                    answer = await ado(extension, step)
        except StopIteration:
            return

    def __bool__(self) -> bool:
        return self.first() is not None

    def first(self) -> DurableJob | None:
        """The first of them, in the order in which they are read; None when there is none."""
        return run(self._extension, _first(self._extension, self._filters))

    async def afirst(self) -> DurableJob | None:
        """``first`` for asyncio."""
        await self._extension.aopen()
        return await arun(self._extension, _first(self._extension, self._filters))

    def count(self) -> int:
        """How many there are. Each is read for it: ``durable_jobs.stats()`` has totals that cost nothing."""
        return run(self._extension, _count(self._extension, self._filters))

    async def acount(self) -> int:
        """``count`` for asyncio."""
        await self._extension.aopen()
        return await arun(self._extension, _count(self._extension, self._filters))

    def cancel(self) -> dict[str, int]:
        """Cancel all: ``cancelled``, ``requested`` (running, asked to stop), ``ended``, ``not_found``."""
        return self._run(bulk_verbs.Cancels(self._extension))

    async def acancel(self) -> dict[str, int]:
        """``cancel`` for asyncio."""
        return await self._arun(bulk_verbs.Cancels(self._extension))

    def reschedule(
        self, *, eta: datetime | str | None = None, countdown: float | timedelta | None = None
    ) -> dict[str, int]:
        """Give all another due time: ``changed``, ``running``, ``ended``, ``not_found``, ``past_expires``."""
        return self._run(bulk_verbs.Reschedules(self._extension, eta, countdown))

    async def areschedule(
        self, *, eta: datetime | str | None = None, countdown: float | timedelta | None = None
    ) -> dict[str, int]:
        """``reschedule`` for asyncio."""
        return await self._arun(bulk_verbs.Reschedules(self._extension, eta, countdown))

    def replay(
        self,
        *,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        expires: Moment | None = None,
    ) -> dict[str, int]:
        """Give dead letters another life: ``replayed``, ``not_dead``, ``not_found``, ``key_taken``."""
        return self._run(bulk_verbs.Replays(self._extension, eta, countdown, expires))

    async def areplay(
        self,
        *,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        expires: Moment | None = None,
    ) -> dict[str, int]:
        """``replay`` for asyncio."""
        return await self._arun(bulk_verbs.Replays(self._extension, eta, countdown, expires))

    def forget(self) -> dict[str, int]:
        """Remove every trace of what has ended: ``forgotten``, ``alive``, ``not_found``."""
        return self._run(bulk_verbs.Forgets(self._extension))

    async def aforget(self) -> dict[str, int]:
        """``forget`` for asyncio."""
        return await self._arun(bulk_verbs.Forgets(self._extension))

    def _run(self, verb: bulk_verbs.Verb) -> dict[str, int]:
        return run(self._extension, _applied(self._extension, self._filters, verb))

    async def _arun(self, verb: bulk_verbs.Verb) -> dict[str, int]:
        await self._extension.aopen()
        return await arun(self._extension, _applied(self._extension, self._filters, verb))

    def __repr__(self) -> str:
        return f"<Selection {' '.join(f'{name}={value!r}' for name, value in self._given.items()) or 'all'}>"


def _first(extension: Any, filters: Filters) -> Steps[DurableJob | None]:
    walking = walk(extension, filters)
    answer: Any = None
    while True:
        try:
            step = walking.send(answer)
        except StopIteration:
            return None
        if isinstance(step, Found):
            return DurableJob.from_record(step.record, None, extension.settings.namespace)
        answer = yield step


def _count(extension: Any, filters: Filters) -> Steps[int]:
    walking = walk(extension, filters)
    found, answer = 0, None
    while True:
        try:
            step = walking.send(answer)
        except StopIteration:
            return found
        if isinstance(step, Found):
            found, answer = found + 1, None
        else:
            answer = yield step


def _applied(extension: Any, filters: Filters, verb: bulk_verbs.Verb) -> Steps[dict[str, int]]:
    """Walk, and send the verb's requests a batch at a time."""
    counts: dict[str, int] = {}
    seen: set[str] = set()
    batch: list[JobRecord] = []
    walking = walk(extension, filters)
    answer: Any = None
    while True:
        try:
            step = walking.send(answer)
        except StopIteration:
            break
        answer = None
        if not isinstance(step, Found):
            answer = yield step
            continue
        if verb.moves:  # perhaps to where the walk has yet to come
            if step.record.id in seen:
                continue
            seen.add(step.record.id)
        batch.append(step.record)
        if len(batch) >= PAGE:
            yield from bulk_verbs.send(verb, batch, counts)
            batch = []
    yield from bulk_verbs.send(verb, batch, counts)
    return counts
