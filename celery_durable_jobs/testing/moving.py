"""Tests of code that schedules jobs: a day passes in a moment, and what falls due runs here."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from celery import Celery

from celery_durable_jobs._current import extension_of, moved, real_app
from celery_durable_jobs._local import run
from celery_durable_jobs.errors import NoAppError
from celery_durable_jobs.keeper.keeper import Keeper
from celery_durable_jobs.messages.envelope import Envelope
from celery_durable_jobs.messages.outcomes import CONFIRMED, PublishOutcome
from celery_durable_jobs.model.when import SECOND, from_us, to_us
from celery_durable_jobs.steps import Added, Identify, Request
from celery_durable_jobs.stores.memory.store import MemoryStore
from celery_durable_jobs.testing.clock import MovedClock

HOST = "moved-time@localhost"


class MovedTime:
    """The time of a test. It stands still until it is moved."""

    def __init__(self, extension: Any, clock: MovedClock) -> None:
        self._extension = extension
        self._clock = clock

    @property
    def now(self) -> datetime:
        """The time as the store sees it (aware, UTC)."""
        return from_us(self._clock())

    def move(self, by: timedelta | float) -> int:
        """Let time pass (a timedelta or seconds): each job that falls due runs here, in this thread, at its due time.

        So do retries, polls and what handlers schedule. Answers how many messages were handed over.
        """
        span = by.total_seconds() if isinstance(by, timedelta) else by
        if span < 0:
            raise ValueError(f"time doesn't go back: {by!r}")
        return self._run_until(self._clock() + round(span * SECOND))

    def move_to(self, moment: datetime) -> int:
        """``move`` to a moment (aware)."""
        return self._run_until(max(self._clock(), to_us(moment)))

    def _run_until(self, end_us: int) -> int:
        count, held_up_us = 0, -1
        while True:
            due_us = self._next_due(held_up_us)
            if due_us is None or due_us > end_us:
                break
            self._clock.set(max(due_us, self._clock()))
            handed_over = self._hand_over()
            count += handed_over
            if not handed_over:  # its queue is paused: what is due later may be on another
                held_up_us = due_us
        self._clock.set(end_us)
        return count

    def _next_due(self, after_us: int) -> int | None:
        dues = (to_us(job.due_time) for job in self._extension.find(state="waiting"))
        return next((due_us for due_us in dues if due_us > after_us), None)

    def _hand_over(self) -> int:
        app = self._extension.app
        return Keeper(app, self._extension, hostname=HOST, publisher=_Here(self._extension)).run_once()


class _KeptStore(MemoryStore):
    """Tells clients that a keeper is alive: there is one whenever time is moved."""

    def send(self, request: Request[Any], *, timeout: float | None = None) -> Any:
        answer = super().send(request, timeout=timeout)
        return replace(answer, keeper_alive=True) if isinstance(answer, Added) else answer


class _Here:
    """Runs a message instead of publishing it."""

    last_error = ""

    def __init__(self, extension: Any) -> None:
        self._extension = extension

    def publish_batch(self, envelopes: Sequence[Envelope], timeout: float = 10.0) -> list[PublishOutcome]:
        for envelope in envelopes:
            run(self._extension, envelope)
        return [CONFIRMED] * len(envelopes)

    def probe(self, timeout: float = 2.0) -> bool:
        return True

    def close(self) -> None:
        pass


@contextlib.contextmanager
def moved_time(app: Any) -> Iterator[MovedTime]:
    """Within it the app's jobs live in memory, under a clock that is moved by hand, and their handlers run here.

    For tests of your own code: no server, no worker, no keeper. What was scheduled before isn't seen, and nothing of
    what is scheduled within is left afterwards. The app is the current one (and the default of other threads) until
    the end; a call that would fall to another app's store is refused.

    :param app: the Celery app (with ``DurableJobs``).
    :raises NoAppError: it has no durable jobs, or is no Celery app.
    """
    app = real_app(app)
    if not isinstance(app, Celery):
        hint = ": Flask's own holds it as app.extensions[\"celery\"]" if hasattr(app, "extensions") else ""  # fmt: skip
        raise NoAppError(f"moved_time is for a Celery app, not {app!r}{hint}")
    extension = extension_of(app)
    if extension is None:
        raise NoAppError(f"the app {app.main!r} has no durable jobs: DurableJobs(app)")
    app.loader.import_default_modules()
    clock = MovedClock(time.time_ns() // 1_000)
    settings = extension.settings
    store = _KeptStore(settings.store_options(), clock=clock)
    store.send(Identify(settings.identity, settings.shard_stripes))
    before = extension._store, extension._stripes
    local, extension._local = extension._local, None
    if local is not None:  # ``memory://`` has a keeper of its own, which knows no moved time
        local.stop()
    extension._store, extension._stripes = store, settings.shard_stripes
    try:
        with moved(extension):
            yield MovedTime(extension, clock)
    finally:
        extension._store, extension._stripes = before
        store.close()
