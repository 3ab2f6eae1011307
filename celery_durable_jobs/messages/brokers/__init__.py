"""How a batch of messages gets onto a broker, and what is known of each afterwards; a file a kind of transport.

Each class here holds one open channel. ``send`` never raises for a broker's trouble: every message gets an outcome, or
None where a neighbour's error took the channel down and it must be tried by itself. ``broken`` is true once the
connection can't be used any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from celery import Celery
from kombu.entity import Exchange, Queue

from celery_durable_jobs.messages.envelope import Envelope
from celery_durable_jobs.messages.outcomes import PublishOutcome


class BrokerChannel(Protocol):
    """An open channel to a broker."""

    broken: bool

    def declare(self, entity: Queue | Exchange) -> None:
        """Declare a queue with its exchange and binding, or an exchange; whether or not that was done before."""

    def send(self, envelopes: Sequence[Envelope], deadline: float) -> list[PublishOutcome | None]:
        """Publish in this order; ``deadline`` is a time of ``time.monotonic``."""

    def announce(self, envelopes: Sequence[Envelope]) -> None:
        """Publish Celery's event ``task-sent`` for messages that are confirmed. Raises what went wrong."""

    def probe(self, deadline: float) -> None:
        """Take the way that a message takes, without sending one. Raises what is wrong."""


def open_channel(app: Celery, connection: Any) -> BrokerChannel:
    """The class that fits the connection's transport, with a channel opened."""
    from celery_durable_jobs.messages.brokers import amqp, plain, redis

    channel = connection.channel()
    if amqp.fits(channel):
        return amqp.AmqpChannel(app, connection, channel)
    if redis.fits(channel):
        return redis.RedisChannel(app, connection, channel)
    return plain.PlainChannel(app, connection, channel)


def transport_options(connection: Any, timeout: float) -> dict[str, Any]:
    """Options of the transport that bound how long any call may take."""
    from celery_durable_jobs.messages.brokers import amqp, redis

    transport = connection.get_transport_cls()
    if amqp.fits_transport(transport):
        return amqp.options(connection.transport_options, timeout)
    if redis.fits_transport(transport):
        return redis.options(connection.transport_options, timeout)
    return {}
