"""RabbitMQ by py-amqp: publisher confirms, many under way at once, and messages that come back are noticed."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from typing import Any

import amqp  # type: ignore[import-untyped]
from celery import Celery
from kombu.entity import Exchange, Queue
from kombu.transport import pyamqp

from celery_durable_jobs.messages.brokers.plain import no_queue
from celery_durable_jobs.messages.envelope import Envelope
from celery_durable_jobs.messages.events import tell_sent
from celery_durable_jobs.messages.outcomes import CONFIRMED, PublishOutcome, describe, doubt, failed, unroutable


def fits_transport(transport: type) -> bool:
    """True for Kombu's py-amqp transports."""
    return issubclass(transport, pyamqp.Transport)


def fits(channel: Any) -> bool:
    """True for a channel of these."""
    return isinstance(channel, amqp.Channel)


def options(given: dict[str, Any], timeout: float) -> dict[str, Any]:
    """No read or write blocks for longer. ``confirm_publish`` would wait for each message by itself: we don't."""
    return {
        "confirm_publish": False,
        "read_timeout": min(given.get("read_timeout") or timeout, timeout),
        "write_timeout": min(given.get("write_timeout") or timeout, timeout),
    }


class AmqpChannel:
    """A channel in confirm mode; a new one when the server has closed it for somebody's mistake."""

    def __init__(self, app: Celery, connection: Any, channel: Any) -> None:
        self.app = app
        self.connection = connection
        self.channel: Any = channel
        self.broken = False
        self._confirming = False
        self._events: Any = None
        self._next_tag = 1
        self._under_way: dict[int, int] = {}
        self._outcomes: list[PublishOutcome | None] = []
        self._envelopes: Sequence[Envelope] = ()
        self._returned: set[str] = set()

    def declare(self, entity: Queue | Exchange) -> None:
        """See ``BrokerChannel``."""
        unbound: Any = entity
        try:
            unbound.bind(self._ready()).declare()
        except self.connection.channel_errors:
            self._discard()
            raise

    def send(self, envelopes: Sequence[Envelope], deadline: float) -> list[PublishOutcome | None]:
        """See ``BrokerChannel``. None: the channel was closed while the message was under way, by it or another."""
        self._envelopes, self._outcomes = envelopes, [None] * len(envelopes)
        self._under_way.clear()
        self._returned.clear()
        tried = 0
        try:
            self._ready()
            for index, envelope in enumerate(envelopes):
                if time.monotonic() >= deadline:
                    break
                tried = index + 1
                self._publish(index, envelope, deadline)
            while self._under_way:
                self.connection.drain_events(timeout=_left(deadline))
        except self.connection.channel_errors as error:
            self._discard()
            if len(envelopes) == 1:
                self._settle_rest(0, _refusal(error))
            return self._outcomes
        except TimeoutError:  # socket.timeout is this; it is also an OSError, hence before those
            self.broken = True
            self._settle_under_way(doubt("the broker has not confirmed the message in time"))
        except Exception as error:  # py-amqp has also shown AttributeError and KeyError where a connection went
            self.broken = True
            self._settle_under_way(doubt(error))
            if tried and self._outcomes[tried - 1] is None:
                self._outcomes[tried - 1] = doubt(error)
            self._settle_rest(tried, failed("the connection to the broker was lost before this message"))
        self._settle_rest(tried, failed("the time for the batch was up before this message"))
        return self._outcomes

    def announce(self, envelopes: Sequence[Envelope]) -> None:
        """See ``BrokerChannel``. On a channel of its own: events are not confirmed."""
        if self._events is None:
            self._events = self.app.amqp.Producer(self.connection.channel(), auto_declare=False)
        tell_sent(self.app, self._events, envelopes)

    def probe(self, deadline: float) -> None:
        """Send a message to nobody and see it come back: also a broker that has stopped reading is noticed."""
        channel = self._ready()
        self._envelopes, self._outcomes = (), []
        self._under_way = {self._next_tag: -1}
        self._next_tag += 1
        channel.basic_publish(
            channel.prepare_message(b"", content_type="application/data", content_encoding="binary"),
            exchange="",
            routing_key="_durable_jobs.probe.",
            mandatory=True,
            timeout=_left(deadline),
        )
        while self._under_way:
            self.connection.drain_events(timeout=_left(deadline))

    def _ready(self) -> Any:
        if self.channel is None:
            self.channel, self._confirming = self.connection.channel(), False
        channel = self.channel
        if not self._confirming:
            channel.events["basic_ack"].add(self._on_ack)
            channel.events["basic_nack"].add(self._on_nack)
            channel.events["basic_return"].add(self._on_return)
            channel.confirm_select()
            self._confirming, self._next_tag = True, 1
        return channel

    def _discard(self) -> None:
        """The server has closed the channel. py-amqp has opened it again, but not in confirm mode: take another."""
        channel, self.channel = self.channel, None
        self._under_way.clear()
        with contextlib.suppress(Exception):
            channel.close()

    def _publish(self, index: int, envelope: Envelope, deadline: float) -> None:
        channel = self.channel
        message = channel.prepare_message(
            envelope.body,
            envelope.route.priority or 0,  # what Kombu's producer says where nothing is said
            envelope.content_type,
            envelope.content_encoding,
            envelope.headers,
            envelope.properties,
        )
        try:
            written = message._serialize_properties()  # an error of this, later, would look like one of the connection
        except Exception as error:
            self._outcomes[index] = unroutable(f"this broker can't carry the message: {describe(error)}")
            return
        message._serialize_properties = lambda: written  # the tables of headers are half of what a message costs
        channel.basic_publish(
            message,
            exchange=envelope.exchange,
            routing_key=envelope.routing_key,
            mandatory=True,
            timeout=_left(deadline),
        )
        self._under_way[self._next_tag] = index
        self._next_tag += 1

    def _on_return(self, _error: Any, _exchange: str, _routing_key: str, message: Any) -> None:
        headers = message.properties.get("application_headers") or {}
        self._returned.add(str(headers.get("id")))  # its confirm comes right after it

    def _on_ack(self, tag: int, multiple: bool) -> None:
        for index in self._answered(tag, multiple):
            envelope = self._envelopes[index]
            self._outcomes[index] = no_queue(envelope) if envelope.job_id in self._returned else CONFIRMED

    def _on_nack(self, tag: int, multiple: bool) -> None:
        for index in self._answered(tag, multiple):
            self._outcomes[index] = failed("the broker has refused the message (nack)")

    def _answered(self, tag: int, multiple: bool) -> list[int]:
        tags = [each for each in self._under_way if each <= tag] if multiple else [tag]
        indexes = [self._under_way.pop(each, -1) for each in tags]
        return [index for index in indexes if index >= 0]

    def _settle_under_way(self, outcome: PublishOutcome) -> None:
        for index in self._under_way.values():
            self._outcomes[index] = outcome
        self._under_way.clear()

    def _settle_rest(self, first: int, outcome: PublishOutcome) -> None:
        for index in range(first, len(self._outcomes)):
            if self._outcomes[index] is None:
                self._outcomes[index] = outcome


def _refusal(error: Exception) -> PublishOutcome:
    """Of a message published by itself. 406 is about the message (its size, its user id), 403 and 404 about the way."""
    if getattr(error, "reply_code", None) == 406:
        return unroutable(f"this broker refuses the message: {describe(error)}")
    return failed(error)


def _left(deadline: float) -> float:
    """Seconds, and never 0: that would mean not to wait at all, or for ever."""
    return max(0.001, deadline - time.monotonic())
