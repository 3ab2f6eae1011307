"""Servers, workers, keepers and an app for measurements: started when asked for, ended with the lab."""

from __future__ import annotations

import contextlib
import itertools
import json
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from tests.support.processes import ChildProcess, ProcessGroup
from tests.support.servers import Server, any_kind
from tests.support.site import Site, app_module
from tests.support.waiting import wait_until
from tests.support.workers import start_keeper, start_worker

APP = "benchmarks.app"
APART = f"benchmarks-{secrets.token_hex(4)}"
"""A queue that no worker consumes, for what is to stay where it was put. (A RabbitMQ may be shared with others.)"""


class Place:
    """One app with its server, and the processes that work for it.

    :ivar module: ``benchmarks.app`` as imported for this place: ``app``, ``jobs`` (the extension), tasks and handlers.
    :ivar server: where store and, unless told otherwise, broker are.
    :ivar url: the store's address.
    """

    def __init__(self, module: ModuleType, server: Server, url: str, environment: Mapping[str, str], folder: Path):
        self.module = module
        self.server = server
        self.url = url
        self.folder = folder
        self._environment = environment
        self._group = ProcessGroup(folder / "logs")
        self._worker: ChildProcess | None = None
        self._keeper: ChildProcess | None = None

    @property
    def database(self) -> int:
        """The number of the store's database on its server."""
        return int(urlsplit(self.url).path.strip("/") or 0)

    def client(self) -> Any:
        """A plain client of the store's database; to be used in ``with``."""
        return self.server.client(self.database)

    def start_worker(self, concurrency: int = 2) -> ChildProcess:
        """A prefork worker with Celery's defaults (gossip, mingle, heartbeat, remote control), ready; only one."""
        if self._worker is None:
            self._worker = start_worker(
                self._group,
                APP,
                env=self._environment,
                concurrency=concurrency,
                loglevel="WARNING",
                quiet=False,
                ready=False,
            )
            self._await_worker()
        return self._worker

    def start_keeper(self) -> ChildProcess:
        """A keeper, ready; only one."""
        if self._keeper is None:
            self._keeper = start_keeper(self._group, APP, env=self._environment)
        return self._keeper

    def stop_keeper(self) -> None:
        """End the keeper politely, if there is one."""
        if self._keeper is not None:
            self._keeper.stop(30)
            self._keeper = None

    def starts(self, series: str) -> list[tuple[float, float]]:
        """Due and start time of every start of a series so far."""
        lines = [line for path in self.folder.glob(f"{series}.*") for line in path.read_text().splitlines()]
        return [(float(due), float(start)) for due, start in (line.split() for line in lines)]

    def started(self, series: str) -> int:
        """How many of a series have started so far."""
        return sum(path.read_bytes().count(b"\n") for path in self.folder.glob(f"{series}.*"))

    def wait_for(self, series: str, count: int, timeout: float) -> list[tuple[float, float]]:
        """Wait until so many have started.

        :raises WaitTimeoutError: they haven't when the time is over: no figure is made of some of them.
        """
        wait_until(
            lambda: self.started(series) >= count,
            timeout,
            lambda: f"{self.started(series):,} of {count:,} of {series} have started",
            interval=0.005,
        )
        return self.starts(series)

    def close(self) -> None:
        """End its processes."""
        self._group.close()

    def _await_worker(self) -> None:
        ping = self.module.app.control.ping
        wait_until(lambda: ping(timeout=0.2, limit=1), 60, lambda: f"the worker answers\n{self._group.logs()}")


class Lab:
    """Makes places. A small one shares a server, and a place with default settings, among all that ask."""

    def __init__(self, folder: Path, small: bool = False) -> None:
        self._folder = folder
        self._small = small
        self._stack = contextlib.ExitStack()
        self._server: Server | None = None
        self._place: Place | None = None
        self._numbers = itertools.count(1)
        self.version = ""
        """Name and version of the last server."""

    @contextlib.contextmanager
    def server(self) -> Iterator[Server]:
        """A server of one's own, or the small lab's."""
        if not self._small:
            with Server(any_kind()) as server:
                self.version = _version(server)
                yield server
            return
        if self._server is None:
            self._server = self._stack.enter_context(Server(any_kind()))
            self.version = _version(self._server)
        yield self._server

    @contextlib.contextmanager
    def place(
        self, *, settings: Mapping[str, Any] | None = None, broker_url: str = "", shared: bool = True
    ) -> Iterator[Place]:
        """An app with a server.

        :param settings: Celery settings, the library's among them.
        :param broker_url: a broker elsewhere than the store.
        :param shared: whether a small lab may give the place that others have used, with default settings, instead.
        """
        if self._small and shared and not broker_url:
            if self._place is None:
                self._place = self._stack.enter_context(self._new_place({}, ""))
            yield self._place
        else:
            with self._new_place(settings or {}, broker_url) as place:
                yield place

    @contextlib.contextmanager
    def _new_place(self, settings: Mapping[str, Any], broker_url: str) -> Iterator[Place]:
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        with self.server() as server:
            url = server.url(server.next_database() if self._small else 0)
            environment = {
                "BENCHMARK_BROKER": broker_url or url,
                "BENCHMARK_STORE": url,
                "BENCHMARK_SETTINGS": json.dumps(dict(settings)),
                "BENCHMARK_FOLDER": str(folder),
            }
            with app_module(APP, Site(broker_url="", store_url="", namespace="", extra=environment)) as module:
                module.app.set_current()
                place = Place(module, server, url, environment, folder)
                try:
                    yield place
                finally:
                    place.close()

    def __enter__(self) -> Lab:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def _version(server: Server) -> str:
    with server.client() as client:
        told = client.info("server")
    return f"Valkey {told['valkey_version']}" if "valkey_version" in told else f"Redis {told['redis_version']}"
