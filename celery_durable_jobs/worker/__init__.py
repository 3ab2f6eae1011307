"""The worker: what makes Celery's ordinary workers run durable jobs.

``install`` hooks an app; a client that never starts a worker imports nothing more than this file.
"""

from __future__ import annotations

from typing import Any

WORKER_STEP = "celery_durable_jobs.worker.steps:WorkerStep"
CONSUMER_STEP = "celery_durable_jobs.worker.steps:ConsumerStep"


def install(app: Any, extension: Any) -> None:
    """Give the workers of ``app`` what durable jobs need. Doesn't read its configuration, and imports late."""
    app.steps["worker"].add(WORKER_STEP)
    app.steps["consumer"].add(CONSUMER_STEP)
    _connect()


def _connect() -> None:
    """Signals of a worker and of its pool children; the same receivers for all apps, so connected once."""
    from celery import signals

    signals.worker_shutting_down.connect(_shutting_down, weak=False, dispatch_uid="durable_jobs_shutting_down")
    signals.worker_process_init.connect(_child_starts, weak=False, dispatch_uid="durable_jobs_child_starts")
    signals.worker_process_shutdown.connect(_child_ends, weak=False, dispatch_uid="durable_jobs_child_ends")
    signals.task_rejected.connect(_rejected, weak=False, dispatch_uid="durable_jobs_rejected")


def _shutting_down(**_: Any) -> None:
    from celery_durable_jobs.worker import shutdown

    shutdown.begin()


def _child_starts(**_: Any) -> None:
    from celery_durable_jobs.worker import later

    later.pool_child_starts()


def _child_ends(**_: Any) -> None:
    """A pool child is recycled or stops: finishes that the store hasn't answered get up to a run lease."""
    from celery_durable_jobs.worker.heartbeat import living_hearts

    for heart in living_hearts():
        heart.drain(heart.extension.settings.run_lease)


def _rejected(sender: Any = None, message: Any = None, **_: Any) -> None:
    from celery_durable_jobs.worker.strategy import rejected

    rejected(sender=sender, message=message)
