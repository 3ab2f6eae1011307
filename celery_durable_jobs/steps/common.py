"""Values that several steps share."""

from __future__ import annotations

from enum import Enum

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState


class Unset(Enum):
    """The type of ``UNSET``: an argument that was not given, where None has a meaning of its own."""

    UNSET = "unset"

    def __repr__(self) -> str:
        return "UNSET"


UNSET = Unset.UNSET


@dataclass(frozen=True, slots=True)
class KeyRef:
    """Names a job by its key instead of its id. A key is unique within its target; it names the one job that
    holds it."""

    key: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One keeper's ownership of one shard under one token. A token is ``"<number>.<keeper id>"``."""

    shard_id: str
    token: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as a worker's parent holds it: job, generation and the delivery id made for it."""

    job_id: str
    generation: int
    delivery_id: str


class Refusal(str, Enum):
    """Why a worker's or keeper's step changed nothing."""

    UNKNOWN = "unknown"
    """No such job: it has ended and been forgotten, or was never stored here."""
    STALE = "stale"
    """An old generation, or another delivery id: somebody else has the job."""
    BEGUN = "begun"
    """This generation is running, or has run, under another delivery id."""
    ENDED = "ended"
    """It has ended (cancelled, expired, …)."""
    LEASE = "lease"
    """The token isn't the shard's current one, or its lease has run out."""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed. ``state`` is the job's state, where it is known.

    ``expired`` is the job's record where this very step found it past its ``expires`` and ended it.
    """

    why: Refusal
    state: JobState | None = None
    expired: JobRecord | None = None
