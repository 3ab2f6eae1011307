"""Snapshots: what an answer shows of a job."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from celery_durable_jobs.model.record import Content, JobRecord
from celery_durable_jobs.stores.memory.state import Ended, Job, Stripe


def frozen(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """A copy that shares nothing with the original."""
    return copy.deepcopy(dict(mapping)) if mapping else {}


def frozen_content(content: Content) -> Content:
    """A copy that shares nothing changeable with the original."""
    return replace(content, headers=frozen(content.headers), options=frozen(content.options))


def record(job: Job, *, content: bool = True) -> JobRecord:
    """The job as it is; without arguments and route for a begin."""
    return JobRecord(
        id=job.id,
        handler=job.handler,
        state=job.state,
        due_us=job.due_us,
        name=job.name,
        target=job.target,
        key=job.key,
        key_until=job.key_until,
        expires_us=job.expires_us,
        route=job.route if content else None,
        content=frozen_content(job.content) if content else None,
        metadata=None if job.metadata is None else dict(job.metadata),
        attempt=job.attempt,
        failures=job.failures,
        lost_runs=job.lost_runs,
        lost_points=job.lost_points,
        generation=job.generation,
        run_id=job.run_id,
        cancel_requested=job.cancel_requested,
        error=job.error,
        ended_us=job.ended_us,
    )


def ended_record(job_id: str, ended: Ended) -> JobRecord | None:
    """What is left of an ended job; None of a forgotten one."""
    if ended.handler is None:
        return None
    return JobRecord(
        id=job_id,
        handler=ended.handler,
        state=ended.outcome,
        due_us=ended.due_us,
        name=ended.name,
        attempt=ended.attempt,
        error=ended.error,
        ended_us=ended.ended_us,
    )


def ended_entry(stripe: Stripe, job_id: str, now: int, keep_ended_us: int) -> Ended | None:
    """The entry of an ended job, for as long as it is kept."""
    ended = stripe.ended.get(job_id)
    return ended if ended is not None and now < ended.ended_us + keep_ended_us else None


def known(stripe: Stripe, job_id: str, now: int, keep_ended_us: int) -> JobRecord | None:
    """A job's record, be it stored or ended; None where there is none."""
    if job_id in stripe.jobs:
        return record(stripe.jobs[job_id])
    ended = ended_entry(stripe, job_id, now, keep_ended_us)
    return ended_record(job_id, ended) if ended else None
