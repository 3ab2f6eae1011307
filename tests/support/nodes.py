"""pytest-celery's nodes and clusters on local processes: no Docker, the same API.

A node wraps a *container*, and any object with a container's manners will do. Ours are a server
(:class:`ServerContainer`) and a child process (:class:`ProcessContainer`). Kill, restart, logs and readiness then work
as pytest-celery documents them. Importing this module imports pytest-celery, which registers tasks in every app.
"""

from __future__ import annotations

import signal as signals
from typing import Any

import psutil
import redis
from pytest_celery import (
    CeleryBackendCluster,
    CeleryBrokerCluster,
    CeleryTestBackend,
    CeleryTestBroker,
    CeleryTestCluster,
    CeleryTestNode,
    CeleryTestWorker,
    CeleryWorkerCluster,
)

from tests.support.processes import ChildProcess
from tests.support.servers import Server
from tests.support.waiting import WaitTimeoutError
from tests.support.workers import KEEPER_READY, WORKER_READY


def _number(signal: str | int) -> int:
    if isinstance(signal, int):
        return signal
    name = signal.upper()
    return signals.Signals[name if name.startswith("SIG") else f"SIG{name}"].value


class LocalContainer:
    """What pytest-celery asks of a container, answered by a child process."""

    def __init__(self, process: ChildProcess, identity: str) -> None:
        self.process = process
        self.id = identity
        self.name = process.name
        self.attrs: dict[str, Any] = {}

    @property
    def status(self) -> str:
        """``created``, ``running`` or ``exited``, as Docker says it."""
        if self.process.running:
            return "running"
        return "created" if self.process.returncode is None else "exited"

    def logs(self) -> str:
        """All that was printed, over all restarts."""
        return self.process.log(whole=True)

    def reload(self) -> None:
        """Docker's containers cache their status; ours always tells the truth."""

    def kill(self, signal: str | int = "SIGKILL") -> None:
        """Signal the main process; after SIGKILL it is gone when this returns."""
        self.process.kill(_number(signal))

    def start(self) -> None:
        """Start it unless it runs."""
        if not self.process.running:
            self.process.start()

    def stop(self, timeout: float = 10) -> None:
        """SIGTERM, and SIGKILL after ``timeout`` seconds, as ``docker stop`` does."""
        try:
            self.process.stop(timeout)
        except WaitTimeoutError:
            self.process.kill_group()

    def restart(self, timeout: float = 10) -> None:
        """Stop, start, and wait until it is ready."""
        self.stop(timeout)
        self.start()
        self.ready()

    def ready(self) -> bool:
        """Wait until it is ready; raises when it ends or takes too long."""
        raise NotImplementedError

    def teardown(self) -> None:
        """Kill it with all that it has started."""
        self.process.close()


class ProcessContainer(LocalContainer):
    """A worker or a keeper.

    :param ready_pattern: regular expression; it is ready when its log since the last start matches.
    """

    def __init__(
        self, process: ChildProcess, *, identity: str, ready_pattern: str, worker_name: str = "", queue: str = "celery"
    ) -> None:
        super().__init__(process, identity)
        self._ready_pattern = ready_pattern
        self._worker_name = worker_name
        self._queue = queue

    def ready(self) -> bool:
        self.process.wait_for_log(self._ready_pattern, 30)
        return True

    def version(self) -> str:
        """Celery's version: the one that runs the tests."""
        import celery

        return str(celery.__version__)

    def log_level(self) -> str:
        """The level that its command line asks for."""
        command = self.process.command
        return next((command[at + 1] for at, word in enumerate(command) if word in ("-l", "--loglevel")), "WARNING")

    def worker_name(self) -> str:
        """What stands before the @ of its hostname."""
        return self._worker_name

    def worker_queue(self) -> str:
        """The (first) queue that it consumes."""
        return self._queue


class ServerContainer(LocalContainer):
    """A Redis or Valkey server, and the database of it that belongs to this test."""

    def __init__(self, server: Server, database: int = 0) -> None:
        super().__init__(server.process, f"{server.port}")
        self.server = server
        self.database = database

    @property
    def client(self) -> redis.Redis:
        """A new client of the test's database."""
        return self.server.client(self.database, decode_responses=True)

    @property
    def celeryconfig(self) -> dict[str, Any]:
        """Its address, in pytest-celery's words."""
        url = self.server.broker_url(self.database)
        return {
            "url": url,
            "host_url": url,
            "hostname": "127.0.0.1",
            "port": self.server.port,
            "vhost": str(self.database),
        }

    def ready(self) -> bool:
        self.server.wait_ready()
        return True

    def teardown(self) -> None:
        """A shared server outlives the test (started again if the test left it dead); its database is emptied."""
        self.server.thaw()
        if not self.process.running:
            self.server.start()
        with self.server.client(self.database) as client:
            client.flushdb()


class LocalWorkerNode(CeleryTestWorker):
    """A worker node whose processes are looked up on this machine."""

    @property
    def process(self) -> ChildProcess:
        """The worker's main process."""
        process: ChildProcess = self.container.process
        return process

    def hostname(self) -> str:
        """The worker's own name, as ``celery inspect`` says it."""
        return f"{self.worker_name}@{self.container.id}"

    def get_running_processes_info(
        self, columns: list[str] | None = None, filters: dict[str, str] | None = None
    ) -> list[dict[str, Any]]:
        """The main process and its pool, with psutil's columns."""
        wanted = columns or ["pid", "name", "username", "cmdline", "cpu_percent", "memory_percent", "create_time"]
        rows = []
        for pid in [self.process.pid, *self.process.family()]:
            try:
                rows.append(psutil.Process(pid).as_dict(wanted))
            except psutil.NoSuchProcess:
                continue
        return [row for row in rows if all(row.get(key) == value for key, value in (filters or {}).items())]


class LocalKeeperNode(CeleryTestNode):
    """A keeper node (``celery -A app durable-shards``)."""

    @property
    def process(self) -> ChildProcess:
        """The keeper's process."""
        process: ChildProcess = self.container.process
        return process


class KeeperCluster(CeleryTestCluster):
    """The keepers of a test."""


def worker_node(
    process: ChildProcess, *, name: str, host: str, queue: str = "celery", app: Any = None
) -> LocalWorkerNode:
    """A node for a worker process that was started with ``-n name@host``."""
    container = ProcessContainer(process, identity=host, ready_pattern=WORKER_READY, worker_name=name, queue=queue)
    return LocalWorkerNode(container, app)


def keeper_node(
    process: ChildProcess, *, host: str, ready_pattern: str = KEEPER_READY, app: Any = None
) -> LocalKeeperNode:
    """A node for a keeper process."""
    return LocalKeeperNode(ProcessContainer(process, identity=host, ready_pattern=ready_pattern), app)


def broker_node(server: Server, database: int) -> CeleryTestBroker:
    """A broker node on a database of a server."""
    return CeleryTestBroker(ServerContainer(server, database))


def backend_node(server: Server, database: int) -> CeleryTestBackend:
    """A result backend node on a database of a server."""
    return CeleryTestBackend(ServerContainer(server, database))


__all__ = [
    "CeleryBackendCluster",
    "CeleryBrokerCluster",
    "CeleryWorkerCluster",
    "KeeperCluster",
    "LocalKeeperNode",
    "LocalWorkerNode",
    "ProcessContainer",
    "ServerContainer",
    "backend_node",
    "broker_node",
    "keeper_node",
    "worker_node",
]
