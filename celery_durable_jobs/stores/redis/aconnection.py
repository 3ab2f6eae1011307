"""The asyncio twin of ``connection.py``: connections of the running loop, under the same retry."""

from __future__ import annotations

import asyncio
import contextlib
import time
import weakref
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any

from redis import exceptions
from redis.asyncio.connection import Connection, SSLConnection, UnixDomainSocketConnection

from celery_durable_jobs.stores.redis.address import Address
from celery_durable_jobs.stores.redis.connection import INFO
from celery_durable_jobs.stores.redis.durability import APPENDFSYNC, APPENDONLY, Durability
from celery_durable_jobs.stores.redis.effort import Batch, Effort, may_later
from celery_durable_jobs.stores.redis.replies import Reply, Trouble, is_reply
from celery_durable_jobs.stores.redis.scripts import FUNCTIONS, Form, script
from celery_durable_jobs.stores.redis.server import Server
from celery_durable_jobs.stores.redis.wire import call, command

_AnyTrouble = (*Trouble, asyncio.TimeoutError)


class AsyncConnections:
    """Idle connections by event loop; those of a loop that was closed go with the next call."""

    def __init__(self, address: Address, timeout: float, durability: Durability = Durability()) -> None:
        self._address = address
        self._timeout = timeout
        self._durability = durability
        self._greeted = self._checked = not durability.fsync
        self._class: Any = Connection
        if address.unix:
            self._class = UnixDomainSocketConnection
        elif address.tls:
            self._class = SSLConnection
        self._idle: dict[asyncio.AbstractEventLoop, deque[Any]] = {}
        weakref.finalize(self, _drop_all, self._idle)
        self._epoch = 0
        """As of ``Connections``; it is there for the idle connections of other loops too."""
        self._server: Server | None = None
        self._loaded: set[str] = set()
        self._no_functions = False

    async def run(self, batch: Batch, effort: Effort) -> None:
        """As ``Connections.run``."""
        while batch.pending:
            await self.attempt(batch, effort)
            if batch.pending:
                pause = effort.pause()
                if pause is None:
                    batch.give_up()
                else:
                    await asyncio.sleep(pause)

    async def attempt(self, batch: Batch, effort: Effort) -> None:
        """As ``Connections.attempt``."""
        try:
            connection = await asyncio.wait_for(self._take(effort.share(False)), effort.share(False))
        except _AnyTrouble as error:
            if is_reply(error):
                batch.received([Reply.of(error)] * len(batch.pending))
            else:
                batch.not_sent(_named(error))
        else:
            await self._try(connection, batch, effort)

    async def ask(self, parts: Sequence[bytes], timeout: float) -> Any:
        """As ``Connections.ask``."""
        until = time.monotonic() + timeout
        try:
            connection = await asyncio.wait_for(self._take(timeout), timeout)
            try:
                reply = await self._ask(connection, command(parts), until)
            except BaseException:
                await connection.disconnect(nowait=True)
                raise
        except asyncio.TimeoutError as error:
            raise _named(error) from None
        self._mine().append(connection)
        return reply

    def close(self) -> None:
        """Let the idle connections go."""
        _drop_all(self._idle)

    def _forget(self) -> None:
        """As ``Connections._forget``, for the running loop."""
        self._epoch += 1
        self._server, self._checked = None, not self._durability.fsync
        self._loaded = set()
        idle = self._mine()
        _drop(asyncio.get_running_loop(), [idle.pop() for _ in range(len(idle))])

    def _mine(self) -> deque[Any]:
        for loop in [loop for loop in list(self._idle) if loop.is_closed()]:
            _drop(loop, self._idle.pop(loop, ()))
        return self._idle.setdefault(asyncio.get_running_loop(), deque())

    async def _take(self, timeout: float) -> Any:
        idle = self._mine()
        while idle:
            connection = idle.pop()
            # Renamed in redis-py 8.
            readable = getattr(connection, "can_read", None) or connection.can_read_destructive
            try:
                if connection.epoch == self._epoch and not await readable():
                    return connection
            except _AnyTrouble:
                pass
            await connection.disconnect(nowait=True)
        epoch = self._epoch
        connection = await self.connect(timeout)
        connection.epoch = epoch
        return connection

    async def connect(self, timeout: float) -> Any:
        """A new connection, logged in, for the caller alone; given ``timeout`` seconds at most by whoever waits."""
        connection = self._class(**self._address.connection_arguments(self._timeout))
        try:
            await connection.connect()
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        return connection

    async def _try(self, connection: Any, batch: Batch, effort: Effort) -> None:
        sent = False
        try:
            until = time.monotonic() + effort.share(batch.whole)
            while batch.pending:
                server = await self._greet(connection, batch, until)
                if batch.fence is not None and batch.unknown(self._loaded):  # else the wait would wait for nothing done
                    if await self._prepare(connection, batch, until):
                        continue
                    break
                wires = [batch.wires[place] for place in batch.pending]
                scripts = [script(wire.script, server.form) for wire in wires]
                packed = b"".join([call(each.verb, each.name, wire) for each, wire in zip(scripts, wires, strict=True)])
                fence = batch.fence
                if fence is not None:
                    packed += self._durability.wait(fence, effort.left, server)
                replies: list[Any] = []
                waits: list[Any] = []
                sent = True
                try:
                    await self._exchange(connection, packed, len(wires), replies, until)
                    if fence is not None and connection.is_connected:
                        await self._exchange(connection, b"", 2, waits, effort.end)
                finally:
                    batch.received(replies)
                if fence is not None:
                    batch.waited(waits)
                sent = False
                if batch.not_now or not await self._prepare(connection, batch, until):
                    break
            if batch.not_now:
                batch.not_now = False
                await connection.disconnect(nowait=True)
                self._forget()
            else:
                self._mine().append(connection)
        except _AnyTrouble as error:
            batch.lost(_named(error)) if sent else batch.not_sent(_named(error))
            await connection.disconnect(nowait=True)
            self._forget()
        except BaseException:
            await connection.disconnect(nowait=True)
            raise

    async def _greet(self, connection: Any, batch: Batch, until: float) -> Server:
        server = self._server
        if server is None:
            server = Server.of_info(await self._ask(connection, INFO, until))
            self._server = server = server.without_functions() if self._no_functions else server
        if not self._checked and (batch.fence is not None or not self._greeted):
            persistence = await self._ask(connection, APPENDONLY, until)
            self._durability.check(server, persistence, await self._ask(connection, APPENDFSYNC, until))
            self._greeted = self._checked = True
        return server

    async def _prepare(self, connection: Any, batch: Batch, until: float) -> bool:
        server = self._server or Server()
        if batch.flags_unknown:
            server = server.without_flags()
        elif batch.no_functions:
            self._no_functions, server = True, server.without_functions()
        elif not batch.missing:
            return False
        batch.flags_unknown = batch.no_functions = False
        self._server = server
        if server.form is Form.FUNCTIONS and not FUNCTIONS.isdisjoint(batch.missing):
            server = await self._load_library(connection, server, until)
        loaded = True
        for name in batch.missing - (FUNCTIONS if server.form is Form.FUNCTIONS else frozenset()):
            reply = await self._ask(connection, command(script(name, server.form).loading), until)
            if isinstance(reply, Reply) and "near '#'" in str(reply):
                self._server = server.without_flags()
            elif isinstance(reply, Reply):
                batch.not_loaded(name, reply)
                loaded = False
        self._loaded |= batch.missing
        batch.missing.clear()
        return loaded

    async def _load_library(self, connection: Any, server: Server, until: float) -> Server:
        """As of ``Connections``."""
        loading = script(next(iter(FUNCTIONS)), Form.FUNCTIONS).loading
        reply = await self._ask(connection, command(loading), until)
        if isinstance(reply, Reply) and "already exists" not in str(reply):
            self._no_functions = self._no_functions or not may_later(str(reply))
            server = self._server = server.without_functions()
        else:
            self._loaded |= FUNCTIONS
        return server

    async def _ask(self, connection: Any, packed: bytes, until: float) -> Any:
        replies: list[Any] = []
        await self._exchange(connection, packed, 1, replies, until)
        return replies[0]

    async def _exchange(self, connection: Any, packed: bytes, number: int, replies: list[Any], until: float) -> None:
        await asyncio.wait_for(
            self._send_and_read(connection, packed, number, replies), max(0.001, until - time.monotonic())
        )

    @staticmethod
    async def _send_and_read(connection: Any, packed: bytes, number: int, replies: list[Any]) -> None:
        if packed:
            await connection.send_packed_command([packed])
        for _ in range(number):
            try:
                replies.append(await connection.read_response())
            except Exception as error:
                if not is_reply(error):
                    raise
                replies.append(Reply.of(error))
                if isinstance(error, exceptions.ConnectionError):  # redis-py has closed it: all got the same
                    replies += [Reply.of(error)] * (number - len(replies))
                    return


def _drop_all(idle: dict[asyncio.AbstractEventLoop, deque[Any]]) -> None:
    while idle:
        _drop(*idle.popitem())


def _drop(loop: asyncio.AbstractEventLoop, connections: Iterable[Any]) -> None:
    """Close connections from outside their loop. One that is closed can't close them: then their sockets go with them,
    without redis-py trying.
    """
    for connection in connections:
        writer, connection._writer, connection._reader = getattr(connection, "_writer", None), None, None
        if writer is not None and not loop.is_closed():
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(writer.transport.abort)


def _named(error: Exception) -> Exception:
    """A timeout of asyncio has no text of its own."""
    return exceptions.TimeoutError("no answer in time") if isinstance(error, asyncio.TimeoutError) else error
