"""Clients' requests that change what is stored: change, replay, forget, pause, resume."""

from __future__ import annotations

from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.steps import (
    UNSET,
    Change,
    ChangeAnswer,
    ChangeOutcome,
    Forget,
    ForgetOutcome,
    Pause,
    Replay,
    ReplayAnswer,
    ReplayOutcome,
    Resume,
    Unset,
)
from celery_durable_jobs.stores.codec import encode_content, encode_metadata, to_bytes
from celery_durable_jobs.stores.redis.keys import stripe_of
from celery_durable_jobs.stores.redis.plans.context import (
    Context,
    Plan,
    moment,
    named,
    newer,
    newer_error,
    with_length,
)
from celery_durable_jobs.stores.redis.records import job_of, names_of


def change(context: Context, request: Change) -> Plan:
    """See ``lua/change.lua``."""
    if isinstance(request.expires, Unset):
        expires = b""
    else:
        expires = b"-" if request.expires is None else moment(request.expires)
    args = (
        request.call_id,
        *named(request.job),
        b"" if request.due is None else moment(request.due),
        b"" if request.content is None else b"+" + encode_content(request.content),
        b"" if request.metadata is UNSET else b"+" + with_length(encode_metadata(request.metadata)),
        expires,
    )
    [reply] = yield [context.wire("change", stripe_of(request.job, context.options.stripes), args)]
    if newer(reply):
        raise newer_error()
    outcome, view, texts = reply
    return ChangeAnswer(ChangeOutcome(outcome.decode()), job_of(view, names_of(texts)) if view else None)


def replay(context: Context, request: Replay) -> Plan:
    """See ``lua/replay.lua``."""
    args = (
        request.call_id,
        request.job_id.encode(),
        moment(request.due),
        b"" if request.expires is None else moment(request.expires),
    )
    [reply] = yield [context.wire("replay", parse_job_id(request.job_id).stripe, args)]
    if newer(reply):
        raise newer_error()
    outcome, view, holder, texts = reply
    return ReplayAnswer(
        ReplayOutcome(outcome.decode()),
        job_of(view, names_of(texts)) if view else None,
        holder.decode() if holder else None,
    )


def forget(context: Context, request: Forget) -> Plan:
    """See ``lua/forget.lua``."""
    args = (request.call_id, request.job_id.encode())
    [reply] = yield [context.wire("forget", parse_job_id(request.job_id).stripe, args)]
    if newer(reply):
        raise newer_error()
    return ForgetOutcome(reply[0].decode())


def pause(context: Context, request: Pause | Resume) -> Plan:
    """See ``lua/pause.lua``."""
    word = b"pause" if isinstance(request, Pause) else b"resume"
    [reply] = yield [context.wire("pause", request.stripe, (request.call_id, to_bytes(request.queue), word))]
    return bool(reply)
