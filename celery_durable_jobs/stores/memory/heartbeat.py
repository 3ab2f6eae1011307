"""heartbeat: see ``steps/heartbeat.py``."""

from __future__ import annotations

from celery_durable_jobs.model.states import JobState
from celery_durable_jobs.steps.heartbeat import Heartbeat, Pulse
from celery_durable_jobs.stores.memory.state import State


def heartbeat(state: State, request: Heartbeat, now: int) -> tuple[Pulse, ...]:
    """Each that runs under this delivery lives on."""
    return tuple(_beat(state, *run, now) for run in request.runs)


def _beat(state: State, job_id: str, delivery_id: str, run_lease_us: int | None, now: int) -> Pulse:
    job = state.stripe_of_job(job_id).jobs.get(job_id)
    if job is None or job.state is not JobState.RUNNING or job.delivery_id != delivery_id:
        return Pulse.TAKEN_OVER
    job.deadline_us = now + (run_lease_us or state.options.run_lease_us)
    return Pulse.CANCEL if job.cancel_requested else Pulse.ALIVE
