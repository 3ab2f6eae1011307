"""A keeper's way onto the broker: batches of messages, and what is known of each afterwards."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterable, Sequence
from typing import Any

from celery import Celery
from kombu.common import Broadcast
from kombu.entity import Exchange, Queue

from celery_durable_jobs.messages.brokers import BrokerChannel, open_channel, transport_options
from celery_durable_jobs.messages.envelope import Envelope
from celery_durable_jobs.messages.events import wanted
from celery_durable_jobs.messages.outcomes import (
    CONFIRMED,
    PublishOutcome,
    PublishResult,
    describe,
    doubt,
    failed,
)
from celery_durable_jobs.model.route import Route

logger = logging.getLogger("celery_durable_jobs.messages")

__all__ = ["CONFIRMED", "PublishOutcome", "PublishResult", "Publisher"]

DEFAULT_TIMEOUT = 10.0
"""Seconds after which a publish is in doubt."""


class Publisher:
    """One connection of its own to the app's broker (``broker_write_url``), opened when it is needed.

    No publish signal fires here: they fired when the job was scheduled. Calls from several threads wait for each other.
    After a lost connection the next call makes a new one; how long to wait before that is the caller's to decide.
    """

    def __init__(self, app: Celery) -> None:
        self.app = app
        self.last_error = ""
        """Why the broker couldn't be reached the last time; empty after a success."""
        self._lock = threading.RLock()
        self._connection: Any = None
        self._channel: BrokerChannel | None = None
        self._timeout = 0.0
        self._declared: set[tuple[str, ...]] = set()

    def publish_batch(self, envelopes: Iterable[Envelope], timeout: float = DEFAULT_TIMEOUT) -> list[PublishOutcome]:
        """Publish messages in this order; the outcomes are in the same order.

        Queues are declared first, once a connection. A message that comes back unroutable is tried once more after its
        queue was declared anew (somebody may have deleted it). Where one message's error takes down the batch, those
        whose fate isn't known are published again one by one: a copy of a generation is refused at begin.

        :param timeout: seconds for all of it, after which what was sent and not confirmed is in doubt.
        """
        batch = list(envelopes)
        if not batch:
            return []
        deadline = time.monotonic() + timeout
        with self._lock:
            try:
                channel = self._open(timeout)
            except Exception as error:
                self._lost(error)
                return [failed(f"the broker can't be reached: {describe(error)}")] * len(batch)
            outcomes = _Outcomes(batch)
            self._declare(channel, outcomes)
            self._send(channel, outcomes, deadline)
            self._send_returned(channel, outcomes, deadline)
            self._announce(channel, outcomes)
            if channel.broken:
                self._lost(outcomes.last_reason() or self.last_error)
            else:
                self.last_error = ""
            return outcomes.final()

    def probe(self, timeout: float = 2.0) -> bool:
        """True where the broker can be reached and would take messages now; else ``last_error`` says why not."""
        with self._lock:
            try:
                self._open(timeout).probe(time.monotonic() + timeout)
            except Exception as error:
                self._lost(error)
                return False
            self.last_error = ""
            return True

    def mark(self, name: str, seconds: int, timeout: float = 2.0) -> bytes | None:
        """Leave an empty value of that name in the broker's database for so long; answers its key.

        None where the broker has no such thing, can't be reached (``last_error``), or doesn't allow it.
        """
        with self._lock:
            try:
                leave = getattr(self._open(timeout), "mark", None)
                return None if leave is None else bytes(leave(name, seconds))
            except Exception as error:
                if self._connection is None or isinstance(error, self._connection.connection_errors):
                    self._lost(error)
                else:
                    self.last_error = describe(error)
                return None

    def render(self, envelope: Envelope, timeout: float = 2.0) -> tuple[bytes, str] | None:
        """What a publish of this message would push onto which list of the broker; its queue is declared first.

        None where that isn't one push onto a list, as Kombu's Redis transport does it for a plain queue.

        :raises Exception: the broker is in the way.
        """
        with self._lock:
            channel = self._open(timeout)
            render = getattr(channel, "render", None)
            if render is None or wanted(self.app):  # each message has its event
                return None
            outcomes = _Outcomes([envelope])
            self._declare(channel, outcomes)
            if not outcomes.open():
                return None
            rendered: tuple[bytes, str] | None = render(envelope)
            return rendered

    def close(self) -> None:
        """Close the connection; a later call opens a new one."""
        with self._lock:
            connection, self._connection, self._channel = self._connection, None, None
            self._declared.clear()
            if connection is not None:
                with contextlib.suppress(Exception):
                    connection.release()

    def _open(self, timeout: float) -> BrokerChannel:
        if self._channel is not None:
            if not self._alive():
                self._drop()
            elif self._timeout != timeout:  # it stands in the sockets' options
                self.close()
        if self._channel is None:
            connection = self.app.connection_for_write()
            connection.transport_options = {
                **connection.transport_options,
                **transport_options(connection, timeout),
            }
            connection.connect_timeout = min(connection.connect_timeout or timeout, timeout)
            self._connection, self._timeout = connection, timeout
            connection.ensure_connection(
                max_retries=max(1, len(connection.alt)), interval_start=0, interval_step=0, timeout=timeout
            )
            self._channel = open_channel(self.app, connection)
        return self._channel

    def _alive(self) -> bool:
        """False where the server has closed an idle connection: better found now than by a message."""
        if not self._connection.connected:
            return False
        if self._connection.transport.driver_type != "amqp":
            return True  # redis-py looks by itself when it takes a connection from its pool
        try:
            while True:
                self._connection.drain_events(timeout=0.0001)
        except TimeoutError:
            return True
        except Exception:
            return False

    def _lost(self, reason: object) -> None:
        self.last_error = describe(reason)
        self._drop()

    def _drop(self) -> None:
        """Let go of a connection without talking to its server."""
        connection, self._connection, self._channel = self._connection, None, None
        self._declared.clear()
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.collect(socket_timeout=0.1)

    def _queue_of(self, envelope: Envelope) -> Queue | None:
        """The queue to declare, or None where there is none (or the app may not create it: then it must be there)."""
        if envelope.queue is not None:
            return envelope.queue
        if envelope.route.queue is None:
            return None
        try:
            queue = self.app.amqp.queues[envelope.route.queue]
        except KeyError:
            return None
        return None if isinstance(queue, Broadcast) else queue

    def _entities_of(self, envelope: Envelope) -> list[Queue | Exchange]:
        """What is declared before the message: its queue, and its exchange where the app knows that by another queue.

        (Celery leaves out the latter. Redis then takes a topic exchange for a direct one, and drops the message.)
        """
        queue = self._queue_of(envelope)
        entities: list[Queue | Exchange] = [] if queue is None else [queue]
        name = envelope.exchange
        if name and (queue is None or queue.exchange is None or queue.exchange.name != name):
            known = (each.exchange for each in list(self.app.amqp.queues.values()) if each.exchange is not None)
            entities += [exchange for exchange in known if exchange.name == name][:1]
        return entities

    def _declare(self, channel: BrokerChannel, outcomes: _Outcomes) -> None:
        refused: dict[tuple[str, ...], PublishOutcome] = {}
        needs: dict[tuple[Route, int], list[Queue | Exchange]] = {}
        for index, envelope in outcomes.open():
            route = envelope.route, id(envelope.queue)
            if route not in needs:
                needs[route] = self._entities_of(envelope)
            for entity in needs[route]:
                known = _identity(entity)
                if known not in self._declared and known not in refused:
                    outcome = self._declare_one(channel, entity)
                    if outcome is None:
                        self._declared.add(known)
                    else:
                        refused[known] = outcome
                if known in refused:
                    outcomes.values[index] = refused[known]
                    break
            if channel.broken:
                outcomes.settle(failed("the connection to the broker was lost while queues were declared"))
                return

    def _declare_one(self, channel: BrokerChannel, entity: Queue | Exchange) -> PublishOutcome | None:
        try:
            channel.declare(entity)
        except Exception as error:
            channel.broken = isinstance(error, self._connection.connection_errors)
            what = "queue" if isinstance(entity, Queue) else "exchange"
            return failed(f"{what} {entity.name!r} can't be declared: {describe(error)}")
        return None

    def _send(self, channel: BrokerChannel, outcomes: _Outcomes, deadline: float) -> None:
        waiting = outcomes.open()
        outcomes.take(waiting, channel.send([envelope for _, envelope in waiting], deadline))
        refused: dict[str, PublishOutcome] = {}
        for index, envelope in outcomes.open():
            # The channel went down in the midst of the batch: by themselves each shows what it is.
            if envelope.exchange in refused:
                outcomes.values[index] = refused[envelope.exchange]
            elif channel.broken:
                outcomes.values[index] = doubt("the connection to the broker was lost in the midst of the batch")
            elif time.monotonic() >= deadline:
                outcomes.values[index] = doubt("the time for the batch was up in the midst of it")
            else:
                [outcome] = channel.send([envelope], deadline)
                outcomes.values[index] = outcome
                if envelope.exchange and outcome is not None and outcome.result is PublishResult.FAILED:
                    refused[envelope.exchange] = outcome  # a missing exchange is missing for all

    def _send_returned(self, channel: BrokerChannel, outcomes: _Outcomes, deadline: float) -> None:
        again: dict[tuple[str, ...], bool] = {}
        for index, envelope in enumerate(outcomes.envelopes):
            outcome = outcomes.values[index]
            if outcome is None or outcome.result is not PublishResult.UNROUTABLE:
                continue
            queue = self._queue_of(envelope)
            if queue is None or channel.broken or time.monotonic() >= deadline:
                continue
            known = _identity(queue)
            if known not in again:
                again[known] = self._declare_one(channel, queue) is None
            if again[known]:
                outcomes.values[index] = None
        if any(again.values()):
            self._send(channel, outcomes, deadline)

    def _announce(self, channel: BrokerChannel, outcomes: _Outcomes) -> None:
        if channel.broken or not wanted(self.app):
            return
        sent = [
            envelope
            for envelope, outcome in zip(outcomes.envelopes, outcomes.values, strict=True)
            if outcome is not None and outcome.confirmed
        ]
        try:
            channel.announce(sent)
        except Exception as error:  # nobody's job hangs on an event
            logger.debug("event task-sent: %s", error)
            channel.broken = True
            self.last_error = describe(error)


