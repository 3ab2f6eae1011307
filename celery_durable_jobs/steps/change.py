"""change: a client gives a job another time, arguments, metadata or ``expires``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.model.when import When
from celery_durable_jobs.steps.common import UNSET, KeyRef, Unset
from celery_durable_jobs.steps.request import Request


class ChangeOutcome(str, Enum):
    """What became of a change."""

    CHANGED = "changed"
    RUNNING = "running"
    ENDED = "ended"
    NOT_FOUND = "not_found"
    PAST_EXPIRES = "past_expires"
    """The new due time lies past the job's ``expires``: refused."""


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """``job`` as it now is, with ``CHANGED`` and ``PAST_EXPIRES`` (None once nothing is known of it any more)."""

    outcome: ChangeOutcome
    job: JobRecord | None = None


@dataclass(frozen=True, slots=True)
class Change(Request[ChangeAnswer]):
    """Waiting, claimed or sent: back to waiting with the given parts replaced; a message that is out becomes stale.

    By: client. Guard: not running (refused), not ended. Repeated under one call id: the first outcome, for the retry
    horizon. ``due`` None keeps the due time. It takes its key again if that is free, else it waits without. The digest
    of the add is not touched. A full server refuses.
    """

    job: str | KeyRef
    call_id: bytes
    due: When | None = None
    content: Content | None = None
    metadata: Mapping[str, str] | Unset | None = UNSET
    expires: When | Unset | None = UNSET

    durable: ClassVar[bool] = True
    grows: ClassVar[bool] = True
