"""replay: a dead letter gets another life."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.when import NOW, When
from celery_durable_jobs.steps.request import Request


class ReplayOutcome(str, Enum):
    """What became of a replay."""

    REPLAYED = "replayed"
    NOT_DEAD = "not_dead"
    NOT_FOUND = "not_found"
    KEY_TAKEN = "key_taken"


@dataclass(frozen=True, slots=True)
class ReplayAnswer:
    """``job`` as it now is (REPLAYED); ``holder``: id of the job that has its key (KEY_TAKEN)."""

    outcome: ReplayOutcome
    job: JobRecord | None = None
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Replay(Request[ReplayAnswer]):
    """Put a dead letter back to waiting.

    By: client. Guard: ``dead``. Takes its key again, or KEY_TAKEN; counts back to 0, cancel request and error cleared,
    ``expires`` dropped or given anew. Repeated under one call id: the first outcome. A full server refuses.
    """

    job_id: str
    call_id: bytes
    due: When = NOW
    expires: When | None = None

    durable: ClassVar[bool] = True
    grows: ClassVar[bool] = True
