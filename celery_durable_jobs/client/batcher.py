"""Adds of many awaiting callers of one event loop share a round trip.

A caller who is alone waits for one turn of the loop, and sends for itself. Whoever comes while something is under way
waits until that is answered, and no longer than ``LONGEST_S``; all who wait then travel together.
"""

from __future__ import annotations

import asyncio
import copy
from typing import Any

from celery_durable_jobs.model.options import CALL_LIMIT_JOBS
from celery_durable_jobs.steps import Add
from celery_durable_jobs.stores.contract import Store

LONGEST_S = 0.001


class Batcher:
    """Of one store and one event loop. Each caller gets its own answer or error; one that goes disturbs none."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._waiting: list[tuple[Add, asyncio.Future[Any]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._flights: set[Any] = set()

    async def send(self, request: Add) -> Any:
        """The answer to an add."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._waiting.append((request, future))
        if len(self._waiting) >= CALL_LIMIT_JOBS:
            self._fly()
        elif len(self._waiting) == 1 and self._flights:
            self._timer = loop.call_later(LONGEST_S, self._fly)
        elif len(self._waiting) == 1:
            try:
                await asyncio.sleep(0)
            except asyncio.CancelledError:
                future.cancel()
                self._fly()
                raise
            if len(self._waiting) == 1 and self._waiting[0][1] is future:
                self._waiting.clear()
                return await self._alone(request)
            self._fly()
        return await future

    async def _alone(self, request: Add) -> Any:
        flight = object()
        self._flights.add(flight)
        try:
            return await self.store.asend(request)
        finally:
            self._landed(flight)

    def _fly(self) -> None:
        """Send what waits, but for callers that have gone."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, []
        entries = [entry for entry in waiting if not entry[1].done()]
        if entries:
            flight = asyncio.get_running_loop().create_task(self._together(entries))
            self._flights.add(flight)
            flight.add_done_callback(self._landed)

    def _landed(self, flight: Any) -> None:
        self._flights.discard(flight)
        if self._waiting and not self._flights:
            self._fly()

    async def _together(self, entries: list[tuple[Add, asyncio.Future[Any]]]) -> None:
        answers: list[Any]
        try:
            answers = await self.store.asend_each([request for request, _ in entries])
        except Exception as error:
            answers = [_another(error) for _ in entries]
        except asyncio.CancelledError:  # the loop ends
            for _, future in entries:
                future.cancel()
            raise
        for (_, future), answer in zip(entries, answers, strict=True):
            if future.done():
                continue
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)


def _another(error: Exception) -> Exception:
    """A copy, since each caller's way up leaves its trace in it; the error itself where there can't be one."""
    try:
        return copy.copy(error)
    except Exception:
        return error


async def send_together(extension: Any, request: Add) -> Any:
    """The answer to an add, in a round trip shared with others of this event loop."""
    store = await extension.aopen()
    loop = asyncio.get_running_loop()
    batcher = extension.batchers.get(loop)
    if batcher is None or batcher.store is not store:
        batcher = extension.batchers[loop] = Batcher(store)
    return await batcher.send(request)
