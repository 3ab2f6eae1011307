"""``durable_jobs``: find jobs and change them. A twin with an ``a`` in front awaits what the other blocks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from celery_durable_jobs import _current
from celery_durable_jobs._options import named_calls
from celery_durable_jobs.client import times, validate, verbs
from celery_durable_jobs.client.calls import Steps, arun, run
from celery_durable_jobs.errors import InvalidArgumentsError
from celery_durable_jobs.jobs import CancelOutcome, DurableJob, JobState, Moment
from celery_durable_jobs.model.when import NOW
from celery_durable_jobs.steps import UNSET
from celery_durable_jobs.steps.common import Unset

if TYPE_CHECKING:
    from celery_durable_jobs.client.selection import Selection
    from celery_durable_jobs.client.stats import JobStats

State = JobState | str


@named_calls
class JobsFace:
    """The verbs of an extension; ``DurableJobs`` has them, and ``durable_jobs`` for the current app's.

    Errors of every call: ``StoreUnavailableError`` within ``durable_jobs_store_timeout``, ``ConfigurationError``.
    A job is given by its id or as a ``DurableJob``.
    """

    @property
    def _extension(self) -> Any:
        return self

    # -- look -----------------------------------------------------------------------------------------------------

    def get(
        self, job: str | DurableJob | None = None, *, key: str | None = None, target: str | None = None
    ) -> DurableJob | None:
        """The job with this id, or the one that holds this key of this target now; None when there is none.

        :raises InvalidJobIdError: no id of a job of this namespace.
        """
        extension = self._extension
        return run(extension, verbs.get(extension, verbs.reference(extension, job, key, target)))

    async def aget(
        self, job: str | DurableJob | None = None, *, key: str | None = None, target: str | None = None
    ) -> DurableJob | None:
        """``get`` for asyncio."""
        extension = self._extension
        return await arun(extension, verbs.get(extension, verbs.reference(extension, job, key, target)))

    def find(
        self,
        *,
        target: str | None = None,
        name: str | None = None,
        handler: Any = None,
        state: State | Sequence[State] | None = None,
        due_before: datetime | str | None = None,
        ended_after: datetime | str | None = None,
    ) -> Selection:
        """Jobs by filters, all of which must hold; without ``state`` those that have not ended.

        ``ended_after`` without ``state``: those that have. A selection is read when it is iterated, also by
        ``async for``.

        :raises UnknownOptionError: a filter or state that doesn't exist.
        """
        given = {
            "target": target,
            "name": name,
            "handler": handler,
            "state": state,
            "due_before": due_before,
            "ended_after": ended_after,
        }
        from celery_durable_jobs.client.selection import Selection  # imported by those who look

        return Selection(self._extension, given)

    def afind(
        self,
        *,
        target: str | None = None,
        name: str | None = None,
        handler: Any = None,
        state: State | Sequence[State] | None = None,
        due_before: datetime | str | None = None,
        ended_after: datetime | str | None = None,
    ) -> Selection:
        """``find``, for ``async for job in durable_jobs.afind(…)``; nothing is awaited until it is iterated."""
        return self.find(
            target=target,
            name=name,
            handler=handler,
            state=state,
            due_before=due_before,
            ended_after=ended_after,
        )

    def stats(self) -> JobStats:
        """Counts by state, what each route has before it, and how many keepers are alive."""
        extension = self._extension
        return run(extension, _stats(extension))

    async def astats(self) -> JobStats:
        """``stats`` for asyncio."""
        extension = await self._opened()
        return await arun(extension, _stats(extension))

    def join(self, job: str | DurableJob, timeout: float | timedelta | None = None) -> JobState:
        """Wait until the job has ended: see ``DurableJob.join``."""
        extension = self._extension
        return run(extension, verbs.join(extension, _id(extension, job), times.seconds("timeout", timeout)))

    async def ajoin(self, job: str | DurableJob, timeout: float | timedelta | None = None) -> JobState:
        """``join`` for asyncio."""
        extension = self._extension
        return await arun(extension, verbs.join(extension, _id(extension, job), times.seconds("timeout", timeout)))

    # -- change ---------------------------------------------------------------------------------------------------

    def cancel(
        self, job: str | DurableJob | None = None, *, key: str | None = None, target: str | None = None
    ) -> CancelOutcome:
        """Want no further run of a job. True only for ``CANCELLED``: no run will begin.

        ``REQUESTED``: it is running, and was asked to stop. ``ENDED``: it had ended. ``NOT_FOUND``.

        :raises InvalidJobIdError: no id of a job of this namespace; None.
        """
        extension = self._extension
        return run(extension, verbs.cancel(extension, verbs.reference(extension, job, key, target)))

    async def acancel(
        self, job: str | DurableJob | None = None, *, key: str | None = None, target: str | None = None
    ) -> CancelOutcome:
        """``cancel`` for asyncio."""
        extension = self._extension
        return await arun(extension, verbs.cancel(extension, verbs.reference(extension, job, key, target)))

    def reschedule(
        self,
        job: str | DurableJob,
        *,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        expires: Moment | Unset | None = UNSET,
    ) -> DurableJob | None:
        """Give a job another due time: see ``DurableJob.reschedule``."""
        extension = self._extension
        return run(extension, _reschedule(extension, job, eta, countdown, expires))

    async def areschedule(
        self,
        job: str | DurableJob,
        *,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        expires: Moment | Unset | None = UNSET,
    ) -> DurableJob | None:
        """``reschedule`` for asyncio."""
        extension = self._extension
        return await arun(extension, _reschedule(extension, job, eta, countdown, expires))

    def update(
        self,
        job: str | DurableJob,
        *,
        args: Sequence[Any] | Unset = UNSET,
        kwargs: Mapping[str, Any] | Unset = UNSET,
        metadata: Mapping[str, str] | Unset | None = UNSET,
        expires: Moment | Unset | None = UNSET,
    ) -> DurableJob | None:
        """Give a job other arguments, metadata or ``expires``: see ``DurableJob.update``."""
        extension = self._extension
        return run(extension, _update(extension, job, args, kwargs, metadata, expires))

    async def aupdate(
        self,
        job: str | DurableJob,
        *,
        args: Sequence[Any] | Unset = UNSET,
        kwargs: Mapping[str, Any] | Unset = UNSET,
        metadata: Mapping[str, str] | Unset | None = UNSET,
        expires: Moment | Unset | None = UNSET,
    ) -> DurableJob | None:
        """``update`` for asyncio."""
        extension = self._extension
        return await arun(extension, _update(extension, job, args, kwargs, metadata, expires))

    def replay(
        self,
        job: str | DurableJob,
        *,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        expires: Moment | None = None,
    ) -> DurableJob | None:
        """Give a dead letter another life: see ``DurableJob.replay``."""
        extension = self._extension
        return run(extension, _replay(extension, job, eta, countdown, expires))

    async def areplay(
        self,
        job: str | DurableJob,
        *,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        expires: Moment | None = None,
    ) -> DurableJob | None:
        """``replay`` for asyncio."""
        extension = self._extension
        return await arun(extension, _replay(extension, job, eta, countdown, expires))

    def forget(self, job: str | DurableJob) -> bool:
        """Remove every trace of a job that has ended but id and outcome: see ``DurableJob.forget``."""
        extension = self._extension
        return run(extension, verbs.forget(extension, _id(extension, job)))

    async def aforget(self, job: str | DurableJob) -> bool:
        """``forget`` for asyncio."""
        extension = self._extension
        return await arun(extension, verbs.forget(extension, _id(extension, job)))

    # -- queues -----------------------------------------------------------------------------------------------------

    def pause(self, queue: str) -> bool:
        """Hand over no more jobs to a queue; what it has been given runs. Answers whether that changed anything."""
        extension = self._extension
        return run(extension, verbs.pause_queue(extension, validate.queue_name(queue), resume=False))

    async def apause(self, queue: str) -> bool:
        """``pause`` for asyncio."""
        extension = await self._opened()
        return await arun(extension, verbs.pause_queue(extension, validate.queue_name(queue), resume=False))

    def resume(self, queue: str) -> bool:
        """Go on after a pause, the oldest first. Answers whether that changed anything."""
        extension = self._extension
        return run(extension, verbs.pause_queue(extension, validate.queue_name(queue), resume=True))

    async def aresume(self, queue: str) -> bool:
        """``resume`` for asyncio."""
        extension = await self._opened()
        return await arun(extension, verbs.pause_queue(extension, validate.queue_name(queue), resume=True))

    async def _opened(self) -> Any:
        """The extension, its number of stripes read without blocking."""
        extension = self._extension
        await extension.aopen()
        return extension


class _CurrentDurableJobs(JobsFace):
    """``durable_jobs``: stands for the extension that a call here belongs to."""

    @property
    def _extension(self) -> Any:
        return _current.current_extension()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_current.current_extension(), name)

    def __repr__(self) -> str:
        return "<durable_jobs: those of the current app>"


durable_jobs = _CurrentDurableJobs()
"""The current app's ``DurableJobs``, as ``celery.current_app`` is the current app."""


