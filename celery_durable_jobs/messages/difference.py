"""What of a message Celery wouldn't derive from job and arguments alone: only that is stored with a job."""

from __future__ import annotations

from typing import Any

from celery import Celery

from celery_durable_jobs.errors import UnserializableError
from celery_durable_jobs.messages.body import JSON, reprs, short_repr
from celery_durable_jobs.messages.caught import Caught
from celery_durable_jobs.messages.headers import HEADER
from celery_durable_jobs.messages.values import TYPED, NotPlainError, pack, plain

PERSISTENT = 2
"""AMQP's delivery mode of a message that outlives its broker: Celery's default, and not stored."""

SHOWN_BODY = 16_384
"""Bytes. Of a larger body a keeper doesn't decode the arguments to show them: their reprs are stored."""

OWNED = frozenset(("id", "task", "retries", "eta", "expires", HEADER))
"""Headers that a run sets anew: what a receiver does to these is not kept."""

HEADERS = (
    "lang", "shadow", "group", "group_index", "timelimit", "root_id", "parent_id", "argsrepr", "kwargsrepr", "origin",
    "ignore_result", "replaced_task_nesting", "stamped_headers", "stamps",
)  # fmt: skip
"""What ``as_task_v2`` makes, beside ``OWNED``."""

DELIVERY_MODE, PROPERTIES, WITHOUT, QUEUE = "delivery_mode", "properties", "without", "queue"
"""Keys of ``Content.options``, beside ``TYPED``; each is left out where there is nothing to say."""


def header_difference(app: Celery, caught: Caught, job_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The headers that ``as_task_v2`` wouldn't derive, and what else is to be said of them in ``Content.options``.

    :raises UnserializableError: a header's name or value can't be stored.
    """
    final, encoded = caught.headers, caught.encoded
    shown = encoded.content_type == JSON and encoded.compression is None and len(encoded.body) <= SHOWN_BODY
    derived: dict[str, Any] = {
        "lang": "py",
        "shadow": None,
        "group": None,
        "group_index": None,
        "timelimit": [None, None],
        "root_id": job_id,
        "parent_id": None,
        "ignore_result": False,
        "replaced_task_nesting": 0,
        "stamped_headers": None,
        "stamps": {},
        **caught.derived,
    }
    if "argsrepr" not in caught.derived:
        if not shown:
            final["argsrepr"], final["kwargsrepr"] = reprs(app, caught.args, caught.kwargs)
        else:
            derived["argsrepr"] = derived["kwargsrepr"] = ""
    elif not shown:
        del derived["argsrepr"], derived["kwargsrepr"]
    missing = object()
    changed = {key: value for key, value in final.items() if key not in OWNED and value != derived.get(key, missing)}
    if encoded.compression:
        changed["compression"] = encoded.compression
    details: dict[str, Any] = {}
    without = [key for key in HEADERS if key not in final]
    if without:
        details[WITHOUT] = without
    try:
        headers, typed = pack(changed)
    except TypeError as error:
        raise UnserializableError(f"headers can't be stored: {error}", argument="headers", value=changed) from error
    if typed:
        details[TYPED] = typed
    return headers, details


def extra_properties(app: Celery, caught: Caught, job_id: str) -> dict[str, Any]:
    """Message properties that a keeper couldn't derive.

    :raises UnserializableError: one can't be stored.
    """
    kept = {}
    for key, value in caught.properties.items():
        if key in ("priority", "expiration") or value is None:
            continue
        if key == "correlation_id" and value == job_id:
            continue
        # Only rpc:// reads it; there it names the queue of the very process that asks for results.
        if key == "reply_to" and value == app.thread_oid and not str(app.conf.result_backend or "").startswith("rpc"):
            continue
        try:
            kept[key] = plain(value)
        except NotPlainError:
            raise UnserializableError(
                f"the message property {key} can't be stored: {short_repr(value)}", argument=key, value=value
            ) from None
    return kept
