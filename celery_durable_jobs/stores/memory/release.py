"""release: see ``steps/release.py``."""

from __future__ import annotations

from celery_durable_jobs.steps.common import Term
from celery_durable_jobs.steps.release import Release
from celery_durable_jobs.stores.memory.guards import holds
from celery_durable_jobs.stores.memory.state import State


def release(state: State, request: Release, now: int) -> int:
    """Each lease that is the keeper's runs out now."""
    count = sum(let_go(state, term, now) for term in request.terms)
    if request.leaving:
        for number in state.numbers():
            state.stripe(number).keepers.pop(request.keeper, None)
    return count


def let_go(state: State, term: Term, now: int) -> bool:
    """End one term, if it is the shard's present one."""
    stripe = state.stripe_of_shard(term.shard_id)
    if not holds(stripe, term, now):
        return False
    stripe.leases[term.shard_id].until_us = now
    return True
