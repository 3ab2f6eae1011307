"""purge: see ``steps/stats.py``."""

from __future__ import annotations

from celery_durable_jobs.steps.stats import Purge, Purged
from celery_durable_jobs.stores.memory.moves import free_key
from celery_durable_jobs.stores.memory.state import State


def purge(state: State, request: Purge, now: int) -> Purged:
    """Waiting jobs, dead letters or ended entries: gone without a trace."""
    stripe = state.stripe(request.stripe)
    if request.what == "ended":
        keep = state.options.keep_ended_us
        for job_id in [each for each, ended in stripe.ended.items() if ended.ended_us + keep <= now]:
            del stripe.ended[job_id]
        gone = list(stripe.ended)[: request.limit]
        for job_id in gone:
            del stripe.ended[job_id]
        return Purged(len(gone), more=bool(stripe.ended))
    if request.what == "waiting":
        found = sorted(mark for shards in stripe.lines.values() for line in shards.values() for mark in line)
    elif request.what == "dead":
        found = sorted((stripe.jobs[job_id].ended_us or 0, job_id) for job_id in stripe.dead)
    else:
        raise ValueError(f"purge knows 'waiting', 'dead' and 'ended', not {request.what!r}")
    for _, job_id in found[: request.limit]:
        job = stripe.jobs[job_id]
        stripe.displace(job)
        free_key(stripe, job)
    return Purged(min(len(found), request.limit), len(found) > request.limit)
