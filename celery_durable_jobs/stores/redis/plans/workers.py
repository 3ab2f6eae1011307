"""Workers' requests: begin, heartbeat, finish."""

from __future__ import annotations

from typing import Any

from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.when import NOW
from celery_durable_jobs.steps import Begin, Begun, Finish, Finished, Heartbeat, Pulse, Refused
from celery_durable_jobs.stores.codec import to_bytes
from celery_durable_jobs.stores.redis.plans.context import Context, Plan, maybe, moment, refused, time_or_none
from celery_durable_jobs.stores.redis.records import job_of, names_of, state_of
from celery_durable_jobs.stores.redis.wire import raw


def begin(context: Context, request: Begin) -> Plan:
    """See ``lua/begin.lua``."""
    [reply] = yield [context.wire("begin", parse_job_id(request.job_id).stripe, begin_args(request))]
    return begun(reply)


def begin_args(request: Begin) -> tuple[bytes, ...]:
    """What the script is given."""
    return (
        request.job_id.encode(),
        b"%d" % request.generation,
        to_bytes(request.delivery_id),
        b"" if not request.run_lease_us else b"%d" % request.run_lease_us,
        b"1" if request.content else b"",
    )


def begun(reply: list[Any]) -> Begun | Refused:
    """What its reply says."""
    if reply[0] == b"refused":
        return refused(reply)
    _, view, now, lease_until, polled, texts = reply
    return Begun(job_of(view, names_of(texts)), now, lease_until, bool(polled))


def heartbeat(context: Context, request: Heartbeat) -> Plan:
    """See ``lua/heartbeat.lua``: one call a stripe, all in one round trip."""
    places: dict[int, list[int]] = {}
    for place, run in enumerate(request.runs):
        places.setdefault(parse_job_id(run[0]).stripe, []).append(place)
    wires = []
    for stripe, of_stripe in places.items():
        args: list[bytes] = []
        for place in of_stripe:
            job_id, delivery_id, lease = request.runs[place]
            args += (job_id.encode(), to_bytes(delivery_id), raw(lease or None))
        wires.append(context.wire("heartbeat", stripe, args))
    replies = yield wires
    pulses: dict[int, Pulse] = {}
    for of_stripe, reply in zip(places.values(), replies, strict=True):
        pulses.update(zip(of_stripe, (Pulse(pulse.decode()) for pulse in reply), strict=True))
    return tuple(pulses[place] for place in range(len(request.runs)))


def finish(context: Context, request: Finish) -> Plan:
    """See ``lua/finish.lua``."""
    [reply] = yield [context.wire("finish", parse_job_id(request.job_id).stripe, finish_args(request))]
    return finished(reply)


def finish_args(request: Finish) -> tuple[bytes, ...]:
    """What the script is given."""
    return (
        request.job_id.encode(),
        to_bytes(request.delivery_id),
        request.kind.value.encode(),
        moment(request.when or NOW),
        maybe(request.error),
    )


def finished(reply: list[Any]) -> Finished | Refused:
    """What its reply says."""
    if reply[0] == b"refused":
        return refused(reply)
    _, state, due, view, texts = reply
    return Finished(state_of(state), time_or_none(due), job_of(view, names_of(texts)) if view else None)
