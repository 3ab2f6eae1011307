"""What can be done with a job that is stored: each verb once, for both ways to call it (see ``calls.py``)."""

from __future__ import annotations

import functools
import os
import time
from typing import Any

from celery_durable_jobs import _current
from celery_durable_jobs.client import times, validate
from celery_durable_jobs.client.added import no_keeper
from celery_durable_jobs.client.calls import Do, Many, Pause, Steps
from celery_durable_jobs.errors import (
    DuplicateKeyError,
    InvalidJobIdError,
    InvalidLabelError,
    InvalidTimeError,
    JobNotFoundError,
    JobTimeoutError,
    StoreError,
)
from celery_durable_jobs.jobs import CancelOutcome, DurableJob, JobState
from celery_durable_jobs.messages.results import forget_result, results_kept, store_ended
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.when import NOW, SECOND, When, from_us
from celery_durable_jobs.steps import (
    UNSET,
    Cancel,
    CancelAnswer,
    Change,
    ChangeAnswer,
    ChangeOutcome,
    Forget,
    ForgetOutcome,
    Get,
    Keepers,
    KeyRef,
    Replay,
    ReplayOutcome,
    Request,
    Resume,
)
from celery_durable_jobs.steps import Pause as PauseQueue

FIRST_LOOK, LAST_LOOK = 0.02, 0.5
"""Seconds between the looks of a ``join``: the first, and what it grows to."""

UNKNOWN = "never stored, forgotten, or ended longer ago than durable_jobs_keep_ended"
"""Why a job may not be known."""


def call_id() -> bytes:
    """The identity of one call: however often it arrives, it is done once."""
    return os.urandom(16)


def reference(extension: Any, job: Any, key: Any, target: Any) -> str | KeyRef:
    """A job by its id (or itself), or by its key.

    :raises InvalidJobIdError: neither, both, or no id.
    :raises InvalidLabelError: no key or target.
    """
    settings = extension.settings
    if key is None and target is None:
        return validate.job_id(job, namespace=settings.namespace, stripes=settings.shard_stripes)
    if job is not None:
        raise InvalidJobIdError("either a job id, or key= (with its target=), not both", argument="job", value=job)
    label = validate.label("key", key)
    if label is None:
        raise InvalidLabelError("target= goes with key=: a target may have many jobs", argument="key")
    return KeyRef(label, validate.label("target", target))


def get(extension: Any, job: str | KeyRef) -> Steps[DurableJob | None]:
    """The job, or None."""
    record: JobRecord | None = yield Get(job)
    return None if record is None else DurableJob.from_record(record, None, extension.settings.namespace)


def cancel(extension: Any, job: str | KeyRef) -> Steps[CancelOutcome]:
    """Cancel, and tell the result backend of one that ended by it."""
    answer: CancelAnswer = yield Cancel(job, call_id())
    if answer.job is not None and results_kept(extension.app):
        yield Do(functools.partial(tell_cancelled, extension, [answer.job]))
    return answer.outcome


def tell_cancelled(extension: Any, jobs: list[JobRecord]) -> None:
    """Write REVOKED, so that nobody waits for the result of these."""
    for job in jobs:
        store_ended(extension.app, job.id, job.handler, JobState.CANCELLED, job.error)


def reschedule(extension: Any, job: str, due: When, expires: Any) -> Steps[DurableJob | None]:
    """Another due time."""
    answer: ChangeAnswer = yield Change(job, call_id(), due=due, expires=expires)
    return _changed(extension, answer)


def update(extension: Any, job: str, args: Any, kwargs: Any, metadata: Any, expires: Any) -> Steps[DurableJob | None]:
    """Other arguments, metadata or ``expires``. Arguments that aren't given are read first, and stay."""
    content = None
    if args is not UNSET or kwargs is not UNSET:
        record: JobRecord | None = yield Get(job)
        if record is None or record.content is None or record.state is JobState.DEAD:
            return None
        limit = extension.settings.max_payload
        from celery_durable_jobs.client.rewrite import with_arguments  # Celery's messages with it

        content = with_arguments(extension.app, record.handler, record.content, args, kwargs, limit=limit)
    answer: ChangeAnswer = yield Change(job, call_id(), content=content, metadata=metadata, expires=expires)
    return _changed(extension, answer)


