"""What the people who run it ask for, and the first call of every process: identify."""

from __future__ import annotations

from celery_durable_jobs.model.options import LAYOUT
from celery_durable_jobs.steps import Identified, Identify
from celery_durable_jobs.stores.codec import to_bytes, to_text
from celery_durable_jobs.stores.redis.plans.context import Context, Plan
from celery_durable_jobs.stores.redis.wire import raw


def identify(context: Context, request: Identify) -> Plan:
    """See ``lua/identify.lua``: it stands in stripe 0."""
    args = (to_bytes(request.identity), raw(request.stripes), raw(LAYOUT))
    [reply] = yield [context.wire("identify", 0, args)]
    identity, stripes, layout, now = reply
    return Identified(to_text(identity), stripes, layout, now)
