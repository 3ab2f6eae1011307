"""Celery results of jobs that ended without a run to tell it: cancelled, expired, buried, lost for good.

So ``AsyncResult(job.id).get()`` doesn't hang on a job that has ended. Whoever ends a job calls this, after the store
has answered. Nothing here ever raises: the job has ended whatever the result backend says.
"""

from __future__ import annotations

import logging
from typing import Any

from celery_durable_jobs.errors import DurableJobsError
from celery_durable_jobs.model.states import JobState

logger = logging.getLogger("celery_durable_jobs.results")

_REASONS = {JobState.CANCELLED: "cancelled", JobState.EXPIRED: "expired"}


def results_kept(app: Any) -> bool:
    """Whether the app has a result backend at all. May reach for its module, never for its server."""
    from celery.backends.base import DisabledBackend

    return not isinstance(app.backend, DisabledBackend)


def store_ended(app: Any, job_id: str, handler_name: str | None, state: JobState, error: str | None) -> None:
    """Write REVOKED for a cancelled or expired job, FAILURE for a dead one; nothing for other states.

    Skipped where no backend is set, or where the handler's results are ignored. A handler that this process doesn't
    know goes by ``task_ignore_result``. Never raises; trouble is logged.

    :param error: why it died, or the last error of one that expired.
    """
    try:
        if not results_kept(app) or _ignored(app, handler_name):
            return
        if state in _REASONS:
            app.backend.mark_as_revoked(job_id, error or _REASONS[state])
        elif state is JobState.DEAD:
            app.backend.mark_as_failure(job_id, DurableJobsError(error or "dead"))
    except Exception as failure:
        logger.warning("the result of %s (%s) could not be stored: %s", job_id, state, failure)


def forget_result(app: Any, job_id: str) -> None:
    """Remove the stored result of a job, where a backend is set. Never raises; trouble is logged."""
    try:
        if results_kept(app):
            app.backend.forget(job_id)
    except Exception as failure:
        logger.warning("the result of %s could not be forgotten: %s", job_id, failure)


def _ignored(app: Any, handler_name: str | None) -> bool:
    task = app.tasks.get(handler_name) if handler_name else None
    ignored = app.conf.task_ignore_result if task is None else task.ignore_result
    stores_errors = app.conf.task_store_errors_even_if_ignored if task is None else task.store_errors_even_if_ignored
    return bool(ignored) and not stores_errors
