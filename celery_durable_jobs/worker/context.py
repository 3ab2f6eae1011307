"""What a handler is given: its job, which run this is, and whether it should stop."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any

from celery_durable_jobs.errors import RunStopped
from celery_durable_jobs.worker.shutdown import StopReason

if TYPE_CHECKING:
    from celery_durable_jobs.jobs import DurableJob

_current: ContextVar[JobContext | None] = ContextVar("celery_durable_jobs_context", default=None)


class JobContext:
    """One run of a handler. Valid while the handler runs; fields don't change in that time.

    ``durable``: False for ``.delay()``, a canvas and a direct call: Celery's ordinary task, which no store follows.
    ``run_id``: the same through all polls of one attempt. ``attempt``: 1 on the first run, each that isn't a poll
    counts. ``failures``: runs that failed before this one, what the retry policy goes by. ``lost_runs``: runs whose
    worker vanished. ``previous_error``: the text of the last error, or None. ``deadline``: when the handler's time
    limit is over (aware, UTC), or None: a pool without time limits of its own leaves keeping it to the handler.
    """

    def __init__(
        self,
        job: Callable[[], DurableJob],
        *,
        durable: bool,
        run_id: str,
        attempt: int = 1,
        failures: int = 0,
        lost_runs: int = 0,
        previous_error: str | None = None,
        deadline: datetime | None = None,
        stopping: Callable[[], StopReason | None],
    ) -> None:
        self.durable = durable
        self.run_id = run_id
        self.attempt = attempt
        self.failures = failures
        self.lost_runs = lost_runs
        self.previous_error = previous_error
        self.deadline = deadline
        self._make_job = job
        self._job: DurableJob | None = None
        self._stopping = stopping
        self._handler: Any = None
        self._raised: BaseException | None = None

    @property
    def job(self) -> DurableJob:
        """The job, as it was when the run began."""
        if self._job is None:
            self._job = self._make_job()
        return self._job

    def should_stop(self) -> bool:
        """Whether the handler should leave soon: a cancel was requested, the run was taken over, the worker stops.

        Costs next to nothing; it knows of a cancel within about a second. A handler that returns has succeeded all
        the same; one that leaves by ``raise_if_stopping()`` lets the library decide.
        """
        return self._stopping() is not None

    def raise_if_stopping(self) -> None:
        """Leave the handler where it should stop.

        Then a cancelled job ends, one whose worker stops waits for another worker and nothing is counted, and of one
        that was taken over nothing is written.

        :raises RunStopped: it should.
        """
        reason = self._stopping()
        if reason is not None:
            raise RunStopped(str(reason))

    @staticmethod
    def current() -> JobContext:
        """The context of the handler that runs here, for code below it.

        Of a durable run it is there from ``task_prerun`` to ``task_postrun``: for receivers of Celery's signals and the
        hooks of a base class too. Of a handler's ordinary call (``.delay()``) only while its function runs.

        It is kept in a context variable: asyncio tasks and greenlets of the handler have it, threads that it starts
        don't.

        :raises LookupError: no handler runs here.
        """
        present = _current.get()
        if present is None:
            raise LookupError("no durable job handler runs here")
        return present

    def __repr__(self) -> str:
        kind = "durable" if self.durable else "not durable"
        return f"<JobContext {kind} run {self.run_id} attempt {self.attempt}>"


class present:
    """Make ``context`` the current one, for a call of ``handler`` (the wrapped function; None: for what is around)."""

    __slots__ = ("_around", "_context", "_handler", "_token")

    def __init__(self, context: JobContext, handler: Any) -> None:
        self._context = context
        self._handler = handler

    def __enter__(self) -> JobContext:
        context = self._context
        self._around, context._handler = context._handler, self._handler
        self._token = _current.set(context)
        return context

    def __exit__(self, *_: object) -> None:
        self._context._handler = self._around
        _current.reset(self._token)


def context_of(handler: Any) -> JobContext | None:
    """The current context, where it was made for a call of ``handler``."""
    context = _current.get()
    return context if context is not None and context._handler is handler else None
