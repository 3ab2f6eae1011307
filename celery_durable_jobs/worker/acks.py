"""Messages of jobs without Kombu's list of unacknowledged messages, where the broker is Kombu's own Redis transport.

Redis knows no acknowledgements. Kombu emulates them: each message that a worker takes is copied to the hash
``unacked``, with a time in ``unacked_index``, and deleted there when it is acknowledged: two thirds of what a message
costs a worker. A handler job doesn't need that: the store follows it. What a killed worker had taken comes back by its
hold or its begin timeout, sooner than by Kombu's visibility timeout (1 h). So the consumer's channel gets a ``QoS``
that leaves it out for our messages alone, told by their header. It still counts them for the prefetch, and puts them
back onto their queues when the channel is closed; ordinary tasks beside them keep Kombu's way.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from celery_durable_jobs.messages.headers import HEADER, KIND_HANDLER, make_header
from celery_durable_jobs.model.carrier import KIND_CARRIER
from celery_durable_jobs.observability.logging import get_logger

logger = get_logger("worker")

BATCH = 500
"""Messages that one round trip puts back."""


class SparingQoS:
    """Mixed into ``kombu.transport.redis.QoS``.

    Like Kombu's it is used by the consuming thread, but for ``ack`` and ``reject``, which any thread may call.
    """

    durable_header: tuple[str, tuple[str, ...]]
    """What a header of ours begins with, up to its generation, and what it may end with."""

    # What the mixin uses of Kombu's.
    channel: Any
    _delivered: dict[str, Any]
    _quick_append: Any
    _quick_ack: Any
    _flush: Any
    _dirty: set[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spared: set[str] = set()

    def append(self, message: Any, delivery_tag: str) -> None:
        """A message was taken from its queue."""
        if not self._spares(message):
            super().append(message, delivery_tag)  # type: ignore[misc]
            return
        if self._dirty:
            self._flush()
        self._spared.add(delivery_tag)
        self._quick_append(delivery_tag, message)

    def ack(self, delivery_tag: str) -> None:
        """It is done with."""
        if delivery_tag not in self._spared:
            super().ack(delivery_tag)  # type: ignore[misc]
            return
        self._spared.discard(delivery_tag)
        self._quick_ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """It is refused; with ``requeue`` it goes back to the end of its queue, as Kombu's do."""
        if delivery_tag not in self._spared:
            super().reject(delivery_tag, requeue=requeue)  # type: ignore[misc]
            return
        message = self._delivered.get(delivery_tag)
        if requeue and message is not None and delivery_tag not in self._dirty:
            self._put_back([message], leftmost=True)
        self._spared.discard(delivery_tag)
        self._quick_ack(delivery_tag)

    def restore_unacked(self, client: Any = None) -> Any:
        """The channel closes: all that is not acknowledged goes back, the oldest to be taken first.

        A broker that is gone takes ours along, and their jobs are sent again. With messages of its own in hand Kombu
        raises then, which ends a worker of Celery 5.7.
        """
        self._flush()
        ours = [self._delivered.pop(tag) for tag in list(self._delivered) if tag in self._spared]
        try:
            self._put_back(reversed(ours))
        except Exception as error:  # also AttributeError: by then the channel may have forgotten where it was connected
            logger.info("%d messages of jobs are lost with the broker, and will be sent again: %r", len(ours), error)
        return super().restore_unacked(client) if self._delivered else None  # type: ignore[misc]

    def _spares(self, message: Any) -> bool:
        headers = message.headers
        value = headers.get(HEADER) if isinstance(headers, dict) else None
        if not isinstance(value, str):
            return False
        start, ends = self.durable_header
        for end in ends:
            if value.startswith(start) and value.endswith(end):
                generation = value[len(start) : -len(end)]
                return generation.isascii() and generation.isdigit()
        return False

    def _put_back(self, messages: Iterable[Any], *, leftmost: bool = False) -> None:
        rest = list(messages)
        while rest:
            batch, rest = rest[:BATCH], rest[BATCH:]
            with self.channel.conn_or_acquire() as client, client.pipeline() as pipe:
                for message in batch:
                    to = message.delivery_info
                    self.channel._do_restore_message(message._raw, to["exchange"], to["routing_key"], pipe, leftmost)
                pipe.execute()


def spare_unacked(consumer: Any, settings: Any) -> bool:
    """Give the channel that a consumer is about to consume by the ``QoS`` above; answers whether it has one.

    Not where the setting says otherwise, the transport isn't Kombu's own for Redis, or its acknowledgements are off.
    """
    redis = sys.modules.get("kombu.transport.redis")
    if not settings.skip_unacked or redis is None:
        return False
    channel = consumer.connection.default_channel
    if type(channel) not in (redis.Channel, redis.SentinelChannel) or channel.QoS is not redis.QoS:
        return False
    used = channel._qos  # made by whoever looked first whether there is room for a message
    if used is not None and (type(used) is not redis.QoS or used._delivered or "can_consume" in vars(used)):
        return False  # somebody's own, or in use
    headers = [make_header(settings.namespace, 0, kind).split(":0:", 1) for kind in (KIND_HANDLER, KIND_CARRIER)]
    ours = (f"{headers[0][0]}:", tuple(f":{end}" for _, end in headers))
    channel.QoS = type("QoS", (SparingQoS, redis.QoS), {"durable_header": ours})
    if used is not None:
        used._on_collect.cancel()
        channel._qos = channel.QoS(channel, used.prefetch_count)
    return True
