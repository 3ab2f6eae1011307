"""From the answer to an add to what its caller gets: a job, or an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from celery_durable_jobs.client.once import warn_once
from celery_durable_jobs.errors import (
    DuplicateJobIdError,
    DuplicateKeyError,
    StoreError,
    StoreNotDurableError,
    StoreUnavailableError,
)
from celery_durable_jobs.jobs import DurableJob, JobRequest, JobState
from celery_durable_jobs.model.when import from_us
from celery_durable_jobs.observability.command import keeper_command
from celery_durable_jobs.steps import Added, AddOutcome

if TYPE_CHECKING:
    from celery_durable_jobs.client.prepare import Prepared

_DOUBT = "_doubt"
"""Set on a request (no field of it) of which it isn't known whether it was stored."""


def job_of(prepared: Prepared, answer: Added) -> DurableJob:
    """The job that an add stored, met or replaced.

    :raises DuplicateKeyError: the key names another job.
    :raises DuplicateJobIdError: another request was stored under this id.
    """
    extension, add, holder = prepared.extension, prepared.add, answer.holder
    namespace = extension.settings.namespace
    if not answer.keeper_alive and not extension._start_local():
        warn_of_no_keeper(extension)
    if answer.outcome is AddOutcome.KEY_TAKEN:
        assert add.key is not None
        raise DuplicateKeyError(
            f"the key {add.key!r}{f' of target {add.target!r}' if add.target is not None else ''} names another job"
            f"{_why(prepared, answer)}",
            key=add.key,
            target=add.target,
            job_id=holder.id if holder is not None else None,
        )
    if answer.outcome is AddOutcome.ID_TAKEN:
        raise DuplicateJobIdError(
            f"another request was stored under the id {add.job_id}: a request that was sent must not be changed; "
            "make a new one"
        )
    if holder is not None and answer.outcome in (AddOutcome.RETURNED, AddOutcome.REPLACED):
        return DurableJob.from_record(holder, False, namespace)
    due_us = answer.due_us if answer.due_us is not None else prepared.due_us
    if prepared.common is not None and answer.state is JobState.WAITING:
        return DurableJob._light(add.job_id, due_us, prepared.common)
    return DurableJob(
        id=add.job_id,
        name=add.name or add.handler,
        target=add.target,
        due_time=from_us(due_us),
        shard_id=add.job_id[1:9],
        metadata=None if add.metadata is None else dict(add.metadata),
        handler=add.handler,
        key=add.key,
        created=True,
        state=answer.state,
        attempt=0,
        error=None,
        namespace=namespace,
    )


def _why(prepared: Prepared, answer: Added) -> str:
    holder = answer.holder
    if holder is None:
        return ""
    said = f": {holder.id}, which is {holder.state}"
    if prepared.add.on_conflict == "replace":
        said += " (only a job of the same handler and route that isn't running can be replaced)"
    return said


def in_doubt(request: JobRequest) -> bool:
    """Whether a call of this request or an earlier one may have stored it."""
    return bool(getattr(request, _DOUBT, False))


def with_request(error: StoreError, prepared: Prepared) -> StoreError:
    """The store's error as the caller gets it: it carries the ``JobRequest``, and says whether it may be stored.

    A request stays in doubt once it was: a later call that surely did nothing doesn't undo the one before.
    """
    request = prepared.request
    maybe = isinstance(error, StoreUnavailableError) and error.maybe_done
    if maybe:
        object.__setattr__(request, _DOUBT, True)
    maybe = in_doubt(request)
    again = "(apply this error's request again)"
    stored = f"may have been stored, or not {again}" if maybe else "was not stored"
    if isinstance(error, StoreNotDurableError):
        stored = f"is stored, and not yet safe {again}"
    message = f"{prepared.add.handler} ({prepared.add.job_id}) {stored}: {error}"
    if isinstance(error, StoreUnavailableError):
        return type(error)(message, request=request, maybe_done=maybe)
    return type(error)(message, request=request)


def warn_of_no_keeper(extension: Any) -> None:
    """Say once a process that nothing dispatches this app's jobs, and what mends it."""
    warn_once(("no keeper", extension.settings.namespace), lambda: no_keeper(extension))


def no_keeper(extension: Any) -> str:
    """A sentence with the command that mends it."""
    return f"no keeper is alive, and jobs that fall due wait until one runs: `{keeper_command(extension.app)}`"
