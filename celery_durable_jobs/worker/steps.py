"""What a worker does for durable jobs when it starts, runs and stops: bootsteps for its two blueprints."""

from __future__ import annotations

from typing import Any

import click
from celery import bootsteps
from celery.utils.imports import symbol_by_name

from celery_durable_jobs._current import extension_of
from celery_durable_jobs.errors import ConfigurationError, StoreUnavailableError
from celery_durable_jobs.observability.command import keeper_command
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Keepers
from celery_durable_jobs.worker import control, leaving, pool_limits, shutdown
from celery_durable_jobs.worker.acks import spare_unacked
from celery_durable_jobs.worker.errands import Errand
from celery_durable_jobs.worker.handing import hand_at_once
from celery_durable_jobs.worker.heartbeat import heart_of
from celery_durable_jobs.worker.inherited import not_inherited
from celery_durable_jobs.worker.pause import pause_of
from celery_durable_jobs.worker.settling import settle
from celery_durable_jobs.worker.strategy import Strategies, rejected
from celery_durable_jobs.worker.together.task import register

logger = get_logger("worker")

REAP = 0.25
"""Seconds between looks for pool children that have died; Celery alone may take 4 s to notice one."""

TURN = 1.0
"""Seconds between signs of life of the main loop."""

PATIENCE_AT_EXIT = 2.0
"""Seconds that a cold shutdown waits for its last words to reach the store."""


class WorkerStep(bootsteps.StartStopStep):
    """The worker as a whole: settings, the stop flag that children share, dead children, last words."""

    label = "durable jobs"
    name = "celery_durable_jobs.worker.steps.WorkerStep"

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        extension: Any = extension_of(worker.app)
        self._extension = extension
        try:
            extension.settings  # noqa: B018  # a wrong one ends the start here
        except ConfigurationError as error:
            if click.get_current_context(silent=True) is not None:  # a line is enough for who types the command
                raise click.ClickException(str(error)) from error
            raise
        self._reaper: Any = None
        self._pulse: Any = None
        self._warm = False
        shutdown.prepare()
        control.install()
        register(worker.app)

    def start(self, worker: Any) -> None:
        """Before the pool forks, or just after it."""
        pool_limits.set_default(worker.time_limit, worker.soft_time_limit)
        stopped = worker.blueprint.on_stopped

        def on_stopped() -> None:
            self._last_words(worker)
            stopped()

        worker.blueprint.on_stopped = on_stopped
        try:
            self._extension.store  # noqa: B018  # another app's store, or another number of stripes, ends the start
        except StoreUnavailableError as error:
            logger.warning("the store can't be reached yet: %s", error)
            heart_of(self._extension).away = True
        _warn_of_limits(worker)
        _warn_of_policies(worker.app, self._extension.settings)

    def register_with_event_loop(self, worker: Any, hub: Any) -> None:
        """Called with each connection to the broker."""
        if self._reaper is not None:
            self._reaper.cancel()
        if hasattr(worker.pool, "maintain_pool"):
            self._reaper = hub.call_repeatedly(REAP, worker.pool.maintain_pool)
        if self._pulse is not None:
            self._pulse.cancel()
        if "solo" not in worker.pool_cls.__module__:  # there the loop stands still while a handler runs
            heart = heart_of(self._extension)
            heart.loop_turns()
            self._pulse = hub.call_repeatedly(TURN, heart.loop_turns)

    def close(self, worker: Any) -> None:
        """A stop was asked for, by a signal or by remote control."""
        shutdown.begin()
        leaving.listen_to_the_end(worker.pool)

    def stop(self, worker: Any) -> None:
        """A warm shutdown."""
        self._warm = True

    def terminate(self, worker: Any) -> None:
        """A cold shutdown."""
        self._warm = False

    def _last_words(self, worker: Any) -> None:
        """The pool has stopped: what it still had is given back, and finishes that wait for the store get their time.

        Threads can't be stopped: after a cold shutdown they run on to their end, and tell the store themselves.
        """
        heart = heart_of(self._extension)
        threads = not self._warm and "thread" in worker.pool_cls.__module__
        for held in [] if threads else heart.held.all():
            heart.held.discard(held)
            settle(heart, held.delivery)
        patience = self._extension.settings.run_lease if self._warm else PATIENCE_AT_EXIT
        if heart.started and not heart.drain(patience, frozen=not self._warm):
            logger.warning("not everything could be told to the store; it comes back when its leases run out")
        if self._warm:
            shutdown.prepare()  # a worker inside another process: what runs there later isn't told to stop


