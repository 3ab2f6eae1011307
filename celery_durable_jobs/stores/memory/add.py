"""add: see ``steps/add.py``."""

from __future__ import annotations

from celery_durable_jobs._dataclasses import dataclass
from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.states import NOT_BEGUN, JobState
from celery_durable_jobs.steps.add import Add, Added, AddOutcome
from celery_durable_jobs.stores.memory.guards import first_answer
from celery_durable_jobs.stores.memory.moves import expire_if_due, moving, take_key
from celery_durable_jobs.stores.memory.state import Call, Job, State, Stripe
from celery_durable_jobs.stores.memory.views import ended_entry, frozen_content, known


@dataclass(frozen=True, slots=True)
class KeptAdd:
    """The outcome of an add that met its key, and whom it met."""

    digest: bytes
    outcome: AddOutcome
    holder_id: str


def add(state: State, request: Add, now: int) -> Added:
    """Same id: the first answer. Key held: as ``on_conflict`` says. Else it is stored."""
    stripe, keep = state.stripe_of_job(request.job_id), state.options.keep_ended_us
    alive = any(now - keeper.last_look_us <= state.options.lease_ttl_us for keeper in stripe.keepers.values())

    job = stripe.jobs.get(request.job_id)
    if job is not None:
        if job.digest != request.digest:
            return Added(AddOutcome.ID_TAKEN, keeper_alive=alive)
        due_us = None if job.state.ended else job.due_us
        return Added(AddOutcome.STORED, job.state, due_us, keeper_alive=alive)
    ended = ended_entry(stripe, request.job_id, now, keep)
    if ended is not None:
        if ended.digest is not None and ended.digest != request.digest:
            return Added(AddOutcome.ID_TAKEN, keeper_alive=alive)
        return Added(AddOutcome.STORED, ended.outcome, keeper_alive=alive)
    call = first_answer(stripe, request.job_id, now)
    if call is not None:
        kept: KeptAdd = call.answer
        if kept.digest != request.digest:
            return Added(AddOutcome.ID_TAKEN, keeper_alive=alive)
        return _met(stripe, kept, now, keep, alive)

    field = None if request.key is None else (request.target, request.key)
    holder = stripe.jobs[stripe.keys[field]] if field in stripe.keys else None
    if holder is not None and expire_if_due(stripe, holder, now) is None:
        kept = KeptAdd(request.digest, _on_conflict(stripe, holder, request, now), holder.id)
        stripe.calls[request.job_id] = Call(kept, now)
        return _met(stripe, kept, now, keep, alive)

    job = _new(request, now)
    stripe.place(job)
    take_key(stripe, job)
    return Added(AddOutcome.STORED, job.state, job.due_us, keeper_alive=alive)


def _new(request: Add, now: int) -> Job:
    return Job(
        id=request.job_id,
        shard_id=parse_job_id(request.job_id).shard_id,
        handler=request.handler,
        route=request.route,
        due_us=request.due.resolve(now),
        content=frozen_content(request.content),
        digest=request.digest,
        name=request.name,
        target=request.target,
        metadata=None if request.metadata is None else dict(request.metadata),
        key=request.key,
        key_until=request.key_until,
        expires_us=None if request.expires is None else request.expires.resolve(now),
    )


def _on_conflict(stripe: Stripe, holder: Job, request: Add, now: int) -> AddOutcome:
    """What an add that meets its key comes to; a replace changes the holder as ``change`` does."""
    if request.on_conflict == "return":
        return AddOutcome.RETURNED
    same = holder.handler == request.handler and holder.route == request.route
    if request.on_conflict != "replace" or holder.state not in NOT_BEGUN or not same:
        return AddOutcome.KEY_TAKEN
    with moving(stripe, holder, JobState.WAITING):
        holder.due_us = request.due.resolve(now)
        holder.content = frozen_content(request.content)
        holder.metadata = None if request.metadata is None else dict(request.metadata)
        holder.expires_us = None if request.expires is None else request.expires.resolve(now)
    return AddOutcome.REPLACED


def _met(stripe: Stripe, kept: KeptAdd, now: int, keep_ended_us: int, alive: bool) -> Added:
    holder = known(stripe, kept.holder_id, now, keep_ended_us)
    if holder is None:
        return Added(kept.outcome, keeper_alive=alive)
    due_us = None if holder.state.ended else holder.due_us
    return Added(kept.outcome, holder.state, due_us, holder, alive)
