"""What a route may be, judged when a job is scheduled."""

from __future__ import annotations

from kombu.entity import Exchange, Queue

from celery_durable_jobs.errors import InvalidRouteError

NAME_LIMIT = 255
"""Bytes: AMQP's short string."""

OUR_PREFIX = "dj:"
_RESERVED = frozenset(("unacked", "unacked_index", "unacked_mutex"))
_PRIORITY_SEPARATOR = "\x06\x16"


def check_queue(queue: object) -> None:
    """:raises InvalidRouteError: no queue (or no name of one) that a job may go to."""
    name = queue.name if isinstance(queue, Queue) else queue
    check_name("queue", name)
    assert isinstance(name, str)
    if name.startswith((OUR_PREFIX, "_kombu.")) or name in _RESERVED or _PRIORITY_SEPARATOR in name:
        raise InvalidRouteError(
            f"queue {name!r}: this name belongs to the keys of celery-durable-jobs or Kombu; take another",
            argument="queue",
            value=name,
        )


def check_exchange(exchange: object) -> None:
    """:raises InvalidRouteError: no exchange (or no name of one). The empty name is AMQP's default exchange."""
    name = exchange.name if isinstance(exchange, Exchange) else exchange
    if name != "":
        check_name("exchange", name)


def check_name(argument: str, name: object) -> None:
    """:raises InvalidRouteError: no text, empty, or longer than 255 bytes."""
    if not isinstance(name, str):
        raise InvalidRouteError(
            f"{argument} is a name, not {type(name).__name__}: {_cut(name)}", argument=argument, value=name
        )
    if not name:
        raise InvalidRouteError(f"{argument} is empty", argument=argument, value=name)
    try:
        length = len(name.encode())
    except UnicodeEncodeError:
        raise InvalidRouteError(
            f"{argument} has characters that are none: {_cut(name)}", argument=argument, value=name
        ) from None
    if length > NAME_LIMIT:
        raise InvalidRouteError(
            f"{argument} has {length} bytes; {NAME_LIMIT} are allowed", argument=argument, value=name, limit=NAME_LIMIT
        )


def check_priority(priority: object) -> int | None:
    """The priority as Celery takes it: None, or 0 to 255. :raises InvalidRouteError: anything else."""
    if priority is None:
        return None
    if isinstance(priority, int) and not isinstance(priority, bool) and 0 <= priority <= 255:
        return int(priority)
    raise InvalidRouteError(
        f"priority is a whole number from 0 to 255, not {_cut(priority)}",
        argument="priority",
        value=priority,
        limit=255,
    )


def check_delivery_mode(mode: object) -> None:
    """:raises InvalidRouteError: none of AMQP's two."""
    if mode not in (None, 1, 2, "transient", "persistent") or isinstance(mode, bool):
        raise InvalidRouteError(
            f"delivery_mode is 'persistent' (2) or 'transient' (1), not {_cut(mode)}",
            argument="delivery_mode",
            value=mode,
        )


def _cut(value: object) -> str:
    try:
        text = repr(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 80 else f"{text[:77]}..."