def _identity(entity: Queue | Exchange) -> tuple[str, ...]:
    if isinstance(entity, Exchange):
        return ("exchange", entity.name, entity.type)
    return (entity.name, entity.exchange.name if entity.exchange else "", entity.routing_key or "")


class _Outcomes:
    """The outcomes of a batch while they come in; None where there is none yet."""

    def __init__(self, envelopes: Sequence[Envelope]) -> None:
        self.envelopes = envelopes
        self.values: list[PublishOutcome | None] = [None] * len(envelopes)

    def open(self) -> list[tuple[int, Envelope]]:
        """What has no outcome yet."""
        return [(index, self.envelopes[index]) for index, value in enumerate(self.values) if value is None]

    def take(self, sent: Sequence[tuple[int, Envelope]], values: Sequence[PublishOutcome | None]) -> None:
        """Take over the answers of what was sent."""
        for (index, _), value in zip(sent, values, strict=True):
            self.values[index] = value

    def settle(self, outcome: PublishOutcome) -> None:
        """The same outcome for all that have none."""
        self.values = [value or outcome for value in self.values]

    def last_reason(self) -> str:
        """Why the connection broke, as far as an outcome tells."""
        return next((value.reason for value in reversed(self.values) if value is not None and value.reason), "")

    def final(self) -> list[PublishOutcome]:
        """All outcomes."""
        return [value or doubt("nothing is known of this message") for value in self.values]
