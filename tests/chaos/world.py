"""The surroundings of a run: a store and a broker of our own, with a proxy before them for each role."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.chaos.history import QUEUES, History
from tests.chaos.tap import RabbitTap, RedisTap, Tap
from tests.support.cluster_servers import ClusterNode, ClusterServers
from tests.support.proxy import Proxy
from tests.support.rabbitmq import rabbitmq_vhost
from tests.support.sentinels import Sentinels
from tests.support.servers import Server, any_kind
from tests.support.services import RABBITMQ_HOST, RABBITMQ_PORT
from tests.support.site import Site
from tests.support.waiting import wait_until

ROLES = ("keeper", "worker", "client")

BROKERS = ("redis", "other-redis", "rabbitmq")
"""The store's own database (a server of its own beside sentinels and clusters); a server of its own; the machine's
RabbitMQ with a virtual host of our own."""

STORES = ("redis", "sentinel", "cluster")
"""One server; a primary and a replica behind three sentinels; a cluster of three masters with a replica each."""


class Place(Protocol):
    """A server, or several, that processes reach through a proxy of their role, and that can be away for a while."""

    proxies: dict[str, Proxy]
    settings: dict[str, Any]
    """What the app is to be set to for it."""
    fails_over: bool
    """Whether somebody else takes its place when it is away: then what wasn't replicated is forgotten."""

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
    """One Redis or Valkey.

    :param chaos: with proxies, and an append-only file that is synced at every write, so that a kill loses nothing.
    :param clock: variables that give it a wall clock of its own.
    """

    ways = ("kill", "freeze")
    fails_over = False

    def __init__(self, *, chaos: bool = True, clock: Mapping[str, str] | None = None) -> None:
        self.server = Server(any_kind(), appendonly=chaos, options={"databases": 16}, env=clock).start()
        self.settings: dict[str, Any] = {}
        self.proxies = {role: Proxy("127.0.0.1", self.server.port) for role in ROLES} if chaos else {}

    def url(self, role: str) -> str:
        port = self.proxies[role].port if role in self.proxies else self.server.port
        return f"redis://127.0.0.1:{port}/0"

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
    fails_over = False

    def __init__(self, *, chaos: bool = True) -> None:
        self.settings: dict[str, Any] = {}
        self._stack = contextlib.ExitStack()
        self.direct = self._stack.enter_context(rabbitmq_vhost())
        self.proxies = {role: Proxy(RABBITMQ_HOST, RABBITMQ_PORT) for role in ROLES} if chaos else {}

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


class SentinelPlace:
    """A primary and a replica behind three sentinels, with no proxies: processes are told the servers' own addresses.

    Clients wait for the replica, so that nothing that they were answered is forgotten. What workers and keepers wrote
    may be: begins and finishes.
    """

    ways = ("kill", "freeze")
    fails_over = True

    def __init__(self) -> None:
        self.proxies: dict[str, Proxy] = {}
        self.settings = {"durable_jobs_durability": ("replicas", 1), "durable_jobs_store_timeout": 8}
        self._servers = Sentinels(1)
        try:
            self._servers.start()
        except BaseException:
            self._servers.close()
            raise
        self._gone: Server | None = None

    def url(self, role: str) -> str:
        return self._servers.url()

    def leave(self, how: str) -> None:
        self._gone = self._servers.primary
        if how == "kill":
            self._gone.kill()
        else:
            self._gone.freeze()

    def come_back(self, how: str) -> None:
        """When another has taken its place."""
        assert self._gone is not None
        self._servers.wait_for_another(self._gone)
        if how == "freeze":
            self._gone.thaw()
        self._servers.mend()

    def close(self) -> None:
        self._servers.close()


class ClusterPlace:
    """A cluster, with no proxies: processes are told the nodes' own addresses. Clients wait for a replica."""

    ways = ("kill", "freeze")
    fails_over = True

    def __init__(self) -> None:
        self.proxies: dict[str, Proxy] = {}
        self.settings = {
            "durable_jobs_durability": ("replicas", 1),
            "durable_jobs_store_timeout": 8,
            "durable_jobs_shard_stripes": 16,
        }
        self._servers = ClusterServers()
        try:
            self._servers.start()
        except BaseException:
            self._servers.close()
            raise
        self._gone: ClusterNode | None = None

    def url(self, role: str) -> str:
        return self._servers.url(nodes=len(self._servers.nodes))

    def leave(self, how: str) -> None:
        self._gone = self._servers.masters[0]
        if how == "kill":
            self._gone.kill()
        else:
            self._gone.freeze()

    def come_back(self, how: str) -> None:
        """When its replica has taken its place."""
        gone = self._gone
        assert gone is not None
        others = [node for node in self._servers.nodes if node is not gone]
        wait_until(lambda: sum(node.call("ROLE")[0] == "master" for node in others) == 3, 30, "a replica takes over")
        if how == "freeze":
            gone.thaw()
            wait_until(lambda: gone.call("ROLE")[0] == "slave", 30, "it follows its successor")
        self._servers.restart_dead()

    def close(self) -> None:
        self._servers.close()


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
            extra={"TEST_SETTINGS": json.dumps({**self.settings, **self.store.settings}), "TEST_REMOTE_CONTROL": "0"},
        )

    def tap(self, history: History) -> Tap:
        """A listener on the broker."""
        if isinstance(self.broker, RedisPlace):
            return RedisTap(self.broker.server.port, QUEUES, history, shared=self.shared)
        return RabbitTap(self.broker.url(""), QUEUES, history)

    def close(self) -> None:
        """End what was started."""
        self.store.close()
        if not self.shared:
            self.broker.close()


def open_world(
    store: str,
    broker: str,
    settings: dict[str, Any],
    *,
    chaos: bool = True,
    clock: Mapping[str, str] | None = None,
) -> World:
    """Start servers and proxies.

    :param store: one of :data:`STORES`.
    :param chaos: False: no proxies, nothing on disk.
    :param broker: one of :data:`BROKERS`.
    :param clock: variables that give a store that is one server a wall clock of its own.
    :raises ValueError: an unknown kind.
    """
    if store not in STORES or broker not in BROKERS:
        raise ValueError(f"no such surroundings: store {store!r} of {STORES}, broker {broker!r} of {BROKERS}")
    made: list[Place] = []
    try:
        made.append(_store(store, chaos, clock))
        if broker == "rabbitmq":
            made.append(RabbitPlace(chaos=chaos))
        elif broker == "other-redis" or store != "redis":
            made.append(RedisPlace(chaos=chaos))
        return World(made[0], made[-1], settings)
    except BaseException:
        for place in made:
            place.close()
        raise


def _store(kind: str, chaos: bool, clock: Mapping[str, str] | None) -> Place:
    if kind == "sentinel":
        return SentinelPlace()
    if kind == "cluster":
        return ClusterPlace()
    return RedisPlace(chaos=chaos, clock=clock)