class ConsumerStep(bootsteps.StartStopStep):
    """The connection to the broker: unknown handlers, undecodable messages, what a lost connection took along."""

    label = "durable jobs' messages"
    name = "celery_durable_jobs.worker.steps.ConsumerStep"
    requires = ("celery.worker.consumer.connection:Connection",)

    def __init__(self, consumer: Any, **options: Any) -> None:
        super().__init__(consumer, **options)
        self._extension: Any = extension_of(consumer.app)
        self._asked = False
        consumer.strategies = Strategies(consumer, consumer.strategies)
        undecodable = consumer.on_decode_error

        def on_decode_error(message: Any, error: Exception) -> None:
            rejected(sender=consumer, message=message)
            undecodable(message, error)

        consumer.on_decode_error = on_decode_error

    def start(self, consumer: Any) -> None:
        """Each connection, before it consumes; the first one also looks for a keeper."""
        spare_unacked(consumer, self._extension.settings)
        not_inherited(consumer.connection)
        if not self._asked:
            self._asked = True
            app = consumer.app
            if self._extension.settings.store.startswith("memory:"):
                logger.warning(
                    "durable_jobs_store is memory://, which lives inside one process: this worker gets no jobs, the "
                    "process that schedules them runs them itself. For workers set it to a server's URL"
                )
                return
            look = Errand(Keepers(), lambda keepers: _warn_of_no_keeper(app, keepers), needed=False)
            heart_of(self._extension).run(look)

    def register_with_event_loop(self, consumer: Any, hub: Any) -> None:
        """Called with each connection, when the pool has been."""
        hand_at_once(getattr(consumer.pool, "_pool", None))

    def stop(self, consumer: Any) -> None:
        """The connection is lost, or the worker stops: Celery has forgotten what it had not handed to its pool.

        That is given back. Of what the pool has, a part may be forgotten too: not held any longer, it is sent again
        in time unless it begins.
        """
        heart = heart_of(self._extension)
        heart.loop_left()
        dropped = pause_of(consumer, heart).drop()
        for held in heart.held.all():
            if held.accepted:
                continue
            heart.held.discard(held)
            if not held.handed:
                dropped.append(held.delivery)
        if heart.away and shutdown.begun():
            return  # its end can't wait until the store is told; the broker gives them to another worker
        for delivery in dropped:
            settle(heart, delivery)


def _warn_of_no_keeper(app: Any, keepers: Any) -> None:
    if not any(keeper.alive for keeper in keepers or ()):
        logger.warning(
            "no keeper is alive: durable jobs are not dispatched until one is. Start it with: %s",
            keeper_command(app),
        )


def _warn_of_policies(app: Any, settings: Any) -> None:
    """A retry policy that is an import path, and can't be imported, is found now instead of after the first failure."""
    policies = {"durable_jobs_should_retry": settings.should_retry}
    for task in app.tasks.values():
        policies[f"should_retry of {task.name}"] = getattr(task, "durable_should_retry", None)
    for where, policy in policies.items():
        if not isinstance(policy, str):
            continue
        try:
            found = symbol_by_name(policy)
            trouble = None if callable(found) else f"it is no function, but {found!r}"
        except Exception as error:  # whatever its module does when it is imported
            trouble = f"{type(error).__name__}: {error}"
        if trouble is not None:
            logger.error("%s = %r can't be used, and each job that it should judge is dead: %s", where, policy, trouble)


def _warn_of_limits(worker: Any) -> None:
    """Pools that can't keep a time limit say so, where one is set."""
    module = worker.pool_cls.__module__
    hard = soft = True
    if "eventlet" in module:
        logger.warning("durable jobs were never tried on the eventlet pool; they are tested on gevent's")
    if "gevent" in module:
        hard = False
    elif "prefork" in module:
        return
    from celery_durable_jobs.worker.task import DurableJobTask

    handlers: list[Any] = [task for task in worker.app.tasks.values() if isinstance(task, DurableJobTask)]
    broken = [task.name for task in handlers if (hard and task.time_limit) or (soft and task.soft_time_limit)]
    if (hard and worker.time_limit) or (soft and worker.soft_time_limit):
        broken = [task.name for task in handlers]
    if broken:
        logger.warning(
            "the pool %s keeps no %stime limits, and these handlers have some: %s. They may keep context.deadline",
            module.rpartition(".")[2], "" if hard else "soft ", ", ".join(sorted(broken)[:10]),
        )  # fmt: skip
