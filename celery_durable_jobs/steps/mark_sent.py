"""mark sent: the broker has the message."""

from __future__ import annotations

from enum import Enum

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.steps.common import Refusal, Term
from celery_durable_jobs.steps.request import Request


class Mark(str, Enum):
    """What became of one mark."""

    SENT = "sent"
    BEGUN = "begun"
    """A worker was faster: a good answer."""
    GONE = "gone"
    """Cancelled, changed, ended or put back meanwhile: its message will be refused."""


@dataclass(frozen=True, slots=True)
class MarkedSent:
    """One mark a job, in the order of the request; none with ``refused`` (LEASE)."""

    marks: tuple[Mark, ...] = ()
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class MarkSent(Request[MarkedSent]):
    """Move jobs from claimed to sent, with a deadline of now + begin timeout.

    By: keeper. Guard: token; per job ``claimed`` under this token at this generation. A job that is sent or running at
    that generation already is a good answer (``SENT``, ``BEGUN``). Where a hold came since the claim,
    the later deadline wins: a worker's parent has the message already.
    """

    term: Term
    jobs: tuple[tuple[str, int], ...]
