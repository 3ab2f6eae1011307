"""Jobs that ended on the way: told to the log, and to Celery's result backend, off the hot path."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from celery_durable_jobs.keeper.loop import Loop
from celery_durable_jobs.messages.results import results_kept, store_ended
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.observability.logging import get_logger

logger = get_logger("keeper")

_MOST = 100_000
_IDLE_S = 60.0

Write = Callable[[Any, str, "str | None", JobState, "str | None"], None]


class Outcomes:
    """Takes the records of jobs that a keeper's call has ended; a thread of its own writes their results.

    A backend that hangs delays nothing but other results. When more than 100,000 wait, the oldest are dropped.
    """

    def __init__(self, app: Any, *, write: Write = store_ended) -> None:
        self._app = app
        self._write = write
        self._waiting: deque[JobRecord] = deque(maxlen=_MOST)
        self._loop = Loop("durable-shards-results", self._tick)
        self._kept: bool | None = None

    def ended(self, records: Iterable[JobRecord]) -> None:
        """These have ended. Never blocks, never raises."""
        for record in records:
            if record.state is JobState.DEAD:
                logger.error("job %s (%s) is dead: %s", record.id, record.handler, record.error or "no reason given")
            else:
                logger.info("job %s (%s) is %s", record.id, record.handler, record.state)
            if self._results_kept():
                self._waiting.append(record)
        if self._waiting:
            if not self._loop.alive:
                self._loop.start()
            self._loop.wake()

    def stop(self, timeout: float) -> None:
        """Write what waits, for at most so many seconds."""
        until = time.monotonic() + timeout
        while self._waiting and self._loop.alive and time.monotonic() < until:
            self._loop.wake()
            time.sleep(0.01)
        self._loop.stop()
        self._loop.join(max(0.0, until - time.monotonic()))

    def _results_kept(self) -> bool:
        if self._kept is None:
            try:
                self._kept = results_kept(self._app)
            except Exception as error:  # a backend that can't even be imported: the app's own tasks will tell
                logger.warning("results of ended jobs are not stored: %s", error)
                self._kept = False
        return self._kept

    def _tick(self) -> float:
        while self._waiting:
            record = self._waiting.popleft()
            self._write(self._app, record.id, record.handler, record.state, record.error)
        return _IDLE_S
