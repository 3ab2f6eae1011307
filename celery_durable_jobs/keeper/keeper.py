"""A keeper: owns shards, and moves their due jobs onto their queues."""

from __future__ import annotations

import contextlib
import os
import random
import secrets
import socket
import threading
from collections.abc import Callable
from typing import Any

from celery_durable_jobs import __version__
from celery_durable_jobs._current import Extension
from celery_durable_jobs.errors import StoreError
from celery_durable_jobs.keeper.broker import Broker
from celery_durable_jobs.keeper.claims import LINES_AT_ONCE, Claims
from celery_durable_jobs.keeper.clock import steady
from celery_durable_jobs.keeper.dispatch import Dispatch, Publishes
from celery_durable_jobs.keeper.health import info
from celery_durable_jobs.keeper.leases import Leases, Tenure
from celery_durable_jobs.keeper.looks import Looks
from celery_durable_jobs.keeper.loop import Loop
from celery_durable_jobs.keeper.onestep import OneStep
from celery_durable_jobs.keeper.outcomes import Outcomes
from celery_durable_jobs.keeper.recover import Recover
from celery_durable_jobs.keeper.routes import Routes
from celery_durable_jobs.keeper.together import Together
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.observability.logging import Outage, get_logger
from celery_durable_jobs.steps import Keepers, Looked, Release
from celery_durable_jobs.stores.contract import Store, Wakeups

logger = get_logger("keeper")

LONGEST_PUBLISH_S = 3.0
SHARDS_AT_ONCE = 16
"""Overdue shards that are seen to in one round trip."""


