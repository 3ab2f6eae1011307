"""A carrier: one message for several jobs of one handler that are due together (``batch=``).

It names its jobs and nothing more: arguments are asked for when each begins. All text here is written by the stores'
scripts as well (``lua/lib/carriers.lua``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.record import Content

CARRIER = "celery_durable_jobs.carrier"
"""The Celery task that such a message is for."""

KIND_CARRIER = "carrier"
"""What its header says."""

MOST = 1_000
"""So many jobs travel in one at most."""

_EMBED = ', {"callbacks": null, "errbacks": null, "chain": null, "chord": null}]'

Named = tuple[str, int]
"""A job in a carrier: id and generation."""


def travels(content: Content | None) -> bool:
    """Whether a job may go in a carrier: its message differs from others' in arguments and plain headers alone.

    A time limit of its own, a compressed body and whatever else its message has (``Content.options``) want a message of
    their own.
    """
    if content is None or content.options:
        return False
    return "timelimit" not in content.headers and "compression" not in content.headers


def carrier_id(first: Named) -> str:
    """The Celery task id of the carrier in which this job is the first."""
    return f"carrier-{first[0]}-{first[1]}"


def body_of(handler: str, jobs: Iterable[Named]) -> str:
    """The body of the message, JSON."""
    aboard = ", ".join(f'["{job_id}", {generation}]' for job_id, generation in jobs)
    return f"[[{json.dumps(handler, ensure_ascii=False)}, [{aboard}]], {{}}{_EMBED}"


def shown(handler: str, count: int) -> str:
    """What Celery shows as its arguments."""
    return f"({handler}, jobs: {count})"


def aboard(arguments: Any) -> tuple[str, list[Named]]:
    """Handler and jobs of a carrier's arguments.

    :raises ValueError: they are none.
    """
    try:
        handler, named = arguments
        jobs = [(parse_job_id(job_id).text, generation) for job_id, generation in named]
    except (TypeError, ValueError) as error:
        raise ValueError(f"it names no jobs: {error}") from None
    if not isinstance(handler, str) or not jobs or not all(type(generation) is int for _, generation in jobs):
        raise ValueError("it names no handler, or no jobs")
    return handler, jobs


def parts(jobs: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """Jobs in so many parts that each fits into a carrier."""
    return [jobs[start : start + most] for start in range(0, len(jobs), most)]
