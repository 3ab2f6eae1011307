"""One run: a handler's call between begin and finish, in the process that executes it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime, timedelta, timezone
from typing import Any

from celery.exceptions import Retry, WorkerShutdown, WorkerTerminate

from celery_durable_jobs.jobs import DurableJob
from celery_durable_jobs.steps import Begun, Pulse
from celery_durable_jobs.worker import decide, shutdown
from celery_durable_jobs.worker.context import JobContext, present
from celery_durable_jobs.worker.ids import LIMITS
from celery_durable_jobs.worker.policy import when_to_retry
from celery_durable_jobs.worker.shutdown import StopReason

Limits = tuple[float | None, float | None]
"""Hard and soft time limit in seconds, or None."""

_current: ContextVar[Run | None] = ContextVar("celery_durable_jobs_run", default=None)


class Run:
    """A run that has begun. ``decision`` is what becomes of it, once that is known."""

    def __init__(self, task: Any, extension: Any, begun: Begun, delivery_id: str, limits: Limits) -> None:
        self.task = task
        self.extension = extension
        self.job_id = begun.job.id
        self.delivery_id = delivery_id
        self.run_lease_us = task.durable_run_lease_us
        self.decision: decide.Decision | None = None
        self.asked: Retry | None = None
        self.given_up: BaseException | None = None
        hard_limit, soft_limit = limits
        self._hard_limit = hard_limit
        self._told: StopReason | None = StopReason.CANCEL if begun.job.cancel_requested else None
        namespace = extension.settings.namespace
        self.context = JobContext(
            lambda: DurableJob.from_record(begun.job, created=None, namespace=namespace),
            durable=True,
            run_id=begun.job.run_id or delivery_id,
            attempt=begun.job.attempt,
            failures=begun.job.failures,
            lost_runs=begun.job.lost_runs,
            previous_error=begun.job.error,
            deadline=deadline(hard_limit, soft_limit),
            stopping=self.stopping,
        )

    # -- stopping --------------------------------------------------------------------------------------------------

    def on_pulse(self, pulse: Pulse) -> None:
        """What the store answered to a heartbeat."""
        if pulse is Pulse.TAKEN_OVER:
            self._told = StopReason.TAKEN_OVER
        elif pulse is Pulse.CANCEL and self._told is None:
            self._told = StopReason.CANCEL

    def stopping(self) -> StopReason | None:
        """Why it should stop, or None."""
        return self._told or (StopReason.SHUTDOWN if shutdown.begun() else None)

    # -- the call --------------------------------------------------------------------------------------------------

    def call(self, body: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Call the handler, and decide. Returns or raises what Celery is to see."""
        try:
            with present(self.context, self.task.durable_function):
                value = body(*args, **kwargs)
            if type(value) in decide.PLAIN and self.asked is None and self.stopping() is not StopReason.TAKEN_OVER:
                self.decision = decide.SUCCEEDED
                return value
            self.decision = decide.on_return(value, self._circumstances())
        except BaseException as error:
            raising = self._judge(error, args, kwargs)
            if raising is error:
                raise
            raise raising from error
        if self.decision.raising is not None:
            raise self.decision.raising
        return value

    def guard(self, hook: Callable[..., Any], *arguments: Any) -> Any:
        """Call a hook of the handler's base class, before it; what it raises is judged as the handler's own."""
        try:
            return hook(*arguments)
        except BaseException as error:
            raising = self._judge(error, (), None)
            if raising is error:
                raise
            raise raising from error

    def fail(self, error: BaseException) -> None:
        """The run came to nothing though the handler didn't raise: ask the policy."""
        self.decision = decide.on_error(error, self._circumstances())

    def _judge(self, error: BaseException, args: Any, kwargs: Any) -> BaseException:
        """Decide on an exception, unless the worker's parent does; answers what Celery is to see."""
        if _left_to_the_parent(error, self._hard_limit):
            return error
        unbindable = isinstance(error, TypeError) and kwargs is not None and not self._binds(args, kwargs)
        self.decision = decide.on_error(error, self._circumstances(unbindable))
        return self.decision.raising or error

    def _circumstances(self, unbindable: bool = False) -> decide.Circumstances:
        app = self.extension.app
        return decide.Circumstances(
            policy=lambda error: when_to_retry(self.task, self.extension.settings, self.context, error, app.timezone),
            zone=app.timezone,
            stopping=self.stopping(),
            asked=self.asked,
            given_up=self.given_up,
            unbindable=unbindable,
            retry_delay=self.task.default_retry_delay,
        )

    def _binds(self, args: Any, kwargs: Any) -> bool:
        try:
            self.task.__header__(*args, **kwargs)
        except TypeError:
            return False
        return True

    # -- self.retry ------------------------------------------------------------------------------------------------

    def ask_retry(self, asked: Retry, *, throw: bool) -> Retry:
        """``self.retry`` was called: raise it, or remember it where the handler wants to go on."""
        if throw:
            raise asked
        self.asked = asked
        return asked


def current_run(task: Any) -> Run | None:
    """The run of ``task`` that this call belongs to, or None: an ordinary, an eager or a direct call."""
    run = _current.get()
    request = task.request
    if run is None or run.task is not task or request.called_directly or request.is_eager:
        return None
    return run if request.id == run.job_id else None


def deadline(hard: float | None, soft: float | None) -> datetime | None:
    """When the sooner of two time limits is over, counted from now."""
    seconds = min((limit for limit in (hard, soft) if limit), default=None)
    return None if seconds is None else datetime.now(timezone.utc) + timedelta(seconds=seconds)


def limits_of(task: Any, request: dict[str, Any]) -> Limits:
    """Hard and soft time limit of a delivery, in seconds."""
    known = request.get(LIMITS)
    if known is not None:
        return known  # type: ignore[no-any-return]
    hard, soft = request.get("timelimit") or (None, None)
    return hard or task.time_limit, soft or task.soft_time_limit


def _left_to_the_parent(error: BaseException, hard_limit: float | None) -> bool:
    """Whether the pool, and not the handler, ends this run: the worker's parent then settles it."""
    if isinstance(error, Exception):
        return False
    if isinstance(error, (WorkerShutdown, WorkerTerminate)):
        return True
    if isinstance(error, SystemExit):
        # Raised by a pool child's signal handler, which says so first.
        common = sys.modules.get("billiard.common")
        return bool(getattr(common, "_should_have_exited", (False,))[0])
    if any(each.__name__ == "GreenletExit" for each in type(error).__mro__):
        return True
    gevent = sys.modules.get("gevent")
    return gevent is not None and isinstance(error, gevent.Timeout) and bool(hard_limit)
