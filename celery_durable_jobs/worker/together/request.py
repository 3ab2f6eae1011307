"""A carrier in the worker's parent: all of its jobs are held, and what will not go on is given back at once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from celery.app.task import Context
from celery.worker import state

from celery_durable_jobs._current import extension_of
from celery_durable_jobs.errors import DurableJobsError
from celery_durable_jobs.messages.headers import read_header
from celery_durable_jobs.messages.results import store_ended
from celery_durable_jobs.model.carrier import KIND_CARRIER, aboard
from celery_durable_jobs.model.losses import POINTS_DEATH
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Delivery, Pulse, Refusal, Refused, Settle, Settled
from celery_durable_jobs.worker import greenlets, pool_limits
from celery_durable_jobs.worker.children import is_alive
from celery_durable_jobs.worker.errands import Errand
from celery_durable_jobs.worker.heartbeat import Heart, heart_of
from celery_durable_jobs.worker.held import HeldDelivery
from celery_durable_jobs.worker.ids import DELIVERY, new_delivery_id
from celery_durable_jobs.worker.parent import DurableRequest
from celery_durable_jobs.worker.settling import settle
from celery_durable_jobs.worker.together.telling import EVENTS, tells_of_tasks
from celery_durable_jobs.worker.together.unpacking import Unpacking

logger = get_logger("worker")


def delivery_of(base: str, place: int, job_id: str, generation: int) -> Delivery:
    """The delivery of a carrier's job. Parent and child make the same, and each job has its own: it is its run's id."""
    return Delivery(job_id, generation, f"{base}.{place}")


class HeldAboard(HeldDelivery):
    """One job of a carrier that is in the parent's hands."""

    among_others = True

    def __init__(self, carrier: HeldCarrier, delivery: Delivery, run_lease_us: int | None, request: Any) -> None:
        super().__init__(delivery, run_lease_us, request)
        self._carrier = carrier

    def on_hold(self, refused: Refused | None) -> None:
        """What the store answered to a hold."""
        super().on_hold(refused)
        self._carrier.looked()

    def on_pulse(self, pulse: Pulse) -> None:
        """What the store answered to a heartbeat."""
        super().on_pulse(pulse)
        self._carrier.looked()


def _of_all(name: str) -> Any:
    """What is said of a carrier is said of each of its jobs."""

    def write(carrier: HeldCarrier, value: Any) -> None:
        for part in carrier.parts:
            setattr(part, name, value)

    return property(lambda carrier: getattr(carrier.parts[0], name), write)


class HeldCarrier:
    """All jobs of one carrier, as ``DurableRequest`` sees a single one.

    What waits behind a job that runs for long is given back, so that another worker takes it.
    """

    def __init__(self, heart: Heart, deliveries: list[Delivery], run_lease_us: int | None, request: Any) -> None:
        self._heart = heart
        self._patience: float = heart.extension.settings.begin_timeout
        self._moved_at = time.monotonic()
        self._through = 0
        self.parts = [HeldAboard(self, each, run_lease_us, request) for each in deliveries]

    handed, accepted, pid = _of_all("handed"), _of_all("accepted"), _of_all("pid")

    @property
    def job_id(self) -> str:
        """The first of its jobs, for the log."""
        return self.parts[0].job_id

    @property
    def refusal(self) -> Refusal | None:
        """Why none of it is to be begun, or None."""
        refusals = [part.refusal for part in self.parts if not part.over]
        return refusals[0] if refusals and all(refusals) else None

    def looked(self) -> None:
        """The store has told of one of its jobs. Called by the heart's thread."""
        through = sum(map(self._has_begun, self.parts))
        now = time.monotonic()
        if through != self._through or not self.parts[0].accepted:
            self._through, self._moved_at = through, now
        elif now - self._moved_at > self._patience:
            waiting = [part for part in self.parts if not self._has_begun(part)]
            if waiting and through:
                logger.warning(
                    "%d jobs are given back: they have waited for %g s behind one of their carrier that still runs",
                    len(waiting), self._patience,
                )  # fmt: skip
                for part in waiting:
                    self._give_back(part)
            self._moved_at = now

    def _has_begun(self, part: HeldAboard) -> bool:
        """As far as this process knows. (Of what it runs itself, in a thread or greenlet, no pulse is told.)"""
        return part.begun or part.over or self._heart.runs_here(part.delivery_id)

    def _give_back(self, part: HeldAboard) -> None:
        """It may begin this very moment, and a run of its own delivery would be stopped: a delivery that never begins
        puts back what has not begun, and nothing else.
        """

        def settled(answer: Any) -> None:
            if isinstance(answer, Settled):
                self._heart.held.discard(part)

        delivery = part.delivery
        never = Delivery(delivery.job_id, delivery.generation, new_delivery_id())
        self._heart.run(Errand(Settle(never), settled))


