"""What is said at start about a server that endangers jobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.support.waiting import wait_until
from tests.unit.redis_store.conftest import OpenStore

if TYPE_CHECKING:
    from tests.support.servers import Server

MakeServer = Callable[..., "Server"]


def test_all_is_well(make_server: MakeServer, open_store: OpenStore) -> None:
    assert open_store(make_server(appendonly=True).url()).hazards() == []


def test_eviction_and_no_persistence(make_server: MakeServer, open_store: OpenStore) -> None:
    hazards = open_store(make_server(options={"maxmemory-policy": "allkeys-lru"}).url()).hazards()
    assert len(hazards) == 2
    assert "maxmemory-policy" in hazards[0]
    assert "noeviction" in hazards[0]
    assert "restart" in hazards[1]


def test_replicas(make_server: MakeServer, open_store: OpenStore) -> None:
    primary, replica = make_server(appendonly=True), make_server(appendonly=True)
    with replica.client() as client, primary.client() as asked:
        client.slaveof("127.0.0.1", primary.port)
        wait_until(lambda: asked.info("replication")["connected_slaves"] == 1)
        assert "min-replicas-to-write" in open_store(primary.url()).hazards()[0]
        assert "replica" in open_store(replica.url()).hazards()[0]
        asked.config_set("min-replicas-to-write", 1)
        assert open_store(primary.url()).hazards() == []


def test_snapshots_only(make_server: MakeServer, open_store: OpenStore) -> None:
    """What a Redis does by default."""
    [hazard] = open_store(make_server(options={"save": "3600 1"}).url()).hazards()
    assert "save 3600 1" in hazard
    assert "Set appendonly to yes" in hazard


def test_more_or_fewer_replicas_than_durability_asks_for(make_server: MakeServer, open_store: OpenStore) -> None:
    primary = make_server(appendonly=True)
    [hazard] = open_store(primary.url(), durability=("replicas", 1)).hazards()
    assert "asks for 1 replicas, and the store has 0" in hazard
    with primary.client() as asked:
        for number in (1, 2):
            with make_server(appendonly=True).client() as client:
                client.slaveof("127.0.0.1", primary.port)
            wait_until(lambda number=number: asked.info("replication")["connected_slaves"] == number)  # type: ignore[misc]
        asked.config_set("min-replicas-to-write", 1)
        [hazard] = open_store(primary.url(), durability=("replicas", 1)).hazards()
        assert 'Set it to ("replicas", 2)' in hazard
        assert open_store(primary.url(), durability=("replicas", 2)).hazards() == []


def test_what_may_not_be_asked_is_passed_over(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    with server.client() as client:
        client.execute_command("ACL", "SETUSER", "app", "on", ">pw", "~*", "&*", "+@all", "-config", "-info")
    store = open_store(f"redis://app:pw@127.0.0.1:{server.port}")
    assert store.hazards() == []
    from celery_durable_jobs.steps import Identify

    assert store.send(Identify("shop", 1)).identity == "shop"


def test_nobody_there(make_server: MakeServer, open_store: OpenStore) -> None:
    server = make_server()
    server.kill()
    assert open_store(server.url(), timeout=0.5).hazards() == []
