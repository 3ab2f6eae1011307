"""claim: see ``steps/claim.py``."""

from __future__ import annotations

from collections.abc import Iterator

from celery_durable_jobs.model.options import PAUSE_LOOK_US
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.route import Route
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.claim import Claim, Claimed
from celery_durable_jobs.steps.common import Refusal
from celery_durable_jobs.steps.dispatch import Dispatch
from celery_durable_jobs.stores.memory.guards import holds
from celery_durable_jobs.stores.memory.moves import expire_if_due, moving
from celery_durable_jobs.stores.memory.registry import next_need
from celery_durable_jobs.stores.memory.state import Again, Job, State, Stripe
from celery_durable_jobs.stores.memory.views import record


def claim(state: State, request: Claim, now: int) -> Claimed:
    """Under the lease, due, not paused, and as many as the backlog takes."""
    stripe, options, route = state.stripe_of_shard(request.term.shard_id), state.options, request.route
    if not holds(stripe, request.term, now):
        return Claimed(now, refused=Refusal.LEASE)
    bound = options.backlog_bound
    paused = route.queue in stripe.paused
    taken: list[JobRecord] = []
    expired: list[JobRecord] = []
    for head in due_jobs(state, request, now, expired):
        with moving(stripe, head, JobState.CLAIMED):
            head.generation = stripe.next()
            head.token = request.term.token
            head.deadline_us, head.held = now + options.lease_ttl_us, False
        taken.append(record(head))

    left = head_of(stripe, route, request.term.shard_id)
    return Claimed(
        now_us=now,
        lease_until_us=stripe.leases[request.term.shard_id].until_us,
        jobs=tuple(taken),
        head_us=left.due_us if left else None,
        room=None if bound is None else max(0, bound - stripe.backlogs[route]),
        paused=paused,
        expired=tuple(expired),
        next_us=next_need(stripe, route, request.term.shard_id, now),
    )


def due_jobs(state: State, request: Claim | Dispatch, now: int, expired: list[JobRecord]) -> Iterator[Job]:
    """The jobs that may be taken out of the line, one by one; each is to be moved before the next. Those past their
    ``expires`` are ended on the way."""
    stripe, options, route = state.stripe_of_shard(request.term.shard_id), state.options, request.route
    bound = options.backlog_bound
    taken = size = 0
    if route.queue in stripe.paused:
        if route in stripe.lines:
            stripe.again[route] = Again(now + PAUSE_LOOK_US, "paused")
        return
    while taken + len(expired) < request.limit:
        head = head_of(stripe, route, request.term.shard_id)
        if head is None or head.due_us > now:
            return
        gone = expire_if_due(stripe, head, now)
        if gone is not None:
            expired.append(gone)
            continue
        if bound is not None and stripe.backlogs[route] >= bound:
            stripe.again[route] = Again(now + options.poll_interval_us, "full", wake_at=bound // 2)
            return
        size += _size(head)
        if taken and size > request.limit_bytes:
            return
        yield head
        taken += 1


def head_of(stripe: Stripe, route: Route, shard_id: str) -> Job | None:
    """The first job of a line."""
    line = stripe.lines.get(route, {}).get(shard_id)
    return stripe.jobs[line[0][1]] if line else None


def _size(job: Job) -> int:
    metadata = job.metadata or {}
    return len(job.content.body) + sum(len(key.encode()) + len(value.encode()) for key, value in metadata.items())
