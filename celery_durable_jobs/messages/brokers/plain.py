"""Any Kombu transport: message by message; what Kombu has accepted counts as confirmed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from celery import Celery
from kombu.entity import Exchange, Queue
from kombu.exceptions import InconsistencyError
from kombu.transport import virtual
from kombu.utils import json as kombu_json

from celery_durable_jobs.messages.envelope import Envelope
from celery_durable_jobs.messages.events import tell_sent
from celery_durable_jobs.messages.outcomes import CONFIRMED, PublishOutcome, describe, doubt, failed, unroutable

_dumps: Any = kombu_json.dumps


class PlainChannel:
    """Works with memory, filesystem, SQS and all that Kombu knows."""

    def __init__(self, app: Celery, connection: Any, channel: Any) -> None:
        self.app = app
        self.connection = connection
        self.channel = channel
        self.broken = False
        self._producer = app.amqp.Producer(channel, auto_declare=False)

    def declare(self, entity: Queue | Exchange) -> None:
        """See ``BrokerChannel``."""
        unbound: Any = entity
        unbound.bind(self.channel).declare()

    def send(self, envelopes: Sequence[Envelope], deadline: float) -> list[PublishOutcome | None]:
        """See ``BrokerChannel``."""
        return [self._send_one(envelope, deadline) for envelope in envelopes]

    def announce(self, envelopes: Sequence[Envelope]) -> None:
        """See ``BrokerChannel``."""
        tell_sent(self.app, self._producer, envelopes)

    def probe(self, deadline: float) -> None:
        """Nothing more can be asked of any transport than that it is connected."""

    def _send_one(self, envelope: Envelope, deadline: float) -> PublishOutcome:
        if self.broken:
            return failed("the connection to the broker was lost before this message")
        if time.monotonic() >= deadline:
            return failed("the time for the batch was up before this message")
        try:
            if not routable(self.channel, envelope):
                return no_queue(envelope)
            publish(self._producer, envelope)
        except InconsistencyError:
            return no_queue(envelope)
        except Exception as error:
            refusal = uncarried(envelope)
            if refusal is not None:
                return refusal
            if isinstance(error, self.connection.connection_errors):
                self.broken = True
                return doubt(error)
            return failed(error)
        return CONFIRMED


def publish(producer: Any, envelope: Envelope) -> None:
    """Give the message to a Kombu producer."""
    producer.publish(
        envelope.body,
        exchange=envelope.exchange,
        routing_key=envelope.routing_key,
        priority=envelope.route.priority or 0,
        content_type=envelope.content_type,
        content_encoding=envelope.content_encoding,
        headers=envelope.headers,
        **envelope.properties,
    )


def uncarried(envelope: Envelope) -> PublishOutcome | None:
    """The outcome of a message that can't be written as JSON, as virtual transports do; None for any other.

    Asked after an error only: what is wrong with the broker or the app must not make dead letters.
    """
    try:
        _dumps({"headers": envelope.headers, "properties": envelope.properties})
    except Exception as error:
        return unroutable(f"this broker can't carry the message: {describe(error)}")
    return None


def routable(channel: Any, envelope: Envelope) -> bool:
    """False where a virtual transport would drop the message without a word: no queue is bound for its key."""
    exchange, is_virtual = envelope.exchange, isinstance(channel, virtual.Channel)
    if not exchange or not is_virtual:
        return True
    if channel.typeof(exchange).type == "fanout":
        return True
    return bool(channel._lookup(exchange, envelope.routing_key))


def no_queue(envelope: Envelope) -> PublishOutcome:
    """The outcome of a message that no queue takes."""
    exchange = f"exchange {envelope.exchange!r}" if envelope.exchange else "the default exchange"
    return unroutable(f"no queue takes a message with routing key {envelope.routing_key!r} on {exchange}")