def _stats(extension: Any) -> Steps[JobStats]:
    from celery_durable_jobs.client.stats import stats  # imported by those who ask

    return stats(extension)


def _id(extension: Any, job: Any) -> str:
    settings = extension.settings
    return validate.job_id(job, namespace=settings.namespace, stripes=settings.shard_stripes)


def _reschedule(extension: Any, job: Any, eta: Any, countdown: Any, expires: Any) -> Steps[DurableJob | None]:
    now = times.now_us()
    due = times.due_when(extension.app, eta, countdown, now=now)
    until = verbs.expires_or_unset(extension, expires)
    if until is not UNSET:
        times.refuse_expired(due, until, now=now)
    return verbs.reschedule(extension, _id(extension, job), due, until)


def _update(extension: Any, job: Any, args: Any, kwargs: Any, metadata: Any, expires: Any) -> Steps[DurableJob | None]:
    if all(value is UNSET for value in (args, kwargs, metadata, expires)):
        raise InvalidArgumentsError("update what? Give args=, kwargs=, metadata= or expires=", argument="args")
    if metadata is not UNSET:
        settings = extension.settings
        metadata = validate.metadata(
            metadata, most_entries=settings.max_metadata_entries, most_bytes=settings.max_metadata_size
        )
    until = verbs.expires_or_unset(extension, expires)
    return verbs.update(extension, _id(extension, job), args, kwargs, metadata, until)


def _replay(extension: Any, job: Any, eta: Any, countdown: Any, expires: Any) -> Steps[DurableJob | None]:
    now = times.now_us()
    due = times.due_if_given(extension.app, eta, countdown, now=now)
    until = times.expires_when(extension.app, expires, now=now)
    times.refuse_expired(due or NOW, until, now=now)
    return verbs.replay(extension, _id(extension, job), due, until)
