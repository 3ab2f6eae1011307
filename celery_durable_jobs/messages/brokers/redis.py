"""Kombu's Redis transport: the pushes of a batch go out in one pipeline, each with an answer of its own."""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Iterator, Sequence
from typing import Any

from kombu.entity import Exchange, Queue
from kombu.exceptions import InconsistencyError
from kombu.transport import redis as kombu_redis
from redis.exceptions import NoPermissionError, ResponseError

from celery_durable_jobs.messages.brokers.plain import PlainChannel, no_queue, publish, routable, uncarried
from celery_durable_jobs.messages.envelope import Envelope
from celery_durable_jobs.messages.outcomes import CONFIRMED, PublishOutcome, doubt, failed


def fits_transport(transport: type) -> bool:
    """True for Kombu's Redis transports (TLS, unix socket and Sentinel too)."""
    return issubclass(transport, kombu_redis.Transport)


def fits(channel: Any) -> bool:
    """True for a channel of these."""
    return isinstance(channel, kombu_redis.Channel)


def options(given: dict[str, Any], timeout: float) -> dict[str, Any]:
    """Sockets answer in time, and nothing is sent again behind our back."""
    return {
        "socket_timeout": _least(given.get("socket_timeout"), timeout),
        "socket_connect_timeout": _least(given.get("socket_connect_timeout"), timeout),
        "retry_on_timeout": False,
    }


def _least(given: float | None, timeout: float) -> float:
    return timeout if given is None else min(given, timeout)


def _is_full(error: ResponseError) -> bool:
    """Whether the server is at its memory limit. (Of some versions of redis-py the class tells, of all the text.)"""
    return "OOM" in str(error) or "used memory" in str(error)


def _expires(queue: Any) -> bool:
    """Whether the queue goes by itself: then Kombu keeps its binding otherwise."""
    return queue.expires is not None or "x-expires" in (queue.queue_arguments or {})


class _Pushes:
    """A client whose pushes wait in a pipeline; every other call goes to the server at once."""

    def __init__(self, client: Any, pipeline: Any) -> None:
        self._client = client
        self.lpush = pipeline.lpush
        self.publish = pipeline.publish

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


class _Noted:
    """A client that notes what is pushed, and pushes nothing. What else it is asked to write is no push onto a list."""

    def __init__(self, client: Any) -> None:
        self.pushes: list[tuple[Any, Any]] = []
        self.odd = False
        self.smembers = client.smembers  # the table of an exchange

    def lpush(self, key: Any, *values: Any) -> None:
        """Note it."""
        self.pushes += [(key, value) for value in values]

    def __getattr__(self, name: str) -> Any:
        self.odd = True
        raise AttributeError(name)


SMALL_WRITE = "redis.call('DEL', KEYS[2]) return redis.call(ARGV[1], KEYS[1], unpack(ARGV, 2))"
"""A write that a full server lets pass: a script is refused only until its first command that may free something."""


