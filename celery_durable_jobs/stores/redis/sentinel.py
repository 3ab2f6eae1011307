"""A store behind Redis Sentinel: whoever the sentinels say is the primary at the moment.

Each new connection asks them; the one that answered last is asked first. A connection that is lost, or that finds a
replica, makes all idle ones go, so that the next try asks anew. Standing connections are no proof: after a planned
failover the old primary takes writes for ten seconds more, and forgets them. So the sentinels are asked every second
that has calls. What nobody here can help against: a primary that is cut off from its sentinels and not from us;
``min-replicas-to-write`` and ``durable_jobs_durability`` close that.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from redis import exceptions
from redis.asyncio.connection import Connection as AsyncConnection
from redis.asyncio.connection import SSLConnection as AsyncSSLConnection
from redis.connection import Connection, SSLConnection

from celery_durable_jobs.errors import SettingError
from celery_durable_jobs.stores.redis.aconnection import AsyncConnections
from celery_durable_jobs.stores.redis.address import Address
from celery_durable_jobs.stores.redis.connection import NOT_SENT, Connections
from celery_durable_jobs.stores.redis.durability import Durability
from celery_durable_jobs.stores.redis.replies import Trouble
from celery_durable_jobs.stores.redis.wire import Wire, command
from celery_durable_jobs.stores.urls import masked

PORT = 26379
"""A sentinel's, where the URL has none."""

CHECK_EVERY, CHECK_LATER, CHECK_TIME = 1.0, 5.0, 0.5
"""Seconds between two looks whether it is still the same primary; after one that no sentinel answered; and for one."""

ROLE = command([b"ROLE"])
_EACH = re.compile(r"[;,](?:sentinel://)?")
_PREFIX = "sentinel_"


class SentinelAddress(Address):
    """``sentinel://[user:password@]host[:port];sentinel://host2…[/database]?master_name=…`` (or commas between hosts).

    User, password and database are those of the primary. ``sentinel_password``, ``sentinel_username``,
    ``sentinel_ssl…`` are the sentinels' own; ``ssl=true`` and ``ssl_…`` make TLS to the primary.

    :param options: as for ``Address``; and Kombu's ``master_name`` and ``sentinel_kwargs``.
    :raises SettingError: no such URL, or none that names the primary.
    """

    def __init__(self, url: str, options: Mapping[str, Any] | None = None) -> None:
        given = dict(options or {})
        body, _, query = url.partition("://")[2].partition("?")
        if "sentinel://" in query:
            raise SettingError(
                f"durable_jobs_store: the parameters belong behind the last sentinel, not before it ({masked(url)})",
                setting="durable_jobs_store",
            )
        parameters = dict(parse_qsl(query, keep_blank_values=True))
        self.name: str = given.pop("master_name", None) or parameters.pop("master_name", "")
        if not self.name:
            raise SettingError(
                f"durable_jobs_store doesn't name the primary: {masked(url)} needs ?master_name=…, as the sentinels "
                "call it",
                setting="durable_jobs_store",
            )
        names = [name for name in parameters if name.startswith(_PREFIX)]
        own = {name.removeprefix(_PREFIX): parameters.pop(name) for name in names}
        parameters.pop("min_other_sentinels", None)
        tls = parameters.pop("ssl", "").lower() in ("1", "true", "yes")
        login, database, hosts = _parts(body)
        super().__init__(
            f"redis{'s' if tls else ''}://{login}placeholder:1/{database}"
            + (f"?{urlencode(parameters)}" if parameters else ""),
            {name: value for name, value in given.items() if name != "sentinel_kwargs"},
        )
        self._sentinels = [_sentinel(host, own, given.get("sentinel_kwargs")) for host in hosts]
        self.question = command([b"SENTINEL", b"get-master-addr-by-name", self.name.encode()])
        where = ", ".join(f"{each.arguments['host']}:{each.arguments['port']}" for each in self._sentinels)
        self.where = f"the store {self.name!r} of the sentinels at {where}"

    def sentinels(self) -> list[Address]:
        """All of them, the one that answered last at first."""
        return self._sentinels

    def answered(self, sentinel: Address) -> None:
        """Ask this one first from now on."""
        if self._sentinels[0] is not sentinel:
            self._sentinels = [sentinel, *(each for each in self._sentinels if each is not sentinel)]


