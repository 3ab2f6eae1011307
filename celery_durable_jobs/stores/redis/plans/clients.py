"""Clients' requests: add, get, cancel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from celery_durable_jobs.errors import StoreBrokenError
from celery_durable_jobs.model.identity import parse_job_id
from celery_durable_jobs.model.states import CancelOutcome, JobState
from celery_durable_jobs.steps import Add, Added, AddOutcome, Cancel, CancelAnswer, Get
from celery_durable_jobs.stores.codec import encode_content, encode_metadata, to_bytes
from celery_durable_jobs.stores.redis.keys import stripe_of
from celery_durable_jobs.stores.redis.plans.context import (
    LEFT,
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

_COLUMNS: tuple[Callable[[Add], bytes], ...] = (
    lambda add: moment(add.due),
    lambda add: maybe(add.name),
    lambda add: maybe(add.target),
    lambda add: maybe(add.key),
    lambda add: with_length(encode_metadata(add.metadata)),
    lambda add: b"1" if add.key_until == "ended" else b"",
    lambda add: b"" if add.expires is None else moment(add.expires),
)
"""What ``lua/add_many.lua`` takes once where it is the same for all."""


def add_many(context: Context, adds: Sequence[Add]) -> Plan:
    """See ``lua/add_many.lua``. All of one stripe, handler and route; answers a list, with ``LEFT`` in it."""
    first = adds[0]
    own, common = [], []
    rows: list[list[bytes]] = [
        [add.job_id.encode() for add in adds],
        [add.digest[:8].ljust(8, b"\0") for add in adds],
        [encode_content(add.content) for add in adds],
    ]
    for column in _COLUMNS:
        values = [column(add) for add in adds]
        same = values.count(values[0]) == len(values)
        own.append(b"0" if same else b"1")
        common.append(values[0] if same else b"")
        if not same:
            rows.append(values)
    args = (
        to_bytes(first.handler),
        first.route.dumps().encode(),
        maybe(first.route.queue),
        b"".join(own),
        *common,
        *[part for row in zip(*rows, strict=True) for part in row],
    )
    try:
        [reply] = yield [context.wire("add_many", stripe_of(first.job_id, context.options.stripes), args)]
    except StoreBrokenError:  # of one of them: alone, each says for itself
        return [LEFT] * len(adds)
    marks, now, alive, took = reply
    context.pace.took(len(adds), took)
    stored, waiting, keeper_alive = AddOutcome.STORED, JobState.WAITING, bool(alive)
    return [
        Added(stored, waiting, add.due.resolve(now), None, keeper_alive) if mark == 49 else LEFT
        for add, mark in zip(adds, marks, strict=True)
    ]


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