class Keeper:
    """One keeper of one app, in this process.

    ``run`` until ``stop`` (from another thread or a signal handler), or ``run_once``. It handles no signals.

    :param app: the Celery app.
    :param extension: its ``DurableJobs``.
    :param hostname: its name for people and probes; ``durable-shards@<machine>`` by default. The id under which it
        owns shards is the name and a random suffix, so that two keepers of one name don't take each other's shards.
    :param publisher: publishes; a ``messages.publish.Publisher`` by default.
    :param encode: makes a job's message; ``messages.envelope.build_envelope`` by default.
    :param clock: seconds that never go back.
    """

    def __init__(
        self,
        app: Any,
        extension: Extension,
        *,
        hostname: str | None = None,
        publisher: Publishes | None = None,
        encode: Callable[[JobRecord], Any] | None = None,
        clock: Callable[[], float] = steady,
    ) -> None:
        settings = extension.settings
        self._app = app
        self._extension = extension
        self._clock = clock
        self.hostname = hostname or f"durable-shards@{socket.gethostname()}"
        self.id = f"{self.hostname}#{secrets.token_hex(4)}"
        self._stop = threading.Event()
        self._poll: float = settings.poll_interval
        self._ttl: float = settings.lease_ttl
        self.leases = Leases(self.id, self._ttl, self._poll, clock=clock)
        # Renewals come each poll interval: so much of a lease is left even where one comes late.
        self._publish_timeout = min(LONGEST_PUBLISH_S, 0.6 * (self.leases.trust - self._poll))
        self._needed = self._publish_timeout + 0.1 * self.leases.trust
        self._publisher = publisher if publisher is not None else _publisher(app)
        self._outage = Outage(logger, "store", clock=clock)
        self._ready = False
        self._worked = False
        self._look_at = 0.0
        self.outcomes = Outcomes(app)
        self.routes = Routes(clock=clock)
        # Only where messages are Celery's own, for its workers.
        together = Together(app, settings.namespace) if publisher is None and encode is None else None
        self.dispatch = Dispatch(
            self._store,
            self._publisher,
            encode if encode is not None else _encoder(app, settings.namespace),
            self.leases,
            self.routes,
            self.outcomes,
            self._outage,
            publish_timeout=self._publish_timeout,
            stopping=self._stop.is_set,
            clock=clock,
            sleep=self._stop.wait,
            load=together.load if together is not None else None,
        )
        self.onestep = None
        if publisher is None and encode is None:
            self.onestep = OneStep(
                app,
                settings.namespace,
                self._publisher,
                self.routes,
                together=together,
                timeout=self._publish_timeout,
                clock=clock,
            )
        self.claims = Claims(
            self._store,
            self.leases,
            self.routes,
            self.outcomes,
            self._outage,
            onestep=self.onestep,
            delivered=self.dispatch.delivered,
            clock=clock,
        )
        self.recover = Recover(self._store, self.leases, self.dispatch, self.routes, self.outcomes, self._outage)
        self.broker = Broker(
            self._publisher, self.dispatch, self.routes, ttl=self._ttl, timeout=self._publish_timeout, clock=clock
        )
        self._wakeups: Wakeups | None = None
        self._look_loop = Loop(
            "durable-shards-look", self._look, wait=self._wait, interrupt=self._interrupt, clock=clock
        )
        self._batch_loop = Loop("durable-shards-batch", self._batch, clock=clock)
        self.looks = Looks(
            self._store,
            self.id,
            self.leases,
            self._outage,
            poll=self._poll,
            timeout=max(0.5, min(settings.store_timeout, self._ttl / 2)),
            info=self._info,
            ill=lambda: self.broker.gone,
            answered=self._batch_loop.wake,
            clock=clock,
        )

    # -- life ------------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Keep shards until ``stop``; returns when all of them are released.

        A store that can't be reached is waited for.

        :raises ConfigurationError: a setting is wrong, or the store belongs to another app.
        """
        if not self._await_store():
            return
        self._wakeups = self._store().wakeups()
        try:
            self._batch_loop.start()
            self._look_loop.start()
            self._stop.wait()
        finally:
            self._stop.set()
            logger.info("%s: stopping, releasing %d shards", self.hostname, len(self.leases))
            self._leave()
            logger.info("%s: stopped", self.hostname)

    def stop(self) -> None:
        """Let ``run`` or ``run_once`` come to its end soon. May be called from a signal handler, and again."""
        self._stop.set()

    def run_once(self) -> int:
        """Dispatch what is due now (what fell due when this began), release, and answer how many were dispatched.

        :raises StoreError: the store can't be reached.
        """
        self._store()
        try:
            first, _ = self.looks.look()
            while not self._stop.is_set():
                worked = False
                while self.work():
                    worked = True
                looked, _ = self.looks.look()
                if not worked or not self._unfinished(looked, first.now_us):
                    break
            return self.dispatch.dispatched
        finally:
            self._stop.set()
            self._leave()

    def _unfinished(self, looked: Looked, until_us: int) -> bool:
        return any(
            (held.granted and held.overdue)
            or any(line.head_us <= until_us and self.routes.open(line.route) for line in held.lines)
            for held in looked.held
        )

    def _await_store(self) -> bool:
        """Reach the store for the first time; answers False when the keeper was stopped meanwhile."""
        pause = 0.1
        while not self._stop.is_set():
            try:
                store = self._store()
            except StoreError as error:
                self._outage.begin(error)
                self._stop.wait(pause * random.uniform(0.5, 1.0))
                pause = min(pause * 2, 2.0)
            else:
                self._outage.end()
                with contextlib.suppress(StoreError):  # the first look will tell
                    self._warn(store)
                return True
        return False

    def _warn(self, store: Store) -> None:
        """Say what endangers jobs in this store, and whether there is another keeper of this name."""
        hazards: Callable[[], list[str]] | None = getattr(store, "hazards", None)
        for sentence in hazards() if hazards is not None else ():
            logger.warning("%s", sentence)
        for entry in store.send(Keepers()):
            if entry.alive and entry.info.get("hostname") == self.hostname:
                logger.warning(
                    "another keeper is named %s (pid %s): both work, but a health check can't tell them apart; "
                    "give each its own --hostname",
                    self.hostname,
                    entry.info.get("pid", "?"),
                )

    def _leave(self) -> None:
        """Release at once what nothing is done with, end what is in hand, release that."""
        self._look_loop.stop()
        self._batch_loop.stop()
        self._look_loop.join(0.5)
        self._release(self.leases.leave(busy=False))
        self._batch_loop.join(self._needed + 1.0)
        rest = self.leases.leave(busy=True)
        if rest or not self._look_loop.join(0):
            self._release(rest)
        self.outcomes.stop(2.0)
        # A broker or store that hangs is not waited for: the leases are released, nothing is left to say.
        _briefly(self._publisher.close)
        if self._wakeups is not None:
            _briefly(self._wakeups.close)

    def _release(self, terms: tuple[Any, ...]) -> None:
        try:
            self._store().send(Release(self.id, terms, leaving=True), timeout=1.0)
        except StoreError as error:
            logger.warning("%d shards could not be released, their leases run out: %s", len(terms), error)

    # -- the loops -------------------------------------------------------------------------------------------------

    def work(self) -> bool:
        """One round of the batch loop: sweep, claim and publish, recover. Answers whether there was anything to do."""
        if self._stop.is_set():
            return False
        began = self._clock()
        swept = self._with(self.leases.unswept(), self.recover.sweep)
        lines = self.leases.due(self._needed, self.routes.open)[:LINES_AT_ONCE]
        tenures = list({tenure.term: tenure for tenure, _, _ in lines}.values())
        self._with(tenures, lambda mine: self._claim_and_publish([each for each in lines if each[0] in mine], began))
        overdue = self.leases.overdue(self._needed)[:SHARDS_AT_ONCE]
        may_recover = self.looks.may_recover
        self._with(
            overdue, lambda mine: self.recover.overdue(mine, may_recover=may_recover, may_publish=self.broker.takes)
        )
        return bool(swept or tenures or overdue)

    def _claim_and_publish(self, lines: list[tuple[Tenure, Any, int]], began: float) -> None:
        batches = self.claims.take(lines, self._needed, began)
        for batch in batches:
            mine = [each for each in batches if each.tenure is batch.tenure]
            self.leases.in_hand(batch.tenure, [job.id for each in mine for job in each.jobs])
        if batches:
            self.dispatch.dispatch(batches)

    def _with(self, tenures: list[Tenure], act: Callable[[list[Tenure]], None]) -> bool:
        mine = self.leases.take_up(tenures)
        if not mine:
            return False
        try:
            act(mine)
        finally:
            self.leases.put_down(mine)
        return True

    def _batch(self) -> float:
        if self.broker.check():
            self._look_now()
        if self.work():
            self._worked = True
            if self.looks.wait() < self._look_at - self._clock() - _SHORTEST_S:
                self._look_loop.wake()  # it plans anew
            return 0.0 if self._outage.since is None else 0.05
        if self._worked and self.looks.crowded:
            self._look_now()
        self._worked = False
        # A look tells heads of lines alone: what stands behind a head that was due then is known from its claim.
        falls_due = self.leases.falls_due(self._needed, self.routes.open)
        if falls_due is None or falls_due > self._needed:
            self.broker.keep_warm()
        return self._poll if falls_due is None else min(self._poll, max(falls_due, _SHORTEST_S))

    def _look_now(self) -> None:
        self.looks.ask()
        self._look_loop.wake()

    def _look(self) -> float:
        pause = self.looks.wait()
        if pause <= 0:
            pause = self.looks.tick()
        self._look_at = self._clock() + pause
        if not self._ready and self.looks.last is not None:
            self._ready = True
            logger.info("%s ready.", self.hostname)
        return pause

    def _info(self) -> dict[str, str]:
        now = self._clock()
        failing = self.dispatch.failing_since
        return info(
            hostname=self.hostname,
            pid=os.getpid(),
            version=__version__,
            shards=len(self.leases),
            dispatched=self.dispatch.dispatched,
            look_age=now - self._look_loop.finished if self._look_loop.alive else 0.0,
            batch_age=now - self._batch_loop.finished if self._batch_loop.alive else 0.0,
            failing=0.0 if failing is None else now - failing,
            trouble=str(self._publisher.last_error or ""),
        )

    def _store(self) -> Store:
        store: Store = self._extension.store
        return store

    def _wait(self, seconds: float) -> None:
        if self._wakeups is not None and self._wakeups.wait(seconds):
            self.looks.ask()

    def _interrupt(self) -> None:
        if self._wakeups is not None:
            self._wakeups.wake()


_SHORTEST_S = 0.0001


def _briefly(close: Callable[[], object], seconds: float = 1.0) -> None:
    thread = threading.Thread(target=close, name=f"durable-shards-{close.__name__}", daemon=True)
    thread.start()
    thread.join(seconds)


def _publisher(app: Any) -> Publishes:
    from celery_durable_jobs.messages.publish import Publisher

    return Publisher(app)


def _encoder(app: Any, namespace: str) -> Callable[[JobRecord], Any]:
    from celery_durable_jobs.messages.envelope import build_envelope

    return lambda record: build_envelope(app, record, namespace)
