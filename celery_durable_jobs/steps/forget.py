"""forget: remove every trace of an ended or dead job."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.steps.request import Request


class ForgetOutcome(str, Enum):
    """What became of a forget."""

    FORGOTTEN = "forgotten"
    ALIVE = "alive"
    """Waiting, claimed, sent or running: refused."""
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Forget(Request[ForgetOutcome]):
    """Leave nothing but id and outcome, which go with ``keep_ended``: get and find don't show it any more, a late copy
    of its add is still known by its id, and a cancel still gets its outcome.

    By: client. Guard: ended or dead. Repeated under one call id: the first answer; of a forgotten one:
    FORGOTTEN again.
    """

    job_id: str
    call_id: bytes

    durable: ClassVar[bool] = True
