"""A server, a worker and a keeper for one measurement, and what it reads from them."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from tests.support.processes import ProcessGroup
from tests.support.servers import Server, any_kind
from tests.support.site import Site, app_module
from tests.support.workers import start_keeper, start_worker

APP = "benchmarks.app"


@dataclass(frozen=True)
class Surroundings:
    """What a measurement needs: the app's module, and where starts are written down."""

    module: ModuleType
    folder: Path
    server: str

    def starts(self, series: str) -> list[tuple[float, float]]:
        """Due and start time of every start of a series so far."""
        lines = [line for path in self.folder.glob(f"{series}.*") for line in path.read_text().splitlines()]
        return [(float(due), float(start)) for due, start in (line.split() for line in lines)]

    def wait_for(self, series: str, count: int, timeout: float) -> list[tuple[float, float]]:
        """Wait until so many have started; answers what there is when they have, or the time is over."""
        limit = time.monotonic() + timeout
        while time.monotonic() < limit:
            if sum(path.read_bytes().count(b"\n") for path in self.folder.glob(f"{series}.*")) >= count:
                break
            time.sleep(0.05)
        return self.starts(series)


@contextlib.contextmanager
def surroundings(concurrency: int = 2) -> Iterator[Surroundings]:
    """Start everything; end everything."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name, Server(any_kind()) as server:
        folder = Path(name)
        environment = {"BENCHMARK_URL": server.url(0), "BENCHMARK_FOLDER": str(folder)}
        site = Site(broker_url="", store_url="", namespace="", extra=environment)
        group = ProcessGroup(folder / "logs")
        try:
            # With the defaults of a worker: gossip, mingle, heartbeat, remote control.
            start_worker(
                group, APP, env=environment, concurrency=concurrency, loglevel="WARNING", quiet=False, ready=False
            )
            start_keeper(group, APP, env=environment)
            with app_module(APP, site) as module:
                module.app.set_current()
                _wait_for_worker(module)
                yield Surroundings(module, folder, _version(server))
        finally:
            group.close()


def _wait_for_worker(module: ModuleType) -> None:
    limit = time.monotonic() + 30
    while not module.app.control.ping(timeout=0.5):
        if time.monotonic() > limit:
            raise RuntimeError("the worker doesn't answer")


def _version(server: Server) -> str:
    with server.client(0) as client:
        told = client.info("server")
    return f"Valkey {told['valkey_version']}" if "valkey_version" in told else f"Redis {told['redis_version']}"
