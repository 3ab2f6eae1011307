"""The surroundings of a run: a store and a broker of our own, with a proxy before them for each role."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.chaos.history import QUEUES, History
from tests.chaos.tap import RabbitTap, RedisTap, Tap
from tests.support.proxy import Proxy
from tests.support.rabbitmq import rabbitmq_vhost
from tests.support.servers import Server, any_kind
from tests.support.services import RABBITMQ_HOST, RABBITMQ_PORT
from tests.support.site import Site

ROLES = ("keeper", "worker", "client")

BROKERS = ("redis", "other-redis", "rabbitmq")
"""The store's own database; a server of its own; the machine's RabbitMQ with a virtual host of our own."""

STORES = ("redis",)
"""More kinds are a subclass of :class:`Place` and an entry in :func:`open_world`."""


class Place(Protocol):
    """A server, or several, that processes reach through a proxy of their role, and that can be away for a while."""

    proxies: dict[str, Proxy]

    def url(self, role: str) -> str:
        """Its address for the processes of a role; "" for the harness's own, which no proxy disturbs."""

    def leave(self, how: str) -> None:
        """Be away: ``kill``, ``freeze``."""

    def come_back(self, how: str) -> None:
        """The inverse."""

    @property
    def ways(self) -> tuple[str, ...]:
        """In which ways it can be away; ``()`` where it can't."""

    def close(self) -> None:
        """End it."""


class RedisPlace:
    """One Redis or Valkey with an append-only file that is synced at every write: a kill loses nothing."""

    ways = ("kill", "freeze")

    def __init__(self, database: int = 0, *, proxied: bool = True) -> None:
        self.server = Server(any_kind(), appendonly=True, options={"databases": 16}).start()
        self.database = database
        self.proxies = {role: Proxy("127.0.0.1", self.server.port) for role in ROLES} if proxied else {}

    def url(self, role: str) -> str:
        port = self.proxies[role].port if role in self.proxies else self.server.port
        return f"redis://127.0.0.1:{port}/{self.database}"

    def leave(self, how: str) -> None:
        if how == "kill":
            self.server.kill()
        else:
            self.server.freeze()

    def come_back(self, how: str) -> None:
        if how == "kill":
            self.server.start()
        else:
            self.server.thaw()

    def close(self) -> None:
        for proxy in self.proxies.values():
            proxy.close()
        self.server.close()


class RabbitPlace:
    """A virtual host of our own on the machine's RabbitMQ. It is never stopped: others use it too."""

    ways = ("close connections",)

    def __init__(self, *, proxied: bool = True) -> None:
        self._stack = contextlib.ExitStack()
        self.direct = self._stack.enter_context(rabbitmq_vhost())
        self.proxies = {role: Proxy(RABBITMQ_HOST, RABBITMQ_PORT) for role in ROLES} if proxied else {}

    def url(self, role: str) -> str:
        if role not in self.proxies:
            return self.direct
        return self.direct.replace(f":{RABBITMQ_PORT}/", f":{self.proxies[role].port}/")

    def leave(self, how: str) -> None:
        """Have the server close all connections of the virtual host."""
        program = shutil.which("rabbitmqctl")
        vhost = self.direct.rpartition("/")[2]
        if program is not None and vhost:
            command = [program, "-q", "close_all_connections", "--vhost", vhost, "chaos"]
            subprocess.run(command, capture_output=True, timeout=60, check=False)

    def come_back(self, how: str) -> None:
        pass

    def close(self) -> None:
        for proxy in self.proxies.values():
            proxy.close()
        self._stack.close()


@dataclass
class World:
    """Store, broker, and what processes need to know of them."""

    store: Place
    broker: Place
    settings: dict[str, Any]
    namespace: str = field(default_factory=lambda: f"c{secrets.token_hex(4)}")

    @property
    def shared(self) -> bool:
        """Whether store and broker are one place: then what befalls one befalls both."""
        return self.store is self.broker

    def site(self, role: str) -> Site:
        """The surroundings of the processes of a role."""
        return Site(
            broker_url=self.broker.url(role),
            store_url=self.store.url(role),
            namespace=self.namespace,
            queue=QUEUES[0],
            extra={"TEST_SETTINGS": json.dumps(self.settings), "TEST_REMOTE_CONTROL": "0"},
        )

    def tap(self, history: History) -> Tap:
        """A listener on the broker."""
        if isinstance(self.broker, RedisPlace):
            return RedisTap(self.broker.server.port, QUEUES, history)
        return RabbitTap(self.broker.url(""), QUEUES, history)

    def close(self) -> None:
        """End what was started."""
        self.store.close()
        if not self.shared:
            self.broker.close()


def open_world(store: str, broker: str, settings: dict[str, Any], *, proxied: bool = True) -> World:
    """Start servers and proxies.

    :param store: one of :data:`STORES`.
    :param broker: one of :data:`BROKERS`.
    :raises ValueError: an unknown kind.
    """
    if store not in STORES or broker not in BROKERS:
        raise ValueError(f"no such surroundings: store {store!r} of {STORES}, broker {broker!r} of {BROKERS}")
    place = RedisPlace(proxied=proxied)
    try:
        if broker == "redis":
            return World(place, place, settings)
        return World(
            place, RabbitPlace(proxied=proxied) if broker == "rabbitmq" else RedisPlace(proxied=proxied), settings
        )
    except BaseException:
        place.close()
        raise
