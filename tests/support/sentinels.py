"""Redis Sentinel of our own: a primary, replicas and three sentinels as real processes, failed over at will."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Any

import redis

from tests.support.processes import ChildProcess
from tests.support.servers import Kind, Server, any_kind, binary, free_port
from tests.support.waiting import wait_until

NAME = "shop-primary"
DOWN_AFTER_MS = 1_000
"""So long a server must be silent before the sentinels take it for dead."""


class Sentinels:
    """Started on entering, gone on leaving.

    :param replicas: how many.
    :param servers: further configuration of primary and replicas, by the servers' own names.
    :param appendonly: as of ``Server``.
    """

    def __init__(
        self,
        replicas: int = 2,
        *,
        servers: Mapping[str, str | int] | None = None,
        appendonly: bool = False,
        down_after_ms: int = DOWN_AFTER_MS,
    ) -> None:
        self.kind: Kind = any_kind()
        options = {"repl-diskless-sync-delay": 0, "replica-priority": 100, **(servers or {})}
        self.servers = [Server(self.kind, appendonly=appendonly, options=options) for _ in range(replicas + 1)]
        self.folder = Path(tempfile.mkdtemp(prefix="sentinels-"))
        self.ports = [free_port() for _ in range(3)]
        self._down_after_ms = down_after_ms
        self._sentinels = [self._sentinel(port) for port in self.ports]

    def start(self) -> Sentinels:
        """Start all of it, and wait until each knows all others."""
        for server in self.servers:
            server.start()
        first = self.servers[0]
        for server in self.servers[1:]:
            with server.client() as client:
                client.execute_command("REPLICAOF", "127.0.0.1", first.port)
        self.wait_replicated(first)
        for number in range(len(self._sentinels)):
            self._start_sentinel(number)
        wait_until(self._acquainted, 30, lambda: f"the sentinels know each other\n{self._sentinels[0].tail()}")
        return self

    def url(self, database: int = 0, **parameters: Any) -> str:
        """The store's URL."""
        query = "&".join(f"{name}={value}" for name, value in {"master_name": NAME, **parameters}.items())
        return f"{self.broker_url(database)}?{query}"

    def broker_url(self, database: int = 0) -> str:
        """Kombu's; it wants ``broker_transport_options = {"master_name": NAME}`` beside it."""
        return ";".join(f"sentinel://127.0.0.1:{port}/{database}" for port in self.ports)

    @property
    def primary(self) -> Server:
        """Whom most sentinels name at this moment."""
        ports = [port for port in map(self._named, self.ports) if port is not None]
        port = max(set(ports), key=ports.count)
        return next(server for server in self.servers if server.port == port)

    def fail_over(self, timeout: float = 30) -> Server:
        """``SENTINEL FAILOVER``: the primary hands over, in peace. Answers the new one."""
        old = self.primary

        def asked() -> bool:
            with contextlib.suppress(redis.ResponseError), self.client(self.ports[0]) as client:
                client.execute_command("SENTINEL", "FAILOVER", NAME)  # -INPROG, -NOGOODSLAVE: too early
                return True
            return False

        wait_until(asked, timeout, "the sentinels take the order")
        return self.wait_for_another(old, timeout)

    def kill_primary(self) -> Server:
        """kill -9. Answers whom; what comes next the sentinels decide (``wait_for_another``)."""
        old = self.primary
        old.kill()
        return old

    def wait_for_another(self, old: Server, timeout: float = 30) -> Server:
        """Wait until all sentinels name another one, and answer it."""

        def named() -> bool:
            ports = set(map(self._named, self.ports))
            return len(ports) == 1 and old.port not in ports

        wait_until(named, timeout, lambda: f"the sentinels name another one\n{self._sentinels[0].tail()}")
        new = self.primary
        wait_until(lambda: self._role(new) == "master", timeout, "it is the primary")
        return new

    def mend(self, timeout: float = 60) -> None:
        """Start what is dead and have all follow the primary at once. (The sentinels would too, after ten seconds.)

        Returns when nothing is under way any more: to kill one in the middle of a failover takes half a minute.
        """
        for server in self.servers:
            if not server.process.running:
                server.start()
        wait_until(lambda: len(set(map(self._named, self.ports))) == 1, timeout, "the sentinels agree")
        primary = self.primary
        wait_until(lambda: self._role(primary) == "master", timeout, "it is the primary")
        for server in self.servers:
            if server is not primary:
                with server.client() as client:
                    client.execute_command("REPLICAOF", "127.0.0.1", primary.port)
        self.wait_replicated(primary, timeout=timeout)
        wait_until(self._acquainted, timeout, lambda: f"the sentinels are content\n{self._sentinels[0].tail()}")

    def wait_replicated(self, primary: Server, replicas: int | None = None, timeout: float = 30) -> None:
        """Wait until so many replicas follow (all, where none is said)."""
        wanted = len(self.servers) - 1 if replicas is None else replicas

        def follow() -> bool:
            with primary.client() as client:
                facts: dict[str, Any] = client.info("replication")
            states = [facts[f"slave{number}"]["state"] for number in range(int(facts["connected_slaves"]))]
            return states.count("online") >= wanted

        wait_until(follow, timeout, f"{wanted} replicas follow")

    def client(self, port: int, **options: Any) -> redis.Redis:
        """A client of a sentinel."""
        settings: dict[str, Any] = {"socket_timeout": 5, "retry": None, **options}
        return redis.Redis(port=port, **settings)

    def sentinel(self, number: int) -> ChildProcess:
        """The process of one of them."""
        return self._sentinels[number]

    def close(self) -> None:
        """Kill all of it and remove the folders."""
        for sentinel in self._sentinels:
            sentinel.close()
        for server in self.servers:
            server.close()
        rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Sentinels:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(self, *_: object) -> None:
        self.close()

    def _sentinel(self, port: int) -> ChildProcess:
        folder = self.folder / str(port)
        folder.mkdir()
        lines = [
            f"port {port}",
            "bind 127.0.0.1",
            f"dir {folder}",
            f"sentinel monitor {NAME} 127.0.0.1 {self.servers[0].port} 2",
            f"sentinel down-after-milliseconds {NAME} {self._down_after_ms}",
            f"sentinel failover-timeout {NAME} 3000",
            f"sentinel parallel-syncs {NAME} 2",
        ]
        (folder / "sentinel.conf").write_text("\n".join(lines) + "\n", encoding="ascii")
        command = [str(binary(self.kind)), str(folder / "sentinel.conf"), "--sentinel"]
        return ChildProcess(command, name=f"sentinel-{port}", log_path=folder / "sentinel.log", cwd=folder)

    def _start_sentinel(self, number: int) -> None:
        """On another port, if somebody was faster to take the one that was free."""
        for _ in range(5):
            process = self._sentinels[number].start()
            wait_until(lambda process=process: not process.running or self._pings(self.ports[number]), 10)  # type: ignore[misc]
            if process.running:
                return
            self.ports[number] = free_port()
            self._sentinels[number] = self._sentinel(self.ports[number])

    def _pings(self, port: int) -> bool:
        with contextlib.suppress(redis.RedisError, OSError), self.client(port) as client:
            return bool(client.ping())
        return False

    def _named(self, port: int) -> int | None:
        with contextlib.suppress(redis.RedisError, OSError), self.client(port) as client:
            answer: Sequence[Any] = client.execute_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)
            return int(answer[1])
        return None

    def _acquainted(self) -> bool:
        with contextlib.suppress(redis.RedisError, OSError, KeyError):
            for port in self.ports:
                with self.client(port) as client:
                    facts: Any = client.execute_command("SENTINEL", "MASTER", NAME)
                    pairs = facts if isinstance(facts, dict) else dict(zip(facts[::2], facts[1::2], strict=True))
                    known = {_text(name): _text(value) for name, value in pairs.items()}
                    if int(known["num-other-sentinels"]) < 2 or int(known["num-slaves"]) < len(self.servers) - 1:
                        return False
                    if "failover" in known["flags"] or "down" in known["flags"]:
                        return False
            return True
        return False

    @staticmethod
    def _role(server: Server) -> str:
        with contextlib.suppress(redis.RedisError, OSError), server.client() as client:
            return str(client.info("replication")["role"])
        return ""


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
