"""``revoke`` of a durable job is a cancel.

A worker remembers revoked ids for three hours and would refuse what was put back in between; and it would know nothing
of a job that still waits in the store. So the store is told, and the id is not remembered.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from celery.utils.functional import maybe_list
from celery.worker import state as worker_state
from celery.worker.control import Panel

from celery_durable_jobs._current import extension_of
from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.worker.heartbeat import heart_of
from celery_durable_jobs.worker.settling import cancel

Command = Callable[..., Any]


def install() -> None:
    """Wrap the worker's ``revoke`` command, once a process."""
    known = Panel.data["revoke"]
    if not getattr(known, "durable_jobs", False):
        Panel.data["revoke"] = _cancelling(known)


def _cancelling(revoke: Command) -> Command:
    @functools.wraps(revoke)
    def command(state: Any, task_id: Any, terminate: bool = False, signal: Any = None, **kwargs: Any) -> Any:
        extension = extension_of(state.app)
        jobs = [each for each in maybe_list(task_id) or [] if _is_job(each)] if extension is not None else []
        for job_id in jobs:
            cancel(heart_of(extension), job_id)
        answer = revoke(state, task_id, terminate=terminate, signal=signal, **kwargs)
        for job_id in jobs:
            worker_state.revoked.discard(job_id)
        return answer

    command.durable_jobs = True  # type: ignore[attr-defined]
    return command


def _is_job(value: Any) -> bool:
    try:
        parse_job_id(value)
    except ValueError:
        return False
    return True
