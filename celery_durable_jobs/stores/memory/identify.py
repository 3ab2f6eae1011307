"""identify: see ``steps/identify.py``."""

from __future__ import annotations

from celery_durable_jobs.model.options import LAYOUT
from celery_durable_jobs.steps.identify import Identified, Identify
from celery_durable_jobs.stores.memory.state import State


def identify(state: State, request: Identify, now: int) -> Identified:
    """The first one settles it."""
    if state.identity is None:
        state.identity, state.stripe_count = request.identity, request.stripes
    return Identified(state.identity, state.stripe_count, LAYOUT, now)
