"""The contact rule, and which keepers are alive."""

from __future__ import annotations

from celery_durable_jobs.model.options import CONTACT_GAP_US, MAX_BEGIN_TIMEOUT_US, PAUSE_LOOK_US, StoreOptions
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.look import Look
from celery_durable_jobs.stores.memory.state import KeeperSeen, Stripe


def make_contact(stripe: Stripe, request: Look, now: int, options: StoreOptions) -> None:
    """A gap between looks, or a time that went back: contact begins anew. The keeper's own entry is written."""
    last = stripe.last_look_us
    if last is None or now < last or now - last > CONTACT_GAP_US:
        stripe.contact_since_us = now
    if last is not None and now < last:
        _time_went_back(stripe, now, options)
    stripe.last_look_us = now
    seen = stripe.keepers.get(request.keeper)
    here = seen is not None and not seen.ill and 0 <= now - seen.last_look_us <= options.lease_ttl_us
    joined_us = seen.joined_us if seen is not None and here else now
    stripe.keepers[request.keeper] = KeeperSeen(dict(request.info), joined_us, now, request.ill)


def live_among(stripe: Stripe, now: int, ttl_us: int) -> list[str]:
    """Keepers that looked within a lease ttl, didn't leave, and can publish."""
    return [keeper for keeper, seen in stripe.keepers.items() if now - seen.last_look_us <= ttl_us and not seen.ill]


def live_keepers(stripe: Stripe, now: int, options: StoreOptions) -> list[str]:
    """As ``live_among``."""
    return live_among(stripe, now, options.lease_ttl_us)


def _time_went_back(stripe: Stripe, now: int, options: StoreOptions) -> None:
    """Nothing lies further ahead than its full length."""
    for lease in stripe.leases.values():
        lease.until_us = min(lease.until_us, now + options.lease_ttl_us)
    for seen in stripe.keepers.values():
        seen.last_look_us, seen.joined_us = min(seen.last_look_us, now), min(seen.joined_us, now)
    for again in stripe.again.values():  # a rest is no longer than a pause's look
        again.at_us = min(again.at_us, now + (options.poll_interval_us if again.why == "full" else PAUSE_LOOK_US))
    claimed = max(options.lease_ttl_us, options.run_lease_us)
    for job in stripe.jobs.values():
        if job.state.in_flight:
            length = options.run_lease_us if job.state is JobState.RUNNING else claimed
            if job.state is JobState.SENT:  # as its last sending made it, or a hold
                pause = min(options.begin_timeout_us << min(max(job.sends - 1, 0), 32), MAX_BEGIN_TIMEOUT_US)
                length = max(claimed, pause)
            job.deadline_us = min(job.deadline_us, now + length)
