"""What is kept too long goes, a little with each look."""

from __future__ import annotations

from celery_durable_jobs.model.options import KEEPER_SEEN_US, NOT_COME_US, PRUNE_LIMIT, RETRY_HORIZON_US, StoreOptions
from celery_durable_jobs.stores.memory.moves import free_key
from celery_durable_jobs.stores.memory.state import Stripe


def prune(stripe: Stripe, now: int, options: StoreOptions) -> int:
    """Old dead letters, and what nobody can see any more; answers how many dead letters went."""
    for job_id in [each for each, ended in stripe.ended.items() if ended.ended_us + options.keep_ended_us <= now]:
        del stripe.ended[job_id]
    for call_id in [each for each, call in stripe.calls.items() if call.at_us + RETRY_HORIZON_US <= now]:
        del stripe.calls[call_id]
    for keeper in [each for each, seen in stripe.keepers.items() if seen.last_look_us + KEEPER_SEEN_US <= now]:
        del stripe.keepers[keeper]
    _prune_leases(stripe, now)
    return _prune_dead(stripe, now - options.keep_dead_us)


def _prune_leases(stripe: Stripe, now: int) -> None:
    """Leases that ran out a while ago tell nothing that matters (``grants.may_have``)."""
    for shard_id in [each for each, lease in stripe.leases.items() if lease.until_us + NOT_COME_US <= now]:
        del stripe.leases[shard_id]


def _prune_dead(stripe: Stripe, until_us: int) -> int:
    old = sorted((stripe.jobs[job_id].ended_us or 0, job_id) for job_id in stripe.dead)
    gone = [job_id for ended_us, job_id in old if ended_us <= until_us][:PRUNE_LIMIT]
    for job_id in gone:
        job = stripe.jobs[job_id]
        stripe.displace(job)
        free_key(stripe, job)
    return len(gone)
