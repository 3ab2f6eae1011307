"""cancel: a client wants no further run."""

from __future__ import annotations

from typing import ClassVar

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import CancelOutcome
from celery_durable_jobs.steps.common import KeyRef
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class CancelAnswer:
    """``job``: the record of the job that this step cancelled (first answer only)."""

    outcome: CancelOutcome
    job: JobRecord | None = None


@dataclass(frozen=True, slots=True)
class Cancel(Request[CancelAnswer]):
    """Waiting, claimed, sent: ended as cancelled. Running: requested. Ended: nothing (of a cancelled one:
    CANCELLED again).

    By: client. Guard: none beyond the state. Repeated under one call id: the first answer, for the retry horizon.
    A waiting, claimed or sent job past its ``expires`` is ended as expired, and the answer is ENDED.
    """

    job: str | KeyRef
    call_id: bytes

    durable: ClassVar[bool] = True
