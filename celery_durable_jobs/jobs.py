"""A job as its owner sees it: the request that makes it, and the handle to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, fields, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from celery_durable_jobs import _current
from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs._options import named_calls, named_init
from celery_durable_jobs.errors import InvalidJobError
from celery_durable_jobs.model.identity import IDS, is_seed
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.model.when import from_us
from celery_durable_jobs.steps.common import UNSET, Unset

__all__ = ["CancelOutcome", "DurableJob", "JobRequest", "JobState", "Moment"]

Moment = datetime | timedelta | str | float
"""A time: an aware datetime, an ISO 8601 string, or from now on: a timedelta or seconds."""


_DRAWN: Any = object()
"""A request's seed where none is given."""


@named_init
@dataclass(frozen=True)
class JobRequest:
    """What is to be scheduled: the arguments of ``schedule_job.apply`` as a value.

    It has its identity from the start (``seed``, drawn when it is made): applied again, also after an error, also in
    another process, it is the very same call, and makes no second job for as long as ``durable_jobs_keep_ended``
    lasts. Two requests with the same content are two jobs.

    :param handler: a handler, a signature of one, or the name of one that lives in another project.
    :param args: positional arguments, instead of the signature's.
    :param kwargs: keyword arguments, instead of the signature's.
    :param eta: the due time: an aware datetime or an ISO 8601 string (naive: in the app's timezone).
    :param countdown: or: seconds or a timedelta from now, by the store's clock. 0 is now.
    :param name: a label, the handler's name by default; 255 characters at most, as target and key.
    :param target: what the job acts on ("order:42").
    :param metadata: ``str -> str``, told to the handler and shown everywhere.
    :param key: names the one job that waits under it, within its target.
    :param on_conflict: when the key names another job: "return" it, "replace" its content, or raise an "error".
    :param key_until: the key is free once a run has "started", or once the job has "ended".
    :param expires: the job ends instead of running after this: a datetime, an ISO string, or seconds or a timedelta
        from now, as in Celery; else the handler's own ``expires``.
    :param queue: and ``routing_key``, ``exchange``, ``priority``, ``headers``, ``serializer``: as in Celery.
    """

    handler: Any
    args: Sequence[Any] | None = None
    kwargs: Mapping[str, Any] | None = None
    eta: datetime | str | None = None
    countdown: float | timedelta | None = None
    name: str | None = None
    target: str | None = None
    metadata: Mapping[str, str] | None = None
    key: str | None = None
    on_conflict: str = "return"
    key_until: str = "started"
    expires: Moment | None = None
    queue: Any = None
    routing_key: str | None = None
    exchange: Any = None
    priority: int | None = None
    headers: Mapping[str, Any] | None = None
    serializer: str | None = None
    seed: str = field(default_factory=IDS.seed, repr=False)

    def __init__(
        self,
        handler: Any,
        args: Sequence[Any] | None = None,
        kwargs: Mapping[str, Any] | None = None,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        name: str | None = None,
        target: str | None = None,
        metadata: Mapping[str, str] | None = None,
        key: str | None = None,
        on_conflict: str = "return",
        key_until: str = "started",
        expires: Moment | None = None,
        queue: Any = None,
        routing_key: str | None = None,
        exchange: Any = None,
        priority: int | None = None,
        headers: Mapping[str, Any] | None = None,
        serializer: str | None = None,
        seed: str = _DRAWN,
    ) -> None:
        if seed is _DRAWN:
            seed = IDS.seed()
        elif not is_seed(seed):
            raise InvalidJobError(f"no seed of a request: {seed!r}", argument="seed", value=seed)
        # As a frozen dataclass's own, at a fifth of its cost: one is made for each job.
        # What the caller does to lists and dicts later must not change the request; what is neither is refused later.
        values = self.__dict__
        values["handler"] = handler
        values["args"] = args.copy() if type(args) is list else args
        values["kwargs"] = kwargs.copy() if type(kwargs) is dict else kwargs
        values["eta"] = eta
        values["countdown"] = countdown
        values["name"] = name
        values["target"] = target
        values["metadata"] = metadata.copy() if type(metadata) is dict else metadata
        values["key"] = key
        values["on_conflict"] = on_conflict
        values["key_until"] = key_until
        values["expires"] = expires
        values["queue"] = queue
        values["routing_key"] = routing_key
        values["exchange"] = exchange
        values["priority"] = priority
        values["headers"] = headers.copy() if type(headers) is dict else headers
        values["serializer"] = serializer
        values["seed"] = seed

    def __hash__(self) -> int:
        return hash(self.seed)


_new: Any = object.__new__
_set = object.__setattr__


