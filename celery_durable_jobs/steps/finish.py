"""finish: what a run came to."""

from __future__ import annotations

from enum import Enum

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps.common import Refused
from celery_durable_jobs.steps.request import Request


class FinishKind(str, Enum):
    """How a run finishes."""

    SUCCEED = "succeed"
    RETRY = "retry"
    """Waits until ``when``; failures + 1; ``error`` is kept as the previous error."""
    RESCHEDULE = "reschedule"
    """Waits until ``when``; attempt, failures, lost runs and points back to 0."""
    POLL = "poll"
    """Waits until ``when``; the next begin keeps run id and attempt."""
    STOP = "stop"
    """Its worker stops: waits from now, and nothing is counted."""
    DIE = "die"
    """The policy gave up: failures + 1, a dead letter with ``error``."""


@dataclass(frozen=True, slots=True)
class Finished:
    """``state`` that the job is in now, and its due time where it waits. ``job``: its record where it died."""

    state: JobState
    due_us: int | None = None
    job: JobRecord | None = None


@dataclass(frozen=True, slots=True)
class Finish(Request[Finished | Refused]):
    """End a run.

    By: worker. Guard: ``running``, delivery id; or this delivery id is the one of the last finish (or settle): the
    same answer, however late (without ``job``). Cancel requested: whatever would put it back ends it as cancelled
    instead. Past ``expires`` (also a ``when`` past it): what would put it back ends it as expired. What goes back
    takes its key again if it is free.
    """

    job_id: str
    delivery_id: str
    kind: FinishKind
    when: When | None = None
    error: str | None = None