class RedisChannel(PlainChannel):
    """Kombu itself makes keys, priorities and payloads; only the moment of the push is ours."""

    def declare(self, entity: Queue | Exchange) -> None:
        """See ``BrokerChannel``. A full server takes a binding too: else what fills it could never be dispatched."""
        try:
            super().declare(entity)
        except ResponseError as error:
            if not _is_full(error) or not isinstance(entity, Queue) or entity.exchange is None or _expires(entity):
                raise
            self._bind(entity, entity.exchange)

    def _bind(self, queue: Any, exchange: Any) -> None:
        """What Kombu's ``_queue_bind`` writes."""
        channel = self.channel
        kind = channel.typeof(exchange.name, exchange.type)
        parts = kind.prepare_bind(queue.name, exchange.name, queue.routing_key, queue.binding_arguments)
        member = channel.sep.join(part or "" for part in parts)
        for prefix in ("keyprefix_queue", "keyprefix_binding_permanent"):
            if hasattr(channel, prefix):
                self._write_small(getattr(channel, prefix) % (exchange.name,), "SADD", member)

    def _write_small(self, name: str, command: str, *arguments: Any) -> None:
        key = f"{self.channel.global_keyprefix}{name}"  # Kombu gives EVAL none
        with self.channel.conn_or_acquire() as client:
            client.execute_command("EVAL", SMALL_WRITE, 2, key, f"{key}:none", command, *arguments)

    def send(self, envelopes: Sequence[Envelope], deadline: float) -> list[PublishOutcome | None]:
        """See ``BrokerChannel``. The sockets' timeout bounds it (``options``)."""
        if self.broken:
            return [failed("the connection to the broker was lost before this message")] * len(envelopes)
        outcomes: list[PublishOutcome | None] = [None] * len(envelopes)
        owners: list[int] = []
        client = self.channel.client
        with client.pipeline(transaction=False) as pipeline:
            try:
                with self._deferred(client, pipeline):
                    for index, envelope in enumerate(envelopes):
                        if time.monotonic() >= deadline:
                            outcomes[index] = failed("the time for the batch was up before this message")
                            continue
                        outcomes[index] = self._prepare(envelope)
                        owners += [index] * (len(pipeline) - len(owners))
                answers = pipeline.execute(raise_on_error=False)
            except Exception as error:
                self.broken = True
                return [each or doubt(error) for each in outcomes]
        for index, answer in zip(owners, answers, strict=True):
            if isinstance(answer, Exception):
                outcomes[index] = failed(answer)
        return [each or CONFIRMED for each in outcomes]

    def announce(self, envelopes: Sequence[Envelope]) -> None:
        """See ``BrokerChannel``."""
        client = self.channel.client
        with client.pipeline(transaction=False) as pipeline:
            with self._deferred(client, pipeline):
                super().announce(envelopes)
            pipeline.execute()

    def probe(self, deadline: float) -> None:
        """A push onto a list that isn't there: refused as a real one is (memory, replica), and leaves nothing."""
        name = f"{self.app.conf.task_default_queue}{self.channel.sep}probe"
        with self.channel.conn_or_acquire() as client, contextlib.suppress(NoPermissionError):
            client.execute_command("LPUSHX", name, "")

    def mark(self, name: str, seconds: int) -> bytes:
        """Leave an empty value under that name, for so long; answers its whole key."""
        key = f"{self.channel.global_keyprefix}{name}"
        with self.channel.conn_or_acquire() as client:
            # Two commands that Kombu gives no prefix.
            if not client.execute_command("EXPIRE", key, seconds):
                try:
                    client.execute_command("SETEX", key, seconds, b"")
                except ResponseError as error:
                    if not _is_full(error):
                        raise
                    self._write_small(name, "SETEX", seconds, b"")
        return key.encode()

    def render(self, envelope: Envelope) -> tuple[bytes, str] | None:
        """The list's key and the text that Kombu would push for this message; None where that isn't one plain push.

        Only of Kombu's own channel: whoever makes another one takes messages from elsewhere.
        """
        if type(self.channel)._put is not kombu_redis.Channel._put or not routable(self.channel, envelope):
            return None
        client = self.channel.client
        noted = _Noted(client)
        with client.pipeline(transaction=False) as pipeline, self._deferred(client, pipeline, noted):
            try:
                publish(self._producer, envelope)
            except AttributeError:
                if not noted.odd:
                    raise
        if noted.odd or len(noted.pushes) != 1:
            return None
        key, text = noted.pushes[0]
        return f"{self.channel.global_keyprefix}{key}".encode(), str(text)

    def _prepare(self, envelope: Envelope) -> PublishOutcome | None:
        try:
            if not routable(self.channel, envelope):
                return no_queue(envelope)
            publish(self._producer, envelope)
        except InconsistencyError:
            return no_queue(envelope)
        except Exception as error:
            refusal = uncarried(envelope)
            if refusal is None and isinstance(error, self.connection.connection_errors):
                raise
            return refusal or failed(error)
        return None

    @contextlib.contextmanager
    def _deferred(self, client: Any, pipeline: Any, pushes: Any = None) -> Iterator[None]:
        """While it lasts the channel pushes onto the pipeline (or ``pushes``), and reads an exchange's table once."""
        channel, pushes = self.channel, pushes or _Pushes(client, pipeline)
        channel.conn_or_acquire = lambda client=None: contextlib.nullcontext(client or pushes)
        channel.get_table = functools.lru_cache(maxsize=None)(type(channel).get_table.__get__(channel))
        try:
            yield
        finally:
            del channel.conn_or_acquire, channel.get_table
