"""pause and resume: of a queue."""

from __future__ import annotations

from typing import ClassVar

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class Pause(Request[bool]):
    """Stop claims of all routes of ``queue`` within a stripe; answers whether that changed anything.

    By: client. Guard: none. Repeated under one call id: the first answer. What has been sent runs.
    """

    queue: str
    stripe: int
    call_id: bytes

    durable: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Resume(Request[bool]):
    """Undo a pause: registry entries tell the true heads again, and a keeper is woken; answers as Pause does."""

    queue: str
    stripe: int
    call_id: bytes

    durable: ClassVar[bool] = True
