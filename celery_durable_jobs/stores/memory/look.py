"""look: see ``steps/look.py``. Contact, then leases let go and renewed, then grants of what is due."""

from __future__ import annotations

from celery_durable_jobs.model.options import CONTACT_QUIET_US
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.model.when import MAX_US
from celery_durable_jobs.steps.common import Term
from celery_durable_jobs.steps.look import DueLine, Held, Look, Looked
from celery_durable_jobs.stores.memory.contact import live_keepers, make_contact
from celery_durable_jobs.stores.memory.grants import grant, may_have
from celery_durable_jobs.stores.memory.guards import holds
from celery_durable_jobs.stores.memory.prune import prune
from celery_durable_jobs.stores.memory.registry import due_lines, next_us, overdue
from celery_durable_jobs.stores.memory.release import let_go
from celery_durable_jobs.stores.memory.state import State, Stripe


def look(state: State, request: Look, now: int) -> Looked:
    """One keeper's look over all stripes."""
    options = state.options
    stripes = [state.stripe(number) for number in state.numbers()]
    for stripe in stripes:
        make_contact(stripe, request, now, options)
    pruned = sum(prune(stripe, now, options) for stripe in stripes)
    for term in request.let_go:
        let_go(state, term, now)
    kept = [term for term in request.terms if _renew(state, term, now)]
    for term, job_ids in request.extend:
        _extend(state, term, job_ids, now)

    held = _held(stripes, request, kept, now, options.lease_ttl_us)
    nexts = [next_us(stripe, now) for stripe in stripes]
    times = [time for time in nexts if time is not None]
    recover_us = max(stripe.contact_since_us for stripe in stripes) + CONTACT_QUIET_US
    return Looked(
        now_us=now,
        held=tuple(held),
        lost=tuple(term for term in request.terms if term not in kept),
        next_us=min(times, default=None),
        may_recover=recover_us <= now,
        recover_us=recover_us,
        keepers=tuple(sorted({keeper for stripe in stripes for keeper in live_keepers(stripe, now, options)})),
        pruned=pruned,
        nexts=tuple(
            (number, MAX_US if time is None else time) for number, time in zip(state.numbers(), nexts, strict=True)
        ),
    )


def _renew(state: State, term: Term, now: int) -> bool:
    """The shard's current token, not run out: it gets another lease ttl."""
    stripe = state.stripe_of_shard(term.shard_id)
    if not holds(stripe, term, now):
        return False
    stripe.leases[term.shard_id].until_us = now + state.options.lease_ttl_us
    return True


def _extend(state: State, term: Term, job_ids: tuple[str, ...], now: int) -> None:
    """What is being published under a term that holds is not to be taken for forgotten."""
    stripe = state.stripe_of_shard(term.shard_id)
    if not holds(stripe, term, now):
        return
    for job_id in job_ids:
        job = stripe.jobs.get(job_id)
        claim = (term.shard_id, JobState.CLAIMED, term.token)
        if job is not None and (job.shard_id, job.state, job.token) == claim:
            job.deadline_us = max(job.deadline_us, now + state.options.lease_ttl_us)


def _held(stripes: list[Stripe], request: Look, kept: list[Term], now: int, ttl_us: int) -> list[Held]:
    """What the keeper holds after this look: what has something due first, oldest first; then the rest."""
    found: list[tuple[int, str, Stripe, tuple[DueLine, ...], bool]] = []
    for stripe in stripes:
        lines, late = due_lines(stripe, now), overdue(stripe, now)
        for shard_id in lines.keys() | late.keys():
            due = lines.get(shard_id, [])
            heads = [line.head_us for line in due]
            if shard_id in late:
                heads.append(late[shard_id])
            found.append((min(heads), shard_id, stripe, tuple(due), shard_id in late))
    found.sort(key=lambda each: each[:2])

    named = {term.shard_id: term for term in kept}
    held, room, let = list[Held](), request.limit, {term.shard_id for term in request.let_go}
    for head_us, shard_id, stripe, due_here, is_late in found:
        term, granted = named.pop(shard_id, None), False
        if term is None:
            if room <= 0 or shard_id in let or not may_have(stripe, shard_id, request.keeper, head_us, now, ttl_us):
                continue
            term, granted, room = grant(stripe, shard_id, request.keeper, now, ttl_us), True, room - 1
        clean = granted and next(stripe.in_flight(shard_id, JobState.CLAIMED), None) is None
        held.append(Held(term, stripe.leases[shard_id].until_us, granted, due_here, is_late, clean))
    return held + [Held(term, now + ttl_us, granted=False) for term in named.values()]
