"""settle: a worker's parent knows that a delivery will not go on."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.common import Delivery, Refused
from celery_durable_jobs.steps.request import Request


@dataclass(frozen=True, slots=True)
class Settled:
    """``state`` the job is in now; ``job``: its record where this step ended it."""

    state: JobState
    due_us: int | None = None
    job: JobRecord | None = None


@dataclass(frozen=True, slots=True)
class Settle(Request[Settled | Refused]):
    """Its delivery id ``running`` → a lost run with ``points``; else claimed or sent at its generation → put back.

    By: worker's parent: of a child that died (three points, begun or not: points count on both ways), of a message
    dropped before begin (none) unless it was a copy. Guard: as said; repeated: the same answer by delivery id,
    however late (without ``job``). ``reason`` becomes the job's error where points are given. ``unknown_handler``:
    put back with a growing pause (model/losses.py) for ``unknown_grace`` since it was first unknown, then buried
    with ``reason``, the job's error meanwhile too. A begin clears that time. Put back without points keeps its due
    time. With points it goes back as a lost run does. ``if_running``: points are meant for a run alone; what has
    not begun is put back as without them.
    """

    delivery: Delivery
    points: int = 0
    reason: str | None = None
    unknown_handler: bool = False
    if_running: bool = False
