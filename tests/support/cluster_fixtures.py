"""pytest-celery's fixtures on local processes. A folder that wants them says in its ``conftest.py``:

    from tests.support.cluster_fixtures import *  # noqa: F403

and overrides what it wants otherwise: ``celery_app_name`` (the app module), ``celery_worker_settings`` (arguments of
``worker_arguments``), ``celery_worker_count``, ``keeper_count``. Then ``celery_setup`` brings broker, backend, workers
and the app, and ``keeper_cluster`` the keepers. Every node can be killed and restarted.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from pytest_celery import (
    CeleryTestBackend,
    CeleryTestBroker,
    CeleryTestSetup,
    celery_backend_cluster_config,
    celery_broker_cluster_config,
    celery_setup,
    celery_setup_cls,
    celery_setup_config,
    celery_setup_name,
    celery_worker_cluster_config,
)

from tests.support.nodes import (
    CeleryBackendCluster,
    CeleryBrokerCluster,
    CeleryWorkerCluster,
    KeeperCluster,
    LocalKeeperNode,
    LocalWorkerNode,
    backend_node,
    broker_node,
    keeper_node,
    worker_node,
)
from tests.support.processes import ProcessGroup
from tests.support.servers import Server
from tests.support.site import Site, app_module
from tests.support.workers import keeper_arguments, worker_arguments


@pytest.fixture
def celery_app_name() -> str:
    """The module of the app that workers, keepers and the test share."""
    return "tests.apps.plain"


@pytest.fixture
def celery_worker_settings() -> dict[str, Any]:
    """Arguments of ``worker_arguments`` for each worker."""
    return {"pool": "prefork", "concurrency": 1}


@pytest.fixture
def celery_worker_count() -> int:
    """How many workers the cluster has."""
    return 1


@pytest.fixture
def keeper_count() -> int:
    """How many keepers ``keeper_cluster`` has."""
    return 1


@pytest.fixture
def celery_broker(server: Server, database: int) -> Iterator[CeleryTestBroker]:
    """The test's database of the session's server, as a broker node."""
    node = broker_node(server, database)
    yield node
    node.teardown()


@pytest.fixture
def celery_broker_cluster(celery_broker: CeleryTestBroker) -> CeleryBrokerCluster:
    """One broker."""
    return CeleryBrokerCluster(celery_broker)


@pytest.fixture
def celery_backend(server: Server, database: int) -> Iterator[CeleryTestBackend]:
    """The same database, as a result backend node."""
    node = backend_node(server, database)
    yield node
    node.teardown()


@pytest.fixture
def celery_backend_cluster(celery_backend: CeleryTestBackend) -> CeleryBackendCluster:
    """One result backend."""
    return CeleryBackendCluster(celery_backend)


@pytest.fixture
def celery_setup_module(site: Site, celery_app_name: str) -> Iterator[ModuleType]:
    """The app's module with its tasks, imported in the test process with the workers' surroundings."""
    with app_module(celery_app_name, site) as module:
        yield module


@pytest.fixture
def celery_setup_app(celery_setup_module: ModuleType) -> Any:
    """The app itself, not a copy of its configuration: its tasks and extension are what the workers have."""
    return celery_setup_module.app


@pytest.fixture
def celery_worker_cluster(
    processes: ProcessGroup,
    site: Site,
    celery_app_name: str,
    celery_worker_settings: dict[str, Any],
    celery_worker_count: int,
    celery_broker_cluster: CeleryBrokerCluster,
    celery_backend_cluster: CeleryBackendCluster,
) -> CeleryWorkerCluster:
    """The workers, started together and ready."""
    nodes = []
    for number in range(1, celery_worker_count + 1):
        name, host = f"worker{number}", secrets.token_hex(6)
        process = processes.celery(
            celery_app_name,
            *worker_arguments(hostname=f"{name}@{host}", **celery_worker_settings),
            name=name,
            env=site.variables(),
        )
        queue = (celery_worker_settings.get("queues") or [site.queue])[0]
        nodes.append(worker_node(process, name=name, host=host, queue=queue))
    cluster = CeleryWorkerCluster(*nodes)
    cluster.ready()
    return cluster


@pytest.fixture
def celery_worker(celery_worker_cluster: CeleryWorkerCluster) -> LocalWorkerNode:
    """The first worker."""
    node: LocalWorkerNode = celery_worker_cluster[0]
    return node


@pytest.fixture
def keeper_cluster(
    processes: ProcessGroup,
    site: Site,
    celery_app_name: str,
    keeper_count: int,
    celery_broker_cluster: CeleryBrokerCluster,
) -> KeeperCluster:
    """The keepers, started together and ready."""
    nodes = []
    for number in range(1, keeper_count + 1):
        host = f"keeper{number}@{secrets.token_hex(6)}"
        arguments = keeper_arguments(hostname=host)
        process = processes.celery(celery_app_name, *arguments, name=f"keeper{number}", env=site.variables())
        nodes.append(keeper_node(process, host=host))
    cluster = KeeperCluster(*nodes)
    cluster.ready()
    return cluster


@pytest.fixture
def keeper(keeper_cluster: KeeperCluster) -> LocalKeeperNode:
    """The first keeper."""
    node: LocalKeeperNode = keeper_cluster[0]
    return node


__all__ = [
    "CeleryTestSetup",
    "celery_app_name",
    "celery_backend",
    "celery_backend_cluster",
    "celery_backend_cluster_config",
    "celery_broker",
    "celery_broker_cluster",
    "celery_broker_cluster_config",
    "celery_setup",
    "celery_setup_app",
    "celery_setup_cls",
    "celery_setup_config",
    "celery_setup_module",
    "celery_setup_name",
    "celery_worker",
    "celery_worker_cluster",
    "celery_worker_cluster_config",
    "celery_worker_count",
    "celery_worker_settings",
    "keeper",
    "keeper_cluster",
    "keeper_count",
]
