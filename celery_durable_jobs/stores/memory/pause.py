"""pause and resume: see ``steps/pause.py``."""

from __future__ import annotations

from celery_durable_jobs.model.options import PAUSE_LOOK_US
from celery_durable_jobs.steps.pause import Pause, Resume
from celery_durable_jobs.stores.memory.guards import first_answer
from celery_durable_jobs.stores.memory.state import Again, Call, State, Stripe


def pause(state: State, request: Pause, now: int) -> bool:
    """No claim takes from routes of the queue any more."""
    stripe = state.stripe(request.stripe)
    call = first_answer(stripe, request.call_id, now)
    if call is None:
        changed = request.queue not in stripe.paused
        if changed:
            stripe.paused.add(request.queue)
            for route in stripe.lines:
                if route.queue == request.queue:
                    stripe.again[route] = Again(now + PAUSE_LOOK_US, "paused")
        call = stripe.calls[request.call_id] = Call(changed, now)
    return bool(call.answer)


def resume(state: State, request: Resume, now: int) -> bool:
    """Claims take from them again, from the heads that there are."""
    stripe = state.stripe(request.stripe)
    call = first_answer(stripe, request.call_id, now)
    if call is None:
        call = stripe.calls[request.call_id] = Call(_resume(stripe, request.queue), now)
    return bool(call.answer)


def _resume(stripe: Stripe, queue: str) -> bool:
    if queue not in stripe.paused:
        return False
    stripe.paused.discard(queue)
    stripe.again = {route: again for route, again in stripe.again.items() if route.queue != queue}
    return True
