"""What a handler's task is beside Celery's: mixed into its base class, app by app."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

from celery.app.task import Task
from celery.exceptions import MaxRetriesExceededError, Retry

from celery_durable_jobs.errors import InvalidArgumentsError
from celery_durable_jobs.model.when import SECOND
from celery_durable_jobs.worker.context import present

if TYPE_CHECKING:
    from collections.abc import Callable

    from celery_durable_jobs.worker.context import JobContext
    from celery_durable_jobs.worker.run import Run


class DurableJobTask:
    """The mixin. ``.delay()``, canvas, signatures and eager calls stay Celery's own."""

    durable_job_handler = True
    """Marks a task as a handler, for those that don't import the worker."""

    durable_queue: Any = None
    durable_priority: int | None = None
    durable_run_lease: float | None = None
    """Seconds, or None: the setting's."""
    durable_batch: int | None = None
    """So many jobs go in one message (``model/carrier.py``); None: each has its own."""
    durable_aliases: tuple[str, ...] = ()
    durable_should_retry: Any = None
    durable_tracer: Any = None
    """Celery's own tracer, bare."""
    durable_function: Callable[..., Any]
    """The wrapped function, without its context parameter."""

    # What the mixin uses of Celery's Task.
    name: str
    run: Callable[..., Any]
    request: Any
    request_stack: Any
    max_retries: int | None
    default_retry_delay: float

    Strategy = "celery_durable_jobs.worker.strategy:durable"

    @property
    def durable_run_lease_us(self) -> int | None:
        """The handler's own run lease in µs, or None."""
        return None if self.durable_run_lease is None else round(self.durable_run_lease * SECOND)

    @property
    def __trace__(self) -> Any:
        """Celery's tracer, with begin and finish around it. Celery assigns the bare one."""
        return self.__dict__.get("_durable_trace")

    @__trace__.setter
    def __trace__(self, tracer: Any) -> None:
        from celery_durable_jobs.worker.tracing import around

        self.durable_tracer = tracer
        self.__dict__["_durable_trace"] = None if tracer is None else around(self, tracer)

    def before_start(self, task_id: str, args: Any, kwargs: Any) -> Any:
        """The base's own; what it raises in a run is judged as the handler's."""
        run = _current_run(self)
        hook = super().before_start  # type: ignore[misc]
        return hook(task_id, args, kwargs) if run is None else run.guard(hook, task_id, args, kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the handler: as a run, as an ordinary task, or as a plain function."""
        request = self.request_stack.top
        if request is None or request.called_directly or request.__dict__.get("durable_entered"):
            with present(_plain_context(self.name), self.durable_function):
                return super().__call__(*args, **kwargs)  # type: ignore[misc]
        request.durable_entered = True
        request._protected = 1  # Celery's own mark of the same thing
        run = _current_run(self)
        if run is not None:
            return run.call(self._durable_body, args, kwargs)
        with present(_plain_context(self.name, self), self.durable_function):
            return self._durable_body(*args, **kwargs)

    def _durable_body(self, *args: Any, **kwargs: Any) -> Any:
        """The base's own ``__call__`` where it has one; Celery's would push a second request in an eager run."""
        for each in type(self).__mro__:
            if each is Task:
                break
            if each is not DurableJobTask and "__call__" in each.__dict__:
                return super().__call__(*args, **kwargs)  # type: ignore[misc]
        return self.run(*args, **kwargs)

    def retry(
        self,
        args: Any = None,
        kwargs: Any = None,
        exc: Any = None,
        throw: bool = True,
        eta: Any = None,
        countdown: Any = None,
        max_retries: int | None = None,
        **options: Any,
    ) -> Any:
        """Celery's ``retry``. In a run the same job waits and is run again: no further message is sent.

        :raises Retry: to leave the handler (unless ``throw`` is False).
        :raises InvalidArgumentsError: in a run: other arguments or options, which a job can't take while it runs.
        """
        run = _current_run(self)
        if run is None:
            return super().retry(  # type: ignore[misc]
                args, kwargs, exc, throw, eta, countdown, max_retries, **options
            )
        raised = run.context._raised
        if raised is not None and exc is raised:
            # Celery's autoretry: the handler has been left already, and its policy judges that.
            _raise(raised)
        given = [name for name, value in (("args", args), ("kwargs", kwargs), *options.items()) if value is not None]
        if given:
            raise InvalidArgumentsError(
                f"self.retry({', '.join(given)}=…): a durable job keeps its arguments, its queue and its options; "
                "only exc, eta, countdown, max_retries and throw can be given",
                argument=given[0],
            )
        limit = self.max_retries if max_retries is None else max_retries
        if limit is not None and run.context.failures >= limit:
            self._give_up(run, exc)
        when = eta or (self.default_retry_delay if countdown is None else countdown)
        return run.ask_retry(Retry(exc=exc, when=when), throw=throw)

    def _give_up(self, run: Run, exc: Any) -> NoReturn:
        error = exc() if isinstance(exc, type) else exc
        if error is None:
            error = MaxRetriesExceededError(f"Can't retry {self.name}[{run.job_id}]: {run.context.failures} failures")
        run.given_up = error
        _raise(error)


# Who only schedules imports none of what a run needs.


def _current_run(task: Any) -> Run | None:
    from celery_durable_jobs.worker.run import current_run

    return current_run(task)


def _plain_context(handler: str, task: Any = None) -> JobContext:
    from celery_durable_jobs.worker.plain import plain_context

    return plain_context(handler, task)


def _raise(exc: BaseException) -> NoReturn:
    """Raise with the exception that is handled as its cause, as Celery does."""
    present_one = sys.exc_info()[1]
    if present_one is None or present_one is exc:
        raise exc
    raise exc from present_one
