"""The context of a handler that runs as Celery's ordinary task: by ``.delay()``, in a canvas, or called directly."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from celery_durable_jobs.errors import ConfigurationError
from celery_durable_jobs.jobs import DurableJob
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.worker import shutdown
from celery_durable_jobs.worker.context import JobContext
from celery_durable_jobs.worker.run import deadline, limits_of
from celery_durable_jobs.worker.shutdown import StopReason


class NotDurableJob(DurableJob):
    """``context.job`` of an ordinary task: its id and name; no shard, no store, and none of the verbs."""

    def __repr__(self) -> str:
        return f"<not durable: {self.name} {self.id}>"

    @property
    def _jobs(self) -> Any:
        raise ConfigurationError(
            f"{self.name} was called as an ordinary task, not as a durable job: there is no job to look at or change"
        )


def plain_context(handler: str, task: Any = None) -> JobContext:
    """A context that says that it is not durable.

    :param handler: the handler's name.
    :param task: where Celery runs it (its request is then the task's), None for a direct call, which has no id.
    """
    request = task.request if task is not None else None
    task_id = str(request.id or "") if request is not None else ""
    attempt = int(request.retries or 0) + 1 if request is not None else 1
    hard, soft = limits_of(task, request.__dict__) if request is not None else (None, None)
    now = datetime.now(timezone.utc)
    return JobContext(
        lambda: NotDurableJob(
            id=task_id,
            name=handler,
            target=None,
            due_time=now,
            shard_id="",
            metadata=None,
            handler=handler,
            key=None,
            created=None,
            state=JobState.RUNNING,
            attempt=attempt,
            error=None,
        ),
        durable=False,
        run_id=task_id,
        attempt=attempt,
        failures=attempt - 1,
        deadline=deadline(hard, soft),
        stopping=lambda: StopReason.SHUTDOWN if shutdown.begun() else None,
    )
