"""The worker's parent: what it knows of a message before, beside and after its run in the pool.

It makes the delivery id, holds what waits for its turn, and settles what will not go on: a child that died, a message
that was dropped, a worker that stops. It never asks a retry policy.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from billiard.einfo import ExceptionWithTraceback
from billiard.exceptions import Terminated, TimeLimitExceeded, WorkerLostError
from celery.concurrency.base import BasePool
from celery.worker import state

from celery_durable_jobs._current import extension_of
from celery_durable_jobs.errors import DurableJobsError
from celery_durable_jobs.messages.headers import KIND_HANDLER, read_header
from celery_durable_jobs.model.losses import POINTS_DEATH
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.observability.logging import get_logger
from celery_durable_jobs.steps import Delivery
from celery_durable_jobs.worker import greenlets, pool_limits
from celery_durable_jobs.worker.children import is_alive
from celery_durable_jobs.worker.decide import RunDropped
from celery_durable_jobs.worker.heartbeat import heart_of
from celery_durable_jobs.worker.held import HeldDelivery
from celery_durable_jobs.worker.ids import DELIVERY, LIMITS, new_delivery_id
from celery_durable_jobs.worker.settling import cancel, settle

logger = get_logger("worker")


class DurableRequest:
    """Mixed into the Request class of handlers. A message that is no job's goes through it untouched."""

    _held: HeldDelivery | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this: Any = self
        header = read_header(this._request_dict)
        extension = extension_of(this._app)
        if header is None or not header.valid or header.kind != KIND_HANDLER or extension is None:
            return
        if header.namespace != extension.settings.namespace:
            return
        delivery = Delivery(this.id, header.generation, new_delivery_id())
        this._request_dict[DELIVERY] = delivery.delivery_id
        this._request_dict[LIMITS] = pool_limits.of(this)
        self._heart = heart_of(extension)
        self._held = HeldDelivery(delivery, this._task.durable_run_lease_us, self)
        self._heart.held.add(self._held)
        self._heart.start()

    # -- before the pool -------------------------------------------------------------------------------------------

    def revoked(self) -> bool:
        """Whether the message is dropped here; Celery asks just before it hands it to the pool."""
        held = self._held
        if held is None:
            return bool(super().revoked())  # type: ignore[misc]
        if held.refusal is not None:
            logger.debug("job %s is not begun: %s", held.job_id, held.refusal)
            self._drop()
            return True
        if super().revoked():  # type: ignore[misc]
            return True
        held.handed = True
        return False

    def _drop(self) -> None:
        """The store said that there is nothing to begin: forget the message without a trace."""
        this: Any = self
        self._heart.held.discard(self._held)  # type: ignore[arg-type]
        state.task_ready(this)
        this.acknowledge()
        # For Flower, which else shows it as received or started for ever.
        this.send_event("task-revoked", terminated=False, signum=None, expired=False)

    # -- the pool's word -------------------------------------------------------------------------------------------

    def on_accepted(self, pid: int, time_accepted: float) -> None:
        """A child has it."""
        super().on_accepted(pid, time_accepted)  # type: ignore[misc]
        if self._held is not None:
            self._held.pid = None if greenlets.active() else pid  # a greenlet's is no process
            self._held.accepted = True

    def on_failure(self, exc_info: Any, send_failed_event: bool = True, return_ok: bool = False) -> Any:
        """It raised, or its child died."""
        held, error = self._held, exc_info.exception
        if isinstance(error, ExceptionWithTraceback):
            error = error.exc
        if held is None:
            return super().on_failure(exc_info, send_failed_event, return_ok)  # type: ignore[misc]
        if isinstance(error, RunDropped):
            self._drop()
            return None
        if isinstance(error, TimeLimitExceeded):
            return None  # ``on_timeout`` follows; the child still lives
        if isinstance(error, Terminated):
            answer = super().on_failure(exc_info, send_failed_event, return_ok)  # type: ignore[misc]
            self._settle(0, None)
            return answer
        if isinstance(error, WorkerLostError) or not return_ok:
            # The child brought no outcome: a lost run, unless it has told the store itself (then this changes nothing).
            # Celery's own way with it (a failure, or a further message by ``retry_on_worker_lost``) is not ours.
            return self._lost(str(error) or repr(error))
        return super().on_failure(exc_info, send_failed_event, return_ok)  # type: ignore[misc]

    def on_timeout(self, soft: bool, timeout: float) -> Any:
        """A time limit is over. A hard one kills the child next."""
        if self._held is None or soft:
            return super().on_timeout(soft, timeout)  # type: ignore[misc]
        this: Any = self
        reason = f"Hard time limit ({timeout:g}s) exceeded"
        logger.error("Task %s[%s]: %s", this.name, this.id, reason)
        return self._lost(reason, tell=False)

    def _lost(self, reason: str, *, tell: bool = True) -> None:
        this: Any = self
        state.task_ready(this)
        this.acknowledge()
        stops = state.should_terminate is not None and state.should_terminate is not False
        if tell:
            logger.error("Task %s[%s] lost its pool process: %s", this.name, this.id, reason)
        # A child that goes with its worker is no loss that counts.
        self._settle(0 if stops or this._already_cancelled else POINTS_DEATH, reason)

    # -- revoke, terminate, cold shutdown --------------------------------------------------------------------------

    def _announce_revoked(self, reason: str, terminated: bool, signum: Any, expired: bool) -> None:
        """Celery gives it up: of a job, that is a cancel."""
        super()._announce_revoked(reason, terminated, signum, expired)  # type: ignore[misc]
        if self._held is not None:
            cancel(self._heart, self._held.job_id)
            if terminated:
                self._settle(POINTS_DEATH, reason)
            else:
                self._heart.held.discard(self._held)

    def _announce_cancelled(self, *args: Any, **kwargs: Any) -> None:
        """Celery kills its child to shut down, or because it lost its broker."""
        if self._held is not None:
            # First: under gevent what follows may fail, in the signal handler that it is called in.
            self._settle(0, None)
        super()._announce_cancelled(*args, **kwargs)  # type: ignore[misc]

    def cancel(self, pool: Any, *args: Any, **kwargs: Any) -> Any:
        """A cold shutdown wants its child killed. Where the pool can't, the error would come out in the handler."""
        if self._held is not None and getattr(pool.terminate_job, "__func__", None) is BasePool.terminate_job:
            return None
        return super().cancel(pool, *args, **kwargs)  # type: ignore[misc]

    # -- settle ----------------------------------------------------------------------------------------------------

    def _settle(self, points: int, reason: str | None) -> None:
        held = self._held
        assert held is not None
        self._heart.held.discard(held)
        settle(self._heart, held.delivery, points, reason, self._has_ended(), failed=self._failed)

    def _failed(self, error: str, job: JobRecord) -> None:
        """The job is dead, and no child could tell Celery: its result, and what ``link_error`` asks for."""
        this: Any = self
        try:
            this.task.backend.mark_as_failure(
                this.id, DurableJobsError(error), request=this._context, store_result=this.store_errors
            )
        except Exception as trouble:
            logger.warning("the result of %s could not be stored: %s", this.id, trouble)

    def _has_ended(self) -> Callable[[], bool]:
        """A test whether what executes it is gone: the child, or the run of this process."""
        this: Any = self
        pid = this.worker_pid
        if pid is None:
            return lambda: True
        if greenlets.active() or pid == os.getpid():
            heart, delivery_id = self._heart, self._held.delivery_id  # type: ignore[union-attr]
            return lambda: not heart.runs_here(delivery_id)
        return lambda: not is_alive(pid)
