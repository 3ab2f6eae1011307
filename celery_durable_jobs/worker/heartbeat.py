"""The heart of a process: one native thread that keeps its runs and held messages alive, one call a second for all.

It starts with the first delivery, and is made anew after a fork. A native thread, also under gevent, so that a handler
that never yields doesn't take its run's life; there it has connections of its own.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import time
import weakref
from collections.abc import Callable
from typing import Any, Protocol

from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.model.losses import POINTS_DEATH
from celery_durable_jobs.observability.logging import Outage, get_logger
from celery_durable_jobs.steps import Heartbeat, Hold, Keepers, Pulse, Request
from celery_durable_jobs.worker import forks, greenlets, shutdown
from celery_durable_jobs.worker.errands import Errand, Errands
from celery_durable_jobs.worker.held import Held
from celery_durable_jobs.worker.later import Later
from celery_durable_jobs.worker.settling import settle

try:
    # gevent replaces the one in ``queue``, which would then wait for greenlets.
    from _queue import Empty, SimpleQueue
except ImportError:  # an interpreter without the C module
    from queue import Empty, SimpleQueue

logger = get_logger("worker")

INTERVAL = 0.9
"""Seconds between heartbeats: with the call itself, a message is held within a second of its receipt."""

LOOK_AGAIN = 0.05
"""Seconds between two looks at an errand that may not be sent yet (a child that still lives)."""

STOP = object()


class Beating(Protocol):
    """A run that is kept alive."""

    job_id: str
    delivery_id: str
    run_lease_us: int | None

    def on_pulse(self, pulse: Pulse) -> None:
        """What the store answered."""


class Heart:
    """Heartbeats, holds and errands of one process. Every method may be called from any thread or greenlet."""

    def __init__(self, extension: Any) -> None:
        self.extension = extension
        self._runs: dict[str, Beating] = {}
        self.held = Held()
        self.later = Later()
        self._errands = Errands()
        self._inbox: SimpleQueue[Any] = SimpleQueue()
        self._unanswered: dict[int, Errand] = {}
        self._open: dict[int, Errand] = {}
        self.outage = Outage(logger, "store")
        self.away = False
        """Whether nothing gets through to the store, as far as the heart's last call knows."""
        self._own_store: Any = None
        self._spread: Callable[[Callable[[], None]], None] = greenlets.among_greenlets()
        self.pid = os.getpid()
        self._starts = itertools.count()
        self._started = False
        self._stopped = False
        self._turned: float | None = None
        self._told = False

    # -- for others ------------------------------------------------------------------------------------------------

    def add(self, run: Beating) -> None:
        """Keep a run alive until ``remove``."""
        self._runs[run.delivery_id] = run
        self.start()

    def remove(self, run: Beating) -> None:
        """It has finished."""
        self._runs.pop(run.delivery_id, None)

    def runs_here(self, delivery_id: str) -> bool:
        """Whether this process executes it, or waits for its finish to be stored."""
        return delivery_id in self._runs

    def loop_turns(self) -> None:
        """The worker's main loop goes round: called in it, again and again, from now until ``loop_left``."""
        self._turned = time.monotonic()

    def loop_left(self) -> None:
        """It has ended as it should; what is in hand now is kept without it."""
        self._turned = None

    @property
    def started(self) -> bool:
        """Whether the thread was ever needed."""
        return self._started

    def run(self, errand: Errand) -> None:
        """Send an errand at once, and again until it is answered."""
        if errand.needed:
            self._open[id(errand)] = self._unanswered[id(errand)] = errand
        self._inbox.put(errand)
        self.start()

    def drain(self, timeout: float, *, frozen: bool = False) -> bool:
        """Wait until all errands that are needed are answered, at most ``timeout`` s; answers whether they are.

        :param frozen: let no greenlet run meanwhile: their runs are cut. What is done with answers isn't waited for.
        """
        sleep = greenlets.native_sleep() if frozen else time.sleep
        pending = self._unanswered if frozen else self._open
        end = time.monotonic() + timeout
        self.later.hear()
        while pending or self.later:
            if time.monotonic() >= end or not self._started:
                return False
            sleep(0.02)
        return True

    def start(self) -> None:
        """Start the thread, unless it runs."""
        if not self._started and next(self._starts) == 0:  # the first of several threads
            self._started = True
            greenlets.start_native_thread(self._beat, "durable-jobs-heart")

    def stop(self) -> None:
        """End the thread after the call that it is at. It is not started again."""
        self._stopped = True
        self._inbox.put(STOP)

    # -- the thread ------------------------------------------------------------------------------------------------

    def _beat(self) -> None:
        due = time.monotonic() + INTERVAL
        while not self._stopped:
            self._receive(due)
            tick = time.monotonic() >= due
            try:
                self._round(tick)
            except Exception:
                logger.exception("heartbeat")
            if tick:
                due = time.monotonic() + INTERVAL
        if self._own_store is not None:
            self._own_store.close()

    def _receive(self, due: float) -> None:
        """Wait for an errand or the next beat."""
        pause = max(0.0, due - time.monotonic())
        if self._errands.fresh():
            pause = 0.0  # more than one call takes
        elif self._errands.waiting():
            pause = min(pause, LOOK_AGAIN)
        try:
            item = self._inbox.get(timeout=pause) if pause else self._inbox.get_nowait()
            while True:
                if item is not STOP:
                    self._errands.add(item)
                item = self._inbox.get_nowait()
        except Empty:
            return

    def _round(self, tick: bool) -> None:
        if tick:
            self.later.hear()
        errands = self._errands.to_send(again=tick)
        if tick:
            for held in self.held.take_dropped():
                settle(self, held.delivery)
            # When the worker stops, its children go with it: its last words settle what they had.
            for held in [] if shutdown.begun() else self.held.take_orphaned():
                logger.error("job %s lost its pool process", held.job_id)
                lost = "Lost run: its pool process died."
                settle(self, held.delivery, POINTS_DEATH, lost, if_running=held.among_others)
        runs = list(self._runs.values()) if tick else []
        holds, followed = self.held.look(self._runs) if tick else ([], [])
        if holds and self._stands_still():
            holds = []
        beats: list[Any] = [*runs, *followed]
        requests: list[Request[Any]] = [errand.request for errand in errands]
        if holds:
            requests.append(Hold(tuple(each.delivery for each in holds), tuple(each.run_lease_us for each in holds)))
        if beats:
            requests.append(Heartbeat(tuple((each.job_id, each.delivery_id, each.run_lease_us) for each in beats)))
        if self.away and tick:
            requests.append(Keepers())  # there may be nothing else by which to see that it is back
        if not requests:
            return
        answers = self._send(requests)
        self.away = all(isinstance(answer, StoreUnavailableError) for answer in answers)
        if tick and not self.away:
            self._errands.go_on(errands)
        for errand, answer in self._errands.settle(errands, answers[: len(errands)]):
            self._unanswered.pop(id(errand), None)
            self._spread(functools.partial(self._answered, errand, answer))
        rest = iter(answers[len(errands) :])
        if holds:
            self._tell(holds, next(rest), "on_hold")
        if beats:
            self._tell(beats, next(rest), "on_pulse")

    def _stands_still(self) -> bool:
        """Whether the main loop has hung for a run lease: nobody will begin what it has prefetched.

        That comes back in time, as from a dead worker. Should the loop wake up after all, ``begin`` has the last word.
        """
        turned = self._turned
        if turned is None or time.monotonic() - turned <= self.extension.settings.run_lease:
            self._told = False
            return False
        if not self._told:
            self._told = True
            logger.error("the worker's main loop hangs: the messages of jobs that wait in it are held no longer")
        return True

    def _answered(self, errand: Errand, answer: Any) -> None:
        try:
            # Greenlets run this in the thread of the hub: there no lock is held beside a fork.
            with contextlib.nullcontext() if greenlets.active() else forks.held_off():
                errand.answered(answer)
        except Exception:
            logger.exception("after %r", errand.request)
        finally:
            self._open.pop(id(errand), None)

    def _send(self, requests: list[Request[Any]]) -> list[Any]:
        try:
            answers = self._store().send_many(requests)
        except StoreUnavailableError as error:
            self.outage.begin(error)
            return [error] * len(requests)
        except StoreError as error:
            if len(requests) == 1:
                return [error]
            # One of them is to blame: the others go alone.
            return [answer for request in requests for answer in self._send([request])]
        failed = next((answer for answer in answers if isinstance(answer, StoreUnavailableError)), None)
        if failed is None:
            self.outage.end()
        else:
            self.outage.begin(failed)
        return list(answers)

    def _tell(self, each: list[Any], answer: Any, method: str) -> None:
        if isinstance(answer, StoreError):
            return
        for one, said in zip(each, answer, strict=True):
            getattr(one, method)(said)

    def _store(self) -> Any:
        settings = self.extension.settings
        if not greenlets.active() and settings.durability == "memory":
            return self.extension.store
        if self._own_store is None:
            # Its sockets must be made in this thread: gevent's belong to the hub of the thread that made them. And it
            # waits for no disk or replica: nothing here is a promise to a client, and heartbeats can't wait.
            from celery_durable_jobs.stores.urls import open_store

            self._own_store = open_store(settings.store, settings.store_options(), timeout=settings.store_timeout)
        return self._own_store


_all: weakref.WeakSet[Heart] = weakref.WeakSet()


def heart_of(extension: Any) -> Heart:
    """The heart of this process for an app's extension."""
    # Kept with the extension, by process id: a fork takes the object along, and not its thread.
    hearts: dict[int, Heart] = extension.__dict__.setdefault("_hearts", {})
    pid = os.getpid()
    heart = hearts.get(pid)
    if heart is None:
        heart = hearts.setdefault(pid, Heart(extension))
        _all.add(heart)
    return heart


def living_hearts() -> list[Heart]:
    """Those that this process has started."""
    pid = os.getpid()
    return [heart for heart in list(_all) if heart.pid == pid and heart.started]
