"""Celery's events of a carrier's jobs, where the worker sends events (``-E``).

The worker's parent knows of one message. So the process that runs the jobs sends what would have been sent of each.
"""

from __future__ import annotations

from typing import Any

from celery import states

from celery_durable_jobs.observability.logging import get_logger

logger = get_logger("worker")

EVENTS = "durable_events"
"""Key in a request's dictionary: this worker sends events. (Never in a message.)"""


def tells_of_tasks(dispatcher: Any) -> bool:
    """Whether a worker's dispatcher sends tasks' events. Without ``-E`` it is enabled too, for those of the worker."""
    if not dispatcher or not dispatcher.enabled:
        return False
    return not dispatcher.groups or "task" in dispatcher.groups


class Telling:
    """Tells of one carrier's jobs; falls silent when the broker doesn't take it."""

    def __init__(self, task: Any, carried: dict[str, Any]) -> None:
        self._task = task
        self._on = bool(carried.get(EVENTS)) and task.send_events
        self._hostname = carried.get("hostname")

    def begun(self, request: dict[str, Any]) -> None:
        """A job begins."""
        if self._on:
            about = {name: request.get(name) for name in ("root_id", "parent_id", "retries", "eta", "expires")}
            shown = {"args": request.get("argsrepr"), "kwargs": request.get("kwargsrepr")}
            self._send(request, ("task-received", {"name": self._task.name, **about, **shown}), ("task-started", {}))

    def ended(self, request: dict[str, Any], traced: Any) -> None:
        """The tracer has answered."""
        if not self._on or traced is None:
            return
        info = traced.info
        if info is None:
            self._send(request, ("task-succeeded", {"result": traced.retstr, "runtime": traced.runtime}))
        elif info.state in (states.RETRY, states.FAILURE):
            error = getattr(info.retval, "exc", None) if info.state == states.RETRY else info.retval
            told = {"exception": repr(error), "traceback": getattr(traced.retval, "traceback", None)}
            self._send(request, ("task-retried" if info.state == states.RETRY else "task-failed", told))

    def _send(self, request: dict[str, Any], *events: tuple[str, dict[str, Any]]) -> None:
        try:
            with self._task.app.events.default_dispatcher(hostname=self._hostname) as dispatcher:
                for kind, fields in events:
                    dispatcher.send(kind, uuid=request["id"], retry=False, **fields)
        except Exception as error:
            self._on = False
            logger.warning("no more events of this carrier's jobs: %r", error)
