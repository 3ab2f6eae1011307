"""Who gets a shard (DESIGN section 7)."""

from __future__ import annotations

from celery_durable_jobs.model.options import NOT_COME_US
from celery_durable_jobs.model.placement import preferred_keeper
from celery_durable_jobs.steps.common import Term
from celery_durable_jobs.stores.memory.contact import live_among
from celery_durable_jobs.stores.memory.state import Lease, Stripe


def may_have(stripe: Stripe, shard_id: str, keeper: str, head_us: int, now: int, ttl_us: int) -> bool:
    """A shard with something due since ``head_us``: its own again, or free and preferring it, or left waiting."""
    lease = stripe.leases.get(shard_id)
    if lease is not None and now < lease.until_us:
        return lease.keeper == keeper
    preferred = preferred_keeper(shard_id, live_among(stripe, now, ttl_us))
    if preferred is None or preferred == keeper:
        return True
    # The preferred one could take it since: it was due, it was free, and that keeper was there.
    since = max(head_us, lease.until_us if lease else 0, stripe.keepers[preferred].joined_us)
    return since + NOT_COME_US <= now


def grant(stripe: Stripe, shard_id: str, keeper: str, now: int, ttl_us: int) -> Term:
    """A new term: what was claimed under older tokens is to be put back first."""
    term = Term(shard_id, f"{stripe.next()}.{keeper}")
    stripe.leases[shard_id] = Lease(term.token, keeper, now + ttl_us)
    return term