class CarrierRequest(DurableRequest):
    """Mixed into the Request class of the carriers' task."""

    _held: HeldCarrier | None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this: Any = self
        header, extension = read_header(this._request_dict), extension_of(this._app)
        if header is None or not header.valid or header.kind != KIND_CARRIER or extension is None:
            return
        if header.namespace != extension.settings.namespace:
            return
        handler, jobs = aboard(this._request_dict["args"])
        task = this._app.tasks[handler]
        base = new_delivery_id()
        this._request_dict[DELIVERY] = base
        this._request_dict[EVENTS] = tells_of_tasks(this._eventer)
        self._heart = heart_of(extension)
        deliveries = [delivery_of(base, place, *job) for place, job in enumerate(jobs)]
        held = self._held = HeldCarrier(self._heart, deliveries, task.durable_run_lease_us, self)
        for part in held.parts:
            self._heart.held.add(part)
        self._heart.start()
        # A worker's own limits are meant for one task: here for as many as there are.
        hard, soft = pool_limits.of(this)
        this.time_limits = (hard and hard * len(jobs), soft and soft * len(jobs))

    def _drop(self) -> None:
        this: Any = self
        for part in self._parts():
            self._heart.held.discard(part)
        state.task_ready(this)
        this.acknowledge()
        this.send_event("task-revoked", terminated=False, signum=None, expired=False)

    def _announce_revoked(self, reason: str, terminated: bool, signum: Any, expired: bool) -> None:
        """Celery gives the message up. Its jobs are none the wiser: they come again."""
        super(DurableRequest, self)._announce_revoked(reason, terminated, signum, expired)  # type: ignore[misc]
        if self._held is not None:
            self._settle(POINTS_DEATH if terminated else 0, reason)

    def _settle(self, points: int, reason: str | None) -> None:
        """Points are for the job that ran; before any has, for the first one: it must not kill children for ever."""
        ended = self._has_ended()
        for place, part in enumerate(self._parts()):
            self._heart.held.discard(part)
            settle(self._heart, part.delivery, points, reason, ended, if_running=place > 0, failed=self._failed)

    def _failed(self, error: str, job: JobRecord) -> None:
        """One of them is dead: what its own message would have brought says what ``link_error`` asks for."""
        this: Any = self
        task = this._app.tasks[job.handler]
        try:
            _, _, request = Unpacking(self._heart.extension, this._request_dict)(job)
            stored = not request.get("ignore_result", task.ignore_result) or task.store_errors_even_if_ignored
            task.backend.mark_as_failure(job.id, DurableJobsError(error), request=Context(request), store_result=stored)
        except Exception as trouble:
            logger.warning("%s is dead, and not all that follows from it could be done: %s", job.id, trouble)
            store_ended(this._app, job.id, job.handler, job.state, error)

    def _has_ended(self) -> Callable[[], bool]:
        this: Any = self
        pid, heart = this.worker_pid, self._heart
        if pid is None:
            return lambda: True
        if greenlets.active() or pid == os.getpid():
            deliveries = [part.delivery_id for part in self._parts()]
            return lambda: not any(map(heart.runs_here, deliveries))
        return lambda: not is_alive(pid)

    def _parts(self) -> list[HeldAboard]:
        assert self._held is not None
        return [part for part in self._held.parts if not part.over]