def _plain(name: str) -> str:
    """A name as it is, or quoted where it would break a line of a log."""
    return name if name.isprintable() else repr(name)


def _line(error: str, limit: int = 80) -> str:
    """An error's first line: what was raised. A dead letter's traceback comes after it."""
    first = error.strip().partition("\n")[0]
    return first if len(first) <= limit else first[: limit - 3] + "..."


@named_calls
@dataclass(frozen=True)
class DurableJob:
    """A job as it was at the last look: the answer of ``apply``, ``get``, ``find`` and of the verbs below.

    Picklable, JSON-able by ``to_dict``/``from_dict``, comparable. The verbs find the app by the job's namespace.

    :ivar id: also the Celery task id.
    :ivar name: the label, or the handler's name.
    :ivar due_time: aware, UTC; of a job that waits for a retry: the retry's.
    :ivar shard_id: the shard it was born into.
    :ivar created: whether this call stored it: True from ``apply``; False when the key named one already; else None.
    :ivar state: and ``attempt`` (begins so far), ``error`` (text of the last one): as of this look.
    :ivar metadata: and ``target``, ``key``: None on a job that has ended, unless this handle knew them from before.
    """

    id: str
    name: str
    target: str | None
    due_time: datetime
    shard_id: str
    metadata: Mapping[str, str] | None
    handler: str
    key: str | None
    created: bool | None = field(compare=False)
    state: JobState
    attempt: int
    error: str | None
    namespace: str = field(default_factory=str)

    @classmethod
    def from_record(cls, record: JobRecord, created: bool | None = None, namespace: str = "") -> DurableJob:
        """The job of a store's record."""
        return cls(
            id=record.id,
            name=record.name or record.handler,
            target=record.target,
            due_time=from_us(record.due_us),
            shard_id=record.id[1:9],
            metadata=None if record.metadata is None else dict(record.metadata),
            handler=record.handler,
            key=record.key,
            created=created,
            state=record.state,
            attempt=record.attempt,
            error=record.error,
            namespace=namespace,
        )

    @classmethod
    def _light(cls, job_id: str, due_us: int, common: Mapping[str, Any]) -> DurableJob:
        """A job that makes what it is asked for: a list of a million is most of what scheduling them would cost.

        :param common: all other attributes, which many jobs share; nothing in it can be changed.
        """
        job: DurableJob = _new(cls)
        _set(job, "id", job_id)
        _set(job, "_due_us", due_us)
        _set(job, "_common", common)
        return job

    if not TYPE_CHECKING:  # a type checker knows the attributes

        def __getattr__(self, name: str) -> Any:
            common = self.__dict__.get("_common")
            if common is not None and not name.startswith("_"):
                if name == "due_time":
                    return from_us(self._due_us)
                if name == "shard_id":
                    return self.id[1:9]
                if name in common:
                    return common[name]
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)

    def __getstate__(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    # -- as data ------------------------------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """The job as JSON's own types."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        values["due_time"] = self.due_time.isoformat()
        values["state"] = self.state.value
        values["metadata"] = None if self.metadata is None else dict(self.metadata)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> DurableJob:
        """The inverse of ``to_dict``. Unknown entries (of a newer version) are left out.

        :raises InvalidJobError: this is no job's dictionary.
        """
        try:
            known = {each.name: values[each.name] for each in fields(cls) if each.name != "namespace"}
            known["namespace"] = values.get("namespace", "")
            known["due_time"] = datetime.fromisoformat(known["due_time"])
            known["state"] = JobState(known["state"])
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidJobError(f"no dictionary of a job: {error!r}", argument="values", value=values) from None
        return cls(**known)

    def __hash__(self) -> int:
        return hash((self.namespace, self.id))

    def __repr__(self) -> str:
        parts = [self.id, _plain(self.name)]
        if self.name != self.handler:
            parts.append(f"({_plain(self.handler)})")
        if self.target is not None:
            parts.append(f"target={self.target!r}")
        if self.key is not None:
            parts.append(f"key={self.key!r}")
        parts.append(f"due={self.due_time.isoformat()}")
        parts.append(str(self.state))
        if self.attempt:
            parts.append(f"attempt={self.attempt}")
        if self.error:
            parts.append(f"error={_line(self.error)!r}")
        return f"<DurableJob {' '.join(parts)}>"

    # -- verbs --------------------------------------------------------------------------------------------------------

    def cancel(self) -> CancelOutcome:
        """Want no further run. True only for ``CANCELLED``: no run will begin. A running job is asked to stop."""
        answer: CancelOutcome = self._jobs.cancel(self)
        return answer

    async def acancel(self) -> CancelOutcome:
        """``cancel`` for asyncio."""
        answer: CancelOutcome = await self._jobs.acancel(self)
        return answer

    def reschedule(
        self,
        *,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        expires: Moment | Unset | None = UNSET,
    ) -> DurableJob | None:
        """Give it another due time (``countdown=0`` is now), and another ``expires`` (None: none).

        Answers the job as it now is; None when it is running, has ended, or isn't known. (A dead letter has ended:
        ``replay`` gives it another life.)

        :raises InvalidTimeError: no usable time, or one past its ``expires``.
        """
        answer: DurableJob | None = self._jobs.reschedule(self, eta=eta, countdown=countdown, expires=expires)
        return answer

    async def areschedule(
        self,
        *,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        expires: Moment | Unset | None = UNSET,
    ) -> DurableJob | None:
        """``reschedule`` for asyncio."""
        answer: DurableJob | None = await self._jobs.areschedule(self, eta=eta, countdown=countdown, expires=expires)
        return answer

    def update(
        self,
        *,
        args: Sequence[Any] | Unset = UNSET,
        kwargs: Mapping[str, Any] | Unset = UNSET,
        metadata: Mapping[str, str] | Unset | None = UNSET,
        expires: Moment | Unset | None = UNSET,
    ) -> DurableJob | None:
        """Give it other arguments, metadata or ``expires``; what isn't given stays.

        Answers the job as it now is; None when it is running, has ended, or isn't known.
        """
        answer: DurableJob | None = self._jobs.update(
            self, args=args, kwargs=kwargs, metadata=metadata, expires=expires
        )
        return answer

    async def aupdate(
        self,
        *,
        args: Sequence[Any] | Unset = UNSET,
        kwargs: Mapping[str, Any] | Unset = UNSET,
        metadata: Mapping[str, str] | Unset | None = UNSET,
        expires: Moment | Unset | None = UNSET,
    ) -> DurableJob | None:
        """``update`` for asyncio."""
        answer: DurableJob | None = await self._jobs.aupdate(
            self, args=args, kwargs=kwargs, metadata=metadata, expires=expires
        )
        return answer

    def replay(
        self,
        *,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        expires: Moment | None = None,
    ) -> DurableJob | None:
        """Give a dead letter another life: due now, or then; counts back to 0, ``expires`` dropped or given anew.

        Answers the job as it now is; None when it isn't dead, or isn't known.

        :raises DuplicateKeyError: another job has taken its key.
        """
        answer: DurableJob | None = self._jobs.replay(self, eta=eta, countdown=countdown, expires=expires)
        return answer

    async def areplay(
        self,
        *,
        eta: datetime | str | None = None,
        countdown: float | timedelta | None = None,
        expires: Moment | None = None,
    ) -> DurableJob | None:
        """``replay`` for asyncio."""
        answer: DurableJob | None = await self._jobs.areplay(self, eta=eta, countdown=countdown, expires=expires)
        return answer

    def forget(self) -> bool:
        """Remove every trace of it but id and outcome. False when it hasn't ended, or isn't known."""
        answer: bool = self._jobs.forget(self)
        return answer

    async def aforget(self) -> bool:
        """``forget`` for asyncio."""
        answer: bool = await self._jobs.aforget(self)
        return answer

    def refresh(self) -> DurableJob | None:
        """The job as it is now; None when it isn't known any more."""
        return self._looked(self._jobs.get(self.id))

    async def arefresh(self) -> DurableJob | None:
        """``refresh`` for asyncio."""
        return self._looked(await self._jobs.aget(self.id))

    def join(self, timeout: float | timedelta | None = None) -> JobState:
        """Wait until it has ended, and answer how. Needs no result backend.

        :raises JobTimeoutError: after ``timeout`` seconds; says so where no keeper is alive.
        :raises JobNotFoundError: it isn't known (any more).
        """
        answer: JobState = self._jobs.join(self, timeout)
        return answer

    async def ajoin(self, timeout: float | timedelta | None = None) -> JobState:
        """``join`` for asyncio."""
        answer: JobState = await self._jobs.ajoin(self, timeout)
        return answer

    @property
    def _jobs(self) -> Any:
        if not self.namespace:
            return _current.current_extension()
        return _current.extension_for_namespace(self.namespace)

    def _looked(self, now: DurableJob | None) -> DurableJob | None:
        if now is None:
            return None
        known = {"created": self.created}
        if now.state.ended:  # a store keeps little of an ended job; what this handle knew is still true
            known |= {name: getattr(self, name) for name in ("target", "metadata", "key") if getattr(now, name) is None}
        return replace(now, **known)  # type: ignore[arg-type]
