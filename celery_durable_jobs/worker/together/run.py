"""Runs a carrier's jobs, one after the other, each as if it had come alone.

The finish of one and the begin of the next travel together: one round trip a job.
"""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import Any

from celery.app.trace import build_tracer, trace_ok_t

from celery_durable_jobs._current import extension_of
from celery_durable_jobs.errors import StoreError, StoreUnavailableError
from celery_durable_jobs.messages.headers import read_header
from celery_durable_jobs.model.carrier import KIND_CARRIER, aboard
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Begin, Begun, Delivery, Finish, FinishKind, Refused
from celery_durable_jobs.worker import begin as begins
from celery_durable_jobs.worker import finishing, shutdown
from celery_durable_jobs.worker import run as runs
from celery_durable_jobs.worker.begin import AWAY, begin, refusal_of
from celery_durable_jobs.worker.context import present
from celery_durable_jobs.worker.decide import Decision, describe
from celery_durable_jobs.worker.heartbeat import Heart, heart_of
from celery_durable_jobs.worker.ids import DELIVERY, new_delivery_id
from celery_durable_jobs.worker.run import Run
from celery_durable_jobs.worker.settling import settle
from celery_durable_jobs.worker.together.request import delivery_of
from celery_durable_jobs.worker.together.telling import Telling
from celery_durable_jobs.worker.together.unpacking import Unpacking
from celery_durable_jobs.worker.tracing import dropped

logger = get_logger("worker")


class Carrying:
    """In the place of a tracer of the carriers' task."""

    def __init__(self, task: Any) -> None:
        self._app = task.app

    def __call__(self, uuid: str, args: Any, kwargs: Any, request: dict[str, Any] | None = None) -> Any:
        """Run its jobs; answers what the worker's parent is told."""
        started = monotonic()
        extension, header, request = extension_of(self._app), read_header(request), request or {}
        if header is None:
            return dropped("no header")
        refusal = refusal_of(header, extension, uuid, KIND_CARRIER)
        if refusal is not None:
            return dropped(refusal)
        handler, jobs = aboard(args)
        base = request.get(DELIVERY) or new_delivery_id()
        deliveries = [delivery_of(base, place, *job) for place, job in enumerate(jobs)]
        journey = Journey(self._app.tasks[handler], extension, request, deliveries)
        journey.go()
        done = f"{journey.begun} of {len(jobs)} jobs"
        return trace_ok_t(done, None, monotonic() - started, repr(done))


class Journey:
    """One carrier on its way. ``begun``: so many of its jobs have."""

    def __init__(self, task: Any, extension: Any, request: dict[str, Any], deliveries: list[Delivery]) -> None:
        self._task = task
        self._extension = extension
        self._unpack = Unpacking(extension, request)
        self._tell = Telling(task, request)
        self._heart: Heart = heart_of(extension)
        self._rest = deque(deliveries)
        self.begun = 0
        if task.durable_tracer is None:
            hostname = request.get("hostname")
            task.__trace__ = build_tracer(task.name, task, extension.app.loader, hostname, app=extension.app)

    def go(self) -> None:
        """Run one after the other; what isn't begun when it has to end is given back."""
        ahead: Begun | str | None = None
        try:
            while self._rest and (ahead is not None or not shutdown.begun()):
                delivery = self._rest[0]
                if ahead is None:
                    ahead = self._begin(delivery)
                if ahead == AWAY:
                    break
                self._rest.popleft()
                if isinstance(ahead, str):
                    ahead = None
                    continue
                self.begun += 1
                ahead = self._run(ahead, delivery)
        except Exception as error:
            # A soft time limit of the whole, between two jobs: whether the next has begun isn't known.
            logger.warning("a carrier of %s is given up: %r", self._task.name, error)
        self._give_back()

    def _begin(self, delivery: Delivery) -> Begun | str:
        return begin(self._heart, self._task, delivery.job_id, delivery.generation, delivery.delivery_id, content=True)

    def _run(self, begun: Begun, delivery: Delivery) -> Begun | str | None:
        """One job from begin to finish; answers what became of the next one's begin, None where it isn't known."""
        task = self._task
        run = Run(task, self._extension, begun, delivery.delivery_id, (None, None))
        self._heart.add(run)
        token = runs._current.set(run)
        traced = None
        try:
            try:
                args, kwargs, request = self._unpack(begun.job)
            except Exception as error:
                reason = f"its arguments can't be read: {describe(error)}"
                run.decision = Decision(FinishKind.DIE, error=reason, rejected=True)
            else:
                self._tell.begun(request)
                with present(run.context, None):
                    traced = task.durable_tracer(delivery.job_id, args, kwargs, request)
                self._tell.ended(request, traced)
                finishing.conclude(run, traced, request)
        except BaseException as error:
            # As in tracing.py.
            if run.decision is None and isinstance(error, Exception):
                run.fail(error)
            if not isinstance(error, Exception):
                if run.decision is None:
                    self._heart.remove(run)
                else:
                    finishing.finish(run, self._heart)
                raise
        finally:
            runs._current.reset(token)
        try:
            return self._go_on(run)
        except Exception:
            finishing.finish(run, self._heart)
            raise

    def _go_on(self, run: Run) -> Begun | str | None:
        """Finish a run, and begin the next one with the same call."""
        decision, ahead = run.decision, self._rest[0] if self._rest else None
        if ahead is None or shutdown.begun() or decision is None or decision.kind is None:
            finishing.finish(run, self._heart)
            return None
        told = Finish(run.job_id, run.delivery_id, decision.kind, decision.when, decision.error)
        asked = Begin(ahead.job_id, ahead.generation, ahead.delivery_id, run.run_lease_us, content=True)
        timeout = min(finishing.FIRST_TRY, self._extension.settings.store_timeout)
        try:
            finished, begun = self._extension.store.send_many([told, asked], timeout=timeout)
        except StoreUnavailableError as error:
            finished = begun = error
        except StoreError as error:
            finished, begun = error, None
        finishing.heard(run, self._heart, told, finished)
        if isinstance(begun, (Begun, Refused)):
            return begins.heard(self._extension.app, self._task, ahead.job_id, begun)
        return None

    def _give_back(self) -> None:
        while self._rest:
            settle(self._heart, self._rest.popleft(), needed=self._heart.outage.since is None)
