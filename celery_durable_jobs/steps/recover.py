"""resend and rescue: a keeper recovers what is overdue, under the contact rule."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.steps.common import Refusal, Term
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class Resending:
    """``jobs`` to publish again, at their present generation. ``more``: call again."""

    jobs: tuple[JobRecord, ...] = ()
    expired: tuple[JobRecord, ...] = ()
    more: bool = False
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Resend(Request[Resending]):
    """Take sent jobs whose deadline has passed, to send a copy of each.

    By: keeper. Guard: token; ``sent``, its deadline passed; the contact rule (nothing is answered until contact is
    20 s old). Same generation: whichever message begins first wins. Sets the next deadline (now + 2, 4, 8 … begin
    timeouts, an hour at most), then the keeper sends. One past its ``expires`` is ended instead. Jobs of a route in
    ``leave_out`` stay as they are: a route that rests takes no copies, and what can't be sent is not to wait longer.
    """

    term: Term
    limit: int = 1_000
    leave_out: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True)
class Rescued:
    """``returned`` went back to waiting, ``dead`` were lost too often, ``cancelled`` had a cancel requested."""

    returned: tuple[str, ...] = ()
    dead: tuple[JobRecord, ...] = ()
    cancelled: tuple[JobRecord, ...] = ()
    expired: tuple[JobRecord, ...] = ()
    more: bool = False
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Rescue(Request[Rescued]):
    """Treat running jobs whose deadline has passed as lost runs (one point each; model/losses.py says what follows).

    By: keeper. Guard: token; ``running``, its deadline passed; the contact rule. A cancel request ends it as
    cancelled; ``expires`` passed ends it as expired; points at the bound make it dead; else it waits again, under the
    shard it was born in, and takes its key again if that is free.
    """

    term: Term
    limit: int = 1_000
