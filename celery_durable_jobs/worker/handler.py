"""``@durable_job_handler``: declares the function that a job runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar, overload

from celery import _state
from celery.app.base import USING_EXECV
from celery.local import PromiseProxy, Proxy

from celery_durable_jobs._current import current_extension
from celery_durable_jobs.errors import NoAppError, NotAHandlerError
from celery_durable_jobs.worker.binding import bind_context
from celery_durable_jobs.worker.context import JobContext
from celery_durable_jobs.worker.declared import checked
from celery_durable_jobs.worker.policy import refuse_both
from celery_durable_jobs.worker.task import DurableJobTask

P = ParamSpec("P")
R = TypeVar("R", covariant=True)

ROUTE_OPTIONS = ("queue", "priority", "exchange", "exchange_type", "routing_key", "delivery_mode")
"""Celery 5.7 warns of these on a task class; an instance may have them."""


class Handler(Protocol[P, R]):
    """A handler: Celery's task, whose calls take the function's arguments without its context."""

    name: str

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run it here and now as a plain function, with a context that says so."""

    def s(self, *args: P.args, **kwargs: P.kwargs) -> Any:
        """Its signature, for ``schedule_job.apply`` or a canvas."""

    def si(self, *args: P.args, **kwargs: P.kwargs) -> Any:
        """Its immutable signature."""

    def delay(self, *args: P.args, **kwargs: P.kwargs) -> Any:
        """Call it as an ordinary task."""

    def signature(self, args: Any = None, *starargs: Any, **options: Any) -> Any:
        """Its signature, with options."""

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        """Call it as an ordinary task, with options."""

    def apply(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        """Run it here and now as an ordinary task, with a result."""


class _Decorate(Protocol):
    def __call__(self, fun: Callable[Concatenate[JobContext, P], R], /) -> Handler[P, R]: ...


class _DecorateBound(Protocol):
    def __call__(self, fun: Callable[Concatenate[Any, JobContext, P], R], /) -> Handler[P, R]: ...


@overload
def durable_job_handler(fun: Callable[Concatenate[JobContext, P], R], /, *, app: Any = None) -> Handler[P, R]: ...


@overload
def durable_job_handler(*, bind: Literal[True], app: Any = None, **options: Any) -> _DecorateBound: ...


@overload
def durable_job_handler(*, bind: Literal[False] = False, app: Any = None, **options: Any) -> _Decorate: ...


def durable_job_handler(fun: Any = None, /, *, app: Any = None, **options: Any) -> Any:
    """Declare a function as the handler of durable jobs; with or without arguments, or as ``@app.durable_job_handler``.

    The function's first parameter is its ``JobContext`` (the second one with ``bind=True``, after ``self``); callers
    leave it out. It may be an ``async def``. It is a Celery task as well, and takes all of Celery's task options.
    Without an app it belongs to every app, as with ``shared_task``.

    :param should_retry: ``(context, exception) -> datetime | timedelta | seconds | None`` (or its import path): when to
        run it again, None: not again. Instead of Celery's ``max_retries`` (3), ``retry_backoff`` (2 s),
        ``retry_backoff_max`` (600 s), ``retry_jitter`` (± 10 %), ``autoretry_for`` (everything),
        ``dont_autoretry_for``, ``default_retry_delay``.
    :param aliases: names that it had before: jobs stored under them are run too.
    :param batch: 2 to 1,000: so many jobs that are due together may travel in one Celery message, and run one after the
        other; for small handlers. Not beside time limits and ``rate_limit``.
    :param run_lease: seconds or a timedelta that a run of it lives without a heartbeat (``durable_jobs_run_lease``).
    :raises NotAHandlerError: no function, a generator, or one without a context parameter.
    :raises HandlerOptionError: an option is out of range; here, not in a worker.
    :raises UnknownOptionError: an option looks like a misspelling of one that exists. Any other becomes an attribute
        of the task, as in Celery.
    :raises ConfigurationError: options that contradict each other.
    """
    if fun is not None:
        return _declare(fun, app, options)
    return lambda function: _declare(function, app, options)


def _declare(fun: Any, app: Any, options: dict[str, Any]) -> Any:
    if isinstance(fun, Proxy) or getattr(fun, "durable_job_handler", False):
        raise NotAHandlerError("durable_job_handler was applied to a task; it is applied once, to a function")
    shared, lazy = options.pop("shared", True), options.pop("lazy", True)
    declaration = _Declaration(fun, options, app)
    if app is None or USING_EXECV:
        _state.connect_on_app_finalize(declaration.make)
        for each in list(_state._get_active_apps()):
            if each.finalized:
                with each._finalize_mutex:
                    declaration.make(each)
        return Proxy(declaration.find)
    if shared:
        _state.connect_on_app_finalize(declaration.make)
    if not lazy or app.finalized:
        return declaration.make(app)
    proxy = PromiseProxy(declaration.make, (app,), __doc__=fun.__doc__)
    app._pending.append(proxy)
    return proxy


class _Declaration:
    """A function and its options, from which each app gets a task of its own."""

    def __init__(self, fun: Any, options: dict[str, Any], app: Any) -> None:
        self._function = bind_context(fun, bound=bool(options.get("bind")))
        self._options = checked(options, getattr(fun, "__qualname__", fun.__name__), app)
        should_retry = self._options.pop("should_retry", None)
        refuse_both(self._options, should_retry)
        self._aliases: tuple[str, ...] = self._options.pop("aliases", None) or ()
        self._route = {name: self._options.pop(name) for name in ROUTE_OPTIONS if name in self._options}
        self._options |= {
            "durable_should_retry": staticmethod(should_retry) if callable(should_retry) else should_retry,
            "durable_run_lease": self._options.pop("run_lease", None),
            "durable_batch": self._options.pop("batch", None),
            "durable_aliases": self._aliases,
            "durable_queue": self._route.get("queue"),
            "durable_priority": self._route.get("priority"),
            "durable_function": staticmethod(self._function),
        }

    def make(self, app: Any) -> Any:
        """The task of an app, and those of its aliases; the same when asked again."""
        options = dict(self._options)
        base = options.pop("base", None) or app.Task
        if not issubclass(base, DurableJobTask):
            base = type(base.__name__, (DurableJobTask, base), {"abstract": True, "__module__": base.__module__})
        task = self._task(app, base, options)
        for alias in self._aliases:
            self._task(app, base, {**options, "name": alias})
        return task

    def _task(self, app: Any, base: type, options: dict[str, Any]) -> Any:
        task = app._task_from_fun(self._function, base=base, **options)
        for name, value in self._route.items():
            setattr(task, name, value)
        return task

    def find(self) -> Any:
        """The task of the app that a call here belongs to."""
        try:
            app = current_extension().app
        except NoAppError:
            app = _state.get_current_app()
        name = self._options.get("name") or app.gen_task_name(self._function.__name__, self._function.__module__)
        return (app.__dict__.get("tasks") or app.tasks)[name]
