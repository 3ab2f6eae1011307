"""add: a client stores a job."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps.request import Request


class AddOutcome(str, Enum):
    """What became of an add."""

    STORED = "stored"
    RETURNED = "returned"
    """``on_conflict="return"``: the key names another job, which is ``Added.holder``."""
    REPLACED = "replaced"
    """``on_conflict="replace"``: that job took the new time, arguments, metadata and ``expires``."""
    KEY_TAKEN = "key_taken"
    """``"error"``, or a replace of a running job, another handler or another route."""
    ID_TAKEN = "id_taken"
    """Another request was stored under this id."""


@dataclass(frozen=True, slots=True)
class Added:
    """``state`` and ``due_us`` are the job's as of now (``due_us`` None once it has ended); ``holder`` is the job that
    the key names (``RETURNED``, ``REPLACED``, ``KEY_TAKEN``). ``keeper_alive``: some keeper looked within a lease ttl.
    """

    outcome: AddOutcome
    state: JobState = JobState.WAITING
    due_us: int | None = None
    holder: JobRecord | None = None
    keeper_alive: bool = True


@dataclass(frozen=True, slots=True)
class Add(Request[Added]):
    """Store a job: record, key, line, registry, wake-up, in one step.

    By: client. Guard: the id is neither stored nor ended. The same request again (same id, same digest) gets the same
    outcome, for as long as the job lives and ``keep_ended`` after; another digest under that id is ``ID_TAKEN``. An
    add that met its key keeps its outcome under its id for the retry horizon. A key's holder that is waiting, claimed
    or sent and past its ``expires`` is ended first, and the key is free. A time in the past is stored as given.

    ``expires`` past which the job ends instead of running; ``key_until`` is "started" (the key is free once a run
    begins) or "ended". ``digest`` is 8 bytes over everything but the id. A full server refuses.
    """

    job_id: str
    handler: str
    route: Route
    due: When
    content: Content
    digest: bytes
    name: str | None = None
    target: str | None = None
    metadata: Mapping[str, str] | None = None
    key: str | None = None
    on_conflict: str = "return"
    key_until: str = "started"
    expires: When | None = None

    durable: ClassVar[bool] = True
    grows: ClassVar[bool] = True
