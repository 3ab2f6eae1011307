"""Blocking connections: a pool of redis-py's connections a process, and the retry that bounds a call's time."""

from __future__ import annotations

import os
import select
import ssl
import time
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from redis import exceptions
from redis.connection import Connection, SSLConnection, UnixDomainSocketConnection

from celery_durable_jobs.stores.redis.address import Address
from celery_durable_jobs.stores.redis.durability import APPENDFSYNC, APPENDONLY, Durability
from celery_durable_jobs.stores.redis.effort import SHARE, Batch, Effort, may_later
from celery_durable_jobs.stores.redis.quick import Unreadable, can_be_quick, exchange
from celery_durable_jobs.stores.redis.replies import Reply, Trouble, is_reply
from celery_durable_jobs.stores.redis.scripts import FUNCTIONS, Form, script
from celery_durable_jobs.stores.redis.server import Server
from celery_durable_jobs.stores.redis.wire import Wire, call, command

NOT_SENT: Any = object()
"""Nothing has been sent: the ordinary way is to be taken."""

INFO = command([b"INFO", b"server"])


class Connections:
    """Idle connections of this process. Safe in threads (one connection, one call), and after a fork."""

    def __init__(self, address: Address, timeout: float, durability: Durability = Durability()) -> None:
        self._address = address
        self._timeout = timeout
        self.durability = self._durability = durability
        self._greeted = self._checked = not durability.fsync
        self._class: Any = Connection
        if address.unix:
            self._class = UnixDomainSocketConnection
        elif address.tls:
            self._class = SSLConnection
        self._pid = os.getpid()
        self._idle: deque[Any] = deque()
        self._epoch = 0
        """Counts what ``_forget`` did: a connection made before that, in use meanwhile, isn't taken again."""
        self._server: Server | None = None
        self._loaded: set[str] = set()
        self._no_functions = False

    def run(self, batch: Batch, effort: Effort) -> None:
        """Send the batch until each call has an answer or the time is over. Raises nothing of its own but
        ``ConfigurationError`` for a server that is too old, or can't do what ``durability`` asks.
        """
        while batch.pending:
            self.attempt(batch, effort)
            if batch.pending:
                pause = effort.pause()
                if pause is None:
                    batch.give_up()
                else:
                    time.sleep(pause)

    def quickly(self, wire: Wire, timeout: float) -> Any:
        """The reply to one call over an idle connection, where all is as usual. ``NOT_SENT`` where it isn't; an
        exception as the answer where the reply is an error or it isn't known what became of the call: ``go_on`` then.
        """
        server = self._server
        if server is None or not self._greeted or os.getpid() != self._pid:
            return NOT_SENT
        try:
            connection = self._idle.pop()
        except IndexError:
            return NOT_SENT
        sock = connection._sock
        if not can_be_quick(connection):
            self._idle.append(connection)
            return NOT_SENT
        try:
            if connection.epoch != self._epoch or not _silent(connection):
                connection.disconnect()
                return NOT_SENT
            share = timeout * SHARE if wire.resendable else timeout
            if sock.gettimeout() != share:
                sock.settimeout(share)
            reply = exchange(sock, self._packed(wire, server))
        except (*Trouble, Unreadable) as error:
            connection.disconnect()
            self._forget()
            if isinstance(error, TimeoutError):
                return exceptions.TimeoutError("no answer in time")
            return error
        except BaseException:
            connection.disconnect()
            raise
        self._idle.append(connection)
        return reply

    def go_on(self, batch: Batch, effort: Effort, met: Exception) -> None:
        """``run`` after ``quickly`` met something: a ``Reply``, or what happened to the connection."""
        if isinstance(met, Reply):
            batch.received([met])
            if batch.not_now:
                batch.not_now = False
                self._forget()
        else:
            batch.lost(met)
        if batch.pending and not batch.missing and not self._adapt(batch):
            pause = effort.pause()
            if pause is None:
                batch.give_up()
            else:
                time.sleep(pause)
        self.run(batch, effort)

    def begin(self, batch: Batch, effort: Effort) -> Iterator[None]:
        """Send the batch for a first time; the answers are read as the iterator is exhausted, and ``run`` goes on."""
        attempt = self.attempting(batch, effort)
        next(attempt, None)
        return attempt

    def attempt(self, batch: Batch, effort: Effort) -> None:
        """Send the batch once; what may be sent again is pending after it."""
        for _ in self.attempting(batch, effort):
            pass

    def attempting(self, batch: Batch, effort: Effort) -> Iterator[None]:
        """An attempt that comes back whenever it has sent something, before it reads: several servers can work at once
        so.
        """
        try:
            connection = self._take(effort.share(False))
        except Trouble as error:
            if is_reply(error):
                batch.received([Reply.of(error)] * len(batch.pending))
            else:
                batch.not_sent(error)
        else:
            yield from self._try(connection, batch, effort)

    def ask(self, parts: Sequence[bytes], timeout: float) -> Any:
        """The reply to one command that changes nothing, be it an error.

        :raises Trouble: there was none within so many seconds.
        """
        until = time.monotonic() + timeout
        connection = self._take(timeout)
        try:
            self._limit(connection, until)
            reply = self._ask(connection, command(parts), until)
        except BaseException:
            connection.disconnect()
            raise
        self._idle.append(connection)
        return reply

    def idle_one(self) -> tuple[Any, Form] | None:
        """An idle connection for the caller alone, and how its server gets the steps; None where there is
        none, or the server isn't known yet. It may be dead. To be given back, in step, or disconnected.
        """
        server = self._server
        if server is None or os.getpid() != self._pid:
            return None
        try:
            connection = self._idle.pop()
        except IndexError:
            return None
        if connection.epoch == self._epoch:
            return connection, server.form
        connection.disconnect()
        return None

    def give_back(self, connection: Any) -> None:
        """It is idle again."""
        self._idle.append(connection)

    def close(self) -> None:
        """Let the idle connections go."""
        while self._idle:
            try:
                self._idle.pop().disconnect()
            except IndexError:
                return

    def _forget(self) -> None:
        """After trouble: the idle connections may be dead without a sign, and a name may lead to another server now."""
        self._epoch += 1
        self._server, self._checked = None, not self._durability.fsync
        self._loaded = set()
        self.close()

    def connect(self, timeout: float) -> Any:
        """A new connection, logged in, for the caller alone."""
        connection = self._class(**self._address.connection_arguments(timeout))
        connection.connect()
        return connection

    def _take(self, timeout: float) -> Any:
        if os.getpid() != self._pid:
            self._idle, self._pid = deque(), os.getpid()  # in this order: other threads go by the number
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                epoch = self._epoch
                connection = self.connect(timeout)
                connection.epoch = epoch
                return connection
            try:
                if connection.epoch == self._epoch and _silent(connection):
                    return connection
            except Trouble:
                pass
            connection.disconnect()

    def _try(self, connection: Any, batch: Batch, effort: Effort) -> Iterator[None]:
        """One try. What makes no sense of the stream after it closes the connection."""
        sent = False
        try:
            until = time.monotonic() + effort.share(batch.whole)
            while batch.pending:
                server = self._greet(connection, batch, until)
                if batch.fence is not None and batch.unknown(self._loaded):  # else the wait would wait for nothing done
                    if self._prepare(connection, batch, until):
                        continue
                    break
                wires = [batch.wires[place] for place in batch.pending]
                packed = b"".join([self._packed(wire, server) for wire in wires])
                fence = batch.fence
                if fence is not None:
                    packed += self._durability.wait(fence, effort.left, server)
                replies: list[Any] = []
                waits: list[Any] = []
                self._limit(connection, until)
                sent = True
                try:
                    connection.send_packed_command([packed])
                    yield
                    self._read(connection, len(wires), replies, until)
                    if fence is not None and connection._sock is not None:
                        self._read(connection, 2, waits, effort.end)
                finally:
                    batch.received(replies)
                if fence is not None:
                    batch.waited(waits)
                sent = False
                if batch.not_now or not self._prepare(connection, batch, until):
                    break
            if batch.not_now:
                batch.not_now = False
                connection.disconnect()
                self._forget()
            else:
                self._idle.append(connection)
        except Trouble as error:
            batch.lost(error) if sent else batch.not_sent(error)
            connection.disconnect()
            self._forget()
        except BaseException:
            connection.disconnect()
            raise

    @staticmethod
    def _packed(wire: Wire, server: Server) -> bytes:
        step = script(wire.script, server.form)
        return call(step.verb, step.name, wire)

    def _greet(self, connection: Any, batch: Batch, until: float) -> Server:
        """What there is to know of the server, asked once.

        :raises ConfigurationError: it is too old, or can't do what ``durability`` asks. The latter at first and then
            only to who needs it: a keeper must not stop for it.
        """
        server = self._server
        if server is None:
            server = Server.of_info(self._ask(connection, INFO, until))
            self._server = server = server.without_functions() if self._no_functions else server
        if not self._checked and (batch.fence is not None or not self._greeted):
            persistence = self._ask(connection, APPENDONLY, until)
            self._durability.check(server, persistence, self._ask(connection, APPENDFSYNC, until))
            self._greeted = self._checked = True
        return server

    def _adapt(self, batch: Batch) -> bool:
        """Whether the answers told that this server needs another form of the steps. It is remembered."""
        if not (batch.flags_unknown or batch.no_functions):
            return False
        server = self._server or Server()
        if batch.flags_unknown:
            server = server.without_flags()
        else:
            self._no_functions, server = True, server.without_functions()
        batch.flags_unknown = batch.no_functions = False
        self._server = server
        return True

    def _prepare(self, connection: Any, batch: Batch, until: float) -> bool:
        """Load scripts that the server lacks; answers whether the rest can be sent again at once."""
        if not self._adapt(batch) and not batch.missing:
            return False
        server = self._server or Server()
        if server.form is Form.FUNCTIONS and not FUNCTIONS.isdisjoint(batch.missing):
            server = self._load_library(connection, server, until)
        loaded = True
        for name in batch.missing - (FUNCTIONS if server.form is Form.FUNCTIONS else frozenset()):
            reply = self._ask(connection, command(script(name, server.form).loading), until)
            if isinstance(reply, Reply) and "near '#'" in str(reply):
                self._server = server.without_flags()
            elif isinstance(reply, Reply):
                batch.not_loaded(name, reply)
                loaded = False
        self._loaded |= batch.missing
        batch.missing.clear()
        return loaded

    def _load_library(self, connection: Any, server: Server, until: float) -> Server:
        """The functions. A server that doesn't take them gets scripts: for good where functions aren't allowed, else
        (it is full, it is a replica …) until the connections are made anew.
        """
        loading = script(next(iter(FUNCTIONS)), Form.FUNCTIONS).loading
        reply = self._ask(connection, command(loading), until)
        if isinstance(reply, Reply) and "already exists" not in str(reply):
            self._no_functions = self._no_functions or not may_later(str(reply))
            server = self._server = server.without_functions()
        else:
            self._loaded |= FUNCTIONS
        return server

    def _ask(self, connection: Any, packed: bytes, until: float) -> Any:
        replies: list[Any] = []
        connection.send_packed_command([packed])
        self._read(connection, 1, replies, until)
        return replies[0]

    @staticmethod
    def _read(connection: Any, number: int, replies: list[Any], until: float) -> None:
        for _ in range(number):
            Connections._limit(connection, until)
            try:
                replies.append(connection.read_response())
            except exceptions.TimeoutError:
                raise exceptions.TimeoutError("no answer in time") from None
            except Exception as error:
                if not is_reply(error):
                    raise
                replies.append(Reply.of(error))
                if isinstance(error, exceptions.ConnectionError):  # redis-py has closed it: all got the same
                    replies += [Reply.of(error)] * (number - len(replies))
                    return

    @staticmethod
    def _limit(connection: Any, until: float) -> None:
        """Bound what the next sending or reading may take."""
        sock = getattr(connection, "_sock", None)
        if sock is not None:
            sock.settimeout(max(0.001, until - time.monotonic()))


def _silent(connection: Any) -> bool:
    """Whether an idle connection has nothing to say: no rest of a reply, and no end.

    redis-py's own look tries to read and takes an exception for the usual answer; a poll costs a tenth of it.
    """
    sock, unread = connection._sock, getattr(getattr(connection._parser, "_buffer", None), "unread_bytes", None)
    if sock is None or unread is None or isinstance(sock, ssl.SSLSocket) or not hasattr(select, "poll"):
        return not connection.can_read(timeout=0)
    if unread():
        return False
    poll = getattr(connection, "durable_poll", None)
    if poll is None or poll[0] is not sock:
        poll = connection.durable_poll = (sock, select.poll())
        poll[1].register(sock, select.POLLIN)
    return not poll[1].poll(0)
