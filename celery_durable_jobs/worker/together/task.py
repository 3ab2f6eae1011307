"""The Celery task that carriers are for. It does nothing itself: no result, no signal, no retry of its own."""

from __future__ import annotations

from typing import Any

from celery.app.task import Task

from celery_durable_jobs.model.carrier import CARRIER


class CarrierTask(Task):
    """Its tracer, which Celery gives it in each process, is not used: each job has its handler's own."""

    name = CARRIER
    ignore_result = True
    store_errors_even_if_ignored = False
    acks_late = False
    reject_on_worker_lost = False
    rate_limit = 0  # not the default one of the app's configuration
    Strategy = "celery_durable_jobs.worker.together.strategy:carrying"

    @property
    def __trace__(self) -> Any:
        """Runs the jobs."""
        from celery_durable_jobs.worker.together.run import Carrying

        return Carrying(self)

    @__trace__.setter
    def __trace__(self, tracer: Any) -> None:
        pass

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Nobody calls it.

        :raises TypeError: always.
        """
        raise TypeError(f"{CARRIER} is sent by keepers alone")


def register(app: Any) -> None:
    """Make it known to a worker's app, before its pool forks."""
    if CARRIER not in app.tasks:
        app.register_task(CarrierTask())
