"""``schedule_job``: make jobs."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from celery_durable_jobs._options import named_calls, refuse_unknown
from celery_durable_jobs.client.added import job_of, with_request
from celery_durable_jobs.client.calls import Steps, arun, run
from celery_durable_jobs.errors import StoreError, UnknownOptionError
from celery_durable_jobs.jobs import DurableJob, JobRequest, Moment

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from celery_durable_jobs.client.prepare import Prepared


class ApplyOptions(TypedDict, total=False):
    """The options of ``apply``: the fields of a ``JobRequest``, where they are explained. None is not given."""

    args: Sequence[Any] | None
    kwargs: Mapping[str, Any] | None
    eta: datetime | str | None
    countdown: float | timedelta | None
    name: str | None
    target: str | None
    metadata: Mapping[str, str] | None
    key: str | None
    on_conflict: Literal["return", "replace", "error"] | None
    key_until: Literal["started", "ended"] | None
    expires: Moment | None
    queue: Any
    routing_key: str | None
    exchange: Any
    priority: int | None
    headers: Mapping[str, Any] | None
    serializer: str | None


OPTIONS = tuple(name for name in JobRequest.__dataclass_fields__ if name not in ("handler", "seed"))
"""What ``apply`` takes beside the handler."""


_USAGE = "schedule_job.apply(handler, args=…, countdown=…), or apply_many, aapply, aapply_many"


@named_calls
class ScheduleJob:
    """Schedules for the app of each handler; made with an extension, for that one alone."""

    def __init__(self, extension: Any = None) -> None:
        self._extension = extension

    def apply(self, handler: Any, **options: Unpack[ApplyOptions]) -> DurableJob:
        """Store a job; once this returns, it survives the crash of every client, keeper, worker and broker.

        :param handler: a handler, a signature of one (``send.s(42)``: its arguments and ``.set(…)`` options, over
            which those here win), the name of one that lives elsewhere, or a ``JobRequest`` and nothing else.
        :param options: ``args, kwargs, eta | countdown, name, target, metadata, key, on_conflict, key_until, expires,
            queue, routing_key, exchange, priority, headers, serializer``, as in ``JobRequest``.
        :raises InvalidJobError: (its subclasses) something about it is wrong; nothing was stored.
        :raises DuplicateKeyError: the key names another job, and ``on_conflict`` is "error".
        :raises StoreUnavailableError: the store can't be reached; the error says whether the job may have been stored,
            and to apply its ``request`` again is safe.
        :raises StoreFullError: the store's server is full; nothing was stored.
        """
        prepared = self._prepared(handler, options)
        return run(prepared.extension, _add(prepared))

    async def aapply(self, handler: Any, **options: Unpack[ApplyOptions]) -> DurableJob:
        """``apply`` for asyncio."""
        prepared = self._prepared(handler, options)
        return await arun(prepared.extension, _add(prepared))

    def apply_many(self, requests: Iterable[JobRequest]) -> list[DurableJob]:
        """Store many jobs, one round trip per thousand (or megabyte), in the order given.

        Takes any iterable and reads it as it goes. Those that can't be stored keep none of the others from it.

        :raises BulkScheduleError: some were refused (it names each, with its error), or the store went away half-way
            (it tells which were stored, and of which it isn't known).
        """
        return run(self._extension, _add_many(requests, self._extension))

    async def aapply_many(self, requests: Iterable[JobRequest] | AsyncIterable[JobRequest]) -> list[DurableJob]:
        """``apply_many`` for asyncio; takes asynchronous iterables too."""
        return await arun(self._extension, _add_many(requests, self._extension))

    def _prepared(self, handler: Any, given: Mapping[str, Any]) -> Prepared:
        # Imported by the first call: only processes that schedule need what makes messages.
        from celery_durable_jobs.client.prepare import prepare

        refuse_unknown(given, OPTIONS, "apply")
        options = {name: value for name, value in given.items() if value is not None}
        if not issubclass(type(handler), JobRequest):  # isinstance would make a handler's proxy look for its task
            return prepare(JobRequest(handler, **options), self._extension)
        if options:
            raise UnknownOptionError(
                f"a JobRequest says all: make another one instead of giving {', '.join(options)}",
                argument=next(iter(options)),
            )
        return prepare(handler, self._extension)

    if not TYPE_CHECKING:  # a type checker is to refuse these names itself

        def __call__(self, *_: Any, **__: Any) -> None:
            raise UnknownOptionError(f"schedule_job is not called: {_USAGE}", argument="schedule_job")

        def __getattr__(self, name: str) -> Any:
            hint = f": {_USAGE}" if not name.startswith("_") else ""
            raise AttributeError(f"schedule_job has no {name!r}{hint}", name=name, obj=self)

    def __repr__(self) -> str:
        return f"<schedule_job of {self._extension!r}>" if self._extension is not None else "<schedule_job>"


def _add(prepared: Prepared) -> Steps[DurableJob]:
    try:
        answer = yield prepared.add
    except StoreError as error:
        raise with_request(error, prepared) from error
    return job_of(prepared, answer)


def _add_many(requests: Any, extension: Any) -> Steps[list[DurableJob]]:
    from celery_durable_jobs.client.bulk import apply_many, iterator_of

    return apply_many(iterator_of(requests), extension)


schedule_job = ScheduleJob()
"""Schedules a job for the app of its handler, else for the current one."""