class _Watch:
    """When to look again whether the primary is still the same."""

    def __init__(self) -> None:
        self._next = time.monotonic() + CHECK_EVERY
        self._place: tuple[str, int] | None = None

    @property
    def is_time(self) -> bool:
        """Whether somebody should look."""
        return time.monotonic() >= self._next

    def due(self) -> bool:
        """Whether it is time; then the caller looks, and nobody else for a while."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + CHECK_LATER
        return True

    def another(self, place: tuple[str, int]) -> bool:
        """Take down where the primary is; answers whether it was somewhere else."""
        before, self._place = self._place, place
        self._next = time.monotonic() + CHECK_EVERY
        return before is not None and before != place


class _Asking:
    """What the two twins share: whom to ask, for how long, and what the answers mean."""

    def __init__(self, address: SentinelAddress, timeout: float) -> None:
        self.address = address
        self._until = time.monotonic() + timeout
        self._left = len(address.sentinels())
        self._why: list[str] = []

    def share(self) -> float:
        """Seconds for the next sentinel: what is left, shared with those after it."""
        share = max(0.02, (self._until - time.monotonic()) / max(1, self._left))
        self._left -= 1
        return share

    def place(self, sentinel: Address, reply: Any) -> tuple[str, int] | None:
        """Where the primary is, by a reply to the question."""
        if isinstance(reply, list) and len(reply) == 2:
            self.address.answered(sentinel)
            return reply[0].decode(), int(reply[1])
        self.failed(sentinel, "knows of no such primary" if reply is None else f"said {reply!r}")
        return None

    def failed(self, sentinel: Address, why: object) -> None:
        """Take down why a sentinel was of no use."""
        self._why.append(f"{sentinel.arguments['host']}:{sentinel.arguments['port']} {why}")

    def nobody(self) -> exceptions.ConnectionError:
        """The error when no sentinel was of use."""
        return exceptions.ConnectionError(f"no sentinel tells where {self.address.name!r} is: {'; '.join(self._why)}")


class SentinelConnections(Connections):
    """Connections to the primary of the moment."""

    _address: SentinelAddress

    def __init__(self, address: SentinelAddress, timeout: float, durability: Durability = Durability()) -> None:
        super().__init__(address, timeout, durability)
        self._watch = _Watch()

    def quickly(self, wire: Wire, timeout: float) -> Any:
        return NOT_SENT if self._watch.is_time else super().quickly(wire, timeout)

    def _take(self, timeout: float) -> Any:
        if self._watch.due():
            with contextlib.suppress(*Trouble):
                if self._watch.another(self._primary(min(CHECK_TIME, timeout / 2))):
                    self._forget()
        return super()._take(timeout)

    def connect(self, timeout: float) -> Any:
        until = time.monotonic() + timeout
        host, port = self._primary(timeout / 2)
        if self._watch.another((host, port)):
            self._forget()
        arguments = self._address.connection_arguments(max(0.02, until - time.monotonic()))
        connection = self._class(**{**arguments, "host": host, "port": port})
        try:
            connection.connect()
            _demand_primary(self._ask(connection, ROLE, until), host, port)
        except BaseException:
            connection.disconnect()
            raise
        return connection

    def _primary(self, timeout: float) -> tuple[str, int]:
        asking = _Asking(self._address, timeout)
        for sentinel in self._address.sentinels():
            share = asking.share()
            until = time.monotonic() + share
            kind: Any = SSLConnection if sentinel.tls else Connection
            connection = kind(**sentinel.connection_arguments(share))
            try:
                connection.connect()
                place = asking.place(sentinel, self._ask(connection, self._address.question, until))
            except Trouble as error:
                asking.failed(sentinel, error)
            else:
                if place is not None:
                    return place
            finally:
                connection.disconnect()
        raise asking.nobody()


class AsyncSentinelConnections(AsyncConnections):
    """The asyncio twin."""

    _address: SentinelAddress

    def __init__(self, address: SentinelAddress, timeout: float, durability: Durability = Durability()) -> None:
        super().__init__(address, timeout, durability)
        self._watch = _Watch()

    async def _take(self, timeout: float) -> Any:
        if self._watch.due():
            with contextlib.suppress(*Trouble):
                if self._watch.another(await self._primary(min(CHECK_TIME, timeout / 2))):
                    self._forget()
        return await super()._take(timeout)

    async def connect(self, timeout: float) -> Any:
        until = time.monotonic() + timeout
        host, port = await self._primary(timeout / 2)
        if self._watch.another((host, port)):
            self._forget()
        arguments = self._address.connection_arguments(self._timeout)
        connection = self._class(**{**arguments, "host": host, "port": port})
        try:
            await asyncio.wait_for(connection.connect(), max(0.02, until - time.monotonic()))
            _demand_primary(await self._ask(connection, ROLE, until), host, port)
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        return connection

    async def _primary(self, timeout: float) -> tuple[str, int]:
        asking = _Asking(self._address, timeout)
        for sentinel in self._address.sentinels():
            share = asking.share()
            until = time.monotonic() + share
            kind: Any = AsyncSSLConnection if sentinel.tls else AsyncConnection
            connection = kind(**sentinel.connection_arguments(share))
            try:
                await asyncio.wait_for(connection.connect(), share)
                place = asking.place(sentinel, await self._ask(connection, self._address.question, until))
            except asyncio.TimeoutError:
                asking.failed(sentinel, "gives no answer")
            except Trouble as error:
                asking.failed(sentinel, error)
            else:
                if place is not None:
                    return place
            finally:
                await connection.disconnect(nowait=True)
        raise asking.nobody()


def _demand_primary(role: Any, host: str, port: int) -> None:
    """:raises ConnectionError: redis-py's, where it is no primary. Who may not ask for the role has to believe it."""
    if isinstance(role, list) and role[:1] != [b"master"]:
        raise exceptions.ConnectionError(f"{host}:{port}, which the sentinels name, is a {role[0].decode()}")


def _parts(body: str) -> tuple[str, str, list[str]]:
    """The login (with its @), the database and the hosts of what stands between scheme and question mark."""
    login, database, hosts = "", "", []
    for each in _EACH.split(body):
        place, _, path = each.partition("/")
        name, at, host = place.rpartition("@")
        login = login or (name + at)
        database = database or path.strip("/")
        if host:
            hosts.append(host)
    return login, database or "0", hosts or ["localhost"]


def _sentinel(host: str, own: Mapping[str, str], options: Mapping[str, Any] | None) -> Address:
    parameters = dict(own)
    tls = parameters.pop("ssl", "").lower() in ("1", "true", "yes")
    place = host if re.search(r":\d+$", host) else f"{host}:{PORT}"
    query = f"?{urlencode(parameters)}" if parameters else ""
    return Address(f"redis{'s' if tls else ''}://{place}/0{query}", options)
