"""A prefork pool hands a job to a child in one write.

Celery writes a message's length to the child's pipe, and then the message: the first write wakes the child for four
bytes, and waking is most of what a write costs. A pipe takes up to ``PIPE_BUF`` bytes whole or not at all, so what fits
goes with its length in front. Celery's own code writes it, waits where the pipe is full, and takes it back where the
child has died.
"""

from __future__ import annotations

import select
from typing import Any

from celery_durable_jobs.worker.ids import DELIVERY

LENGTH = 4
"""Bytes of a message's length in front of it."""

_NOTHING = memoryview(b"")


def hand_at_once(pool: Any) -> None:
    """Have a prefork pool do so from now on; any other pool, and one that is built otherwise, is left alone."""
    put, jobs = getattr(pool, "_quick_put", None), getattr(pool, "_cache", None)
    if getattr(put, "__module__", "") != "celery.concurrency.asynpool" or not isinstance(jobs, dict):
        return

    def put_at_once(message: Any) -> None:
        put(message)  # type: ignore[misc]
        _join(jobs, message)

    pool._quick_put = put_at_once


def _join(jobs: dict[Any, Any], message: Any) -> None:
    try:
        number, _, _, arguments, _ = message[1]
        job = jobs.get(number)
        length, body, size = job._payload  # type: ignore[union-attr]
        if DELIVERY in arguments[2] and len(length) == LENGTH and size == len(body) <= select.PIPE_BUF - LENGTH:
            # All of it is written as "length"; of the rest there is nothing.
            job._payload = memoryview(bytes(length) + bytes(body)), _NOTHING, 0  # type: ignore[union-attr]
    except (AttributeError, TypeError, ValueError, IndexError):
        return
