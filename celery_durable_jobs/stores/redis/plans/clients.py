"""Clients' requests: add, get, cancel."""

from __future__ import annotations

from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.states import CancelOutcome
from celery_durable_jobs.steps import Add, Added, AddOutcome, Cancel, CancelAnswer, Get
from celery_durable_jobs.stores.codec import encode_content, encode_metadata, to_bytes
from celery_durable_jobs.stores.redis.keys import stripe_of
from celery_durable_jobs.stores.redis.plans.context import (
    Context,
    Plan,
    maybe,
    moment,
    named,
    newer,
    newer_error,
    time_or_none,
    with_length,
)
from celery_durable_jobs.stores.redis.records import job_of, names_of, state_of


def add(context: Context, request: Add) -> Plan:
    """See ``lua/add.lua``."""
    args = (
        request.job_id.encode(),
        to_bytes(request.handler),
        request.route.dumps().encode(),
        moment(request.due),
        maybe(request.name),
        maybe(request.target),
        maybe(request.key),
        with_length(encode_metadata(request.metadata)),
        encode_content(request.content),
        request.digest[:8].ljust(8, b"\0"),
        request.on_conflict.encode(),
        b"1" if request.key_until == "ended" else b"",
        b"" if request.expires is None else moment(request.expires),
        maybe(request.route.queue),
    )
    [reply] = yield [context.wire("add", parse_job_id(request.job_id).stripe, args)]
    outcome, state, due, alive, holder, texts = reply
    return Added(
        AddOutcome(outcome.decode()),
        state_of(state),
        time_or_none(due),
        job_of(holder, names_of(texts)) if holder else None,
        bool(alive),
    )


def get(context: Context, request: Get) -> Plan:
    """See ``lua/get.lua``."""
    [reply] = yield [context.wire("get", stripe_of(request.job, context.options.stripes), named(request.job))]
    if newer(reply):
        raise newer_error()
    view, texts = reply
    return job_of(view, names_of(texts)) if view else None


def cancel(context: Context, request: Cancel) -> Plan:
    """See ``lua/cancel.lua``."""
    args = (request.call_id, *named(request.job))
    [reply] = yield [context.wire("cancel", stripe_of(request.job, context.options.stripes), args)]
    if newer(reply):
        raise newer_error()
    outcome, view, texts = reply
    return CancelAnswer(CancelOutcome(outcome.decode()), job_of(view, names_of(texts)) if view else None)
