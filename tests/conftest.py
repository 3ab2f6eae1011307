"""Fixtures for all tests: one server a session, one database and namespace a test, processes that always end.

Nothing here is started, and hardly anything imported, until a test asks for it.
"""

from __future__ import annotations

import functools
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import leaks
from tests.support.processes import ChildProcess, ProcessGroup
from tests.support.services import require_service
from tests.support.site import Site, app_module
from tests.support.workers import start_keeper as _start_keeper
from tests.support.workers import start_worker as _start_worker

if TYPE_CHECKING:
    from types import ModuleType

    from tests.support.cluster_servers import ClusterServers
    from tests.support.servers import Server

SHADOWS = Path(__file__).parent / "support" / "shadows"
"""Modules for the processes that tests start: in place of some that cost much to import and that no test uses."""

if str(SHADOWS) not in os.environ.get("PYTHONPATH", "").split(os.pathsep):
    os.environ["PYTHONPATH"] = os.pathsep.join([str(SHADOWS), *filter(None, [os.environ.get("PYTHONPATH")])])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With xdist long tests come first, so that none is begun when the others are done. (Groups come before them.)"""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session", autouse=True)
def no_process_left_behind() -> Iterator[None]:
    """At the end of the session nothing that it has started is alive."""
    yield
    leaks.assert_no_leak()


@pytest.fixture(autouse=True)
def _needs_its_services(request: pytest.FixtureRequest) -> None:
    for marker in request.node.iter_markers("service"):
        for name in marker.args:
            require_service(name)


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A failed test shows the logs of its processes."""
    outcome: Any = yield
    report = outcome.get_result()
    group = getattr(item, "funcargs", {}).get("processes")
    if report.failed and isinstance(group, ProcessGroup) and group.started:
        report.sections.append(("processes", group.logs()))


@pytest.fixture(scope="session")
def server(no_process_left_behind: None) -> Iterator[Server]:
    """One Valkey for the session (for each xdist worker): its address stays. Redis 7 where Valkey is not installed."""
    from tests.support.servers import Server, any_kind

    kind = any_kind()
    require_service(kind)
    with Server(kind) as running:
        yield running


@pytest.fixture(scope="session")
def redis7(no_process_left_behind: None) -> Iterator[Server]:
    """One server of our own from the machine's redis-server."""
    from tests.support.servers import Server

    require_service("redis")
    with Server("redis") as running:
        yield running


@pytest.fixture(scope="session")
def cluster(no_process_left_behind: None) -> Iterator[ClusterServers]:
    """A cluster of three masters and three replicas for the session. Its slots may move; its nodes live on."""
    from tests.support.cluster_servers import ClusterServers

    require_service("valkey")
    with ClusterServers() as running:
        yield running


@pytest.fixture(scope="session")
def rabbitmq_url() -> Iterator[str]:
    """A virtual host of the session's own on the machine's RabbitMQ (still: name your queues after the namespace)."""
    from tests.support.rabbitmq import rabbitmq_vhost

    with rabbitmq_vhost() as url:
        yield url


@pytest.fixture
def make_server(no_process_left_behind: None) -> Iterator[Callable[..., Server]]:
    """Start further servers, for a test that kills, freezes or fills one: ``make_server("redis", appendonly=True)``."""
    from tests.support.servers import Server, any_kind

    made: list[Server] = []

    def make(kind: Any = None, **options: Any) -> Server:
        chosen = kind or any_kind()
        require_service(chosen)
        made.append(Server(chosen, **options))
        return made[-1].start()

    yield make
    for each in made:
        each.close()


@pytest.fixture
def namespace() -> str:
    """A namespace that no other test has."""
    return f"t{secrets.token_hex(5)}"


@pytest.fixture
def database(server: Server) -> Iterator[int]:
    """An empty database of the session's server; emptied again at the end."""
    number = server.next_database()
    yield number
    if server.process.running:
        with server.client(number) as client:
            client.flushdb()


@pytest.fixture
def site(server: Server, database: int, namespace: str) -> Site:
    """Broker, store and results in one database of the session's server. Another site: ``site.replace(...)``."""
    url = server.url(database)
    return Site(broker_url=url, store_url=url, namespace=namespace, result_backend=url)


@pytest.fixture
def processes(tmp_path: Path, no_process_left_behind: None) -> Iterator[ProcessGroup]:
    """Start child processes; all of them end with the test, which fails when one has left something behind."""
    group = ProcessGroup(tmp_path / "logs")
    yield group
    group.close()


@pytest.fixture
def start_worker(processes: ProcessGroup, site: Site) -> Callable[..., ChildProcess]:
    """``start_worker("tests.apps.plain", pool="threads", concurrency=4, queues=["mail"], env={...})``, ready to consume

    Variables of the test's site are set; ``env`` adds to them. Further arguments: ``tests.support.workers``.
    """
    return _with_site(_start_worker, processes, site)


@pytest.fixture
def start_keeper(processes: ProcessGroup, site: Site) -> Callable[..., ChildProcess]:
    """``start_keeper("tests.apps.jobs", env={...}, hostname="k1@here", options=["--once"], ready=False)``."""
    return _with_site(_start_keeper, processes, site)


def _with_site(start: Callable[..., ChildProcess], group: ProcessGroup, site: Site) -> Callable[..., ChildProcess]:
    @functools.wraps(start)
    def started(app: str, *, env: dict[str, str] | None = None, site: Site = site, **arguments: Any) -> ChildProcess:
        return start(group, app, env={**site.variables(), **(env or {})}, **arguments)

    return started


@pytest.fixture
def load_app(site: Site) -> Iterator[Callable[..., ModuleType]]:
    """Import an app module in the test process too: ``load_app("tests.apps.plain").add.delay(1, 2)``."""
    import contextlib

    with contextlib.ExitStack() as stack:

        def load(name: str, site: Site = site) -> ModuleType:
            return stack.enter_context(app_module(name, site))

        yield load
