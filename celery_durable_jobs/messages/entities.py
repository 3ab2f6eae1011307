"""Queues that are given as objects, not by a name that the app knows: their declaration travels with the job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from celery import Celery
from kombu.entity import Exchange, Queue

from celery_durable_jobs.errors import InvalidRouteError
from celery_durable_jobs.messages.values import NotPlainError, plain

_Queue: Any = Queue
_Exchange: Any = Exchange


def known(app: Celery, queue: Queue) -> bool:
    """True where the app would find this very declaration by the queue's name."""
    found = dict.get(app.amqp.queues, queue.name)
    return found is queue or found == queue


def dump_queue(queue: Any) -> dict[str, Any]:
    """A queue's declaration as JSON.

    :raises InvalidRouteError: it has what JSON can't hold, or several bindings.
    """
    if queue.bindings:
        raise InvalidRouteError(
            f"queue {queue.name!r} has several bindings: name it in task_queues instead", argument="queue", value=queue
        )
    try:
        parts = {key: plain(value) for key, value in queue.as_dict().items() if _said(key, value)}
        exchange = queue.exchange
        if exchange is not None:
            parts["exchange"] = {key: plain(value) for key, value in exchange.as_dict().items() if _said(key, value)}
    except NotPlainError:
        raise InvalidRouteError(
            f"queue {queue.name!r} has options that can't be stored: name it in task_queues instead",
            argument="queue",
            value=queue,
        ) from None
    return parts


def _said(key: str, value: Any) -> bool:
    return value is not None and key not in ("exchange", "bindings", "on_declared", "channel")


def load_queue(parts: Mapping[str, Any]) -> Queue:
    """The inverse of ``dump_queue``. :raises Exception: of any kind, where the parts make no queue."""
    given = dict(parts)
    exchange = given.pop("exchange", None)
    for name in (given["name"], *([exchange["name"], exchange["type"]] if exchange is not None else ())):
        if not isinstance(name, str):
            raise TypeError(f"{name!r} is no name")
    made: Queue = _Queue(**given, exchange=_Exchange(**exchange) if exchange is not None else None)
    return made