def _changed(extension: Any, answer: ChangeAnswer) -> DurableJob | None:
    if answer.outcome is ChangeOutcome.PAST_EXPIRES:
        job = answer.job
        until = from_us(job.expires_us).isoformat() if job is not None and job.expires_us is not None else None
        raise InvalidTimeError(
            f"the due time lies past the job's expires{f' ({until})' if until else ''}: give a later expires=",
            argument="expires",
            limit=until,
        )
    if answer.outcome is not ChangeOutcome.CHANGED or answer.job is None:
        return None
    return DurableJob.from_record(answer.job, None, extension.settings.namespace)


def replay(extension: Any, job: str, due: When | None, expires: When | None) -> Steps[DurableJob | None]:
    """Another life for a dead letter; its stored FAILURE goes."""
    answer = yield Replay(job, call_id(), due=due or NOW, expires=expires)
    if answer.outcome is ReplayOutcome.KEY_TAKEN:
        record: JobRecord | None = yield Get(job)
        key = (record.key if record is not None else None) or ""
        raise DuplicateKeyError(
            f"another job ({answer.holder}) has taken the key {key!r} of {job}",
            key=key,
            target=record.target if record is not None else None,
            job_id=answer.holder,
        )
    if answer.outcome is not ReplayOutcome.REPLAYED or answer.job is None:
        return None
    if results_kept(extension.app):
        yield Do(functools.partial(forget_results, extension, [job]))
    return DurableJob.from_record(answer.job, None, extension.settings.namespace)


def forget(extension: Any, job: str) -> Steps[bool]:
    """No trace but id and outcome; a stored result goes as well."""
    outcome: ForgetOutcome = yield Forget(job, call_id())
    if outcome is ForgetOutcome.FORGOTTEN and results_kept(extension.app):
        yield Do(functools.partial(forget_results, extension, [job]))
    return outcome is ForgetOutcome.FORGOTTEN


def forget_results(extension: Any, jobs: list[str]) -> None:
    """Remove the stored results of these jobs."""
    for job in jobs:
        forget_result(extension.app, job)


def join(extension: Any, job: str, timeout: float | None) -> Steps[JobState]:
    """Look until it has ended."""
    start = time.monotonic()
    pause, state = FIRST_LOOK, None
    while True:
        record: JobRecord | None = yield Get(job)
        if record is None:
            raise JobNotFoundError(f"no job {job}: {UNKNOWN}")
        state = record.state
        if state.ended:
            return state
        if _current.is_moved(extension):
            raise JobTimeoutError(
                f"job {job} is {state}, and time stands still here: time.move(…) runs what falls due, and no join "
                "is needed after it",
                state=state,
            )
        left = None if timeout is None else timeout - (time.monotonic() - start)
        if left is not None and left <= 0:
            trouble = _not_begun(extension, record) + (yield from _keeper_trouble(extension))
            raise JobTimeoutError(f"job {job} has not ended within {timeout:g} s; it is {state}{trouble}", state=state)
        yield Pause(pause if left is None else min(pause, left))
        pause = min(pause * 1.5, LAST_LOOK)


def _not_begun(extension: Any, record: JobRecord) -> str:
    """Of a job whose message nobody has taken: where it lies."""
    if record.state is not JobState.SENT:
        return ""
    queue = (record.route.queue if record.route is not None else None) or extension.app.conf.task_default_queue
    late = max(0.0, (times.now_us() - record.due_us) / SECOND)
    return f", due {late:.0f} s ago and not begun: does a worker consume the queue {queue!r}?"


def _keeper_trouble(extension: Any) -> Steps[str]:
    try:
        entries = yield Keepers()
    except StoreError:
        return ""
    return "" if any(entry.alive for entry in entries) else f"; {no_keeper(extension)}"


def pause_queue(extension: Any, queue: str, *, resume: bool) -> Steps[bool]:
    """Pause or resume a queue in every stripe; whether that changed anything."""
    step = Resume if resume else PauseQueue
    requests: list[Request[Any]] = [step(queue, stripe, call_id()) for stripe in range(extension.stripes)]
    answers = yield Many(requests)
    return any(raised(answers))


def raised(answers: list[Any]) -> list[Any]:
    """The answers of ``Many``; the first failure among them is raised."""
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers


def expires_or_unset(extension: Any, expires: Any) -> Any:
    """An ``expires`` of a change: UNSET keeps it, None drops it."""
    return UNSET if expires is UNSET else times.expires_when(extension.app, expires, now=times.now_us())
