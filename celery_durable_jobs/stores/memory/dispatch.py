"""dispatch: see ``steps/dispatch.py``. What the broker's lists would hold is in ``State.lists``."""

from __future__ import annotations

from celery_durable_jobs.model.carrier import travels
from celery_durable_jobs.model.record import JobRecord
from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.common import Refusal
from celery_durable_jobs.steps.dispatch import Carrier, Dispatch, Dispatched
from celery_durable_jobs.stores.memory.claim import due_jobs, head_of
from celery_durable_jobs.stores.memory.guards import holds
from celery_durable_jobs.stores.memory.moves import moving
from celery_durable_jobs.stores.memory.registry import next_need
from celery_durable_jobs.stores.memory.state import State
from celery_durable_jobs.stores.memory.views import record
from celery_durable_jobs.stores.splicing import splice, splice_carrier, templates_by_kind


def dispatch(state: State, request: Dispatch, now: int) -> Dispatched:
    """Under the lease, where the keeper's mark is: due, not paused, as many as the backlog takes."""
    stripe, options, route = state.stripe_of_shard(request.term.shard_id), state.options, request.route
    if not holds(stripe, request.term, now):
        return Dispatched(now, refused=Refusal.LEASE)
    lease_until_us = stripe.leases[request.term.shard_id].until_us
    if request.mark not in state.marks:
        return Dispatched(now, lease_until_us, elsewhere=True)
    target = state.lists.setdefault(request.queue_key, [])
    templates = templates_by_kind(request.templates)
    carriers = {each.handler: each for each in request.carriers}
    load = _Load()
    sent: list[tuple[str, int]] = []
    expired: list[JobRecord] = []
    unfit, failed = None, ""
    for job in due_jobs(state, request, now, expired):
        generation = stripe.next()
        carrier = carriers.get(job.handler) if travels(job.content) else None
        message = splice(templates, job.handler, job.content, job.id, generation, job.failures)
        if carrier is None and message is None:
            unfit = record(job)
            break
        if target is None:
            failed = "WRONGTYPE"
            break
        if carrier is not None:
            load.take(target, carrier, (job.id, generation))
        elif message is not None:
            load.leave()
            target.insert(0, message)
        with moving(stripe, job, JobState.SENT):
            job.generation, job.token, job.sends = generation, request.term.token, 1
            job.deadline_us, job.held = now + options.begin_timeout_us, False
        sent.append((job.id, generation))

    left, bound = head_of(stripe, route, request.term.shard_id), options.backlog_bound
    return Dispatched(
        now_us=now,
        lease_until_us=lease_until_us,
        jobs=tuple(sent),
        head_us=left.due_us if left else None,
        room=None if bound is None else max(0, bound - stripe.backlogs[route]),
        paused=route.queue in stripe.paused,
        expired=tuple(expired),
        unfit=unfit,
        failed=failed,
        next_us=next_need(stripe, route, request.term.shard_id, now),
    )


class _Load:
    """The carrier that is being filled; its message stands at the list's end already."""

    def __init__(self) -> None:
        self._carrier: Carrier | None = None
        self._jobs: list[tuple[str, int]] = []

    def take(self, target: list[bytes], carrier: Carrier, job: tuple[str, int]) -> None:
        """A job goes aboard, or begins the next message."""
        if carrier is self._carrier and len(self._jobs) < carrier.most:
            self._jobs.append(job)
            target.pop(0)
        else:
            self._carrier, self._jobs = carrier, [job]
        target.insert(0, splice_carrier(carrier, self._jobs))

    def leave(self) -> None:
        """A message of another kind stands behind it."""
        self._carrier = None
